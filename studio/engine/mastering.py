"""Mastering: from a mix to a record at the loudness of all others."""

import numpy as np

from studio.audio.dynamics import limiting
from studio.audio.eq import equalise, high_pass, high_shelf, low_shelf
from studio.audio.levels import SILENCE_DB, loudness
from studio.audio.samples import RATE, Samples, checked

TARGET_LUFS = -14.0
"""What streaming services play at."""

CEILING_DB = -1.8
"""In dBTP. An MP3 of 192 kbit/s overshoots by up to 0.7 dB, and -1 is what it may reach."""

_TOLERANCE_LU = 0.15
_PASSES = 2
# A song that is all but silent stays so: this much gain and no more.
_HIGHEST_GAIN_DB = 30.0
# Where peaks begin to be rounded before the limiter, in dBFS.
_KNEE_DB = -5.0


def master(samples: Samples) -> Samples:
    """Bring a mix to -14 LUFS (within 0.3) with true peaks under -1 dBTP, also as MP3.

    Parameters
    ----------
    samples
        `float32 (2, frames)`.

    Returns
    -------
    As many frames. Silence stays silence; a very quiet mix is raised by at most 30 dB.
    """
    polished = equalise(
        checked(samples), high_pass(28.0), low_shelf(110.0, 0.8), high_shelf(8_500.0, 1.5)
    )
    measured = loudness(polished, RATE)
    if measured <= SILENCE_DB:
        return np.zeros_like(samples)
    wanted_db = min(TARGET_LUFS - measured, _HIGHEST_GAIN_DB)
    goal = measured + wanted_db
    for _ in range(_PASSES):
        louder = _rounded(polished * np.float32(10 ** (wanted_db / 20)))
        louder *= limiting(louder, ceiling_db=CEILING_DB)
        miss = goal - loudness(louder, RATE)
        if abs(miss) <= _TOLERANCE_LU:
            break
        # What the limiter eats grows with the gain, so the correction aims a little further.
        wanted_db += 1.25 * miss
    return louder


def _rounded(samples: Samples) -> Samples:
    """Bend the highest peaks down softly, where the limiter alone would pump."""
    knee = np.float32(10 ** (_KNEE_DB / 20))
    room = np.float32(10 ** (2.5 / 20)) - knee
    over = np.maximum(np.abs(samples) - knee, 0)
    # Up to the knee nothing changes; above it the curve leaves with slope 1 and flattens.
    bent = np.minimum(np.abs(samples), knee) + room * np.tanh(over / room)
    return np.copysign(bent, samples).astype(np.float32)
