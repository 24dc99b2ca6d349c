"""Lapped: sound cut into overlapping windows, their spectra, and back to the same sound.

The window is the root of Hann's, once on the way there and once on the way back, so that a spectrum
that was changed still sounds without clicks.
"""

from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, rfft

Spectra: TypeAlias = NDArray[np.complex64]
"""`[windows, size / 2 + 1]`."""

Sound: TypeAlias = NDArray[np.float32]
"""One channel, `[frames]`."""

OVERLAP = 4
"""Windows that hear each frame."""


def spectra(sound: Sound, size: int) -> Spectra:
    """Return the spectra of windows of `size` frames, a quarter of it apart.

    Parameters
    ----------
    sound
        `float32 [frames]`.
    size
        A multiple of `OVERLAP`. Before and after the sound lies silence.
    """
    step = size // OVERLAP
    after = size + -len(sound) % step
    padded = np.pad(sound, (size - step, after))
    windows = np.lib.stride_tricks.sliding_window_view(padded, size)[::step]
    found: Spectra = rfft(windows * _window(size), axis=1)
    return found


def sounding(found: Spectra, size: int, frames: int) -> Sound:
    """Return the sound, `[frames]`, of what `spectra` returned for `size`."""
    step = size // OVERLAP
    windows = irfft(found, size, axis=1) * _window(size)
    summed = np.zeros((len(windows) + OVERLAP - 1, step), np.float32)
    for lap in range(OVERLAP):
        summed[lap : lap + len(windows)] += windows[:, lap * step : (lap + 1) * step]
    return summed.reshape(-1)[size - step :][:frames] / np.float32(OVERLAP / 2)


@lru_cache(maxsize=4)
def _window(size: int) -> NDArray[np.float32]:
    return np.sqrt(np.hanning(size + 1)[:-1]).astype(np.float32)
