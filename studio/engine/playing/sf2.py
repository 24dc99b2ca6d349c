"""SF2: a SoundFont 2 file as zones, ready to be played.

Written after the SoundFont technical specification 2.04. Samples stay on disk, mapped, so that a
bank of 150 MB costs no more memory than the notes that are played.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.errors import SoundUnreadable

_BAG = np.dtype([("generators", "<u2"), ("modulators", "<u2")])
_GENERATOR = np.dtype([("kind", "<u2"), ("amount", "<i2")])
_PRESET = np.dtype(
    [("name", "S20"), ("program", "<u2"), ("bank", "<u2"), ("bag", "<u2"), ("rest", "V12")]
)
_INSTRUMENT = np.dtype([("name", "S20"), ("bag", "<u2")])
_SAMPLE = np.dtype(
    [
        ("name", "S20"),
        ("start", "<u4"),
        ("end", "<u4"),
        ("loop_start", "<u4"),
        ("loop_end", "<u4"),
        ("rate", "<u4"),
        ("pitch", "u1"),
        ("correction", "i1"),
        ("link", "<u2"),
        ("type", "<u2"),
    ]
)
_HEAD_BYTES = 8  # Name and size of a chunk.
_TABLES = {
    b"phdr": _PRESET,
    b"pbag": _BAG,
    b"pgen": _GENERATOR,
    b"inst": _INSTRUMENT,
    b"ibag": _BAG,
    b"igen": _GENERATOR,
    b"shdr": _SAMPLE,
}

# Generators by their number in the specification, section 8.1.2.
_INSTRUMENT_LINK, _SAMPLE_LINK, _KEYS, _VELOCITIES = 41, 53, 43, 44
_TIMES = (25, 26, 27, 28, 30, 33, 34, 35, 36, 38)
_DEFAULTS = {8: 13_500, 56: 100, 58: -1, 46: -1, 47: -1} | dict.fromkeys(_TIMES, -12_000)
# Addresses, sample modes, exclusive class and the like belong to instruments alone.
_INSTRUMENT_ONLY = frozenset({0, 1, 2, 3, 4, 12, 45, 46, 47, 50, 54, 57, 58})

Amounts = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Zone:
    """One sample and how it is played, for a range of keys and velocities."""

    keys: tuple[int, int]
    velocities: tuple[int, int]
    start: int
    """First frame in the bank's samples."""
    end: int
    loop: tuple[int, int] | None
    """First frame and the one after the last, or `None` for a sound that ends by itself."""
    rate: int
    amounts: Amounts = field(repr=False)
    """Generators of preset and instrument together, in the units of the specification."""
    root: int
    """MIDI number at which the sample sounds as recorded."""
    tune_cents: float

    def sounds_for(self, pitch: int, velocity: int) -> bool:
        """Whether this zone answers a key pressed so."""
        low, high = self.keys
        soft, hard = self.velocities
        return low <= pitch <= high and soft <= velocity <= hard

    def amount(self, generator: int) -> int:
        """Return a generator's amount, or what the specification has as its default."""
        return self.amounts.get(generator, _DEFAULTS.get(generator, 0))


@dataclass(frozen=True, slots=True)
class SoundFont:
    """All that a SoundFont file holds."""

    path: Path
    samples: NDArray[np.int16] = field(repr=False)
    presets: Mapping[tuple[int, int], tuple[Zone, ...]] = field(repr=False)
    """Zones by bank and program; drum kits are in bank 128."""


def read_soundfont(path: Path) -> SoundFont:
    """Read a SoundFont 2 file.

    Raises
    ------
    SoundUnreadable
        If it is not one, or is cut off, or is compressed (SF3).
    """
    try:
        chunks = dict(_chunks(path))
        tables = {name: _table(path, chunks[name], kind) for name, kind in _TABLES.items()}
        place, size = chunks[b"smpl"]
        samples = np.memmap(path, dtype="<i2", mode="r", offset=place, shape=(size // 2,))
        return SoundFont(path, samples, dict(_presets(tables)))
    except (OSError, KeyError, ValueError, IndexError) as error:
        raise SoundUnreadable(
            f"{path.name} is not a SoundFont 2 bank that the band can play from. "
            "Choose another with STUDIO_SOUNDFONT, or unset it."
        ) from error


def _chunks(path: Path) -> Iterator[tuple[bytes, tuple[int, int]]]:
    """Give name, place and size of every chunk inside the lists of a RIFF file."""
    with path.open("rb") as file:
        start = file.read(_HEAD_BYTES + 4)
        if not (start.startswith(b"RIFF") and start.endswith(b"sfbk")):
            raise ValueError("no SoundFont header")
        while len(head := file.read(8)) == _HEAD_BYTES:
            name, size = head[:4], int.from_bytes(head[4:], "little")
            if name == b"LIST":
                file.seek(4, 1)
                continue
            yield name, (file.tell(), size)
            file.seek(size + size % 2, 1)


def _table(path: Path, chunk: tuple[int, int], kind: np.dtype[np.void]) -> NDArray[np.void]:
    place, size = chunk
    return np.fromfile(path, dtype=kind, offset=place, count=size // kind.itemsize)


def _presets(
    tables: Mapping[bytes, NDArray[np.void]],
) -> Iterator[tuple[tuple[int, int], tuple[Zone, ...]]]:
    instruments = [
        list(_bags(tables[b"ibag"], tables[b"igen"], int(first), int(last), _SAMPLE_LINK))
        for first, last in _spans(tables[b"inst"])
    ]
    for header, (first, last) in zip(tables[b"phdr"], _spans(tables[b"phdr"]), strict=False):
        zones = [
            _zone(tables[b"shdr"], outer, inner)
            for outer in _bags(tables[b"pbag"], tables[b"pgen"], first, last, _INSTRUMENT_LINK)
            for inner in instruments[outer[_INSTRUMENT_LINK]]
        ]
        yield (
            (int(header["bank"]), int(header["program"])),
            tuple(z for z in zones if z is not None),
        )


def _spans(table: NDArray[np.void]) -> Iterator[tuple[int, int]]:
    """Give the first bag of each row and the first of the next; the last row is only an end."""
    places = [int(row) for row in table["bag"]]
    yield from pairwise(places)


def _bags(
    bags: NDArray[np.void], generators: NDArray[np.void], first: int, last: int, link: int
) -> Iterator[dict[int, int]]:
    """Give the generators of each zone; a first zone without a link holds for all after it."""
    shared: dict[int, int] = {}
    for number in range(first, last):
        rows = generators[bags[number]["generators"] : bags[number + 1]["generators"]]
        own = {int(row["kind"]): int(row["amount"]) for row in rows}
        if link in own:
            yield shared | own
        elif number == first:
            shared = own


def _zone(headers: NDArray[np.void], outer: Amounts, inner: Amounts) -> Zone | None:
    keys = _overlap(outer.get(_KEYS), inner.get(_KEYS))
    velocities = _overlap(outer.get(_VELOCITIES), inner.get(_VELOCITIES))
    header = headers[inner[_SAMPLE_LINK]]
    # 0x8000 marks samples in a ROM that nobody has.
    if keys is None or velocities is None or int(header["type"]) & 0x8000:
        return None
    amounts = _sum_of(outer, inner)
    pitch = amounts.get(58, -1)
    start = int(header["start"]) + amounts.get(0, 0) + 32_768 * amounts.get(4, 0)
    return Zone(
        keys,
        velocities,
        start,
        int(header["end"]) + amounts.get(1, 0) + 32_768 * amounts.get(12, 0),
        _loop(header, amounts),
        max(1, int(header["rate"])),
        amounts,
        pitch if pitch >= 0 else min(int(header["pitch"]), 127),
        100.0 * amounts.get(51, 0) + amounts.get(52, 0) + int(header["correction"]),
    )


def _sum_of(outer: Amounts, inner: Amounts) -> dict[int, int]:
    """Add what the preset says to what its instrument says (section 9.4)."""
    amounts = {**inner}
    for kind, amount in outer.items():
        if kind not in _INSTRUMENT_ONLY:
            amounts[kind] = amounts.get(kind, _DEFAULTS.get(kind, 0)) + amount
    return amounts


def _loop(header: np.void, amounts: Amounts) -> tuple[int, int] | None:
    start = int(header["loop_start"]) + amounts.get(2, 0) + 32_768 * amounts.get(45, 0)
    end = int(header["loop_end"]) + amounts.get(3, 0) + 32_768 * amounts.get(50, 0)
    return (start, end) if amounts.get(54, 0) & 1 and end - start > 1 else None


def _overlap(outer: int | None, inner: int | None) -> tuple[int, int] | None:
    """Return the range that both allow; a range is low byte to high byte of an amount."""
    spans = [((span & 0xFF), (span >> 8) & 0xFF) for span in (outer, inner) if span is not None]
    low = max((low for low, _ in spans), default=0)
    high = min((high for _, high in spans), default=127)
    return (low, high) if low <= high else None
