"""Masks: which share of each spot of a spectrogram belongs to drums, to what stays, and so on.

Medians along time keep what lasts and medians along frequency keep what strikes (D. FitzGerald,
"Harmonic/percussive separation using median filtering", DAFx 2010).
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import median_filter

Magnitudes: TypeAlias = NDArray[np.float32]
"""`[windows, bins]`, 0 or more."""

_TINY = np.float32(1e-9)
_COMB_HERTZ, _COMB_SHARE = 22.0, 0.012


def lasting(found: Magnitudes, windows: int) -> Magnitudes:
    """Return the median of each bin over so many windows, an odd number."""
    turned = _medians(np.ascontiguousarray(found.T), windows)
    return np.ascontiguousarray(turned.T)


def striking(found: Magnitudes, bins: int) -> Magnitudes:
    """Return the median of each window over so many bins, an odd number."""
    return _medians(found, bins)


def struck(found: Magnitudes, *, windows: int, bins: int) -> Magnitudes:
    """Return the share of drums, 0 to 1, in each spot of a spectrogram of short windows.

    What strikes is weighed against how strokes are usually coloured in this sound, since a kick
    is all lows and would otherwise be taken for a bass.

    Parameters
    ----------
    found
        `[windows, bins]`.
    windows, bins
        How far the medians reach, odd numbers.
    """
    held = lasting(found, windows)
    over = np.maximum(found - held, 0)
    colour = over.mean(axis=0) + _TINY
    strokes = np.square(striking(over / colour, bins) * colour)
    return np.asarray(strokes / (strokes + np.square(held) + _TINY**2), np.float32)


def overshot(found: Magnitudes, windows: int) -> Magnitudes:
    """Return the share of strokes in the lows, 0 to 1: what is above the median over windows.

    Down there a kick is as tonal as a bass, only shorter.
    """
    over = np.maximum(found - lasting(found, windows), 0)
    share: Magnitudes = over / (found + _TINY)
    return share


def combed(hertz: NDArray[np.float64], bins: NDArray[np.float64]) -> Magnitudes:
    """Return how near each bin is to an overtone, 0 to 1, `[windows, bins]`.

    Parameters
    ----------
    hertz
        Of the lowest tone in each window; NaN for none, where nothing is near.
    bins
        Hertz of each bin.
    """
    tone = hertz[:, None]
    overtone = np.maximum(1, np.round(bins / tone)) * tone
    # High overtones of a voice that glides are smeared within a window.
    width = _COMB_HERTZ + _COMB_SHARE * overtone
    near = np.exp(-np.square((bins - overtone) / width))
    return np.nan_to_num(near).astype(np.float32)


def centred(middle: Magnitudes, side: Magnitudes) -> Magnitudes:
    """Return how surely each spot stands in the middle, 0 to 1."""
    inner, outer = np.square(middle), np.square(side)
    share: Magnitudes = np.maximum(inner - outer, 0) / (inner + outer + _TINY**2)
    return share


def _medians(rows: Magnitudes, reach: int) -> Magnitudes:
    """Return running medians along each row, mirrored at its ends."""
    half = min(reach // 2, rows.shape[1] - 1)
    if half < 1:
        return rows
    padded = np.pad(rows, ((0, 0), (half, half)), mode="reflect")
    # All rows as one: scipy's filter for a single line is six times as fast as that for a plane.
    line = median_filter(padded.reshape(-1), 2 * half + 1)
    return np.ascontiguousarray(line.reshape(padded.shape)[:, half:-half])
