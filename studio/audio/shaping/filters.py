"""Filters: second-order sections applied to a whole sound at once, in the frequency domain.

What rings for a few thousand frames can be cut there without being heard, so that blocks are
filtered exactly by multiplication: as fast as sample by sample in C, and with no more than
`scipy.fft`. `scipy.signal` would cost every worker seconds before its first note.
"""

from functools import lru_cache
from math import ceil, log, sqrt
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, next_fast_len, rfft

Section: TypeAlias = tuple[float, float, float, float, float, float]
"""`b0 b1 b2 a0 a1 a2` with `a0` = 1, as scipy calls it."""

Sound = TypeVar("Sound", np.float32, np.float64)

INAUDIBLE = 1e-6
"""What is left of a section's ringing where it is cut off."""
LONGEST_RING = 1 << 16
BLOCK_FRAMES = 1 << 14
ROWS = 16
"""Blocks transformed at once: as many as fit into a core's cache."""


def filtered(samples: NDArray[Sound], *sections: Section) -> NDArray[Sound]:
    """Send `samples`, `[..., frames]`, through the sections, from silence.

    Parameters
    ----------
    samples
        Of 4 or 8 bytes; the result has the same.
    sections
        One after another; with none of them, `samples` themselves are returned.
    """
    if not sections or not samples.size:
        return samples
    frames = samples.shape[-1]
    ring = ringing(sections)
    size = next_fast_len(min(frames + ring, max(BLOCK_FRAMES, 4 * ring)), real=True)
    step = size - ring
    rows = -(-frames // step)
    gain = response(sections, size).astype(np.result_type(samples, np.complex64))
    done = np.empty((*samples.shape[:-1], rows * step), samples.dtype)
    for channel, into in zip(
        samples.reshape(-1, frames), done.reshape(-1, rows, step), strict=True
    ):
        padded = np.zeros(ring + rows * step, samples.dtype)
        padded[ring : ring + frames] = channel
        blocks = np.lib.stride_tricks.sliding_window_view(padded, size)[::step]
        for first in range(0, rows, ROWS):
            some = slice(first, first + ROWS)
            # The start of a block hears its own end, so that it is taken from the block before.
            into[some] = irfft(rfft(blocks[some]) * gain, size)[:, ring:]
    return done[..., :frames]


def response(sections: tuple[Section, ...], size: int) -> NDArray[np.complex128]:
    """Return gain and phase at the `size // 2 + 1` frequencies of a transform of `size` frames."""
    late, later = _delays(size)
    gain = np.ones(late.size, complex)
    for b0, b1, b2, _, a1, a2 in sections:
        gain *= (b0 + b1 * late + b2 * later) / (1 + a1 * late + a2 * later)
    return gain


def ringing(sections: tuple[Section, ...]) -> int:
    """Return after how many frames all that the sections were sent has died away."""
    radius = max(_radius(a1, a2) for *_, a1, a2 in sections)
    return min(LONGEST_RING, 2 + ceil(log(INAUDIBLE) / log(radius))) if radius > 0 else 2


def _radius(a1: float, a2: float) -> float:
    """Return how far from the middle the outer pole lies, below 1 in a stable section."""
    bend = a1 * a1 / 4 - a2
    return min(0.9999, abs(a1) / 2 + sqrt(bend) if bend > 0 else sqrt(a2))


@lru_cache(maxsize=8)
def _delays(size: int) -> tuple[NDArray[np.complex128], NDArray[np.complex128]]:
    """Return what one and two frames of delay do to each frequency."""
    late = np.exp(-2j * np.pi / size * np.arange(size // 2 + 1))
    return late, late * late
