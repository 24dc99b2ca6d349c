"""Timbre, measured without a word of the engine: mel-frequency cepstra of the voiced moments.

Plain spectra, no pitch tracker, no envelope: what a speaker recogniser of the nineties heard.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from studio.audio.samples import RATE, Samples

Floats = NDArray[np.float64]

WINDOW, HOP, BANDS, COEFFICIENTS = 2048, 1024, 40, 20


def timbre(samples: Samples) -> Floats:
    """Return mean and spread of the cepstra of the loud frames, `[2 * COEFFICIENTS]`."""
    mono = samples.mean(axis=0)
    frames = np.lib.stride_tricks.sliding_window_view(mono, WINDOW)[::HOP]
    level = np.square(frames).mean(axis=1)
    loud = frames[level > np.percentile(level, 95) / 100] * np.hanning(WINDOW)
    power = np.abs(fft.rfft(loud, axis=1)) ** 2
    cepstra = fft.dct(np.log(power @ filters().T + 1e-9), axis=1, norm="ortho")
    kept = cepstra[:, 1 : COEFFICIENTS + 1]
    return np.concatenate((kept.mean(axis=0), kept.std(axis=0)))


def distance(one: Floats, other: Floats) -> float:
    """Return how far apart two timbres are."""
    return float(np.linalg.norm(one - other))


def filters() -> Floats:
    """Return triangles of equal width on the mel scale up to 8 kHz, `[BANDS, bins]`."""
    edges = 700 * np.expm1(np.linspace(np.log1p(100 / 700), np.log1p(8000 / 700), BANDS + 2))
    hertz = np.arange(WINDOW // 2 + 1) * RATE / WINDOW
    rise = (hertz - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    fall = (edges[2:, None] - hertz) / (edges[2:] - edges[1:-1])[:, None]
    return np.asarray(np.clip(np.minimum(rise, fall), 0, None))
