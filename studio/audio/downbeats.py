"""Downbeats: which beats begin a bar, and how many beats a bar has.

Harmony changes on downbeats and the kick plays on them; the count that collects most of both wins.
"""

import numpy as np
from numpy.typing import NDArray

from studio.audio.onsets import STEPS_PER_SECOND, Onsets

_HARMONY_WEIGHT = 1.5


def find_downbeats(
    times: NDArray[np.float64], onsets: Onsets, change: NDArray[np.float64]
) -> tuple[tuple[int, ...], int]:
    """Count bars.

    Parameters
    ----------
    times
        Beats in seconds.
    onsets
        What begins when.
    change
        `[beats]`, how much the harmony changes on each beat.

    Returns
    -------
    Which beats begin a bar, and the number of beats in a bar.
    """
    if len(times) < 2:  # noqa: PLR2004 - one beat is no bar
        return (), 4
    accent = _standard(_near(onsets.low, times)) + _HARMONY_WEIGHT * _standard(change)
    best, phase, count = -np.inf, 0, 4
    for beats in (4, 3):
        for start in range(beats):
            score = float(accent[start::beats].mean() - accent.mean())
            score *= np.sqrt(len(accent[start::beats]))
            if score > best + (0.5 if beats != count else 0.0):
                best, phase, count = score, start, beats
    return tuple(range(phase, len(times), count)), count


def _near(onsets: NDArray[np.float32], times: NDArray[np.float64]) -> NDArray[np.float64]:
    places = np.rint(times * STEPS_PER_SECOND).astype(np.int64)
    spread = places[:, None] + np.arange(-4, 5)
    return np.asarray(onsets[np.clip(spread, 0, len(onsets) - 1)].max(axis=1), dtype=np.float64)


def _standard(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray((values - values.mean()) / (values.std() + 1e-9))
