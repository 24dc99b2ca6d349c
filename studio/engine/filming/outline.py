"""Outline: the levels of a song as bars that run by: what was played, and what is to come."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.audio.samples import RATE, Samples
from studio.engine.filming.canvas import FULL

PITCH = 8
"""Pixels from one bar to the next."""
SPEED = 4
"""Pixels that they move between two frames."""

_ROUND = (2.0, 0.6, 0.0, 0.6, 2.0)
"""How much shorter a bar is at each of its pixels: its heads are round."""
_LEAST = 2.5
_SWELL = 0.3
_SWELL_PIXELS = 110.0
_FALL = 0.86


@dataclass(frozen=True, slots=True)
class Outline:
    """The bars of a whole song."""

    tops: NDArray[np.float32]
    """Height of each pixel column, 0 to 1, from the first second to the last; -1 between bars."""
    pulse: NDArray[np.float32]
    """How loud it is at each frame of the film, 0 to 1."""

    def at(self, frame: int, width: int, height: int) -> NDArray[np.uint16]:
        """Return the bars as they stand at a frame, `[height, width]`, 0 to `FULL`.

        What sounds now stands in the middle.
        """
        middle = frame * SPEED
        columns = np.arange(middle - width // 2, middle - width // 2 + width)
        inside = (columns >= 0) & (columns < len(self.tops))
        tops = np.where(inside, self.tops[np.clip(columns, 0, len(self.tops) - 1)], -1.0)
        away = np.arange(-(width // 2), width - width // 2) / _SWELL_PIXELS
        pulse = self.pulse[min(frame, len(self.pulse) - 1)]
        swell = 1 + _SWELL * (pulse - 0.5) * np.exp(-away * away)
        half = height // 2
        bars = np.maximum(tops * swell * (half * 0.8), _LEAST)
        caps = np.array([*_ROUND, *([0.0] * (PITCH - len(_ROUND)))], np.float32)[columns % PITCH]
        reach = np.where(tops < 0, -1.0, bars - caps * np.minimum(1.0, bars / 6)).astype(np.float32)
        rows = np.arange(half, dtype=np.float32)[::-1, None]
        upper = np.clip((reach[None, :] - rows) * FULL, 0, FULL).astype(np.uint16)
        return np.concatenate([upper, upper[::-1]])


def outline_of(samples: Samples, frames: int, rate: float) -> Outline:
    """Measure the bars of a song.

    Parameters
    ----------
    samples
        `float32 (channels, frames)` at `RATE`.
    frames
        Of the film.
    rate
        Of its frames, in a second.
    """
    seconds_per_bar = PITCH / SPEED / rate
    bars = _levels(samples, seconds_per_bar, -(-frames * SPEED // PITCH))
    # Loudness is felt as its root, and the loudest bars stand for the top.
    bars = np.clip(np.sqrt(bars / max(1e-6, float(np.percentile(bars, 98)))), 0.0, 1.15)
    bars = bars**1.3
    tops = np.full((bars.size, PITCH), -1.0, np.float32)
    tops[:, : len(_ROUND)] = bars[:, None]
    return Outline(tops.reshape(-1), _falling(_levels(samples, 1 / rate, frames)))


def _levels(samples: Samples, seconds: float, count: int) -> NDArray[np.float32]:
    """Return the root mean square of `count` stretches."""
    edges = np.minimum((np.arange(count + 1) * seconds * RATE).astype(np.int64), samples.shape[1])
    levels = np.zeros(count, np.float32)
    for at in range(count):
        piece = samples[:, edges[at] : edges[at + 1]]
        if piece.size:
            levels[at] = np.sqrt(np.square(piece).mean())
    return levels


def _falling(levels: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rise at once, fall slowly; 1 is the loudest."""
    found = levels / max(1e-6, float(np.percentile(levels, 99)))
    for at in range(1, found.size):
        found[at] = max(found[at], found[at - 1] * _FALL)
    return np.asarray(np.minimum(found, 1.0), np.float32)
