"""Making way: a sound that steps back a little while somebody sings over it."""

from collections.abc import Iterable

import numpy as np
from scipy.ndimage import uniform_filter1d

from studio.audio.samples import RATE, Samples
from studio.audio.shaping.dynamics import STEP, drawn
from studio.audio.shaping.eq import equalise
from studio.engine.balance import PRESENCE_CUT

Span = tuple[float, float]
"""From when to when somebody sings, in seconds."""

STEP_BACK_DB = 2.0
EARLY_SECONDS, LATE_SECONDS, SOFT_SECONDS = 0.1, 0.3, 0.3
_BLOCK_FRAMES = 1 << 20


def made_way(samples: Samples, spans: Iterable[Span], *, depth_db: float = STEP_BACK_DB) -> Samples:
    """Turn a sound down, and open its presence, while somebody sings.

    Parameters
    ----------
    samples
        `float32 (channels, frames)` at `RATE`; they are changed in place.
    spans
        When somebody sings.
    depth_db
        By how much it steps back, 0 or more.

    Returns
    -------
    The samples.
    """
    sung = np.zeros(-(-samples.shape[1] // STEP))
    for start, end in spans:
        first = max(0, round((start - EARLY_SECONDS) * RATE / STEP))
        sung[first : max(0, round((end + LATE_SECONDS) * RATE / STEP))] = 1.0
    if not sung.any():
        return samples
    soft = uniform_filter1d(sung, round(SOFT_SECONDS * RATE / STEP))
    # Gain and filter are drawn in together: a share of the filtered sound takes the place of the
    # sound itself. What is not sung over stays sample for sample.
    share = drawn(20 * np.log10(1.0 + soft), STEP, samples.shape[1]) - 1.0
    opened = equalise(samples, PRESENCE_CUT)
    opened *= np.float32(10 ** (-depth_db / 20))
    for first in range(0, samples.shape[1], _BLOCK_FRAMES):
        block = slice(first, first + _BLOCK_FRAMES)
        opened[:, block] -= samples[:, block]
        opened[:, block] *= share[block]
        samples[:, block] += opened[:, block]
    return samples
