"""Grid: the moments between which a chord is looked for, and how readily it changes at each.

Chords change where bars begin, less often in their middle, and seldom elsewhere.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.audio.ear.metre import Metre

_WITHOUT_PULSE_SECONDS = 0.5
_LONGEST_SPAN_SECONDS = 0.75
_SLIVER_SECONDS = 0.1
_IN_FOUR = 4
# Logarithms of how likely a new chord is, against the old one staying.
_ANYWHERE = -3.0
_ON_THE_ONE, _ON_THE_THREE, _ELSEWHERE = -1.0, -4.0, -6.0


@dataclass(frozen=True, slots=True)
class Grid:
    """Spans of time that follow each other."""

    edges: NDArray[np.float64]
    """`[spans + 1]`, seconds, rising, from 0 to the end of the sound."""
    change: NDArray[np.float64]
    """`[spans]`, logarithm of how likely a new chord begins with the span, against none."""


def lay_grid(metre: Metre, length_seconds: float) -> Grid:
    """Lay spans of a beat, of half a beat if it is slow, and of half a second without a beat."""
    if len(metre.times) < 2:  # noqa: PLR2004 - no pulse
        spans = max(1, round(length_seconds / _WITHOUT_PULSE_SECONDS))
        return Grid(np.linspace(0, length_seconds, spans + 1), np.full(spans, _ANYWHERE))
    step = float(np.median(np.diff(metre.times)))
    parts = 2 if step > _LONGEST_SPAN_SECONDS else 1
    numbers = _numbers(metre.times, step, length_seconds, parts)
    moments = _at(metre.times, numbers, step)
    inside = (moments > _SLIVER_SECONDS) & (moments < length_seconds - _SLIVER_SECONDS)
    edges = np.concatenate([[0.0], moments[inside], [length_seconds]])
    change = np.concatenate([[_ANYWHERE], _change(metre, numbers[inside])])
    return Grid(edges, change)


def _numbers(
    times: NDArray[np.float64], step: float, length_seconds: float, parts: int
) -> NDArray[np.float64]:
    """Return numbers of all beats and their parts; 0 is the first beat that was found."""
    before = int(times[0] / step)
    after = int((length_seconds - times[-1]) / step)
    return np.arange(-before * parts, (len(times) - 1 + after) * parts + 1) / parts


def _at(
    times: NDArray[np.float64], numbers: NDArray[np.float64], step: float
) -> NDArray[np.float64]:
    """Return when the numbered beats are, on a steady pulse beyond those that were found."""
    last = len(times) - 1
    inside = np.interp(numbers, np.arange(len(times)), times)
    return inside + step * (np.minimum(0, numbers) + np.maximum(0, numbers - last))


def _change(metre: Metre, numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Follow the bar as far as it is sure."""
    place = (numbers - metre.downbeats[0]) % metre.beats_per_bar
    middle = (place == 2) & (metre.beats_per_bar == _IN_FOUR)  # noqa: PLR2004 - the third beat
    known = np.select([place == 0, middle], [_ON_THE_ONE, _ON_THE_THREE], _ELSEWHERE)
    return np.asarray(metre.confidence * known + (1 - metre.confidence) * _ANYWHERE)
