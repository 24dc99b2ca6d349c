"""MP3: the frames of a file, counted one by one.

A decoder guesses the length of an MP3 from its size unless the file states it; a picture in the tag
or a varying bit rate makes that guess wrong, and some decoders then stop early. Layout: ISO 11172-3
and 13818-3.
"""

import re
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import IO

from studio.audio.formats import id3

HEAD_BYTES = 4

_KILOBITS = {
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),
}
_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
RATES = tuple(sorted(rate for rates in _RATES.values() for rate in rates))
"""Frames per second that MP3 can have."""

_SYNC = re.compile(rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb]")
"""Eleven ones, a version, and layer III."""
_MONO = 3
_RESERVED = 3
_VBRI_START = 36


@dataclass(frozen=True, slots=True)
class Head:
    """What the four bytes before each frame say."""

    version: int
    """1, or 2 for both halves of MPEG-2."""
    rate: int
    mono: bool
    size: int
    """Bytes, head and all."""

    @property
    def frames(self) -> int:
        """Sound in each channel."""
        return 1152 if self.version == 1 else 576

    @property
    def info_start(self) -> int:
        """Where "Info" stands, if this is such a frame: after the side information."""
        sides = {(1, False): 32, (1, True): 17, (2, False): 17, (2, True): 9}
        return HEAD_BYTES + sides[self.version, self.mono]


@dataclass(frozen=True, slots=True)
class Survey:
    """What a walk over all frames of a file found."""

    head: Head
    """Of the first."""
    start: int
    """Where the first frame with sound in it begins."""
    count: int
    """Frames with sound in them."""
    promised: int | None
    """How many there should be, if the file says so."""


def survey(path: Path) -> Survey | None:
    """Count the frames of a file, or return `None` if it does not begin as MP3 does."""
    with path.open("rb") as file:
        return survey_of(file)


def survey_of(file: IO[bytes]) -> Survey | None:
    """Count the frames of an open file, as `survey` does."""
    file.seek(0)
    tag = id3.read(file) if id3.is_mp3(file.read(HEAD_BYTES)) else None
    if tag is None:
        return None
    with mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        return _surveyed(data, tag.end)


def parsed(head: bytes) -> Head | None:
    """Read the first bytes of a frame, or return `None` if they are none of layer III."""
    if not _SYNC.match(head) or len(head) < HEAD_BYTES:
        return None
    rates = _RATES[head[1] >> 3 & 3]
    version = 1 if head[1] & 0b1000 else 2
    kilobits, rate_number = _KILOBITS[version][head[2] >> 4], head[2] >> 2 & 3
    if rate_number == _RESERVED or not kilobits:
        return None
    rate, filled = rates[rate_number], head[2] >> 1 & 1
    size = (144 if version == 1 else 72) * kilobits * 1000 // rate + filled
    return Head(version, rate, head[3] >> 6 == _MONO, size)


def _surveyed(data: mmap, start: int) -> Survey | None:
    first = _next(data, start, None)
    if first is None:
        return None
    position, head = first
    frame = data[position : position + head.size]
    if _is_info(frame, head):
        position += head.size
    return Survey(head, position, _counted(data, position, head), _promised(frame, head))


def _counted(data: mmap, position: int, like: Head) -> int:
    sizes: dict[bytes, int] = {}
    count, end = 0, len(data)
    while position < end:
        kind = data[position : position + HEAD_BYTES]
        if kind not in sizes:
            sizes[kind] = _size(kind, like)
        if not sizes[kind]:
            found = _next(data, position + 1, like)
            if found is None:
                break
            position = found[0]
        elif position + sizes[kind] > end:
            break
        else:
            position += sizes[kind]
            count += 1
    return count


def _size(kind: bytes, like: Head) -> int:
    """Return the bytes of a frame, or 0 if it cannot belong to the same sound."""
    head = parsed(kind)
    return head.size if head is not None and _is_like(head, like) else 0


def _next(data: mmap, start: int, like: Head | None) -> tuple[int, Head] | None:
    """Find a frame that another of its kind, or the end, follows: two bytes are soon found."""
    for match in _SYNC.finditer(data, start):
        position = match.start()
        head = parsed(data[position : position + HEAD_BYTES])
        if head is None or (like is not None and not _is_like(head, like)):
            continue
        after = parsed(data[position + head.size : position + head.size + HEAD_BYTES])
        if position + head.size == len(data) or (after is not None and _is_like(after, head)):
            return position, head
    return None


def _is_like(one: Head, other: Head) -> bool:
    return (one.version, one.rate) == (other.version, other.rate)


def _is_info(frame: bytes, head: Head) -> bool:
    kind = frame[head.info_start : head.info_start + 4]
    return kind in {b"Info", b"Xing"} or frame[_VBRI_START : _VBRI_START + 4] == b"VBRI"


def _promised(frame: bytes, head: Head) -> int | None:
    """Return how many frames the first one states, if that is what it is there for."""
    if not _is_info(frame, head):
        return None
    if frame[_VBRI_START : _VBRI_START + 4] == b"VBRI":
        return int.from_bytes(frame[_VBRI_START + 14 : _VBRI_START + 18])
    flags = frame[head.info_start + 7 : head.info_start + 8]
    if not int.from_bytes(flags) & 1:
        return None
    return int.from_bytes(frame[head.info_start + 8 : head.info_start + 12])
