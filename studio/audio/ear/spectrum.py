"""Spectrum: sound as energy over time and pitch, in blocks, for all that listens.

Everything that is measured of music lies below 10 kHz, so that half the rate is heard: half the
work and memory. Nothing here holds more than a few seconds of transforms at a time.
"""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import soxr
from numpy.typing import NDArray
from scipy.fft import rfft

from studio.audio.samples import RATE, Samples
from studio.audio.work import UNWATCHED, Work

HEARING_RATE = 22_050
"""Frames per second of what is listened to."""

_CHUNK_FRAMES = 1 << 18
_ROWS = 256


def heard_mono(samples: Samples, *, work: Work = UNWATCHED) -> NDArray[np.float32]:
    """Mix all channels into one, at `HEARING_RATE`.

    Parameters
    ----------
    samples
        `float32 (channels, frames)` at `RATE`.
    work
        Told of the progress.

    Returns
    -------
    `[frames / 2]`.
    """
    stream = soxr.ResampleStream(RATE, HEARING_RATE, 1, dtype="float32", quality="MQ")
    parts = []
    frames = samples.shape[1]
    for start in range(0, max(1, frames), _CHUNK_FRAMES):
        work.at(start / max(1, frames), "listening")
        chunk = samples[:, start : start + _CHUNK_FRAMES].mean(axis=0, dtype=np.float32)
        parts.append(stream.resample_chunk(chunk, last=start + _CHUNK_FRAMES >= frames))
    return np.concatenate(parts)


def magnitudes(
    mono: NDArray[np.float32], size: int, hop: int, *, work: Work = UNWATCHED
) -> Iterator[NDArray[np.float32]]:
    """Give the magnitudes of all frames in order, a few hundred at a time.

    Parameters
    ----------
    mono
        `[frames]`.
    size
        Frames under one Hann window; a sine of amplitude 1 measures 1.
    hop
        Frames from one window to the next. Window `i` is centred on `i * hop`.
    work
        Told of the progress.

    Yields
    ------
    `[up to 256, size // 2 + 1]`; in all `1 + frames // hop` rows.
    """
    window = _hann(size)
    count = 1 + len(mono) // hop
    for first in range(0, count, _ROWS):
        work.at(first / count)
        rows = min(_ROWS, count - first)
        start = first * hop - size // 2
        piece = _padded(mono, start, start + (rows - 1) * hop + size)
        framed = np.lib.stride_tricks.sliding_window_view(piece, size)[::hop]
        yield np.abs(rfft(framed * window, axis=1))


def _padded(mono: NDArray[np.float32], start: int, end: int) -> NDArray[np.float32]:
    """Return frames `start` to `end`, silence where there are none."""
    inside = mono[max(0, start) : max(0, end)]
    left = max(0, -start)
    return np.pad(inside, (left, end - start - left - len(inside)))


@lru_cache(maxsize=4)
def _hann(size: int) -> NDArray[np.float32]:
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(size) / size)
    return np.asarray(window * 2 / window.sum(), np.float32)


@lru_cache(maxsize=4)
def mel_bands(size: int, count: int, low_hz: float, high_hz: float) -> NDArray[np.float32]:
    """Return triangles that sum magnitudes into bands evenly spaced to the ear.

    Returns
    -------
    `[size // 2 + 1, count]`; the mel scale of O'Shaughnessy.
    """
    edges = np.linspace(_mel(low_hz), _mel(high_hz), count + 2)
    hertz = 700 * (10 ** (edges / 2595) - 1)
    bins = np.arange(size // 2 + 1)[:, None] * HEARING_RATE / size
    rise = (bins - hertz[:-2]) / (hertz[1:-1] - hertz[:-2])
    fall = (hertz[2:] - bins) / (hertz[2:] - hertz[1:-1])
    bands: NDArray[np.float32] = np.maximum(0, np.minimum(rise, fall)).astype(np.float32)
    return bands


def _mel(hertz: float) -> float:
    return float(2595 * np.log10(1 + hertz / 700))
