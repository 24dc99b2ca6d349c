"""Tone balance: how a record divides its power from lows to highs, and filters that lead there."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, rfft

from studio.audio.levels import SILENCE_DB
from studio.audio.samples import RATE, Samples
from studio.audio.work import UNWATCHED, Work

CENTRES_HZ = 1_000.0 * 2.0 ** (np.arange(-15, 13) / 3)
"""Of the third-octave bands, 31 Hz to 16 kHz."""

# Decibels of octaves around these hertz, relative to the sum, as records of popular music usually
# have it; from spectra as they are published. Only the slope matters.
_OCTAVES_HZ = (31.25, 62.5, 125.0, 250.0, 500.0, 1_000.0, 2_000.0, 4_000.0, 8_000.0, 16_000.0)
_USUAL_DB = (-10.5, -5.5, -6.0, -7.5, -9.5, -12.0, -14.5, -17.5, -21.5, -28.0)

_PERIOD = 8_192
_ROWS = 64
_TAPS = 4_096
_QUIET_DB = -25.0
# What lies so far below the usual is not there at all, and raising it would raise noise.
_ABSENT_DB = -14.0
_JUDGED_HZ = (45.0, 13_000.0)

Bands = NDArray[np.float64]
"""Decibels, one for each of `CENTRES_HZ`."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far a tone may be led."""

    trust: float
    """Which share of the way, 0 to 1."""
    furthest_db: float
    """And at most so far."""


def usual_balance() -> Bands:
    """Return the balance that records usually have."""
    levels = np.interp(np.log(CENTRES_HZ), np.log(_OCTAVES_HZ), _USUAL_DB)
    return _relative(levels)


def tone_balance(samples: Samples, *, work: Work = UNWATCHED) -> Bands | None:
    """Measure the balance of a sound where it is loud, relative to its sum; `None` for silence.

    Parameters
    ----------
    samples
        `float32 (channels, frames)` at `RATE`.
    work
        Told as it goes on.
    """
    powers = []
    window = np.hanning(_PERIOD).astype(np.float32)
    block = _PERIOD * _ROWS
    for start in range(0, samples.shape[1], block):
        work.at(start / samples.shape[1], "measuring its tone")
        middle = samples[:, start : start + block]
        middle = middle[:, : max(1, middle.shape[1] // _PERIOD) * _PERIOD]
        padded = np.zeros((samples.shape[0], -(-middle.shape[1] // _PERIOD) * _PERIOD), np.float32)
        padded[:, : middle.shape[1]] = middle
        spectra = rfft(padded.reshape(samples.shape[0], -1, _PERIOD) * window)
        power = (spectra.real**2 + spectra.imag**2).sum(axis=0)
        powers.append(np.add.reduceat(power, _edges(), axis=1)[:, :-1])
    rows = np.concatenate(powers) if powers else np.zeros((1, CENTRES_HZ.size))
    whole = rows.sum(axis=1)
    if whole.max() <= 10 ** (SILENCE_DB / 10):
        return None
    loud = rows[whole > whole.max() * 10 ** (_QUIET_DB / 10)].mean(axis=0)
    return _relative(10 * np.log10(np.maximum(loud, 1e-12 * loud.max())))


def correction(found: Bands, wanted: Bands, bounds: Bounds) -> Bands:
    """Return gains in dB that lead a balance some of the way to another.

    Smooth, bounded, without changing the whole; what is not there is not raised.
    """
    hertz, away = np.log(CENTRES_HZ), wanted - found
    judged = (hertz > np.log(_JUDGED_HZ[0])) & (hertz < np.log(_JUDGED_HZ[1]))
    away = np.interp(hertz, hertz[judged], away[judged])
    away -= np.average(away, weights=10 ** (found / 20))
    there = np.clip(1 + (found - wanted - _ABSENT_DB) / 6.0, 0.0, 1.0)
    smooth = np.convolve(np.pad(away, 2, mode="edge"), np.array([1, 2, 3, 2, 1]) / 9, "valid")
    gains = np.clip(bounds.trust * smooth, -bounds.furthest_db, bounds.furthest_db)
    return np.where(gains > 0, gains * there, gains)


def impulse_of(gains_db: Bands) -> Samples:
    """Return a filter with these gains, `float32 (1, taps)`: nothing rings before its time."""
    hertz = np.maximum(np.fft.rfftfreq(2 * _TAPS, 1 / RATE), 1.0)
    line = np.interp(np.log(hertz), np.log(CENTRES_HZ), gains_db) * np.log(10) / 20
    cepstrum = irfft(line.astype(np.complex128))
    # Folded onto positive times, a cepstrum belongs to the filter that answers soonest.
    cepstrum[1:_TAPS] *= 2
    cepstrum[_TAPS + 1 :] = 0
    impulse = irfft(np.exp(rfft(cepstrum)))[:_TAPS]
    impulse *= np.append(np.ones(_TAPS // 2), np.hanning(_TAPS)[_TAPS // 2 :])
    return np.asarray(impulse[None], np.float32)


def _relative(levels: Bands) -> Bands:
    relative: Bands = levels - 10 * np.log10(np.sum(10 ** (levels / 10)))
    return relative


def _edges() -> NDArray[np.int64]:
    """Return the bins at which bands begin, and that at which the last ends."""
    hertz = np.append(CENTRES_HZ, CENTRES_HZ[-1] * 2 ** (1 / 3)) / 2 ** (1 / 6)
    return np.asarray(np.ceil(hertz * _PERIOD / RATE), np.int64)
