"""Formants: the colour of a voice, kept where it was while its pitch moves."""

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, rfft

from studio.audio.samples import RATE, Samples
from studio.audio.work import UNWATCHED, Work

_WINDOW, _HOP = 2_048, 512
_LEAD = _WINDOW - _HOP
_ROWS = 64
# Ripples of the spectrum finer than this are harmonics, not formants: of voices up to 450 Hz.
_LIFTER_SECONDS = 0.0022
_ROUNDS = 3
_FURTHEST = 18 / 20 * np.log(10)
# Below this relative to the loudest of a frame, an envelope is only noise.
_FLOOR = 1e-4


def with_formants_of(original: Samples, shifted: Samples, *, work: Work = UNWATCHED) -> Samples:
    """Return `shifted` with the spectral envelope that `original` has at the same time.

    The envelope lies on the harmonics: cepstral smoothing, repeated over what sticks out (Röbel and
    Rodet, "Efficient spectral envelope estimation", 2005). No frame becomes louder or softer, and
    no part of it is bent by more than 18 dB before that.

    Parameters
    ----------
    original, shifted
        `float32 (channels, frames)`, of one shape.
    work
        Told as it goes on.
    """
    frames = original.shape[1]
    window = np.sqrt(np.hanning(_WINDOW + 1)[:-1]).astype(np.float32)
    rows = -(-frames // _HOP) + _WINDOW // _HOP - 1
    kept = np.zeros((shifted.shape[0], rows * _HOP + _LEAD), np.float32)
    for first in range(0, rows, _ROWS):
        work.at(first / rows, "keeping the formants")
        some = range(first, min(rows, first + _ROWS))
        bent = _bent(_frames(shifted, some) * window, _frames(original, some) * window) * window
        for at, row in enumerate(some):
            kept[:, row * _HOP : row * _HOP + _WINDOW] += bent[:, at]
    # Squared sine windows at a quarter of their length add up to two.
    return np.asarray(kept[:, _LEAD : _LEAD + frames] / 2, np.float32)


def _frames(sound: Samples, rows: range) -> Samples:
    """Return windows of a sound, `[channels, rows, _WINDOW]`, with silence around it."""
    start = rows[0] * _HOP - _LEAD
    taken = np.zeros((sound.shape[0], (len(rows) - 1) * _HOP + _WINDOW), np.float32)
    low, high = max(0, start), min(sound.shape[1], start + taken.shape[1])
    if high > low:
        taken[:, low - start : high - start] = sound[:, low:high]
    return np.lib.stride_tricks.sliding_window_view(taken, _WINDOW, axis=1)[:, ::_HOP]


def _bent(moved: Samples, model: Samples) -> Samples:
    spectrum, wanted = rfft(moved), _power(rfft(model))
    found = _power(spectrum)
    bend = np.clip(_envelope(wanted) - _envelope(found), -_FURTHEST, _FURTHEST)
    gain = np.exp(bend)
    before, after = found.sum(axis=1), (found * gain * gain).sum(axis=1)
    gain *= np.sqrt(before / np.maximum(after, 1e-12))[:, None]
    bent: Samples = irfft(spectrum * gain, _WINDOW)
    return bent


def _power(spectrum: NDArray[np.complex64]) -> NDArray[np.float32]:
    """Return the power in all channels, `[rows, bins]`."""
    power: NDArray[np.float32] = (spectrum.real**2 + spectrum.imag**2).sum(axis=0)
    return power


def _envelope(power: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the logarithm of a smooth line over the peaks of each amplitude spectrum."""
    floor = np.maximum(power.max(axis=1, keepdims=True) * np.float32(_FLOOR**2), np.float32(1e-14))
    line = np.log(np.maximum(power, floor)) / 2
    keep = round(_LIFTER_SECONDS * RATE)
    smooth = np.zeros(_WINDOW // 2 + 1, np.float32)
    smooth[:keep] = 0.5 + 0.5 * np.cos(np.pi * np.arange(keep) / keep)
    smooth = np.concatenate([smooth, smooth[-2:0:-1]])
    envelope = line
    for _ in range(_ROUNDS):
        envelope = rfft(irfft(np.maximum(line, envelope), _WINDOW) * smooth).real
    return np.asarray(envelope, np.float32)
