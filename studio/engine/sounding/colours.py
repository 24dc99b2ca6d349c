"""Colours: what noises are mixed from: coloured noise, slow swells, sparks, pings and glides.

Noise is made from its spectrum, so that it is a circle: its end passes into its beginning.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, rfft, rfftfreq

from studio.audio.samples import RATE, Samples
from studio.engine.writing.chance import Rng

Wave: TypeAlias = NDArray[np.float32]
"""One channel, `[frames]`."""

STEEPNESS = 3
"""Of the edges of a band: 18 dB an octave, each side."""
LOUDEST_SPARK = 5.0
"""Against the RMS of all sparks."""


def band(frames: int, low_hz: float, high_hz: float, *, slope_db: float = 0.0) -> Wave:
    """Return the gain of each frequency: 1 between two edges, with a slope per octave."""
    hertz = np.maximum(rfftfreq(frames, 1 / RATE), 1e-3)
    gain = 1 / np.sqrt(1 + (low_hz / hertz) ** (2 * STEEPNESS))
    gain /= np.sqrt(1 + (hertz / high_hz) ** (2 * STEEPNESS))
    gain *= (hertz / np.sqrt(low_hz * high_hz)) ** (slope_db / 6.02)
    gain[0] = 0.0
    return np.asarray(gain, np.float32)


def hiss(rng: Rng, frames: int, low_hz: float, high_hz: float, *, slope_db: float = 0.0) -> Samples:
    """Return noise between two frequencies at an RMS of 1, `float32 (2, frames)`, a circle."""
    noise = rng.standard_normal((2, frames), dtype=np.float32)
    return _even(shaped(noise, low_hz, high_hz, slope_db=slope_db))


def shaped(sound: Samples, low_hz: float, high_hz: float, *, slope_db: float = 0.0) -> Samples:
    """Return what of a circle lies between two frequencies."""
    frames = sound.shape[-1]
    spectrum = rfft(sound) * band(frames, low_hz, high_hz, slope_db=slope_db)
    return np.asarray(irfft(spectrum, frames), np.float32)


def sparks(
    rng: Rng, frames: int, per_second: float, low_hz: float, high_hz: float, *, spread: float = 1.0
) -> Samples:
    """Return clicks by chance, of chance loudness, coloured: drops, crackles, claps.

    Parameters
    ----------
    per_second
        How many of them.
    low_hz, high_hz
        The narrower, the more they ring.
    spread
        How unlike they are in loudness: 0 all alike, 2 a few stand far out.
    """
    count = max(1, round(per_second * frames / RATE))
    clicks = np.zeros((2, frames), np.float32)
    at = rng.integers(frames, size=count)
    size = np.exp(spread * rng.standard_normal(count)) * rng.choice([-1.0, 1.0], count)
    angle = rng.uniform(0.1, 0.9, count) * np.pi / 2
    np.add.at(clicks[0], at, size * np.cos(angle))
    np.add.at(clicks[1], at, size * np.sin(angle))
    even = _even(shaped(clicks, low_hz, high_hz))
    # The rarest would stand so far out that nothing else could be heard.
    return np.asarray(LOUDEST_SPARK * np.tanh(even / LOUDEST_SPARK), np.float32)


def swell(rng: Rng, frames: int, every_seconds: float, depth_db: float) -> Wave:
    """Return a gain that wanders slowly around 1, as a circle."""
    curve = rng.standard_normal(frames).astype(np.float32)
    spectrum = rfft(curve)
    hertz = rfftfreq(frames, 1 / RATE)
    spectrum *= np.exp(-((hertz * every_seconds) ** 2))
    spectrum[0] = 0.0
    slow = irfft(spectrum, frames)
    slow /= max(float(np.std(slow)), 1e-9)
    return np.asarray(10 ** (np.clip(slow, -2.0, 2.0) * depth_db / 40), np.float32)


def ping(hertz: float, ring_seconds: float, *, attack_seconds: float = 0.001) -> Wave:
    """Return a struck tone that dies by 60 dB in `ring_seconds`."""
    time = _time(ring_seconds)
    struck = np.sin(2 * np.pi * hertz * time) * np.exp(-6.9 * time / ring_seconds)
    return np.asarray(struck * np.minimum(1.0, time / attack_seconds), np.float32)


def burst(rng: Rng, seconds: float, low_hz: float, high_hz: float) -> Wave:
    """Return a short noise that dies by 60 dB in `seconds`."""
    time = _time(seconds)
    noise = shaped(rng.standard_normal(len(time)).astype(np.float32), low_hz, high_hz)
    dying = noise * np.exp(-6.9 * time / seconds) * np.minimum(1.0, time / 0.001)
    return np.asarray(dying / max(float(np.abs(dying).max()), 1e-9), np.float32)


def glide(
    from_hz: float, to_hz: float, seconds: float, *, bend: float = 1.0, edge_seconds: float = 0.01
) -> Wave:
    """Return a tone that slides from one pitch to another, with soft edges."""
    time = _time(seconds)
    hertz = from_hz * (to_hz / from_hz) ** ((time / seconds) ** bend)
    edges = np.minimum(1.0, np.minimum(time, seconds - time) / edge_seconds)
    return np.asarray(np.sin(2 * np.pi * np.cumsum(hertz) / RATE) * edges, np.float32)


def hump(frames: int, middle: float, width: float) -> Wave:
    """Return a gain that rises and falls once; both in shares of the whole."""
    along = np.linspace(0.0, 1.0, frames, endpoint=False)
    return np.asarray(np.exp(-(((along - middle) / width) ** 2)), np.float32)


def _even(sound: Samples) -> Samples:
    return sound / np.float32(max(float(np.sqrt(np.mean(np.square(sound)))), 1e-9))


def _time(seconds: float) -> NDArray[np.float64]:
    return np.arange(max(2, round(seconds * RATE))) / RATE
