"""ID3: the tag in front of an MP3 file, read without believing any size, and one frame exchanged.

https://id3.org/id3v2.4.0-structure and id3v2.3.0. A tag keeps its version, because the frames in it
were written for that; a file without one gets 2.4.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO

from studio.errors import SoundUnreadable

_HEAD_BYTES = 10
_LARGEST_TAG_BYTES = 64 << 20
_NEW = 4
_OLD = 3
_UNSYNCHRONISED, _EXTENDED, _FOOTED = 0x80, 0x40, 0x10
_UTF16 = b"\1"


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame as it lies in the tag."""

    name: bytes
    flags: bytes
    body: bytes


@dataclass(frozen=True, slots=True)
class Tag:
    """The tag of a file."""

    version: int
    """3 or 4."""
    frames: tuple[Frame, ...]
    end: int
    """Where the sound begins."""


def is_mp3(start: bytes) -> bool:
    """Tell whether a file that begins like this is MP3: a tag, or the eleven ones of a frame."""
    return start[:3] == b"ID3" or (start[:1] == b"\xff" and start[1:2] >= b"\xe0")


def find(file: IO[bytes], name: bytes, key: bytes) -> bytes | None:
    """Return the body, without `key`, of the frame `name` whose body begins with `key`."""
    tag = read(file)
    bodies = [] if tag is None else [frame.body for frame in tag.frames if frame.name == name]
    return next((body[len(key) :] for body in bodies if body.startswith(key)), None)


def put(source: IO[bytes], target: IO[bytes], new: Mapping[bytes, bytes], key: bytes = b"") -> None:
    """Copy an MP3 file with frames more, in place of those of their names that begin with `key`.

    Parameters
    ----------
    source, target
        Open for reading and for writing.
    new
        Bodies without the key, by the names of their frames.
    key
        What the bodies begin with.

    Raises
    ------
    SoundUnreadable
        If the tag in the file does not end within it.
    """
    tag = read(source)
    if tag is None:
        raise SoundUnreadable("The MP3 file is damaged: its tag is larger than the file.")
    kept = [one for one in tag.frames if not (one.name in new and one.body.startswith(key))]
    added = [Frame(name, b"\0\0", key + body) for name, body in new.items()]
    target.write(_written(tag.version, [*kept, *added]))
    source.seek(tag.end)
    shutil.copyfileobj(source, target)


def read(file: IO[bytes]) -> Tag | None:
    """Read the tag at the beginning of a file: an empty one if there is none, `None` if it lies."""
    length = file.seek(0, 2)
    file.seek(0)
    head = file.read(_HEAD_BYTES)
    if head[:3] != b"ID3" or len(head) < _HEAD_BYTES:
        return Tag(_NEW, (), 0)
    version, flags = head[3], head[5]
    size = _safe(head[6:])
    if _HEAD_BYTES + size > length or size > _LARGEST_TAG_BYTES:
        return None
    if version not in {_OLD, _NEW}:
        # Left where it is, behind a new one: its frames are named in another way.
        return Tag(_NEW, (), 0)
    body = file.read(size)
    if version == _OLD and flags & _UNSYNCHRONISED:
        body = body.replace(b"\xff\x00", b"\xff")
    if flags & _EXTENDED:
        body = body[_extended_bytes(version, body) :]
    end = _HEAD_BYTES + size + (_HEAD_BYTES if flags & _FOOTED else 0)
    return Tag(version, tuple(_frames(version, body)), min(end, length))


def text(words: str) -> bytes:
    """Return the body of a text frame."""
    # UTF-16, since version 3 does not know UTF-8.
    return _UTF16 + words.encode("utf-16")


def lyrics(words: str) -> bytes:
    """Return the body of the frame for words that are sung, in a language that is not stated."""
    return _UTF16 + b"und" + "\0".encode("utf-16") + words.encode("utf-16")


def _frames(version: int, body: bytes) -> list[Frame]:
    found, position = [], 0
    while position + _HEAD_BYTES <= len(body):
        name, flags = body[position : position + 4], body[position + 8 : position + 10]
        size_bytes = body[position + 4 : position + 8]
        size = _safe(size_bytes) if version == _NEW else int.from_bytes(size_bytes)
        start = position + _HEAD_BYTES
        if not name.isalnum() or start + size > len(body):
            break
        found.append(Frame(name, flags, body[start : start + size]))
        position = start + size
    return found


def _written(version: int, frames: list[Frame]) -> bytes:
    body = b"".join(
        frame.name + _size(version, len(frame.body)) + frame.flags + frame.body for frame in frames
    )
    return b"ID3" + bytes((version, 0, 0)) + _size(_NEW, len(body)) + body


def _size(version: int, size: int) -> bytes:
    if version == _OLD:
        return size.to_bytes(4)
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))


def _safe(size: bytes) -> int:
    """Read a size of seven bits a byte, which can never look like the start of a frame."""
    return sum((byte & 0x7F) << shift for byte, shift in zip(size, (21, 14, 7, 0), strict=True))


def _extended_bytes(version: int, body: bytes) -> int:
    size = body[:4].ljust(4, b"\0")
    return _safe(size) if version == _NEW else 4 + int.from_bytes(size)
