"""Samples: sound as `float32 (channels, frames)`, and the check at every door."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Samples: TypeAlias = NDArray[np.float32]
"""Sound of shape `(channels, frames)`, nominally in -1..1."""

RATE = 44_100
"""Frames per second of everything that the band makes."""


def checked(samples: Samples) -> Samples:
    """Return `samples`, if they are `float32 (channels, frames)` and finite.

    Raises
    ------
    ValueError
        If shape, type or values are anything else.
    """
    if samples.ndim != 2 or samples.shape[0] > 8:  # noqa: PLR2004 - two axes, up to 7.1 channels
        raise ValueError(
            f"Expected samples of shape (channels, frames), got {samples.shape}. "
            "Use samples.T if channels come last."
        )
    if samples.dtype != np.float32:
        raise ValueError(f"Expected float32 samples, got {samples.dtype}.")
    if not np.isfinite(samples).all():
        raise ValueError("Expected finite samples, got NaN or infinity.")
    return samples
