"""Fading: gains that rise and fall, for any block of a sound."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from studio.audio.samples import Samples

Curve: TypeAlias = Literal["equal-power", "linear"]


@dataclass(frozen=True, slots=True)
class Fade:
    """How a sound comes and goes."""

    frames: int
    """Of the whole sound."""
    in_frames: int = 0
    out_frames: int = 0
    curve: Curve = "equal-power"

    def apply(self, block: Samples, start: int) -> Samples:
        """Return the frames from `start` on, `(channels, frames)`, with their part of the fades."""
        end = start + block.shape[1]
        if start >= self.in_frames and end <= self.frames - self.out_frames:
            return block
        places = np.arange(start, end)
        gains = self._risen(places, self.in_frames)
        gains *= self._risen(self.frames - 1 - places, self.out_frames)
        return block * gains

    def _risen(self, places: NDArray[np.int64], frames: int) -> NDArray[np.float32]:
        if not frames:
            return np.ones(len(places), np.float32)
        return rise((places + 0.5) / frames, self.curve)


def rise(share: NDArray[np.float64], curve: Curve) -> NDArray[np.float32]:
    """Return the gain after a share of a fade, 0 to 1; beyond them it stays.

    With equal power, what comes and what goes over it have the same loudness all the way, if they
    have nothing in common; with equal amplitude (linear), if they are the same.
    """
    share = np.clip(share, 0, 1)
    if curve == "equal-power":
        # Quarter sine, so that power, not amplitude, rises evenly.
        share = np.sin(share * np.pi / 2)
    return share.astype(np.float32)
