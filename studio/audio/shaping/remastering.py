"""Remastering: another record of the same mix, of whatever somebody brings.

Hum and rumble go, the tone is led to what records usually have, three bands are held together, the
sides are opened, the highest peaks are rounded, and all is brought to the loudness of streaming.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from studio.audio.levels import SILENCE_DB, loudness
from studio.audio.samples import RATE, Samples, checked
from studio.audio.shaping.dynamics import compression, limiting
from studio.audio.shaping.eq import equalise, high_pass, low_pass
from studio.audio.shaping.filters import Section
from studio.audio.shaping.hum import hum_sections
from studio.audio.shaping.reverb import convolve
from studio.audio.shaping.tone_balance import (
    Bands,
    Bounds,
    correction,
    impulse_of,
    tone_balance,
    usual_balance,
)
from studio.audio.work import UNWATCHED, Work

Level = Literal["subtle", "normal", "high"]

TARGET_LUFS = -14.0
CEILING_DB = -2.0
"""In dBTP. Lossy formats overshoot by up to a decibel, and -1 is what they may reach."""

_WORKING_LUFS = -18.0
_CROSSOVERS_HZ = (140.0, 3_200.0)
_BLOCK_FRAMES = 20 * RATE
# Longer than any compressor here takes to let go, so that blocks join as if there were none.
_CONTEXT_FRAMES = 4 * RATE
_WIDENED_FROM_HZ = 250.0
_WIDEST = 0.5
_PASSES = 4
_NEAR_LU = 0.1
_HIGHEST_GAIN_DB = 40.0


@dataclass(frozen=True, slots=True)
class Grip:
    """How firmly a level takes hold."""

    tone: Bounds
    ratios: tuple[float, float, float]
    """Of compression in the lows, the middle and the highs."""
    width: float
    """Factor on what differs between the sides."""
    knee_db: float
    """From where peaks are rounded, in dBFS of the finished record."""
    top_db: float
    """Which no rounded peak passes."""


GRIPS: dict[Level, Grip] = {
    "subtle": Grip(Bounds(0.3, 1.5), (1.15, 1.1, 1.1), 1.02, -5.0, 0.0),
    "normal": Grip(Bounds(0.55, 3.0), (1.5, 1.35, 1.35), 1.07, -7.5, -2.5),
    "high": Grip(Bounds(0.8, 4.5), (2.0, 1.8, 1.8), 1.14, -10.0, -4.5),
}


@dataclass(frozen=True, slots=True)
class Remaster:
    """A new record, and what was done to it."""

    samples: Samples
    """`float32 (2, frames)`."""
    tone_db: Bands
    """Gain in each third octave."""
    hum_lines: int
    """How many lines of mains hum were taken out."""
    reduction_db: float
    """What the compressors took on average, 0 or more."""


def remaster(
    samples: Samples, level: Level, *, variation: int = 0, work: Work = UNWATCHED
) -> Remaster:
    """Master a sound anew.

    Parameters
    ----------
    samples
        `float32 (2, frames)` at `RATE`.
    level
        How firmly: from `subtle`, which only tidies up, to `high`, which is dense and open.
    variation
        0 is the usual taste; every other number is a small turn of it, always the same.
    work
        Told as it goes on.

    Returns
    -------
    As many frames, at -14 LUFS within 0.5 with true peaks under -1 dBTP, in lossy formats too.
    Silence comes back as it is. What would need more than 40 dB of gain gets 40.

    Raises
    ------
    Cancelled
        If it is not wanted any more.
    """
    grip = GRIPS[level]
    measured = loudness(checked(samples), RATE, work=work.part(0.0, 0.05))
    if measured <= SILENCE_DB:
        return Remaster(samples, np.zeros_like(usual_balance()), 0, 0.0)
    found = tone_balance(samples, work=work.part(0.05, 0.1))
    hum = hum_sections(samples, work=work.part(0.1, 0.15))
    gains = _taste(variation) * grip.tone.trust
    if found is not None:
        gains = gains + correction(found, usual_balance(), grip.tone)
    gain_db = min(_HIGHEST_GAIN_DB, _WORKING_LUFS - measured)
    chain = _Chain(
        grip, (high_pass(24.0), *hum), impulse_of(gains + gain_db), _width(samples, grip)
    )
    held, reduction_db = chain.over(samples, work.part(0.15, 0.5))
    goal = min(TARGET_LUFS, measured + _HIGHEST_GAIN_DB)
    record = _finished(held, grip, goal, work.part(0.5, 1.0))
    return Remaster(record, gains, len(hum), reduction_db)


def _taste(variation: int) -> Bands:
    """Return a gentle tilt and a bend, in dB; none for the usual taste."""
    across = np.linspace(-1.0, 1.0, usual_balance().size)
    if not variation:
        return np.zeros_like(across)
    tilt, bend = np.random.default_rng(variation).uniform(-1.5, 1.5, size=2)
    return np.asarray(tilt * across + bend * (0.5 - across**2))


def _width(samples: Samples, grip: Grip) -> float:
    """Return the factor for the sides: what is wide is left as it is."""
    middle, side = (float(np.square(s).mean()) for s in _middle_and_side(samples[:, ::8]))
    narrow = 1 - np.sqrt(side / max(middle, 1e-12)) / _WIDEST
    return 1 + (grip.width - 1) * float(np.clip(2 * narrow, 0.0, 1.0))


def _middle_and_side(samples: Samples) -> tuple[Samples, Samples]:
    half = np.float32(0.5)
    return (samples[:1] + samples[1:]) * half, (samples[:1] - samples[1:]) * half


@dataclass(frozen=True, slots=True)
class _Chain:
    """What is done to a sound before it is made loud."""

    grip: Grip
    sections: tuple[Section, ...]
    tone: Samples
    width: float

    def over(self, samples: Samples, work: Work) -> tuple[Samples, float]:
        """Return the sound, and by how many dB it was held back on average."""
        held, taken = np.empty_like(samples), 0.0
        # Taken away beforehand, since a filter answers to its beginning with a thump.
        direct = samples.mean(axis=1, keepdims=True, dtype=np.float64).astype(np.float32)
        for start in range(0, samples.shape[1], _BLOCK_FRAMES):
            before = min(start, _CONTEXT_FRAMES)
            block = samples[:, start - before : start + _BLOCK_FRAMES] - direct
            block = convolve(equalise(block, *self.sections), self.tone)
            work.at(start / samples.shape[1], "holding it together")
            block, reduction_db = self._held(self._opened(block))
            held[:, start : start + _BLOCK_FRAMES] = block[:, before:]
            taken += reduction_db * (block.shape[1] - before)
        return held, taken / samples.shape[1]

    def _opened(self, block: Samples) -> Samples:
        """Open the sides, but not the lows, which want to stay together."""
        middle, side = _middle_and_side(block)
        side = side + equalise(side, high_pass(_WIDENED_FROM_HZ)) * np.float32(self.width - 1)
        return np.concatenate([middle + side, middle - side])

    def _held(self, block: Samples) -> tuple[Samples, float]:
        """Compress three bands that add up to the whole where nothing is compressed."""
        low, high = low_pass(_CROSSOVERS_HZ[0]), high_pass(_CROSSOVERS_HZ[1])
        lows, highs = equalise(block, low), equalise(block, high)
        bands = (lows, block - lows - highs, highs)
        whole, taken = np.zeros_like(block), 0.0
        for band, ratio, (level_db, attack, release) in zip(
            bands, self.grip.ratios, _HOLDS, strict=True
        ):
            gain = compression(
                band,
                threshold_db=level_db,
                ratio=ratio,
                attack_seconds=attack,
                release_db_per_second=release,
                knee_db=10.0,
            )
            whole += band * gain
            taken -= 20 * float(np.log10(gain).mean()) / len(_HOLDS)
        return whole, taken


_HOLDS = ((-26.0, 0.03, 16.0), (-22.0, 0.02, 20.0), (-34.0, 0.008, 30.0))
"""Threshold in dBFS, attack in seconds, release in dB a second, of each band."""


def _finished(held: Samples, grip: Grip, goal: float, work: Work) -> Samples:
    """Bring a sound to its loudness, with rounded peaks under the ceiling."""
    gain_db = goal - loudness(held, RATE, work=work.part(0.0, 0.1))
    for turn in range(_PASSES):
        share = 0.1 + 0.9 * turn / _PASSES
        record = _loud(held, gain_db, grip, work.part(share, share + 0.2))
        miss = goal - loudness(record, RATE, work=work.part(share + 0.2, share + 0.22))
        if abs(miss) <= _NEAR_LU:
            break
        # What is rounded off grows with the gain, so the correction aims a little further.
        gain_db += 1.3 * miss
    return record


def _loud(held: Samples, gain_db: float, grip: Grip, work: Work) -> Samples:
    record, context = np.empty_like(held), RATE
    gain = np.float32(10 ** (gain_db / 20))
    for start in range(0, held.shape[1], _BLOCK_FRAMES):
        work.at(start / held.shape[1], "making it loud")
        before, after = min(start, context), context
        block = _rounded(held[:, start - before : start + _BLOCK_FRAMES + after] * gain, grip)
        block *= limiting(block, ceiling_db=CEILING_DB)
        record[:, start : start + _BLOCK_FRAMES] = block[:, before : before + _BLOCK_FRAMES]
    return record


def _rounded(block: Samples, grip: Grip) -> Samples:
    """Bend the peaks towards the top; up to the knee nothing changes."""
    knee, top = (np.float32(10 ** (level / 20)) for level in (grip.knee_db, grip.top_db))
    size = np.abs(block)
    over = np.maximum(size - knee, 0) / (top - knee)
    return np.copysign(np.minimum(size, knee) + np.tanh(over) * (top - knee), block)
