"""Turns: when the harmony turns to another, which it mostly does where a bar begins."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.audio.transcribing.pitches import (
    HOP_SECONDS,
    Peaks,
    folded,
    notes_heard,
    without_overtones,
)
from studio.audio.work import UNWATCHED, Work

_STEP_SECONDS = 0.025
_AROUND_SECONDS = 0.45
_BLOCK_STEPS = 8192
_BLOCK_WINDOWS = 1024


@dataclass(frozen=True, slots=True)
class Turns:
    """How different the notes after each moment are from those before it."""

    times: NDArray[np.float64]
    """`[steps]`, seconds, evenly rising."""
    strength: NDArray[np.float64]
    """`[steps]`, 0 where nothing turns; its root mean square over the song is 1."""


def find_turns(peaks: Peaks, tuning: float, *, work: Work = UNWATCHED) -> Turns:
    """Compare treble and bass before and after each moment."""
    heard = notes_heard(peaks, tuning)
    blocks = []
    for first in range(0, len(heard), _BLOCK_WINDOWS):
        work.at(first / len(heard))
        blocks.append(np.hstack(folded(without_overtones(heard[first : first + _BLOCK_WINDOWS]))))
    both = np.concatenate(blocks)
    running = np.concatenate([np.zeros((1, 24)), np.cumsum(both, axis=0, dtype=np.float64)])
    times = np.arange(0, len(both) * HOP_SECONDS, _STEP_SECONDS)
    strength = np.concatenate(
        [
            _difference(running, times[first : first + _BLOCK_STEPS])
            for first in range(0, len(times), _BLOCK_STEPS)
        ]
    )
    return Turns(times, strength / (np.sqrt(np.mean(np.square(strength))) + 1e-9))


def _difference(running: NDArray[np.float64], times: NDArray[np.float64]) -> NDArray[np.float64]:
    here = _until(running, times)
    before = here - _until(running, times - _AROUND_SECONDS)
    after = _until(running, times + _AROUND_SECONDS) - here
    lengths = np.linalg.norm(before, axis=1) * np.linalg.norm(after, axis=1)
    alike = np.einsum("ij,ij->i", before, after) / (lengths + 1e-9)
    return np.where(lengths > 0, 1 - alike, 0)


def _until(running: NDArray[np.float64], times: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the sum of all windows up to each moment; a window is read in parts."""
    place = np.clip(times / HOP_SECONDS + 0.5, 0, len(running) - 1)
    low = np.minimum(place.astype(np.int64), len(running) - 2)
    part = (place - low)[:, None]
    return np.asarray(running[low] * (1 - part) + running[low + 1] * part)
