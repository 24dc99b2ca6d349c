"""Tuning: the band as high as the sound that it joins is tuned.

Nobody retunes a sampled piano. The band plays a little too slowly at the usual pitch, and pitch and
speed are raised together afterwards, which loses nothing.
"""

from dataclasses import replace

import numpy as np
import soxr

from studio.audio.samples import RATE, Samples
from studio.engine.score import Score


def slowed(score: Score, cents: float) -> Score:
    """Return what has to be played so that `raised` gives `score`, so many cents higher."""
    return replace(score, tempo_bpm=score.tempo_bpm / _ratio(cents)) if cents else score


def raised(samples: Samples, cents: float) -> Samples:
    """Raise pitch and speed together.

    Parameters
    ----------
    samples
        `float32 (channels, frames)`.
    cents
        Hundredths of a semitone, negative to lower them.
    """
    if not cents:
        return samples
    tuned = soxr.resample(samples.T, RATE * _ratio(cents), RATE, "HQ")
    return np.ascontiguousarray(tuned.T, np.float32)


def _ratio(cents: float) -> float:
    return float(2 ** (cents / 1200))
