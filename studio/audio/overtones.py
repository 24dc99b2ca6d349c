"""Overtones: which notes sound together, by explaining the spectrum as tones with overtones.

Every look at the sound is written as a sum of 88 fixed tones by the multiplicative updates of
non-negative matrix factorisation (Lee and Seung 1999, generalised Kullback-Leibler divergence), so
that what is an overtone of one note is not taken for another.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d

from studio.audio.salience import PITCHES, Salience
from studio.audio.spectrum import HEARING_RATE, magnitudes
from studio.audio.work import UNWATCHED, Work

Floats = NDArray[np.float32]

SIZE = 4096
HOP = 441
"""Twenty milliseconds at `HEARING_RATE`."""
STEPS_PER_SEMITONE = 3
OVERTONES = 12
ROUNDS = 25

_LOWEST_STEP_HZ = 27.5 * 2 ** (-1 / 12)
_STEPS = STEPS_PER_SEMITONE * (PITCHES + 26)
_FALL = 0.75
"""Each overtone is as much weaker than the one before."""
_FLOOR = 1e-6
_RISE_LOOKS = 3


def explain(mono: Floats, *, work: Work = UNWATCHED) -> Salience:
    """Measure how strongly each pitch sounds, and begins.

    Parameters
    ----------
    mono
        `float32 [frames]` at `HEARING_RATE`.
    work
        Asked for every five seconds of sound.
    """
    tones = _tones()
    parts = [
        _explained(block @ _to_steps(), tones) for block in magnitudes(mono, SIZE, HOP, work=work)
    ]
    strength = np.concatenate(parts)
    # Of the loud passages, whatever the level of the file.
    usual = float(np.percentile(strength.max(axis=1), 90)) + _FLOOR
    sounding = np.sqrt(np.minimum(strength / usual, 1.0))
    seconds = np.arange(len(sounding), dtype=np.float64) * (HOP / HEARING_RATE)
    return Salience(seconds, sounding, _rise(sounding))


def _explained(levels: Floats, tones: Floats) -> Floats:
    """Return the strength of each tone, `[looks, PITCHES]`."""
    heard = np.sqrt(levels) + np.float32(_FLOOR)
    strength = heard @ tones.T
    total = tones.sum(axis=1)
    for _ in range(ROUNDS):
        strength *= (heard / (strength @ tones + np.float32(_FLOOR))) @ tones.T / total
    return strength


def _rise(sounding: Floats) -> Floats:
    """Return how much each pitch has grown within a moment, 0 to 1."""
    before = np.zeros_like(sounding)
    before[_RISE_LOOKS:] = sounding[:-_RISE_LOOKS]
    grown = np.maximum(sounding - before, 0.0)
    return np.asarray(np.where(grown >= maximum_filter1d(grown, 3, axis=0), grown, 0.0))


@lru_cache(maxsize=1)
def _tones() -> Floats:
    """Return the spectrum of each pitch on the logarithmic scale, `[PITCHES, steps]`."""
    tones = np.zeros((PITCHES, _STEPS), np.float32)
    for pitch in range(PITCHES):
        for number in range(1, OVERTONES + 1):
            hertz = 27.5 * 2 ** (pitch / 12) * number
            step = STEPS_PER_SEMITONE * 12 * np.log2(hertz / _LOWEST_STEP_HZ)
            spread = np.exp(-0.5 * np.square(np.arange(_STEPS) - step))
            tones[pitch] += np.float32(_FALL ** (number - 1)) * spread.astype(np.float32)
    return np.asarray(tones / tones.sum(axis=1, keepdims=True))


@lru_cache(maxsize=1)
def _to_steps() -> Floats:
    """Return triangles from bins to steps of a third of a semitone, `[bins, steps]`."""
    middles = _LOWEST_STEP_HZ * 2 ** (np.arange(_STEPS) / (12 * STEPS_PER_SEMITONE))
    bins = np.arange(SIZE // 2 + 1) * HEARING_RATE / SIZE
    width = np.maximum(middles * (2 ** (1 / (12 * STEPS_PER_SEMITONE)) - 1), HEARING_RATE / SIZE)
    return np.asarray(np.maximum(0, 1 - np.abs(bins[:, None] - middles) / width), np.float32)
