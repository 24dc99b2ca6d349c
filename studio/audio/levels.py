"""Levels: how loud a sound is, by ear and by peak.

Own K-weighting instead of a library's: the same numbers (to 0.05 LU) in a third of the time.
"""

from collections.abc import Iterator
from math import pi, tan

import numpy as np
import soxr
from numpy.typing import NDArray

from studio.audio.samples import Samples
from studio.audio.shaping.filters import Section, filtered
from studio.audio.work import UNWATCHED, Work

SILENCE_DB = -120.0
"""What silence measures; nothing here returns minus infinity."""

PEAK_STEP = 16
"""Frames per value of `true_peaks`."""

_OVERSAMPLING = 4  # BS.1770-4, annex 2
_CHUNK_FRAMES = 1 << 18
_OVERLAP_FRAMES = 256
_BLOCK_SECONDS = 0.4
_HOPS_PER_BLOCK = 4
_PIECE_HOPS = 200
# A second, after which nothing that the weighting was sent is left.
_HOPS_OF_RINGING = 10
_ABSOLUTE_GATE_LUFS = -70.0
_RELATIVE_GATE_LU = -10.0


def loudness(samples: Samples, rate: int, *, work: Work = UNWATCHED) -> float:
    """Measure integrated loudness as BS.1770-4 has it.

    Parameters
    ----------
    samples
        `float32 (channels, frames)`, one or two channels.
    rate
        Frames per second.
    work
        Told as it goes on.

    Returns
    -------
    LUFS; `SILENCE_DB` if nothing is above the absolute gate. Less than 0.4 s is one block.
    """
    powers = _block_powers(samples, rate, work)
    loud = powers[powers > _power_of(_ABSOLUTE_GATE_LUFS)]
    if not loud.size:
        return SILENCE_DB
    gate = _power_of(_lufs_of(float(loud.mean())) + _RELATIVE_GATE_LU)
    return _lufs_of(float(loud[loud > gate].mean()))


def true_peak_db(samples: Samples, rate: int, *, work: Work = UNWATCHED) -> float:
    """Return the highest value between the samples too, in dBTP, at least `SILENCE_DB`."""
    return _decibels(float(true_peaks(samples, rate, work=work).max(initial=0.0)))


def peak_db(samples: Samples) -> float:
    """Return the highest absolute sample in dBFS, at least `SILENCE_DB`."""
    return _decibels(float(np.abs(samples).max(initial=0.0)))


def rms_db(samples: Samples) -> float:
    """Return the root mean square over all channels in dBFS, at least `SILENCE_DB`."""
    if not samples.size:
        return SILENCE_DB
    return _decibels(float(np.sqrt(np.mean(np.square(samples, dtype=np.float64)))))


def true_peaks(samples: Samples, rate: int, *, work: Work = UNWATCHED) -> NDArray[np.float32]:
    """Return the true peak of each `PEAK_STEP` frames, over all channels, linear.

    Returns
    -------
    `[ceil(frames / PEAK_STEP)]`, from a signal oversampled four times.
    """
    found: list[NDArray[np.float32]] = []
    for chunk, before in _chunks(samples):
        work.at(len(found) * _CHUNK_FRAMES / samples.shape[1], "measuring peaks")
        found.append(_peaks_of(chunk, before, rate))
    steps = -(-samples.shape[1] // PEAK_STEP)
    return np.concatenate(found)[:steps] if found else np.zeros(0, dtype=np.float32)


def _chunks(samples: Samples) -> Iterator[tuple[Samples, int]]:
    """Cut into pieces that overlap to the left, each with the length of that overlap."""
    for start in range(0, samples.shape[1], _CHUNK_FRAMES):
        before = min(start, _OVERLAP_FRAMES)
        end = start + _CHUNK_FRAMES + _OVERLAP_FRAMES
        yield samples[:, start - before : end], before


def _peaks_of(chunk: Samples, before: int, rate: int) -> NDArray[np.float32]:
    step = PEAK_STEP * _OVERSAMPLING
    sides = []
    for side in chunk:
        fine = soxr.resample(side, rate, rate * _OVERSAMPLING, "HQ")[before * _OVERSAMPLING :]
        padded = np.zeros(-(-len(fine) // step) * step, dtype=np.float32)
        padded[: len(fine)] = fine
        lines = padded.reshape(-1, step)
        sides.append(np.maximum(lines.max(axis=1), -lines.min(axis=1)))
    peaks: NDArray[np.float32] = np.max(sides, axis=0)
    return peaks[: _CHUNK_FRAMES // PEAK_STEP]


def _block_powers(samples: Samples, rate: int, work: Work) -> NDArray[np.float64]:
    """Return the K-weighted power of each 400 ms, every 100 ms, summed over channels."""
    hop = round(_BLOCK_SECONDS / _HOPS_PER_BLOCK * rate)
    hops = samples.shape[1] // hop
    if hops < _HOPS_PER_BLOCK:
        weighted = filtered(samples, *_k_weighting(rate))
        return np.array([np.square(weighted, dtype=np.float64).mean(axis=1).sum()])
    energy = np.zeros(hops)
    for first in range(0, hops, _PIECE_HOPS):
        work.at(first / hops, "measuring loudness")
        energy[first : first + _PIECE_HOPS] = _energies(samples, rate, hop, first)[: hops - first]
    return np.convolve(energy, np.ones(_HOPS_PER_BLOCK), "valid") / (_HOPS_PER_BLOCK * hop)


def _energies(samples: Samples, rate: int, hop: int, first: int) -> NDArray[np.float64]:
    """Return the K-weighted energy of some hops, filtered from a second before them."""
    before = min(first, _HOPS_OF_RINGING)
    piece = samples[:, (first - before) * hop : (first + _PIECE_HOPS) * hop]
    weighted = filtered(piece, *_k_weighting(rate))[:, before * hop :]
    hops = weighted.shape[1] // hop
    squares = np.square(weighted[:, : hops * hop]).reshape(-1, hops, hop)
    energies: NDArray[np.float64] = squares.sum(axis=(0, 2), dtype=np.float64)
    return energies


def _k_weighting(rate: int) -> tuple[Section, Section]:
    """Return the two second-order sections of BS.1770-4, for any rate.

    The standard gives coefficients for 48 kHz only; these are its analogue prototypes.
    """
    return _head_shelf(rate), _low_cut(rate)


def _head_shelf(rate: int) -> Section:
    k = tan(pi * 1_681.974450955533 / rate)
    high = 10 ** (3.999843853973347 / 20)
    middle = high**0.4996667741545416
    q = 0.7071752369554196
    norm = 1 + k / q + k * k
    return (
        (high + middle * k / q + k * k) / norm,
        2 * (k * k - high) / norm,
        (high - middle * k / q + k * k) / norm,
        1.0,
        2 * (k * k - 1) / norm,
        (1 - k / q + k * k) / norm,
    )


def _low_cut(rate: int) -> Section:
    k = tan(pi * 38.13547087602444 / rate)
    q = 0.5003270373238773
    norm = 1 + k / q + k * k
    return (1.0, -2.0, 1.0, 1.0, 2 * (k * k - 1) / norm, (1 - k / q + k * k) / norm)


def _lufs_of(power: float) -> float:
    return max(SILENCE_DB, -0.691 + 10 * float(np.log10(max(power, 1e-20))))


def _power_of(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))


def _decibels(value: float) -> float:
    return max(SILENCE_DB, 20 * float(np.log10(max(value, 1e-12))))
