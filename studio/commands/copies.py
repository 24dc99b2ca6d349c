"""Copies of songs in a folder of one's own, under names that people can read."""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from studio.gallery.names import readable_name


def copy_song(title: str, sounds: list[Path], folder: Path) -> list[Path]:
    """Copy `sounds` of one song into `folder`, all under the same free name.

    Nothing is ever overwritten: a second song of the same title is numbered 2.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in _names(title):
        copies = [folder / f"{name}{sound.suffix}" for sound in sounds]
        if _claim(copies):
            for sound, copy in zip(sounds, copies, strict=True):
                shutil.copyfile(sound, copy)
            return copies
    raise AssertionError("Names do not run out.")


def _names(title: str) -> Iterator[str]:
    name = readable_name(title)
    yield name
    yield from (f"{name} {number}" for number in count(2))


def _claim(copies: list[Path]) -> bool:
    """Create all of `copies`, empty, or none: two commands at once get two names."""
    claimed: list[Path] = []
    for copy in copies:
        try:
            copy.touch(exist_ok=False)
        except FileExistsError:
            for mine in claimed:
                mine.unlink()
            return False
        claimed.append(copy)
    return True
