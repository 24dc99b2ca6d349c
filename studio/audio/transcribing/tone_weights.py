"""Tone weights: how strongly every pitch sounds at every look, one explained by another or not.

A look is written as a sum of tones with falling overtones by multiplicative updates (Lee and Seung
1999, generalised Kullback-Leibler divergence). Nothing is gated and nothing is decided: whoever
follows a tune through these weights needs the doubtful ones too.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from studio.audio.ear.spectrum import HEARING_RATE, magnitudes
from studio.audio.work import UNWATCHED, Work

Floats = NDArray[np.float32]

LOWEST, HIGHEST = 21, 96
"""MIDI numbers of the tones; those below a tune explain what would else be taken for it."""
PITCHES = HIGHEST - LOWEST + 1
SIZE = 4096
HOP = 441
"""Twenty milliseconds at `HEARING_RATE`."""

_STEPS_PER_SEMITONE = 3
_OVERTONES = 12
_FALL = 0.75
"""Each overtone is as much weaker than the one before."""
_ROUNDS = 25
_FLOOR = np.float32(1e-6)
_LOWEST_STEP_HZ = 27.5 * 2 ** (-1 / 12)
_STEPS = _STEPS_PER_SEMITONE * (PITCHES + 26)


def weigh_tones(mono: Floats, *, work: Work = UNWATCHED) -> Floats:
    """Weigh every pitch.

    Parameters
    ----------
    mono
        `float32 [frames]` at `HEARING_RATE`.
    work
        Asked for every five seconds of sound.

    Returns
    -------
    `[looks, PITCHES]`, `HOP` frames apart; 1 is the strongest of loud passages.
    """
    to_steps, tones = _to_steps(), _tones()
    blocks = magnitudes(mono, SIZE, HOP, work=work)
    weights = np.concatenate([_explained(block @ to_steps, tones) for block in blocks])
    usual = float(np.percentile(weights.max(axis=1), 90)) + float(_FLOOR)
    return np.asarray(np.sqrt(np.minimum(weights / usual, 1.0)), np.float32)


def _explained(levels: Floats, tones: Floats) -> Floats:
    heard = np.sqrt(levels) + _FLOOR
    weights = heard @ tones.T
    total = tones.sum(axis=1)
    for _ in range(_ROUNDS):
        weights *= (heard / (weights @ tones + _FLOOR)) @ tones.T / total
    return np.asarray(weights)


@lru_cache(maxsize=1)
def _tones() -> Floats:
    """Return the spectrum of each pitch on the logarithmic scale, `[PITCHES, steps]`."""
    tones = np.zeros((PITCHES, _STEPS), np.float32)
    for pitch in range(PITCHES):
        for number in range(1, _OVERTONES + 1):
            hertz = 27.5 * 2 ** (pitch / 12) * number
            step = _STEPS_PER_SEMITONE * 12 * np.log2(hertz / _LOWEST_STEP_HZ)
            near = np.exp(-0.5 * np.square(np.arange(_STEPS) - step))
            tones[pitch] += np.float32(_FALL ** (number - 1)) * near.astype(np.float32)
    return np.asarray(tones / tones.sum(axis=1, keepdims=True))


@lru_cache(maxsize=1)
def _to_steps() -> Floats:
    """Return triangles from bins to steps of a third of a semitone, `[bins, steps]`."""
    ratio = 2 ** (1 / (12 * _STEPS_PER_SEMITONE))
    middles = _LOWEST_STEP_HZ * ratio ** np.arange(_STEPS)
    bins = np.arange(SIZE // 2 + 1) * HEARING_RATE / SIZE
    width = np.maximum(middles * (ratio - 1), HEARING_RATE / SIZE)
    return np.asarray(np.maximum(0, 1 - np.abs(bins[:, None] - middles) / width), np.float32)
