"""Formants: the colour of a voice, kept where it was while its pitch moves."""

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, rfft

from studio.audio.samples import RATE, Samples
from studio.audio.work import UNWATCHED, Work

_WINDOW, _HOP = 2_048, 512
_ROWS = 128
# Ripples of the spectrum finer than this are harmonics, not formants: a voice of 500 Hz and lower.
_LIFTER_SECONDS = 0.0016
_FURTHEST = np.log(10 ** (18 / 20))
# Below this relative to the loudest of a frame, an envelope is only noise.
_FLOOR = 1e-4


def with_formants_of(original: Samples, shifted: Samples, *, work: Work = UNWATCHED) -> Samples:
    """Return `shifted` with the spectral envelope that `original` has at the same time.

    Both are `float32 (channels, frames)` of one length. The envelopes come from the cepstrum; what
    they may be bent by is bounded by 18 dB.
    """
    frames = original.shape[1]
    window = np.sqrt(np.hanning(_WINDOW + 1)[:-1]).astype(np.float32)
    rows = -(-frames // _HOP) + _WINDOW // _HOP - 1
    lead = _WINDOW - _HOP
    kept = np.zeros_like(shifted)
    for at, (side, model) in enumerate(zip(shifted, original, strict=True)):
        out = np.zeros(rows * _HOP + lead, np.float32)
        for first in range(0, rows, _ROWS):
            work.at((at + first / rows) / len(shifted), "keeping the formants")
            some = range(first, min(rows, first + _ROWS))
            bent = _bent(_frames(side, some, lead) * window, _frames(model, some, lead) * window)
            for row, block in zip(some, bent * window, strict=True):
                out[row * _HOP : row * _HOP + _WINDOW] += block
        # Squared sine windows at a quarter of their length add up to two.
        kept[at] = out[lead : lead + frames] / np.float32(2.0)
    return kept


def _frames(side: NDArray[np.float32], rows: range, lead: int) -> NDArray[np.float32]:
    start = rows[0] * _HOP - lead
    count = (len(rows) - 1) * _HOP + _WINDOW
    taken = np.zeros(count, np.float32)
    low, high = max(0, start), min(side.size, start + count)
    if high > low:
        taken[low - start : high - start] = side[low:high]
    return np.lib.stride_tricks.sliding_window_view(taken, _WINDOW)[::_HOP]


def _bent(moved: NDArray[np.float32], model: NDArray[np.float32]) -> NDArray[np.float32]:
    spectrum = rfft(moved)
    gain = _envelope(np.abs(rfft(model))) - _envelope(np.abs(spectrum))
    bent: NDArray[np.float32] = irfft(spectrum * np.exp(np.clip(gain, -_FURTHEST, _FURTHEST)))
    return bent


def _envelope(size: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the logarithm of a smooth line over each spectrum, `[rows, bins]`."""
    floor = np.maximum(size.max(axis=1, keepdims=True) * np.float32(_FLOOR), np.float32(1e-7))
    line = np.log(np.maximum(size, floor))
    keep = round(_LIFTER_SECONDS * RATE)
    smooth = np.zeros(_WINDOW, np.float32)
    smooth[0], smooth[1:keep] = 1.0, 2 * (0.5 + 0.5 * np.cos(np.pi * np.arange(1, keep) / keep))
    cepstrum = irfft(line, _WINDOW) * smooth
    envelope: NDArray[np.float32] = rfft(cepstrum).real
    return envelope
