"""Loudening: a sound brought to a loudness, with its peaks held where they must be."""

from dataclasses import dataclass

import numpy as np

from studio.audio.levels import SILENCE_DB, loudness, true_peak_db
from studio.audio.samples import RATE, Samples
from studio.audio.shaping.dynamics import limiting
from studio.audio.work import UNWATCHED, Work

TOLERANCE_LU = 0.1
_PASSES = 4
_HARDEST_DB = 15.0
"""How much more than the loudness asks for is driven into the limiter at most."""


@dataclass(frozen=True, slots=True)
class Loudened:
    """What it took."""

    lufs: float
    """Loudness that was reached."""
    gain_db: float
    limited_db: float
    """How far the limiter took down the highest peak; 0 if it was not needed."""


def louden(
    samples: Samples, lufs: float, *, ceiling_db: float = -1.0, work: Work = UNWATCHED
) -> Loudened:
    """Bring a sound to a loudness within 0.1 LU, in place, with true peaks under a ceiling.

    What needs no limiter gets a gain and nothing else. A sound of peaks with little between them
    may stay below the loudness: more than 15 dB beyond it are not driven into the limiter.

    Parameters
    ----------
    samples
        `float32 (channels, frames)` at `RATE`, one or two channels; not silent.
    lufs
        As BS.1770-4 measures.
    ceiling_db
        In dBTP.
    work
        Asked between the steps of each pass.

    Raises
    ------
    ValueError
        If the sound has no loudness.
    """
    work.at(0.0, "measuring")
    measured = loudness(samples, RATE)
    work.at(0.1)
    peak_db = true_peak_db(samples, RATE)
    if measured <= SILENCE_DB:
        raise ValueError("Expected a sound, got silence: it has no loudness to change.")
    gain_db = lufs - measured
    if peak_db + gain_db <= ceiling_db:
        samples *= np.float32(10 ** (gain_db / 20))
        return Loudened(lufs, gain_db, 0.0)
    highest_db = gain_db + _HARDEST_DB
    for done in range(_PASSES):
        part = work.part(0.2 + 0.2 * done, 0.4 + 0.2 * done, "limiting")
        louder, reached = _limited(samples, gain_db, ceiling_db, part)
        miss = lufs - reached
        if abs(miss) <= TOLERANCE_LU or gain_db >= highest_db or done == _PASSES - 1:
            break
        # What the limiter eats grows with the gain, so the correction aims a little further.
        gain_db = min(highest_db, gain_db + 1.25 * miss)
    samples[:] = louder
    return Loudened(reached, gain_db, peak_db + gain_db - ceiling_db)


def _limited(
    samples: Samples, gain_db: float, ceiling_db: float, work: Work
) -> tuple[Samples, float]:
    work.at(0.0)
    louder = samples * np.float32(10 ** (gain_db / 20))
    work.at(0.1)
    louder *= limiting(louder, ceiling_db=ceiling_db)
    work.at(0.7)
    return louder, loudness(louder, RATE)
