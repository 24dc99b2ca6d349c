"""Pads: broad, slow sounds, made as one long spectrum for each pitch.

Each harmonic is a narrow hump of noise instead of a line (P. Nasca's "PADsynth"), so that one
inverse transform gives a whole ensemble, in stereo and without a seam.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from studio.audio.samples import RATE, Samples
from studio.engine.playing.tones import Voice, envelope, harmonics, hertz_of, seconds

_FRAMES = 1 << 17
_ALIKE = 0.45  # Correlation of the two sides.


@dataclass(frozen=True, slots=True)
class Pad:
    """What one pad is made of; times in seconds."""

    cents: float
    """Breadth of each harmonic."""
    spectrum: Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]]
    """Amplitudes of harmonics, from their numbers and their frequencies."""
    attack: float
    release: float
    swell: float
    """Depth of the slow breathing."""


def _warm(order: NDArray[np.float64], hertz: NDArray[np.float64]) -> NDArray[np.float64]:
    return order**-1.1 / np.sqrt(1 + (hertz / 1_300.0) ** 4)


def _strings(order: NDArray[np.float64], hertz: NDArray[np.float64]) -> NDArray[np.float64]:
    body = (
        1
        + 0.9 * np.exp(-(((hertz - 480) / 200) ** 2))
        + 0.7 * np.exp(-(((hertz - 2_600) / 900) ** 2))
    )
    return order**-1.05 * body / np.sqrt(1 + (hertz / 5_200.0) ** 4)


PADS = {
    "warm": Pad(22.0, _warm, attack=0.35, release=0.9, swell=0.12),
    "strings": Pad(16.0, _strings, attack=0.14, release=0.45, swell=0.06),
}


def pad(name: str) -> Voice:
    """Return the voice of one of `PADS`."""
    kind = PADS[name]

    def voice(pitch: int, velocity: float, held: int, rng: np.random.Generator) -> Samples:
        volume = envelope(
            held,
            attack=min(kind.attack, held / RATE / 2),
            decay=1.0,
            sustain=0.9,
            release=kind.release,
        )
        start = int(rng.integers(_FRAMES))
        long = np.take(
            _ensemble(name, pitch), np.arange(start, start + len(volume)), axis=1, mode="wrap"
        )
        breath = np.sin(2 * np.pi * (0.21 * seconds(len(volume)) + rng.random()))
        curve = volume * (1 + kind.swell * breath) * (0.6 + 0.4 * velocity)
        return np.asarray(long * curve, np.float32)

    return voice


@lru_cache(maxsize=48)
def _ensemble(name: str, pitch: int) -> Samples:
    """Return three endless seconds of one pitch, `float32 (2, frames)`, at an RMS of 0.18."""
    kind = PADS[name]
    rng = np.random.default_rng([pitch, len(name)])
    hertz = hertz_of(pitch)
    order = harmonics(hertz)
    power = np.zeros(_FRAMES // 2 + 1)
    for number, level in zip(order, kind.spectrum(order, order * hertz), strict=True):
        centre = number * hertz / RATE * _FRAMES
        breadth = max(1.0, centre * (2 ** (kind.cents / 1_200) - 1) / 2)
        low, high = int(centre - 4 * breadth), int(centre + 4 * breadth) + 2
        bins = np.arange(max(low, 1), min(high, len(power)))
        power[bins] += level / np.sqrt(breadth) * np.exp(-(((bins - centre) / breadth) ** 2) / 2)
    one, other = np.fft.irfft(power * np.exp(2j * np.pi * rng.random((2, len(power)))), n=_FRAMES)
    # Wide, but with a middle: in mono the ensemble must not thin out.
    waves = np.array([one, _ALIKE * one + np.sqrt(1 - _ALIKE**2) * other])
    level = 0.18 / np.sqrt(np.square(waves).mean())
    return np.asarray(waves * level, np.float32)
