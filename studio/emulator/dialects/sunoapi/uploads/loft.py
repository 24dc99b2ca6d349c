"""The loft: where uploads lie, by the path that callers choose, until they are three days old."""

import re
import secrets
import time
from collections.abc import AsyncIterator, Callable
from mimetypes import guess_type
from pathlib import Path
from string import ascii_lowercase, digits
from typing import Any

from starlette.concurrency import run_in_threadpool

from studio.emulator.dates import iso

LIVES_SECONDS = 3 * 24 * 3600.0
OWNER = "kieai/1"
"""The beginning of every path: the host's name for itself, and a number for the account."""
LONGEST_STEP, MOST_STEPS = 150, 10
"""Bytes of a name, and how many of them a path has."""
_STEP = re.compile(r"[\w .()\[\]+@,'&=~-]+")


class Unplaceable(ValueError):
    """A path or a name that no file can have; the message says so."""


class Loft:
    """Files by their paths."""

    def __init__(
        self, folder: Path, *, clock: Callable[[], float], wall: Callable[[], float] = time.time
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._wall = wall
        folder.mkdir(parents=True, exist_ok=True)

    def place(self, folder: str, name: str, ending: str) -> str:
        """Return the path under which a file will lie.

        Parameters
        ----------
        name
            Empty for one made up of the time and of chance.
        ending
            Of a name that is made up: `.mp3`.

        Raises
        ------
        Unplaceable
            If no file can lie there.
        """
        steps = [step for step in folder.split("/") if step]
        made_up = f"{int(self._clock() * 1000)}-{_chance()}{ending}"
        steps.append(name or made_up)
        for step in steps:
            is_long = len(step.encode()) > LONGEST_STEP
            if is_long or not _STEP.fullmatch(step) or not step.strip(". "):
                raise Unplaceable(f"Invalid path: {step[:LONGEST_STEP]}")
        if len(steps) > MOST_STEPS:
            raise Unplaceable("Invalid path: it is too deep")
        return "/".join((OWNER, *steps))

    async def lay(self, path: str, blocks: AsyncIterator[bytes]) -> int:
        """Write a file, over whatever had its path before, and return its size in bytes."""
        target, size = self._folder / path, 0
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_name(f".{secrets.token_hex(4)}.part")
        try:
            with aside.open("wb") as file:
                async for block in blocks:
                    size += await run_in_threadpool(file.write, block)
            aside.replace(target)
        finally:
            aside.unlink(missing_ok=True)
        return size

    def lay_file(self, path: str, file: Path) -> int:
        """Move a file to its path, and return its size in bytes."""
        target = self._folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        file.replace(target)
        return target.stat().st_size

    def find(self, path: str) -> Path | None:
        """Return where a file lies; `None` if there is none of this path, or none any more."""
        inside = self._folder.resolve()
        found = (inside / path).resolve()
        if not found.is_relative_to(inside) or not found.is_file():
            return None
        # By the clock that wrote it.
        return found if self._wall() - found.stat().st_mtime < LIVES_SECONDS else None

    def clean(self) -> None:
        """Throw away what is too old."""
        for path in self._folder.rglob("*"):
            if path.is_file() and self._wall() - path.stat().st_mtime > LIVES_SECONDS:
                path.unlink(missing_ok=True)

    def tell(self, path: str, size: int, link: str) -> dict[str, Any]:
        """Return what is told of a file."""
        return {
            "success": True,
            "fileName": path.rpartition("/")[2],
            "filePath": path,
            "downloadUrl": link,
            "fileSize": size,
            "mimeType": guess_type(path)[0] or "application/octet-stream",
            "uploadedAt": iso(self._clock()),
        }


def _chance() -> str:
    return "".join(secrets.choice(ascii_lowercase + digits) for _ in range(11))
