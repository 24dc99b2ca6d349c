"""Mastering: from a mix to a record that sits well beside others, at their loudness."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.audio.levels import SILENCE_DB, loudness
from studio.audio.samples import RATE, Samples, checked
from studio.audio.shaping.dynamics import Curve, limiting
from studio.audio.shaping.eq import bell, equalise, high_pass, high_shelf, low_shelf
from studio.audio.shaping.filters import Section
from studio.audio.work import UNWATCHED, Work

TARGET_LUFS = -14.0
"""What streaming services play at."""

CEILING_DB = -2.0
"""In dBTP. An MP3 of 192 kbit/s overshoots by up to 0.8 dB, and -1 is what it may reach."""

_TOLERANCE_LU = 0.15
_PASSES = 2
# A song that is all but silent stays so: this much gain and no more.
_HIGHEST_GAIN_DB = 30.0
# Between these, in dBFS, peaks are bent before the limiter, which alone would pump.
_KNEE_DB, _TOP_DB = -6.5, 0.5

# How records usually divide their power: decibels of each octave band around these hertz, relative
# to the sum. From the spectra of popular music as they are published; only the slope matters.
BANDS_HZ = (62.5, 125.0, 250.0, 500.0, 1_000.0, 2_000.0, 4_000.0, 8_000.0)
_USUAL_DB = (-5.5, -6.0, -7.5, -9.5, -12.0, -14.5, -17.5, -21.5)
_TRUST = 0.6
_FURTHEST_DB = 3.0
_PERIOD = 8_192
_BLOCK_FRAMES = 1 << 17

_USUAL_HEAD_LUFS, _USUAL_PLACE_LUFS = -16.6, -16.2
_QUIETEST_HEAD_LUFS = -18.2
_HEAD_SLOPE = 0.7
_SHARES = (0.3, 0.7)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the mastering engineer did, so that it can be done to a single stem too.

    A record is `rounded(filtered(mix) * drive) * limiter`; only the rounding of the highest peaks
    is not the same for a sum as for the sum of its stems.
    """

    sections: tuple[Section, ...] = ()
    drive: float = 1.0
    """Factor before the rounding and the limiter."""
    limiter: Curve | None = None
    """Gain after the rounding, `[frames]`; `None` is 1."""


def master(
    samples: Samples, *, target_lufs: float = TARGET_LUFS, work: Work = UNWATCHED
) -> Samples:
    """Bring a mix to a loudness (within 0.3 LU) with true peaks under -1 dBTP, also as MP3.

    Parameters
    ----------
    samples
        `float32 (2, frames)`.
    target_lufs
        That of a record, unless `samples` are only a part of one.
    work
        Asked between the steps of the work.

    Returns
    -------
    As many frames. A very quiet mix is raised by at most 30 dB, and one that is too quiet to have a
    loudness is left alone.
    """
    return mastered(samples, target_lufs=target_lufs, work=work)[0]


def mastered(
    samples: Samples, *, target_lufs: float = TARGET_LUFS, work: Work = UNWATCHED
) -> tuple[Samples, Settings]:
    """Do what `master` does, and tell with which settings."""
    sections = (high_pass(28.0), *_tilt(checked(samples)))
    work.at(0.1)
    polished = equalise(samples, *sections)
    work.at(0.25)
    measured = loudness(polished, RATE)
    if measured <= SILENCE_DB:
        return samples, Settings()
    wanted_db = min(target_lufs - measured, _HIGHEST_GAIN_DB)
    goal = measured + wanted_db
    louder = np.empty_like(polished)
    for turn in range(_PASSES):
        work.at(0.3 + 0.35 * turn)
        drive = np.float32(10 ** (wanted_db / 20))
        rounded(polished, drive, into=louder)
        work.at(0.4 + 0.35 * turn)
        limiter = limiting(louder, ceiling_db=CEILING_DB)
        louder *= limiter
        work.at(0.6 + 0.35 * turn)
        miss = goal - loudness(louder, RATE)
        if abs(miss) <= _TOLERANCE_LU:
            break
        # What the limiter eats grows with the gain, so the correction aims a little further.
        wanted_db += 1.25 * miss
    return louder, Settings(sections, float(drive), limiter)


def place_in_the_whole(head: Samples, share: float) -> float:
    """Return about how loud, in LUFS, the first bars will be in the finished record.

    The stems of a mix have fixed levels, so that quiet bars are quiet before anything else is
    played. Of 30 songs in all styles the usual one was 0.8 LU away, the farthest 2.

    Parameters
    ----------
    head
        The first bars, mixed.
    share
        How much of the song they are. Most of a song is as loud as the song.
    """
    near = _USUAL_PLACE_LUFS + _HEAD_SLOPE * (loudness(head, RATE) - _USUAL_HEAD_LUFS)
    below = max(_QUIETEST_HEAD_LUFS, min(near, TARGET_LUFS)) - TARGET_LUFS
    small, most = _SHARES
    return TARGET_LUFS + below * min(1.0, max(0.0, (most - share) / (most - small)))


def _tilt(samples: Samples) -> tuple[Section, ...]:
    """Return filters that lead the spectrum some of the way to where records usually are."""
    found = band_levels(samples)
    if found is None:
        return ()
    away = np.clip((np.array(_USUAL_DB) - found) * _TRUST, -_FURTHEST_DB, _FURTHEST_DB)
    low, middle, presence, high = (
        away[:2].mean(),
        away[2:4].mean(),
        away[4:6].mean(),
        away[6:].mean(),
    )
    return (
        low_shelf(110.0, float(low)),
        bell(360.0, float(middle), q=0.6),
        bell(1_500.0, float(presence), q=0.6),
        high_shelf(4_500.0, float(high)),
    )


def band_levels(samples: Samples) -> NDArray[np.float64] | None:
    """Return the power of each octave band in dB relative to their sum; `None` for silence."""
    whole = samples.shape[1] // _PERIOD * _PERIOD
    if not whole:
        return None
    window = np.hanning(_PERIOD).astype(np.float32)
    power = np.zeros(_PERIOD // 2 + 1)
    for start in range(0, whole, _BLOCK_FRAMES):
        middle = samples[:, start : min(start + _BLOCK_FRAMES, whole)].mean(axis=0)
        spectra = np.fft.rfft(middle.reshape(-1, _PERIOD) * window)
        power += np.square(np.abs(spectra)).sum(axis=0)
    edges = (np.append(BANDS_HZ, 16_000.0) / np.sqrt(2) * _PERIOD / RATE).astype(int)
    bands = np.add.reduceat(power, edges)[:-1]
    if bands.sum() <= 0:
        return None
    return np.asarray(10 * np.log10(np.maximum(bands / bands.sum(), 1e-6)))


def rounded(
    samples: Samples, drive: np.float32 | float = 1.0, *, into: Samples | None = None
) -> Samples:
    """Return `samples` times `drive` with the highest peaks bent down; up to the knee as they were.

    Block by block, and into `into` where that is given, so that a long record is not in memory four
    times.
    """
    done = np.empty_like(samples) if into is None else into
    for start in range(0, samples.shape[1], _BLOCK_FRAMES):
        block = slice(start, start + _BLOCK_FRAMES)
        done[:, block] = _bent(samples[:, block] * np.float32(drive))
    return done


def _bent(block: Samples) -> Samples:
    knee, top = (np.float32(10 ** (level / 20)) for level in (_KNEE_DB, _TOP_DB))
    size = np.abs(block)
    over = np.maximum(size - knee, 0)
    over /= top - knee
    np.tanh(over, out=over)
    over *= top - knee
    np.minimum(size, knee, out=size)
    size += over
    return np.copysign(size, block, out=size)
