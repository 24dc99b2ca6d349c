"""Breath: the air that is taken before a line."""

import numpy as np
from numpy.typing import NDArray

from studio.engine.singing.analysis import FFT
from studio.engine.singing.speech import SPOKEN_RATE

INHALE_SECONDS = 0.34
PAUSE_SECONDS = 0.05
"""Between the breath and the first sound."""

LEVEL_DB = -30.0
"""Loudest moment, beside a vowel."""

FORMANTS = ((900.0, 350.0, 6.0), (1900.0, 450.0, 9.0), (3100.0, 600.0, 5.0))
"""Hz, width in Hz and height in dB of the open mouth that draws air in."""


def breathe(
    power_db: NDArray[np.float32],
    noise: NDArray[np.float32],
    *,
    before: float,
    times: NDArray[np.float64],
) -> None:
    """Put a breath into silent frames, in place.

    Parameters
    ----------
    power_db, noise
        As in `Spectra`, `[frames, bins]`.
    before
        When the first sound of the line begins, in seconds.
    times
        Of the frames, in the same seconds, `[frames]`.
    """
    along = 1.0 - (before - PAUSE_SECONDS - times) / INHALE_SECONDS
    inside = (along > 0.0) & (along < 1.0)
    # Air comes slowly and stops at once.
    swell = np.sin(np.pi * along[inside] ** 1.6) ** 1.5
    power_db[inside] = LEVEL_DB + 20.0 * np.log10(swell + 1e-3)[:, None] + _mouth(noise.shape[1])
    noise[inside] = 1.0


def _mouth(bins: int) -> NDArray[np.float32]:
    hz = np.arange(bins) * SPOKEN_RATE / FFT
    shape = -np.abs(np.log2(np.maximum(hz, 50.0) / 1500.0)) * 5.0
    for centre, width, height in FORMANTS:
        shape += height * np.exp(-(((hz - centre) / width) ** 2))
    return np.asarray(shape, np.float32)
