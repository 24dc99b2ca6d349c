"""Tones: what one note with its overtones looks like, and a spectrum as a sum of such notes.

The sum is found by the multiplicative updates of non-negative matrix factorisation with fixed tones
(Lee and Seung 1999, generalised Kullback-Leibler divergence), so that what is an overtone of one
note is not taken for another.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from studio.audio.ear.spectrum import HEARING_RATE

Floats = NDArray[np.float32]

SIZE = 4096
HOP = 441
"""Twenty milliseconds at `HEARING_RATE`."""
LOWEST_HZ = 27.5
"""Of the lowest tone, the A at the left end of a piano."""

_STEPS_PER_SEMITONE = 3
_OVERTONES = 12
_ROUNDS = 25
_FLOOR = np.float32(1e-6)
_LOWEST_STEP_HZ = LOWEST_HZ * 2 ** (-1 / 12)
_SEMITONES_ABOVE = 26
"""How far the scale goes beyond the highest tone, for overtones."""


def explained(heard: Floats, tones: Floats) -> Floats:
    """Return how much of each tone is in each look.

    Parameters
    ----------
    heard
        Levels on the scale of `to_steps`, `[looks, steps]`, not negative.
    tones
        Those of `tones`, `[pitches, steps]`.

    Returns
    -------
    `[looks, pitches]`, not negative.
    """
    heard = heard + _FLOOR
    strength = heard @ tones.T
    total = tones.sum(axis=1)
    for _ in range(_ROUNDS):
        strength *= (heard / (strength @ tones + _FLOOR)) @ tones.T / total
    return np.asarray(strength, np.float32)


@lru_cache(maxsize=2)
def tones(pitches: int, fall: float) -> Floats:
    """Return the spectrum of each of `pitches` semitones from `LOWEST_HZ` up, `[pitches, steps]`.

    Each overtone is `fall` times as strong as the one before; each spectrum sums to 1.
    """
    steps = np.arange(_steps(pitches))
    found = np.zeros((pitches, steps.size), np.float32)
    for pitch in range(pitches):
        for number in range(1, _OVERTONES + 1):
            hertz = LOWEST_HZ * 2 ** (pitch / 12) * number
            step = _STEPS_PER_SEMITONE * 12 * np.log2(hertz / _LOWEST_STEP_HZ)
            near = np.exp(-0.5 * np.square(steps - step))
            found[pitch] += np.float32(fall ** (number - 1)) * near.astype(np.float32)
    return np.asarray(found / found.sum(axis=1, keepdims=True))


@lru_cache(maxsize=2)
def to_steps(pitches: int) -> Floats:
    """Return triangles from the bins of `SIZE` to steps of a third of a semitone.

    Shape `[bins, steps]`, for sound at `HEARING_RATE`.
    """
    ratio = 2 ** (1 / (12 * _STEPS_PER_SEMITONE))
    middles = _LOWEST_STEP_HZ * ratio ** np.arange(_steps(pitches))
    bins = np.arange(SIZE // 2 + 1) * HEARING_RATE / SIZE
    width = np.maximum(middles * (ratio - 1), HEARING_RATE / SIZE)
    return np.asarray(np.maximum(0, 1 - np.abs(bins[:, None] - middles) / width), np.float32)


def _steps(pitches: int) -> int:
    return _STEPS_PER_SEMITONE * (pitches + _SEMITONES_ABOVE)
