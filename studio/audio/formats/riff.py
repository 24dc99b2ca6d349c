"""RIFF: the chunks of a WAV file, found without believing any size, and one of them exchanged."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from studio.errors import SoundUnreadable

HEAD_BYTES = 12
LARGEST_FILE_BYTES = 0xFFFF_FFFF
_PIPED = 0x7FFF_F000
_NAME_BYTES = 4
_CHUNK_HEAD_BYTES = 8


@dataclass(frozen=True, slots=True)
class Chunk:
    """A chunk that lies wholly in the file."""

    name: bytes
    start: int
    """Where its head begins."""
    size: int
    """Bytes of its body."""

    @property
    def body(self) -> int:
        """Where its body begins."""
        return self.start + _CHUNK_HEAD_BYTES

    @property
    def end(self) -> int:
        """Where the next chunk begins: bodies are filled up to an even length."""
        return self.body + self.size + self.size % 2


def is_wav(start: bytes) -> bool:
    """Tell whether a file that begins like this is WAV."""
    return start[:4] == b"RIFF" and start[8:HEAD_BYTES] == b"WAVE"


def find(file: IO[bytes], name: bytes, key: bytes, *, at_most: int) -> bytes | None:
    """Return the body, without `key`, of the chunk `name` whose body begins with `key`."""
    for chunk in chunks(file):
        if chunk.name == name and len(key) <= chunk.size <= at_most + len(key):
            file.seek(chunk.body)
            if file.read(len(key)) == key:
                return file.read(chunk.size - len(key))
    return None


def put(source: IO[bytes], target: IO[bytes], name: bytes, key: bytes, body: bytes) -> None:
    """Copy a WAV file, with one chunk more, or another in place of that with name and key.

    Raises
    ------
    SoundUnreadable
        If the file ends within a chunk, or would become too large for its format.
    """
    found = list(chunks(source))
    end = found[-1].end if found else HEAD_BYTES
    length = source.seek(0, 2)
    if not any(chunk.name == b"data" for chunk in found):
        raise SoundUnreadable("The WAV file is cut off: its sound is not whole. Fetch it again.")
    target.write(b"RIFF\0\0\0\0WAVE")
    for chunk in found:
        if not (chunk.name == name and _begins(source, chunk, key)):
            _copy(source, target, chunk)
    target.write(_chunk(name, key + body))
    size = target.tell() - _CHUNK_HEAD_BYTES
    if size > LARGEST_FILE_BYTES:
        raise SoundUnreadable("The WAV file is too large to take a label: it ends at 4 GB.")
    # What some programs append behind the chunks, such as an old ID3 tag, stays behind them.
    source.seek(min(end, length))
    shutil.copyfileobj(source, target)
    target.seek(_NAME_BYTES)
    target.write(size.to_bytes(4, "little"))


def missing_bytes(path: Path) -> int:
    """Return how many bytes of sound a WAV file states beyond its end; decoders hide them.

    Whoever writes into a pipe does not know the length, and states about two or four gigabytes.
    """
    with path.open("rb") as file:
        end = HEAD_BYTES
        for chunk in chunks(file):
            end = chunk.end
        file.seek(end)
        name, size = file.read(_NAME_BYTES), int.from_bytes(file.read(4), "little")
        here = file.seek(0, 2) - end - _CHUNK_HEAD_BYTES
    if name != b"data" or size & _PIPED == _PIPED:
        return 0
    return max(0, size - here)


def chunks(file: IO[bytes]) -> Iterator[Chunk]:
    """Give the chunks of an open WAV file, up to the first that the file does not hold."""
    end = file.seek(0, 2)
    file.seek(0)
    head = file.read(HEAD_BYTES)
    if not is_wav(head):
        return
    position = HEAD_BYTES
    while position + _CHUNK_HEAD_BYTES <= end:
        file.seek(position)
        name, size = file.read(_NAME_BYTES), int.from_bytes(file.read(4), "little")
        chunk = Chunk(name, position, size)
        # The last one may lack its filling byte.
        if not _is_name(name) or chunk.body + size > end:
            return
        yield chunk
        position = chunk.end


def info(body: bytes, name: bytes, text: str) -> bytes:
    """Return what an `INFO` list holds, with `text` under `name`."""
    kept, position = b"", 0
    while position + _CHUNK_HEAD_BYTES <= len(body):
        size = int.from_bytes(body[position + 4 : position + 8], "little")
        end = position + _CHUNK_HEAD_BYTES + size + size % 2
        if body[position : position + 4] != name:
            kept += body[position:end]
        position = end
    return _chunk(name, text.encode() + b"\0") + kept


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)


def _is_name(name: bytes) -> bool:
    return all(ord(" ") <= byte <= ord("~") for byte in name)


def _begins(file: IO[bytes], chunk: Chunk, key: bytes) -> bool:
    file.seek(chunk.body)
    return file.read(min(len(key), chunk.size)) == key


def _copy(source: IO[bytes], target: IO[bytes], chunk: Chunk) -> None:
    source.seek(chunk.start)
    left = _CHUNK_HEAD_BYTES + chunk.size
    while left:
        block = source.read(min(left, 1 << 20))
        target.write(block)
        left -= len(block)
    target.write(b"\0" * (chunk.size % 2))
