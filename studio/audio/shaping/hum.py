"""Hum: what the mains leave in a recording, found by its standing still, and taken out."""

import numpy as np
from numpy.typing import NDArray
from scipy.fft import rfft
from scipy.ndimage import median_filter

from studio.audio.samples import RATE, Samples
from studio.audio.shaping.eq import bell
from studio.audio.shaping.filters import Section
from studio.audio.work import UNWATCHED, Work

MAINS_HZ = (50.0, 60.0)

_PERIOD = 1 << 16
_HARMONICS = 8
_ABOVE_DB = 12.0
_STEADY_DB = 3.0
_CUT_DB = -24.0
_NARROW_HZ = 2.5
_FEWEST_PERIODS = 5


def hum_sections(samples: Samples, *, work: Work = UNWATCHED) -> tuple[Section, ...]:
    """Return filters against the hum in a sound; none if there is none.

    A hum is a line at a multiple of 50 or 60 Hz that stands out and is as loud in the quiet moments
    as in the loud ones. Music is not, so that no bass is taken for one.

    Parameters
    ----------
    samples
        `float32 (channels, frames)` at `RATE`, at least 8 s of it, or nothing is found.
    work
        Told as it goes on.
    """
    power = _periods(samples, work)
    if len(power) < _FEWEST_PERIODS:
        return ()
    found = [_lines(power, mains) for mains in MAINS_HZ]
    lines = max(found, key=len)
    return tuple(bell(hertz, _CUT_DB, q=hertz / _NARROW_HZ) for hertz in lines)


def _periods(samples: Samples, work: Work) -> NDArray[np.float64]:
    """Return the spectrum of each 1.5 s in dB, up to the highest line."""
    bins = round(MAINS_HZ[-1] * (_HARMONICS + 1) * _PERIOD / RATE)
    window = np.hanning(_PERIOD).astype(np.float32)
    rows = []
    for start in range(0, samples.shape[1] - _PERIOD + 1, _PERIOD):
        work.at(start / samples.shape[1], "listening for hum")
        mono = samples[:, start : start + _PERIOD].mean(axis=0)
        rows.append(np.square(np.abs(rfft(mono * window)[:bins])))
    return 10 * np.log10(np.array(rows, dtype=np.float64).reshape(-1, bins) + 1e-9)


def _lines(power: NDArray[np.float64], mains: float) -> list[float]:
    per_bin = RATE / _PERIOD
    quietly = np.percentile(power, 20, axis=0)
    ground = median_filter(quietly, 31)
    lines = []
    for harmonic in range(1, _HARMONICS + 1):
        near = round(mains * harmonic / per_bin)
        at = near - 1 + int(np.argmax(quietly[near - 1 : near + 2]))
        steady = np.percentile(power[:, at], 80) - quietly[at] < _STEADY_DB
        if steady and quietly[at] - ground[at] > _ABOVE_DB:
            lines.append(mains * harmonic)
    return lines if mains in lines or 2 * mains in lines else []
