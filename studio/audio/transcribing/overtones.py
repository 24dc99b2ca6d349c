"""Overtones: which notes sound together, by explaining the spectrum as tones with overtones.

Every look at the sound is written as a sum of 88 tones. What is too weak, or has no first partial,
is left out.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d

from studio.audio.ear.spectrum import HEARING_RATE, magnitudes
from studio.audio.transcribing.salience import PITCHES, Salience
from studio.audio.transcribing.tones import HOP, SIZE, explained, to_steps, tones
from studio.audio.work import UNWATCHED, Work

Floats = NDArray[np.float32]

COMPRESSION = 0.7
"""Of amplitudes, so that soft notes beside loud ones are explained as well."""

SILENCE = 0.012
"""Strength of the loud passages below which nothing is said to sound."""
CLEARNESS = 0.068
"""Share of the strongest pitch in all, below which it is noise."""
SUPPORT = 0.6
"""Of what a tone of this strength has in its first partial."""
GATE = 0.15
AROUND_LOOKS = 25
RISE_LOOKS = 4
LEAD_LOOKS = 8
LATE_SECONDS = RISE_LOOKS / 2 * HOP / 22_050
"""A note that grows over some looks begins in their middle."""

_FALL = 0.8
"""Each overtone is as much weaker than the one before."""
_FLOOR = 1e-6


def explain(mono: Floats, *, work: Work = UNWATCHED) -> Salience:
    """Measure how strongly each pitch sounds, and begins.

    Parameters
    ----------
    mono
        `float32 [frames]` at `HEARING_RATE`.
    work
        Asked for every five seconds of sound.
    """
    shapes, scale = tones(PITCHES, _FALL), to_steps(PITCHES)
    # Silence before, so that what sounds from the first frame on is heard to begin.
    led_in = np.pad(mono, (LEAD_LOOKS * HOP, 0))
    parts = [
        _supported(block @ scale, shapes) for block in magnitudes(led_in, SIZE, HOP, work=work)
    ]
    strength = np.concatenate(parts)
    loud = float(np.percentile(strength.max(axis=1), 90))
    clear = strength.max(axis=1) / (strength.sum(axis=1) + _FLOOR)
    if loud < SILENCE or float(np.median(clear[strength.max(axis=1) > loud / 4])) < CLEARNESS:
        strength[:] = 0.0
    sounding = _gated(np.minimum(strength / max(loud, SILENCE), 1.0))
    looks = np.arange(len(sounding), dtype=np.float64) - LEAD_LOOKS
    seconds = np.maximum(0.0, looks * (HOP / HEARING_RATE) + LATE_SECONDS)
    return Salience(seconds, sounding, _rise(sounding))


def _supported(levels: Floats, shapes: Floats) -> Floats:
    """Return the strength of each tone, `[looks, PITCHES]`."""
    heard = np.power(levels, np.float32(COMPRESSION))
    strength = explained(heard, shapes)
    return np.asarray(strength * _support(heard, strength, shapes))


def _support(heard: Floats, strength: Floats, shapes: Floats) -> Floats:
    """Return 1 where the first partial of a tone is heard, less where it is only thought of.

    Or a chord would be explained by a note an octave or two below it.
    """
    fundamentals = shapes.argmax(axis=1)
    near = np.stack([heard[:, fundamentals + offset] for offset in (-1, 0, 1)]).max(axis=0)
    expected = strength * shapes[np.arange(PITCHES), fundamentals]
    return np.asarray(np.minimum(1.0, near / (SUPPORT * expected + np.float32(_FLOOR))))


def _gated(sounding: Floats) -> Floats:
    """Leave out what is far weaker than the strongest pitch around."""
    strongest = maximum_filter1d(sounding.max(axis=1), AROUND_LOOKS)
    return np.asarray(np.where(sounding < GATE * strongest[:, None], 0.0, sounding), np.float32)


def _rise(sounding: Floats) -> Floats:
    """Return how much each pitch grows within the next moment, 0 to 1."""
    grown = np.zeros_like(sounding)
    grown[:-RISE_LOOKS] = np.maximum(sounding[RISE_LOOKS:] - sounding[:-RISE_LOOKS], 0.0)
    return grown
