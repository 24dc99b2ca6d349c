"""Voiced: the moments of a recording in which somebody sings, and what the mouth does then."""

from dataclasses import dataclass

import numpy as np
import pyworld
import soxr
from numpy.typing import NDArray

from studio.audio.samples import RATE, Samples
from studio.audio.work import UNWATCHED, Work
from studio.engine.singing.analysis import BINS, FFT
from studio.engine.singing.speech import SPOKEN_RATE

FRAME_SECONDS = 0.01
LOWEST_HZ, HIGHEST_HZ = 65.0, 1000.0
BLOCK_SECONDS = 5.0
BLOCKS = 12
"""The loudest so many blocks are listened to: a minute tells as much as an hour."""

HZ = np.arange(BINS) * SPOKEN_RATE / FFT
BODY_HZ = (100.0, 5000.0)
"""Where the strength of a voice lies."""

NOISY = 0.9
"""A frame with more noise than this in its bass has no voice."""
FAINT_DB = 25.0
"""What is weaker than the strong moments by this is somewhere behind the singer."""


@dataclass(frozen=True, slots=True, eq=False)
class Voiced:
    """A recording, frame by frame, `FRAME_SECONDS` apart."""

    pitch_hz: NDArray[np.float64]
    """0 where nobody sings, `[frames]`."""
    level_db: NDArray[np.float32]
    """`[frames]`."""
    power_db: NDArray[np.float32]
    """Envelope of the sung frames alone, `[sung, BINS]`."""
    noise: NDArray[np.float32]
    """Share of noise of the sung frames alone, 0 to 1, `[sung, BINS]`."""

    @property
    def seconds(self) -> float:
        """How much is sung."""
        return len(self.power_db) * FRAME_SECONDS


def find_voice(samples: Samples, *, work: Work = UNWATCHED) -> Voiced:
    """Find the singing in a voice that stands alone, `float32 (channels, frames)` at `RATE`."""
    chosen = _loudest(samples.mean(axis=0))
    parts = []
    for index, block in enumerate(chosen):
        work.at(index / len(chosen), "listening to the voice")
        parts.append(_measured(np.asarray(soxr.resample(block, RATE, SPOKEN_RATE), np.float64)))
    pitch, level, power, noise = (np.concatenate(each) for each in zip(*parts, strict=True))
    strong = np.percentile(level[pitch > 0], 95) if (pitch > 0).any() else 0.0
    sung = (pitch > 0) & (noise[:, 4] < NOISY) & (level > strong - FAINT_DB)
    return Voiced(np.where(sung, pitch, 0.0), level, power[sung], noise[sung])


def _loudest(mono: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """Return the loudest blocks, in their order."""
    size = round(BLOCK_SECONDS * RATE)
    blocks = [mono[at : at + size] for at in range(0, max(mono.size, 1), size)]
    power = [float(np.square(block).sum()) for block in blocks]
    best = sorted(range(len(blocks)), key=lambda at: -power[at])[:BLOCKS]
    return [blocks[at] for at in sorted(best)]


def _measured(mono: NDArray[np.float64]) -> tuple[NDArray[np.float32], ...]:
    """Return pitch, level, envelope and share of noise of each frame."""
    if mono.size < FFT:
        return tuple(np.zeros(shape, np.float32) for shape in (0, 0, (0, BINS), (0, BINS)))
    rough, times = pyworld.dio(
        mono, SPOKEN_RATE, f0_floor=LOWEST_HZ, f0_ceil=HIGHEST_HZ, frame_period=FRAME_SECONDS * 1000
    )
    pitch = pyworld.stonemask(mono, rough, times, SPOKEN_RATE)
    power = pyworld.cheaptrick(mono, pitch, times, SPOKEN_RATE, fft_size=FFT).astype(np.float32)
    noise = pyworld.d4c(mono, pitch, times, SPOKEN_RATE, fft_size=FFT).astype(np.float32) ** 2
    level = 10 * np.log10(power[:, between(HZ, *BODY_HZ)].sum(axis=1) + 1e-12)
    return pitch, level, 10 * np.log10(power + 1e-12), noise


def between(hertz: NDArray[np.float64], low: float, high: float) -> NDArray[np.bool_]:
    """Say which frequencies lie between two others."""
    return (hertz > low) & (hertz < high)
