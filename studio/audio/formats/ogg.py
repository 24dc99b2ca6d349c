"""Ogg: its pages (RFC 3533, section 6), numbered the same every time, and whole to the last.

libsndfile draws the number of a stream by lot, and the same sound shall be the same file. That
number is in each page's checksum; since this is linear, it is corrected by what the change of the
number alone does to it.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import IO

SERIAL = 0x576F_6F64

_POLYNOMIAL = 0x04C1_1DB7
_HEAD_BYTES = 27
_LONGEST_PAGE_BYTES = 65_307
_SERIAL_AT, _CHECK_AT = 14, 22


def renumber(path: Path) -> None:
    """Give the one stream of a whole Ogg file the number `SERIAL`, in place."""
    with path.open("r+b") as file:
        for start, head, length in list(_pages(file)):
            old = int.from_bytes(head[_SERIAL_AT : _SERIAL_AT + 4], "little")
            check = int.from_bytes(head[_CHECK_AT : _CHECK_AT + 4], "little")
            check ^= _change(old ^ SERIAL, length - _SERIAL_AT - 4)
            file.seek(start + _SERIAL_AT)
            file.write(SERIAL.to_bytes(4, "little"))
            file.seek(start + _CHECK_AT)
            file.write(check.to_bytes(4, "little"))


def is_cut_off(path: Path) -> bool:
    """Tell whether a file ends in the middle of a page: decoders pass over that in silence."""
    with path.open("rb") as file:
        length = file.seek(0, 2)
        file.seek(max(0, length - _LONGEST_PAGE_BYTES))
        end = file.read()
    last = end[end.rfind(b"OggS") :]
    if not last.startswith(b"OggS") or len(last) < _HEAD_BYTES:
        return last.startswith(b"OggS")
    parts = last[_HEAD_BYTES : _HEAD_BYTES + last[_HEAD_BYTES - 1]]
    return len(last) < _HEAD_BYTES + last[_HEAD_BYTES - 1] + sum(parts)


def _pages(file: IO[bytes]) -> Iterator[tuple[int, bytes, int]]:
    """Give where each page begins, its head, and how long it is."""
    start = 0
    while (head := file.read(_HEAD_BYTES)).startswith(b"OggS"):
        parts = file.read(head[-1])
        length = _HEAD_BYTES + len(parts) + sum(parts)
        yield start, head, length
        start += length
        file.seek(start)


@lru_cache(maxsize=1 << 13)
def _change(difference: int, after: int) -> int:
    """Return what a difference in four bytes does to the checksum, `after` bytes later."""
    # The first byte of the file is the highest of the checksum.
    register = int.from_bytes(difference.to_bytes(4, "little"))
    zeros = after + 4
    for power in range(zeros.bit_length()):
        if zeros >> power & 1:
            register = _times(_zeros(power), register)
    return register


@lru_cache(maxsize=32)
def _zeros(power: int) -> tuple[int, ...]:
    """Return what `2 ** power` zero bytes do to each bit of the checksum."""
    if not power:
        return tuple(_zero(1 << bit) for bit in range(32))
    half = _zeros(power - 1)
    return tuple(_times(half, row) for row in half)


def _times(rows: tuple[int, ...], register: int) -> int:
    result = 0
    while register:
        lowest = register & -register
        result ^= rows[lowest.bit_length() - 1]
        register ^= lowest
    return result


def _zero(register: int) -> int:
    for _ in range(8):
        register = (register << 1) ^ (_POLYNOMIAL if register >> 31 else 0)
        register &= 0xFFFF_FFFF
    return register
