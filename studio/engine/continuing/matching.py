"""Matching: which style of the band is nearest to a sound.

Few things are heard: how fast, how bright, how much bass, how much is struck and where. How each
style measures was learnt from songs of the band itself, so that a recording is told by what it has
in common with them; a name for its genre is not what this gives.
"""

import numpy as np
from numpy.typing import NDArray

from studio.audio.ear.onsets import STEPS_PER_SECOND, find_onsets
from studio.audio.ear.spectrum import HEARING_RATE, heard_mono, magnitudes
from studio.audio.hearing import Heard
from studio.audio.levels import rms_db, true_peak_db
from studio.audio.samples import RATE, Samples
from studio.audio.work import UNWATCHED, Work
from studio.engine.writing.style import load_style

LISTENED_SECONDS = 60.0
"""As much as is heard of a long sound, from its middle."""

STYLES_MEASURE: dict[str, tuple[float, ...]] = {
    "pop": (-3.9, -8.1, -7.0, -8.8, -13.3, -15.1, -17.9, 1.74, 1.59, 1.58, 14.0),
    "rock": (-7.7, -5.0, -5.6, -9.5, -13.2, -13.2, -16.1, 1.80, 1.69, 1.85, 14.6),
    "jazz": (-7.2, -4.3, -6.4, -9.5, -14.3, -14.4, -18.1, 2.02, 1.52, 1.44, 14.5),
    "lo-fi": (-4.7, -7.8, -6.3, -8.5, -13.3, -12.9, -20.2, 2.19, 2.01, 2.20, 14.7),
    "house": (-3.4, -8.4, -7.8, -9.0, -12.4, -15.1, -18.9, 1.36, 1.83, 1.72, 13.8),
    "hip-hop": (-1.9, -12.6, -9.0, -10.1, -15.5, -15.5, -20.1, 1.92, 1.77, 2.13, 12.9),
    "ballad": (-9.0, -7.4, -5.0, -7.0, -12.1, -11.8, -16.7, 1.00, 1.01, 0.92, 15.7),
    "folk": (-7.7, -6.1, -5.5, -8.3, -14.3, -13.2, -17.0, 1.52, 1.60, 1.47, 14.9),
    "soul": (-9.0, -5.7, -5.3, -7.8, -12.2, -13.1, -17.6, 1.86, 1.90, 2.25, 14.8),
    "synthwave": (-4.3, -7.0, -6.7, -9.1, -14.4, -13.5, -19.0, 1.87, 1.98, 1.46, 14.3),
    "reggae": (-5.8, -6.0, -7.0, -8.8, -13.0, -12.5, -18.0, 1.06, 1.80, 2.14, 14.5),
    "bossa": (-5.6, -7.6, -5.5, -7.9, -12.4, -15.9, -17.5, 1.37, 1.89, 2.03, 14.5),
    "country": (-6.2, -5.9, -6.0, -9.1, -13.0, -12.7, -16.4, 1.99, 1.51, 1.84, 14.6),
    "metal": (-6.5, -5.5, -6.4, -9.0, -12.9, -12.5, -15.3, 2.69, 2.42, 2.08, 14.4),
    "ambient": (-4.6, -12.5, -5.9, -6.8, -14.0, -14.4, -18.8, 0.83, 3.68, 0.93, 14.1),
    "waltz": (-6.2, -6.0, -6.5, -8.4, -12.3, -12.7, -17.5, 0.88, 1.16, 1.19, 14.5),
}
"""What `character_of` gives for songs in each style, on average."""

WITHIN = (1.0, 1.8, 0.7, 1.2, 1.2, 1.0, 1.3, 0.34, 0.21, 0.17, 0.19)
"""How far songs of one style differ in it, as a standard deviation."""

FREE_STYLE = "ambient"
"""What goes with a sound that has no pulse."""

Floats = NDArray[np.float64]

_PERIOD = 4096
_EDGES_HZ = (30.0, 90.0, 180.0, 400.0, 900.0, 2_000.0, 4_000.0, 9_000.0)
_CLEAR_ONSET = 1.0
_FURTHEST = 3.0
"""Standard deviations from which on a measure says no more."""
_OCTAVE_COST, _OTHER_OCTAVE_COST, _OTHER_METRE_COST = 6.0, 1.0, 2.8


def style_like(heard: Heard, samples: Samples, *, work: Work = UNWATCHED) -> str:
    """Return the style of the band that is nearest to a sound, one of `STYLES`.

    Of songs that the band had made in 14 styles and that were not learnt from, 8 were told
    exactly, and 13 were among the nearest three of 16. Of other music it gives what would go with
    it.

    Parameters
    ----------
    heard
        What was measured of the sound.
    samples
        The sound itself, `float32 (1 or 2, frames)`.
    work
        Told of the progress.
    """
    if not heard.beats:
        return FREE_STYLE
    character = character_of(heard, samples, work=work)
    return min(STYLES_MEASURE, key=lambda name: _distance(name, heard, character))


def _distance(name: str, heard: Heard, character: Floats) -> float:
    style = load_style(name)
    away = (character - np.array(STYLES_MEASURE[name])) / np.array(WITHIN)
    colour = float(np.minimum(np.abs(away), _FURTHEST) @ np.minimum(np.abs(away), _FURTHEST))
    metre = 0.0 if style.beats_per_bar == heard.beats_per_bar else _OTHER_METRE_COST
    return colour + _tempo_cost(style.tempo, heard.tempo_bpm) ** 2 + metre**2


def _tempo_cost(usual: tuple[float, float], tempo: float) -> float:
    """Return how far a tempo lies outside a range; a listener may count twice or half as fast."""
    low, high = usual
    return min(
        _OCTAVE_COST * max(0.0, float(np.log2(low / counted)), float(np.log2(counted / high)))
        + (0.0 if counted == tempo else _OTHER_OCTAVE_COST)
        for counted in (tempo, 2 * tempo, tempo / 2)
    )


def character_of(heard: Heard, samples: Samples, *, work: Work = UNWATCHED) -> Floats:
    """Measure what styles differ in, besides tempo and metre.

    Returns
    -------
    The level of seven bands in dB relative to their sum, low to high; strokes a beat in the low,
    middle and high bands; how spiky the sound is, in dB.
    """
    middle = _middle(samples)
    mono = heard_mono(middle, work=work.part(0.0, 0.3, "comparing styles"))
    onsets = find_onsets(mono, work=work.part(0.3, 0.9, "comparing styles"))
    beats = middle.shape[1] / RATE * (heard.tempo_bpm or 80.0) / 60
    strokes = [_strokes(curve) / beats for curve in (onsets.low, onsets.middle, onsets.high)]
    crest = true_peak_db(middle, RATE) - rms_db(middle)
    return np.array([*_bands_db(mono), *strokes, crest])


def _middle(samples: Samples) -> Samples:
    frames = round(LISTENED_SECONDS * RATE)
    start = max(0, (samples.shape[1] - frames) // 2)
    return samples[:, start : start + frames]


def _bands_db(mono: NDArray[np.float32]) -> list[float]:
    power = sum(
        np.square(block, dtype=np.float64).sum(axis=0)
        for block in magnitudes(mono, _PERIOD, _PERIOD)
    )
    edges = (np.array(_EDGES_HZ) / HEARING_RATE * _PERIOD).astype(int)
    bands = np.add.reduceat(np.asarray(power), edges)[:-1] + 1e-12
    return [float(level) for level in 10 * np.log10(bands / bands.sum())]


def _strokes(curve: NDArray[np.float32]) -> int:
    """Count the clear onsets of a band."""
    around = round(0.03 * STEPS_PER_SECOND)
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(curve, around), 2 * around + 1)
    return int(((curve >= windows.max(axis=1)) & (curve > _CLEAR_ONSET)).sum())
