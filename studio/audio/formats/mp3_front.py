"""The front of an MP3 file: the frame that tells players how many there are, and what to leave out.

With it, what we write plays for exactly as long as its sound: players drop the silence that the
encoder added. Put in front of a file that has none, or a wrong one, it makes decoders read to the
end. Layout: the LAME tag specification, revision 1; its checksums are left zero, as nobody reads
them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import SEEK_CUR, SEEK_END, SEEK_SET, BufferedReader, RawIOBase
from pathlib import Path
from typing import IO, Any

from studio.audio.formats.mp3 import HEAD_BYTES, Survey, parsed, survey_of

ENCODER_DELAY = 576
"""Frames of silence that LAME puts in front; decoders add 529 of their own, and know that."""

_INFO_FLAGS = 0b1111
_INFO_BYTES = 120
_QUALITY = (50).to_bytes(4)
# Who encoded, at a constant rate; gains and flags are left unsaid.
_LAME = b"LAME3.100" + b"\1" + bytes(11)
_LAME_BYTES = 36
_READ_BYTES = 1 << 16


class Tape:
    """A file of MP3 frames, whose front is written once their number is known."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._first = b""

    def write(self, data: bytes) -> None:
        """Write what the encoder gave, and before its first frame the place for the front."""
        if data and not self._first:
            self._first = bytes(data[:HEAD_BYTES])
            self._file.write(info_frame(self._first, 0, 0, silence=None))
        self._file.write(data)

    def close(self, frames: int) -> None:
        """Write the front, knowing that `frames` of sound were encoded in each channel."""
        size = self._file.tell()
        self._file.flush()
        found = survey_of(self._file) if self._first else None
        if found is None:
            return
        silence = (ENCODER_DELAY, found.count * found.head.frames - ENCODER_DELAY - frames)
        self._file.seek(0)
        self._file.write(info_frame(self._first, found.count, size - found.start, silence=silence))


def info_frame(first: bytes, count: int, size: int, *, silence: tuple[int, int] | None) -> bytes:
    """Make the frame that goes before all others.

    Parameters
    ----------
    first
        The beginning of the first frame with sound, whose head it takes.
    count
        Frames with sound in them.
    size
        Bytes of all these.
    silence
        Frames that the encoder added at the beginning and at the end, if that is known.
    """
    # Without a filling byte, and large enough for what it must hold at every rate.
    kind = bytes((first[0], first[1] | 1, first[2] & 0b1111_1101, first[3]))
    head = parsed(kind)
    while head is not None and head.size < head.info_start + _INFO_BYTES + _LAME_BYTES:
        kind = bytes((*kind[:2], kind[2] + 0b0001_0000, kind[3]))
        head = parsed(kind)
    if head is None:
        raise ValueError(f"Expected the head of an MP3 frame, got {first[:4].hex()}.")
    numbers = b"".join(number.to_bytes(4) for number in (_INFO_FLAGS, count, size + head.size))
    # All frames are of about the same size, so that each hundredth of the time is one of the file.
    places = bytes(percent * 256 // 100 for percent in range(100))
    frame = kind.ljust(head.info_start, b"\0") + b"Info" + numbers + places + _QUALITY
    if silence is not None:
        before, after = silence
        frame += _LAME + (before << 12 | after).to_bytes(3)
    return frame.ljust(head.size, b"\0")


class Fronted(RawIOBase):
    """The frames of an MP3 file behind a first one that says how many they are."""

    def __init__(self, file: IO[bytes], found: Survey) -> None:
        super().__init__()
        self._file = file
        file.seek(found.start)
        first = file.read(HEAD_BYTES)
        size = file.seek(0, SEEK_END) - found.start
        self._front = info_frame(first, found.count, size, silence=None)
        self._skip = found.start - len(self._front)
        self._position = 0

    def readable(self) -> bool:
        """Tell that this is for reading."""
        return True

    def seekable(self) -> bool:
        """Tell that one may go anywhere."""
        return True

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        """Go to a place, as files do."""
        starts = {SEEK_SET: 0, SEEK_CUR: self._position}
        if whence == SEEK_END:
            starts[SEEK_END] = self._file.seek(0, SEEK_END) - self._skip
        self._position = starts[whence] + offset
        return self._position

    def tell(self) -> int:
        """Return the place."""
        return self._position

    def readinto(self, into: Any) -> int:
        """Fill `into` as far as there is something."""
        wanted = memoryview(into).cast("B")
        data = self._front[self._position : self._position + len(wanted)]
        if not data:
            self._file.seek(self._position + self._skip)
            data = self._file.read(len(wanted))
        wanted[: len(data)] = data
        self._position += len(data)
        return len(data)


@contextmanager
def fronted(path: Path, found: Survey) -> Iterator[IO[bytes]]:
    """Open an MP3 file, of which `found` was found, so that decoders know its length."""
    with path.open("rb") as file, BufferedReader(Fronted(file, found), _READ_BYTES) as front:
        yield front
