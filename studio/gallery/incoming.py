"""Incoming: where something lies while it is brought, until it is known to be sound.

Each has a folder of its own, so that its file can be called as people call it: what is wrong with
it is told by that name.
"""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from studio.gallery.names import readable_name

PAGES = (b"<!doctype html", b"<html", b"<head", b"<?xml")
LONGEST = timedelta(days=1)
"""Nothing takes longer to come in; what is older was left by a process that is gone."""


class Incoming:
    """The folder of what is being brought."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def place(self, name: str) -> Iterator[Path]:
        """Give a path for a file called much like `name`; all beside it is gone afterwards."""
        folder = self._folder / secrets.token_hex(8)
        folder.mkdir(parents=True)
        try:
            yield folder / readable_name(name)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def sweep(self, now: datetime) -> None:
        """Remove what was left long ago."""
        oldest = (now - LONGEST).timestamp()
        for folder in self._folder.glob("*"):
            if folder.stat().st_mtime < oldest:
                shutil.rmtree(folder, ignore_errors=True)


def is_page(path: Path) -> bool:
    """Tell whether what came is a web page: what servers send in place of many a sound."""
    with path.open("rb") as file:
        return file.read(512).lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(PAGES)
