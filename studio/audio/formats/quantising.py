"""Quantising: from samples to the steps of a file, without changing what already stands on one."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.audio.samples import Samples

FULL_SCALE = {16: 32_768, 24: 8_388_608}
"""Steps from silence to full scale: those that decoders divide by, so that all of them return."""


def dithered(block: Samples, rng: np.random.Generator) -> NDArray[np.int16]:
    """Round to 16 bits with triangular dither, except what already is a step, such as silence."""
    # Two uniform noises make the triangle whose error does not follow the music.
    noise = rng.random(block.shape, dtype=np.float32)
    noise -= rng.random(block.shape, dtype=np.float32)
    scaled = block * np.float32(FULL_SCALE[16])
    # What lies on a step came from 16 bits, and goes back as it was.
    noise[np.rint(scaled) == scaled] = 0
    return _clipped(scaled + noise, 16).astype(np.int16)


def rounded(block: Samples, bits: int) -> NDArray[Any]:
    """Round to 16 or 24 bits; whole numbers of 2 or 4 bytes."""
    kind = np.int16 if bits == 16 else np.int32  # noqa: PLR2004 - the two that there are
    return _clipped(block * np.float32(FULL_SCALE[bits]), bits).astype(kind)


def _clipped(scaled: Samples, bits: int) -> Samples:
    highest = FULL_SCALE[bits]
    clipped: Samples = np.clip(np.rint(scaled), -highest, highest - 1)
    return clipped
