"""Tone weights: how strongly every pitch sounds at every look, one explained by another or not.

Nothing is gated and nothing is decided: whoever follows a tune through these weights needs the
doubtful ones too.
"""

import numpy as np
from numpy.typing import NDArray

from studio.audio.ear.spectrum import magnitudes
from studio.audio.transcribing.tones import HOP, SIZE, explained, to_steps, tones
from studio.audio.work import UNWATCHED, Work

Floats = NDArray[np.float32]

LOWEST, HIGHEST = 21, 96
"""MIDI numbers of the tones; those below a tune explain what would else be taken for it."""
PITCHES = HIGHEST - LOWEST + 1

_FALL = 0.75
"""Each overtone is as much weaker than the one before."""
_FLOOR = 1e-6


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
    scale, shapes = to_steps(PITCHES), tones(PITCHES, _FALL)
    blocks = magnitudes(mono, SIZE, HOP, work=work)
    weights = np.concatenate([explained(np.sqrt(block @ scale), shapes) for block in blocks])
    usual = float(np.percentile(weights.max(axis=1), 90)) + _FLOOR
    return np.asarray(np.sqrt(np.minimum(weights / usual, 1.0)), np.float32)
