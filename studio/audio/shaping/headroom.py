"""Headroom: room left above the peaks, so that no format clips what a tool has made."""

import numpy as np

from studio.audio.levels import true_peak_db
from studio.audio.samples import RATE, Samples
from studio.audio.work import UNWATCHED, Work

SAFE_DB = -1.0
"""In dBTP: what streaming services ask for."""


def with_headroom(
    samples: Samples, *, came_at_db: float = SAFE_DB, work: Work = UNWATCHED
) -> tuple[Samples, float]:
    """Turn a sound down, as a whole, if its peaks are too high.

    Parameters
    ----------
    samples
        `float32 (channels, frames)`; they are changed in place.
    came_at_db
        True peak of the sound that it was made of: what came hotter than `SAFE_DB` may stay so, up
        to 0 dBTP.
    work
        Told as it goes on.

    Returns
    -------
    The samples, and the gain in dB that was given to them, 0 or less.
    """
    allowed = min(0.0, max(SAFE_DB, came_at_db))
    gain_db = min(0.0, allowed - true_peak_db(samples, RATE, work=work))
    if gain_db < 0:
        samples *= np.float32(10 ** (gain_db / 20))
    return samples, gain_db


def told(gain_db: float) -> dict[str, float | str]:
    """Return what a tool tells of the gain, if there was any."""
    if gain_db > -0.05:  # noqa: PLR2004 - nobody hears it
        return {}
    note = f"Its peaks had grown, so that all of it was turned down by {-gain_db:.1f} dB."
    return {"gain_db": round(gain_db, 2), "note": note}
