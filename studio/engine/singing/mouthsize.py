"""Mouth size: how large a head is, heard from its vowels.

Vocal tract length normalisation (L. Lee and R. Rose, 1996): the frequencies of a voice are
stretched until its vowels are most like those of a reading voice that is known. What a microphone
or an equaliser does to the whole balance is taken out before, and hardly moves the result.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from studio.engine.singing.analysis import FFT
from studio.engine.singing.speech import SPOKEN_RATE

Floats = NDArray[np.float64]

SMALLEST, LARGEST, STEP = 0.7, 1.4, 0.025
FACTORS = np.arange(SMALLEST, LARGEST + STEP / 2, STEP)

LOW_HZ, HIGH_HZ, BANDS = 250.0, 5000.0, 36
COEFFICIENTS = 12
TILT = 2
"""How many of the coefficients tell of the balance of the whole rather than of formants."""

VOWELS = 48
"""In the memory of the reading voice."""
ROUNDS = 12
FRAMES = 400
"""So many say enough."""


def formants_of(power_db: NDArray[np.float32], vowels: Floats) -> float:
    """Return the factor by which the formants of a voice are higher than those of a reading voice.

    Parameters
    ----------
    power_db
        Envelope of its sung frames, `[frames, bins]`.
    vowels
        Of the reading voice, from `learn_vowels`.
    """
    some = _spread(power_db)
    costs = np.array([_distance(_shape(some, factor), vowels) for factor in FACTORS])
    best = int(np.clip(costs.argmin(), 1, FACTORS.size - 2))
    left, middle, right = costs[best - 1 : best + 2]
    bend = left - 2 * middle + right
    off = 0.5 * (left - right) / bend if bend > 0 else 0.0
    return float(np.clip(FACTORS[best] + STEP * np.clip(off, -1, 1), SMALLEST, LARGEST))


def learn_vowels(power_db: NDArray[np.float32]) -> Floats:
    """Return the typical mouths of a voice, `[VOWELS, COEFFICIENTS]`, by k-means."""
    shapes = _shape(_spread(power_db), 1.0)
    vowels = shapes[np.linspace(0, len(shapes) - 1, VOWELS).astype(int)]
    for _ in range(ROUNDS):
        nearest = _distances(shapes, vowels).argmin(axis=1)
        vowels = np.array(
            [
                shapes[nearest == i].mean(axis=0) if (nearest == i).any() else vowels[i]
                for i in range(VOWELS)
            ]
        )
    return np.asarray(vowels)


def _spread(frames: NDArray[np.float32]) -> NDArray[np.float32]:
    return frames[:: max(1, len(frames) // FRAMES)]


def _shape(power_db: NDArray[np.float32], factor: float) -> Floats:
    """Return cepstra over a mel scale that is stretched by `factor`, without their tilt."""
    places = _mel_hz() * factor * FFT / SPOKEN_RATE
    before = np.minimum(places.astype(int), power_db.shape[1] - 2)
    share = np.minimum(places - before, 1.0)
    bands = power_db[:, before] * (1 - share) + power_db[:, before + 1] * share
    shape = fft.dct(bands.astype(np.float64), axis=1, norm="ortho")[:, 1 : COEFFICIENTS + 1]
    shape[:, :TILT] -= shape[:, :TILT].mean(axis=0)
    return np.asarray(shape, np.float64)


@lru_cache(maxsize=1)
def _mel_hz() -> Floats:
    low, high = (1127.0 * np.log1p(hz / 700.0) for hz in (LOW_HZ, HIGH_HZ))
    return np.asarray(700.0 * np.expm1(np.linspace(low, high, BANDS) / 1127.0))


def _distance(shapes: Floats, vowels: Floats) -> float:
    return float(_distances(shapes, vowels).min(axis=1).mean())


def _distances(one: Floats, other: Floats) -> Floats:
    squares = (one**2).sum(axis=1)[:, None] + (other**2).sum(axis=1)[None, :]
    return np.asarray(squares - 2 * one @ other.T)
