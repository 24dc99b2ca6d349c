"""Tempo map: where each moment lies in beats, bar lines on the downbeats that were heard.

Beats that are nearly even share one tempo, as a person would write it; where they are not, the
tempo follows them. What sounds before the first bar becomes a shorter bar.
"""

from dataclasses import dataclass
from itertools import pairwise
from math import gcd

import numpy as np
from numpy.typing import NDArray

from studio.audio.hearing import Heard

LEEWAY_SECONDS = 0.012
"""How far a beat may lie from where its tempo has it."""
NEGLIGIBLE_SECONDS = 0.018
"""A lead-in that is shorter is none."""
LEAD_IN_STEPS = 8
"""A lead-in is measured in thirty-second notes: so many to the beat."""
USUAL_BPM = 120.0
USUAL_METRE = 4


@dataclass(frozen=True, slots=True)
class Metre:
    """A time signature, from a beat on."""

    beat: float
    beats: int
    """How many to a bar, of notes of which `unit` make a whole one."""
    unit: int


@dataclass(frozen=True, slots=True)
class TempoMap:
    """Knots, the first at 0 s and 0 beats; between two of them the tempo is steady."""

    seconds: tuple[float, ...]
    beats: tuple[float, ...]
    """Quarter notes, rising."""
    metres: tuple[Metre, ...]

    def beat_at(self, seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return where moments lie, in beats; before the first and after the last knot, too."""
        inner = np.interp(seconds, self.seconds, self.beats)
        late = np.maximum(0.0, seconds - self.seconds[-1])
        return np.asarray(inner + late / self.tempi()[-1])

    def tempi(self) -> tuple[float, ...]:
        """Return the seconds of a beat from each knot to the next."""
        return tuple(
            (b - a) / (to - from_)
            for (a, b), (from_, to) in zip(
                pairwise(self.seconds), pairwise(self.beats), strict=True
            )
        )


def map_tempo(heard: Heard) -> TempoMap:
    """Lay bars over what was heard.

    Parameters
    ----------
    heard
        With fewer than two beats it gets a steady tempo that means nothing.
    """
    if len(heard.beats) < 2:  # noqa: PLR2004 - no tempo
        return TempoMap((0.0, 60 / USUAL_BPM), (0.0, 1.0), (Metre(0.0, USUAL_METRE, 4),))
    times = np.asarray(heard.beats)
    if times[0] <= NEGLIGIBLE_SECONDS:
        times[0] = 0.0
    lead_in = _lead_in_steps(times) / LEAD_IN_STEPS
    kept = _knots(times)
    seconds, beats = times[kept].tolist(), (lead_in + kept).tolist()
    if lead_in:
        seconds, beats = [0.0, *seconds], [0.0, *beats]
    first_bar = heard.downbeats[0] if heard.downbeats else 0
    return TempoMap(tuple(seconds), tuple(beats), _metres(lead_in + first_bar, heard.beats_per_bar))


def _lead_in_steps(times: NDArray[np.float64]) -> int:
    """Return how many thirty-second notes sound before the first beat."""
    if times[0] == 0:
        return 0
    return max(1, round(LEAD_IN_STEPS * float(times[0] / np.median(np.diff(times)))))


def _knots(times: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the fewest beats between which no other is far from an even pulse."""
    kept, waiting = {0, len(times) - 1}, [(0, len(times) - 1)]
    while waiting:
        first, last = waiting.pop()
        even = np.linspace(times[first], times[last], last - first + 1)
        far = np.abs(times[first : last + 1] - even)
        worst = int(far.argmax())
        if far[worst] > LEEWAY_SECONDS:
            kept.add(first + worst)
            waiting += [(first, first + worst), (first + worst, last)]
    return np.array(sorted(kept))


def _metres(before: float, beats_per_bar: int) -> tuple[Metre, ...]:
    """Return the metre, after a shorter first bar if the music before fills no whole ones."""
    usual = Metre(0.0, beats_per_bar, 4)
    steps = round(before * LEAD_IN_STEPS) % (beats_per_bar * LEAD_IN_STEPS)
    if not steps:
        return (usual,)
    shared = gcd(steps, LEAD_IN_STEPS)
    first = Metre(0.0, steps // shared, 4 * LEAD_IN_STEPS // shared)
    return (first, Metre(steps / LEAD_IN_STEPS, beats_per_bar, 4))
