"""Drum hits: kick, snare and hat, picked from what begins low, in the middle and high.

Toms are taken for kicks or snares, cymbals for hats: three bands tell no more.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d

from studio.audio.ear.onsets import STEPS_PER_SECOND, Onsets
from studio.audio.hearing import HeardNote

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Drum:
    """How a drum is told from the others."""

    key: int
    """General MIDI drum key."""
    bands: slice
    """Of `Onsets.bands`, where it begins."""
    share: float
    """A hit begins at least so strongly, beside the strongest."""
    without: float = 0.0
    """How much of what begins low at the same time is none of it."""


KICK = Drum(36, slice(0, 4), share=0.5)
SNARE = Drum(38, slice(20, 44), share=0.35, without=0.45)
HAT = Drum(42, slice(64, 72), share=0.45)

HIT_SECONDS = 0.1
LAG_STEPS = 3
NEAR_STEPS = 4
STRONGEST_PERCENT = 95
LEAST_GROWTH = 0.02
STROKE_GROWTH = 0.8
"""Of the strongest; what grows less is noise, not drums."""


def find_hits(onsets: Onsets) -> tuple[HeardNote, ...]:
    """Return the hits of a drum kit, by start.

    Parameters
    ----------
    onsets
        Of a drum stem; in a whole record the other instruments are taken for drums.
    """
    growth = _growth(onsets.bands)
    low = maximum_filter1d(growth[:, KICK.bands].mean(axis=1), NEAR_STEPS + 1)
    found = [
        note
        for drum in (KICK, SNARE, HAT)
        for note in _hits(drum, growth[:, drum.bands].mean(axis=1) - np.float32(drum.without) * low)
    ]
    return tuple(sorted(found, key=lambda note: (note.start_seconds, note.pitch)))


def _growth(bands: Floats) -> Floats:
    """Return how much each band grew within a moment, `[steps, bands]`."""
    # Before the sound was silence.
    grown = bands.copy()
    before = maximum_filter1d(bands[:-LAG_STEPS], 3, axis=1)
    np.maximum(0, bands[LAG_STEPS:] - before, out=grown[LAG_STEPS:])
    return grown


def _hits(drum: Drum, strength: Floats) -> list[HeardNote]:
    highest = maximum_filter1d(strength, 2 * NEAR_STEPS + 1)
    steps = np.flatnonzero((strength >= highest) & (strength > LEAST_GROWTH))
    if not steps.size:
        return []
    strongest = float(np.percentile(strength[steps], STRONGEST_PERCENT))
    if strongest < STROKE_GROWTH:
        return []
    return [
        HeardNote(step / STEPS_PER_SECOND, HIT_SECONDS, drum.key, _velocity(share))
        for step in steps.tolist()
        if (share := float(strength[step]) / strongest) >= drum.share
    ]


def _velocity(share: float) -> int:
    return int(np.clip(round(110 * share), 20, 120))
