"""Resampling: blocks of a sound at another rate, and exactly as many frames as it should have."""

import numpy as np
import soxr

from studio.audio.samples import Samples


class Resampler:
    """Fed with one block after another; the sound comes out as it went in, neither early nor late.

    Parameters
    ----------
    rate, to_rate
        Frames per second; where they are the same, blocks pass untouched.
    channels
        1 or more.
    """

    def __init__(self, rate: int, to_rate: int, channels: int) -> None:
        self._rate, self._to_rate, self._channels = rate, to_rate, channels
        self._stream = soxr.ResampleStream(rate, to_rate, channels, dtype="float32", quality="HQ")
        self._taken = self._given = 0

    def feed(self, block: Samples) -> Samples:
        """Return what is ready after `block`, `(channels, frames)`: it lags a little behind."""
        if self._rate == self._to_rate:
            return block
        self._taken += block.shape[1]
        return self._counted(self._stream.resample_chunk(np.ascontiguousarray(block.T)).T)

    def rest(self) -> Samples:
        """Return what is left when all has been fed: `round(frames * to_rate / rate)` in sum."""
        missing = scaled(self._taken, self._rate, self._to_rate) - self._given
        nothing = np.zeros((0, self._channels), np.float32)
        if not self._taken:
            return nothing.T
        last = self._stream.resample_chunk(nothing, last=True).T[:, :missing]
        return np.pad(last, ((0, 0), (0, missing - last.shape[1])))

    def _counted(self, block: Samples) -> Samples:
        self._given += block.shape[1]
        return block


def scaled(frames: int, rate: int, to_rate: int) -> int:
    """Return how many frames at `to_rate` last as long as `frames` at `rate`."""
    return (frames * to_rate + rate // 2) // rate
