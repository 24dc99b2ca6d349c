"""Checks: whether a file that came is what it should be, and whole. Each raises `SoundUnreadable`.

A vendor may send a page that says sorry, or half of what it has, and call both a film.
"""

import json
from pathlib import Path

from studio.errors import SoundUnreadable

LARGEST_PICTURE_BYTES = 20_000_000
MOST_PIXELS = 50_000_000
"""More than any cover needs; a small file can hold as many as one likes."""
PICTURE_ENDINGS = {"PNG": ".png", "JPEG": ".jpg", "WEBP": ".webp"}
SHORTEST_BOX = 8
BOXES = frozenset({b"ftyp", b"moov", b"mdat"})
"""What an MP4 is made of."""


def is_midi(path: Path) -> None:
    """Make sure that it is a MIDI file."""
    with path.open("rb") as file:
        if file.read(4) != b"MThd":
            raise SoundUnreadable("What came is not a MIDI file.")


def is_data(path: Path) -> None:
    """Make sure that it is JSON."""
    try:
        json.loads(path.read_bytes())
    except ValueError:
        raise SoundUnreadable("What came is no data that can be read.") from None


def is_film(path: Path) -> None:
    """Make sure that it is an MP4 with nothing missing: its boxes fill it to the last byte."""
    size, place, names = path.stat().st_size, 0, []
    with path.open("rb") as file:
        while place < size:
            file.seek(place)
            name, length = _box(file.read(16), size - place)
            place += length
            names.append(name)
            if place > size:
                raise SoundUnreadable("Only a part of the film came.")
    if names[:1] != [b"ftyp"] or not BOXES.issubset(names):
        raise SoundUnreadable("What came is not an MP4 film.")


def picture_ending(path: Path) -> str:
    """Return how the file of a picture ends, once every pixel of it was seen."""
    if path.stat().st_size > LARGEST_PICTURE_BYTES:
        raise SoundUnreadable(f"The picture is larger than {LARGEST_PICTURE_BYTES // 10**6} MB.")
    from PIL import Image  # noqa: PLC0415 - loaded by who needs it

    try:
        with Image.open(path, formats=list(PICTURE_ENDINGS)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise SoundUnreadable("The picture has far too many pixels for a cover.")
            picture.load()
            return PICTURE_ENDINGS[str(picture.format)]
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        raise SoundUnreadable("What came is not a whole picture that a browser shows.") from problem


def _box(head: bytes, rest: int) -> tuple[bytes, int]:
    """Read the head of a box of an MP4: its name, and its length with that."""
    length, name = int.from_bytes(head[:4]), head[4:8]
    if length == 0:
        return name, rest
    length = int.from_bytes(head[8:16]) if length == 1 else length
    if length < SHORTEST_BOX:
        raise SoundUnreadable("What came is not an MP4 film.")
    return name, length
