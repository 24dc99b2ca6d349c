"""Sections: where the music turns to something else, and what of it returns.

A song is cut into stretches of bars so that each sounds as much like its own mean as can be, while
every cut has its price (optimal partition by dynamic programming, as Bellman 1961). Whatever is
as far from its surroundings as one bar usually is from the next, is no section. A stretch that
sounds like an earlier one, by colour and by chords in their order, has its letter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from string import ascii_uppercase

import numpy as np
from numpy.typing import NDArray

from studio.audio.hearing import HeardSection

Floats = NDArray[np.floating]

_LONGEST_BARS = 40
_USUAL_LEAST_BARS = 4
_CUT_COST = 2.0
_ODD_COST = 1.5
_NOTES_WEIGHT = 0.3
_COLOUR_DISTANCE = 2.0
_SAME = 0.35


@dataclass(frozen=True, slots=True)
class Bars:
    """What each bar of a sound is like."""

    edges: NDArray[np.float64]
    """`[bars + 1]`, seconds."""
    colour: Floats
    """`[bars, bands]`, how loud each band is, compressed."""
    notes: Floats
    """`[bars, 12]`, pitch classes, each bar of length 1, or 0 where nothing sounds."""
    energy: Floats
    """`[bars]`, linear, of any unit."""


def find_sections(bars: Bars) -> tuple[HeardSection, ...]:
    """Cut a sound into sections, without gaps from its first bar to its last."""
    if not len(bars.colour):
        return ()
    colour, notes = _unit_spread(bars.colour), _unit_spread(bars.notes)
    cuts = _cut(np.hstack([colour, _NOTES_WEIGHT * notes]))
    letters = _letters(cuts, colour, bars.notes)
    loud = [float(bars.energy[start:end].mean()) for start, end in pairwise(cuts)]
    loudest = max(loud) or 1.0
    return tuple(
        HeardSection(
            start_seconds=float(bars.edges[start]),
            seconds=float(bars.edges[end] - bars.edges[start]),
            letter=letter,
            energy=level / loudest,
        )
        for (start, end), letter, level in zip(pairwise(cuts), letters, loud, strict=True)
    )


def _unit_spread(rows: Floats) -> NDArray[np.float64]:
    """Centre the rows, and scale them so that they are 1 from the centre on average."""
    centred = rows - rows.mean(axis=0, dtype=np.float64)
    return np.asarray(centred / (np.sqrt(np.square(centred).sum(axis=1).mean()) + 1e-9))


def _cut(rows: NDArray[np.float64]) -> list[int]:
    """Return the edges of the cheapest partition."""
    count, usual = len(rows), _usual_step(rows)
    sums = np.concatenate([np.zeros((1, rows.shape[1])), np.cumsum(rows, axis=0)])
    squares = np.concatenate([[0.0], np.cumsum(np.square(rows).sum(axis=1))])
    best, back = np.full(count + 1, np.inf), np.zeros(count + 1, np.int64)
    best[0] = 0.0
    for end in range(1, count + 1):
        starts = np.arange(max(0, end - _LONGEST_BARS), end)
        means = np.square(sums[end] - sums[starts]).sum(axis=1) / (end - starts)
        spread = squares[end] - squares[starts] - means
        costs = best[starts] + spread / usual + _price(starts, end, count)
        choice = int(costs.argmin())
        best[end], back[end] = costs[choice], starts[choice]
    cuts = [count]
    while cuts[-1] > 0:
        cuts.append(int(back[cuts[-1]]))
    return cuts[::-1]


def _usual_step(rows: NDArray[np.float64]) -> float:
    """Return how far a bar is from one that follows it, or from the same in the next round."""
    steps = [
        float(np.median(np.square(rows[lag:] - rows[:-lag]).sum(axis=1))) / 2
        for lag in (1, 2, 4)
        if len(rows) > lag + 2
    ]
    return min(steps, default=1.0) + 1e-3


def _price(starts: NDArray[np.int64], end: int, count: int) -> NDArray[np.float64]:
    """Return what a section costs: more if short, or of a number of bars that is not usual."""
    length = end - starts
    odd = np.select([length % 4 == 0, length % 2 == 0], [0.0, _ODD_COST], 2 * _ODD_COST)
    short = np.maximum(0, _USUAL_LEAST_BARS - length) * _CUT_COST / 2
    # The first and the last may be of any length: upbeats, and what rings on.
    edge = np.where((length == 1) & (end == count) & (starts > 0), _CUT_COST, 0.0)
    return np.asarray(_CUT_COST + np.where((starts == 0) | (end == count), edge, odd + short))


def _letters(cuts: Sequence[int], colour: NDArray[np.float64], notes: Floats) -> list[str]:
    stretches, letters = list(pairwise(cuts)), list[str]()
    for number, stretch in enumerate(stretches):
        far = [_distance(stretch, other, colour, notes) for other in stretches[:number]]
        nearest = int(np.argmin(far)) if far else 0
        if far and far[nearest] < _SAME:
            letters.append(letters[nearest])
        else:
            letters.append(ascii_uppercase[min(25, len(set(letters)))])
    return letters


def _distance(
    one: tuple[int, int], other: tuple[int, int], colour: NDArray[np.float64], notes: Floats
) -> float:
    """Compare two stretches by their colour, and by their notes bar by bar."""
    means = [colour[start:end].mean(axis=0) for start, end in (one, other)]
    length = min(one[1] - one[0], other[1] - other[0])
    ours = notes[one[0] : one[0] + length]
    offsets = range(other[0], other[1] - length + 1)
    alike = max(float((ours * notes[at : at + length]).sum(axis=1).mean()) for at in offsets)
    return _COLOUR_DISTANCE * float(np.square(means[0] - means[1]).sum()) + 1 - alike
