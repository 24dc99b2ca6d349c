"""Paths: where the server would keep its files. Nothing lies there: they are names only."""

import re
from pathlib import PurePosixPath, PureWindowsPath
from posixpath import normpath
from typing import NamedTuple

ROOT = "/srv/acestep/.cache/acestep/tmp"
FOLDER = f"{ROOT}/api_audio"
_NAME = re.compile(r"([0-9a-f-]{36})-([1-9])\.(mp3|flac|opus|aac|wav)")
_ENDINGS = {"wav32": "wav"}


class Place(NamedTuple):
    """One audio of a task."""

    task: str
    number: int
    """1 for the first."""
    ending: str


def path_of(task: str, number: int, audio_format: str) -> str:
    """Return where an audio of a task would lie."""
    return f"{FOLDER}/{task}-{number}.{_ENDINGS.get(audio_format, audio_format)}"


def is_within(path: str, folder: str) -> bool:
    """Whether a path leads to something below a folder."""
    return normpath(path).startswith(f"{folder}/")


def is_outside(path: str) -> bool:
    """Whether a path leads to what is none of the server's business."""
    parts = (*PurePosixPath(path).parts, *PureWindowsPath(path).parts)
    is_absolute = PurePosixPath(path).is_absolute() or PureWindowsPath(path).is_absolute()
    return ".." in parts or (is_absolute and not is_within(path, ROOT))


def place_of(path: str) -> Place | None:
    """Return which audio a path names, or `None` where it names none."""
    named = _NAME.fullmatch(PurePosixPath(path).name)
    if not is_within(path, FOLDER) or named is None:
        return None
    return Place(named[1], int(named[2]), named[3])
