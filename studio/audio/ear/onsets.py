"""Onsets: how much begins at each moment, from the rise of energy in bands as the ear has them.

Rises are taken against the loudest neighbour a little before, so that vibrato and glides do not
count as new notes (Böck and Widmer 2013, "Maximum filter vibrato suppression for onset
detection").
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d, uniform_filter1d

from studio.audio.ear.spectrum import HEARING_RATE, magnitudes, mel_bands
from studio.audio.work import UNWATCHED, Work

SIZE = 1024
HOP = 220
STEPS_PER_SECOND = HEARING_RATE / HOP

_BANDS = 72
_LOW_HZ = 30.0
_HIGH_HZ = 10_000.0
_LAG = 3
_LOW_BANDS = 5
_HIGH_BANDS = 44
_GAIN = 30.0
_AROUND_SECONDS = 0.4
_LEVEL_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Onsets:
    """What begins when, `STEPS_PER_SECOND` values a second each."""

    all: NDArray[np.float32]
    """`[steps]`, 0 where nothing begins, about 1 for a usual onset of the passage."""
    low: NDArray[np.float32]
    """`[steps]`, of kick and bass alone."""
    high: NDArray[np.float32]
    """`[steps]`, of hats and consonants alone."""
    middle: NDArray[np.float32]
    """`[steps]`, what lies between."""
    bands: NDArray[np.float32]
    """`[steps, bands]`, how loud each band is, compressed: the colour of the sound."""


def find_onsets(mono: NDArray[np.float32], *, work: Work = UNWATCHED) -> Onsets:
    """Measure what begins when in `mono`, `[frames]` at `HEARING_RATE`."""
    mel = mel_bands(SIZE, _BANDS, _LOW_HZ, _HIGH_HZ)
    loud = np.concatenate([block @ mel for block in magnitudes(mono, SIZE, HOP, work=work)])
    # Relative to the sound's own level, so that a quiet file is heard like a loud one.
    level = float(np.sqrt(np.mean(np.square(loud)))) + 1e-6
    bands = np.log1p(loud * (_GAIN / level))
    before = maximum_filter1d(bands, 3, axis=1)
    rise = np.zeros_like(bands)
    np.maximum(0, bands[_LAG:] - before[:-_LAG], out=rise[_LAG:])
    return Onsets(
        all=_evened(rise.mean(axis=1)),
        low=_evened(rise[:, :_LOW_BANDS].mean(axis=1)),
        middle=_evened(rise[:, _LOW_BANDS:_HIGH_BANDS].mean(axis=1)),
        high=_evened(rise[:, _HIGH_BANDS:].mean(axis=1)),
        bands=bands,
    )


def _evened(rise: NDArray[np.float32]) -> NDArray[np.float32]:
    """Take away what always rises, and make soft passages count like loud ones."""
    around = round(_AROUND_SECONDS * STEPS_PER_SECOND)
    clear = np.maximum(0, rise - uniform_filter1d(rise, around))
    passage = round(_LEVEL_SECONDS * STEPS_PER_SECOND)
    # Running sums in 32 bits may end a hair below zero.
    power = np.maximum(0, uniform_filter1d(np.square(clear), passage))
    floor = 0.1 * float(np.sqrt(power.max(initial=0.0))) + 1e-6
    return np.asarray(clear / (np.sqrt(power) + floor), np.float32)
