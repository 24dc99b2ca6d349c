"""Dynamics: compressor and limiter, as gain curves computed without a loop over samples.

Gains are worked out once for every few frames, in decibels, and drawn between those points. A
release that rises linearly in decibels is a running minimum along a slope, so numpy does it whole.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import minimum_filter1d, uniform_filter1d

from studio.audio.levels import PEAK_STEP, true_peaks
from studio.audio.samples import RATE, Samples
from studio.audio.shaping.filters import filtered

STEP = 64
"""Frames between the points of a curve."""

_AHEAD_SECONDS = 0.003
_LIMITER_RELEASE_DB_PER_SECOND = 60.0
_QUIET_DB = -100.0

Curve = NDArray[np.float32]


def compression(
    samples: Samples,
    *,
    threshold_db: float,
    ratio: float,
    attack_seconds: float = 0.01,
    release_db_per_second: float = 30.0,
    knee_db: float = 6.0,
    rate: int = RATE,
) -> Curve:
    """Return the gain, `[frames]` and at most 1, that a feed-forward compressor would apply.

    Parameters
    ----------
    samples
        `float32 (channels, frames)`; the channels are heard together.
    threshold_db
        Level, as RMS in dBFS, from which it works.
    ratio
        At least 1: so many decibels in become one out.
    attack_seconds
        Time constant with which gain is taken away.
    release_db_per_second
        How fast it comes back.
    knee_db
        Width of the bend around the threshold.
    rate
        Frames per second.
    """
    over = _levels_db(samples) - threshold_db
    bent = np.clip(over + knee_db / 2, 0, knee_db) ** 2 / (2 * knee_db)
    wanted = -(1 - 1 / ratio) * np.where(over > knee_db / 2, over, bent)
    released = _released(wanted, release_db_per_second * STEP / rate)
    pole = np.exp(-STEP / (attack_seconds * rate))
    attacked = filtered(released, (1 - pole, 0.0, 0.0, 1.0, -pole, 0.0))
    return drawn(attacked, STEP, samples.shape[1])


def limiting(samples: Samples, *, ceiling_db: float, rate: int = RATE) -> Curve:
    """Return the gain, `[frames]` and at most 1, that holds true peaks under a ceiling.

    It looks 3 ms ahead, so that the gain is down before the peak comes.

    Parameters
    ----------
    samples
        `float32 (channels, frames)`.
    ceiling_db
        In dBTP.
    rate
        Frames per second.
    """
    peaks = np.maximum(true_peaks(samples, rate), 1e-6)
    wanted = np.minimum(0.0, ceiling_db - 20 * np.log10(peaks.astype(np.float64)))
    ahead = max(2, round(_AHEAD_SECONDS * rate / PEAK_STEP))
    held = minimum_filter1d(wanted, 2 * ahead + 1)
    released = _released(held, _LIMITER_RELEASE_DB_PER_SECOND * PEAK_STEP / rate)
    # The average never leaves the window that was held down, less one step for the drawing.
    smooth = uniform_filter1d(released, 2 * (ahead - 1) + 1)
    return drawn(smooth, PEAK_STEP, samples.shape[1])


def drawn(points_db: NDArray[np.float64], step: int, frames: int) -> Curve:
    """Draw gains, `[frames]`, through points in decibels that lie `step` frames apart."""
    points = (10 ** (points_db / 20)).astype(np.float32)
    following = np.append(points[1:], points[-1:])
    slope = np.arange(step, dtype=np.float32) / np.float32(step)
    lines = (following - points)[:, None] * slope
    lines += points[:, None]
    return lines.reshape(-1)[:frames]


def _levels_db(samples: Samples) -> NDArray[np.float64]:
    powers = np.mean([_powers(side) for side in samples], axis=0)
    levels: NDArray[np.float64] = np.maximum(_QUIET_DB, 10 * np.log10(np.maximum(powers, 1e-12)))
    return levels


def _powers(side: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the mean square of every `STEP` frames, without a copy of them."""
    whole = len(side) // STEP * STEP
    steps = side[:whole].reshape(-1, STEP)
    powers = np.einsum("bs,bs->b", steps, steps).astype(np.float64)
    rest = np.square(side[whole:]).sum(dtype=np.float64)
    return np.append(powers, rest) / STEP if whole < len(side) else powers / STEP


def _released(wanted: NDArray[np.float64], slope: float) -> NDArray[np.float64]:
    """Fall at once with `wanted`, rise by at most `slope` a step."""
    line = slope * np.arange(len(wanted))
    released: NDArray[np.float64] = np.minimum.accumulate(wanted - line) + line
    return released
