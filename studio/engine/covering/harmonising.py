"""Harmonising: chords that fit a tune, and its key, for a voice that came without a band.

The chords are the best path through the chords of a key, bar by bar: each bar likes the chord that
holds its long and strong notes, and each chord likes to be followed as songs usually go on. The key
is the one whose best path is the best of all: on tunes of the band this finds the right scale far
more often than comparing how often each tone is sung, since what is sung depends on the chords.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from studio.engine.score import Chord, Key, Mode
from studio.engine.writing.theory import read_numeral, tones

Floats = NDArray[np.float64]

NUMERALS: dict[Mode, tuple[str, ...]] = {
    "major": ("I", "ii", "iii", "IV", "V", "vi"),
    "minor": ("i", "III", "iv", "v", "VI", "VII", "V"),
}
# How gladly a chord (row) is followed by another (column), in the order of `NUMERALS`. A table of
# taste, not of counts: fifths fall, basses step, and what stays too long is dull.
_FOLLOWS: dict[Mode, tuple[tuple[float, ...], ...]] = {
    "major": (
        (-0.5, 0.4, 0.1, 0.9, 0.8, 0.9),
        (0.2, -0.8, 0.2, 0.4, 1.0, 0.2),
        (-0.1, 0.3, -0.8, 0.8, 0.1, 0.8),
        (0.9, 0.4, 0.1, -0.6, 1.0, 0.3),
        (1.0, -0.3, 0.1, 0.4, -0.7, 0.9),
        (0.2, 0.7, 0.3, 1.0, 0.7, -0.6),
    ),
    "minor": (
        (-0.5, 0.6, 0.8, 0.4, 0.9, 0.8, 0.5),
        (0.4, -0.7, 0.3, 0.1, 0.7, 0.9, 0.1),
        (0.8, 0.3, -0.6, 0.5, 0.4, 0.6, 0.8),
        (0.8, 0.2, 0.3, -0.8, 0.7, 0.2, 0.0),
        (0.4, 0.8, 0.5, 0.2, -0.6, 1.0, 0.5),
        (1.0, 0.8, 0.1, 0.0, 0.7, -0.7, 0.2),
        (1.0, -0.3, 0.1, -0.5, 0.5, -0.3, -0.9),
    ),
}
TASTE = 0.45
"""How much the way chords follow one another counts against the notes over them."""
HOME = 0.8
"""How gladly a song begins and ends on its tonic."""
SURE_LEAD = 0.15
"""How far the best key lies above the next one, for each bar, when there is no doubt."""
ON_THE_BAR, ON_THE_BEAT, OFF_THE_BEAT = 1.5, 1.0, 0.7
"""How much a note counts by where it begins."""


@dataclass(frozen=True, slots=True)
class TonedNote:
    """What harmony has to know of a note, in beats from the first bar line."""

    start: float
    beats: float
    pitch: int


@dataclass(frozen=True, slots=True)
class Harmonised:
    """A tune's key and chords."""

    key: Key
    chords: tuple[Chord, ...]
    """One for each bar, in beats from the first bar line."""
    confidence: float
    """0 to 1: how far the key lies above the next one of another scale."""
    worth: float
    """How well the chords carry the tune and follow one another, for each bar; about 1 is good."""


def harmonise_tune(
    notes: Sequence[TonedNote], *, bars: int, beats_per_bar: int, key: Key | None = None
) -> Harmonised:
    """Find one chord for each bar that carries the notes sung in it.

    Parameters
    ----------
    notes
        In beats from the first bar line; what lies outside the bars is not heard.
    bars
        How many there are, at least 1.
    key
        Of the tune; `None` looks for it.
    """
    keys = [key] if key else [Key(tonic, mode) for mode in NUMERALS for tonic in range(12)]
    heard = _heard(notes, bars, beats_per_bar)
    fits = {key: _fits(heard, key) for key in keys}
    worth = {key: _best_path(fits[key], _taste(key))[0] / bars for key in keys}
    found = max(keys, key=lambda key: worth[key])
    others = [worth[key] for key in keys if _signature(key) != _signature(found)]
    lead = worth[found] - max(others, default=worth[found] - SURE_LEAD)
    return Harmonised(
        found,
        _written(_best_path(fits[found], _taste(found))[1], found, beats_per_bar),
        float(np.clip(lead / SURE_LEAD, 0.0, 1.0)),
        worth[found],
    )


def _signature(key: Key) -> int:
    """Return the tonic of the major key of the same tones."""
    return (key.tonic + 3) % 12 if key.mode == "minor" else key.tonic


def _taste(key: Key) -> Floats:
    return TASTE * np.array(_FOLLOWS[key.mode])


def _written(path: Sequence[int], key: Key, beats_per_bar: int) -> tuple[Chord, ...]:
    numerals, beats = NUMERALS[key.mode], float(beats_per_bar)
    return tuple(
        read_numeral(numerals[choice], key, start=bar * beats, beats=beats)
        for bar, choice in enumerate(path)
    )


def _heard(notes: Sequence[TonedNote], bars: int, beats_per_bar: int) -> Floats:
    """Return how much of each pitch class is heard in each bar, `[bars, 12]`."""
    heard = np.zeros((bars, 12))
    for note in notes:
        first = max(0, int(note.start // beats_per_bar))
        for bar in range(first, bars):
            start = bar * beats_per_bar
            beats = min(note.start + note.beats, start + beats_per_bar) - max(note.start, start)
            if beats <= 0:
                break
            heard[bar, note.pitch % 12] += beats * _accent(note.start, start)
    return heard


def _accent(begins: float, bar_start: float) -> float:
    if abs(begins - bar_start) < 0.1:  # noqa: PLR2004 - sung freely, but meant on the bar line
        return ON_THE_BAR
    return ON_THE_BEAT if abs(begins - round(begins)) < 0.1 else OFF_THE_BEAT  # noqa: PLR2004 - as above


def _fits(heard: Floats, key: Key) -> Floats:
    """Return how well each chord of a key carries each bar, about -1 to 1, `[bars, chords]`."""
    total = heard.sum(axis=1, keepdims=True)
    fits: Floats = (2 * heard @ _members(key) - total) / np.maximum(total, 1.0)
    fits[[0, -1], 0] += HOME
    return fits


@lru_cache(maxsize=24)
def _members(key: Key) -> Floats:
    """Return 1 where a pitch class is in a chord of the key, `[12, chords]`."""
    members = np.zeros((12, len(NUMERALS[key.mode])))
    for chord, numeral in enumerate(NUMERALS[key.mode]):
        read = read_numeral(numeral, key)
        members[list(tones(read.root, read.quality)), chord] = 1.0
    return members


def _best_path(fits: Floats, follows: Floats) -> tuple[float, list[int]]:
    """Return how good the best path is, and the chord of each bar on it (Viterbi)."""
    best, came = fits[0], np.zeros(fits.shape, np.intp)
    for bar in range(1, len(fits)):
        ways = best[:, None] + follows
        came[bar] = ways.argmax(axis=0)
        best = ways.max(axis=0) + fits[bar]
    path = [int(best.argmax())]
    for bar in range(len(fits) - 1, 0, -1):
        path.append(int(came[bar, path[-1]]))
    return float(best.max()), path[::-1]
