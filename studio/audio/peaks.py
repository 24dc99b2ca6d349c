"""Peaks: the outline of a sound file, for drawing its waveform near and far.

Streams the file in blocks and is free of scipy: the gallery calls it for every song it takes in.
"""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.audio.formats.decoders import frames_of
from studio.audio.intake import ANY, listening
from studio.audio.samples import Samples
from studio.audio.work import UNWATCHED, Work

ZOOMS = (200, 800, 3200, 12_800)
"""Columns of each outline; each number divides the next, so that their edges meet."""

_Values = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Outline:
    """What a stretch of equal columns looks like, over all channels."""

    lowest: _Values
    """`[columns]`, usually -1 to 0."""
    highest: _Values
    rms: _Values


def peaks(path: Path, count: int = 800) -> list[float]:
    """Return the highest absolute value in each of `count` equal stretches of a file.

    Parameters
    ----------
    path
        Any sound file that `studio.audio.files` reads.
    count
        How many values, above 0.

    Returns
    -------
    `count` values in 0..1, in time order, over all channels, rounded to a thousandth. A
    stretch shorter than a frame shares the frame with its neighbour.

    Raises
    ------
    SoundUnreadable
        If the file is not sound.
    """
    [outline] = outlines(path, (count,))
    loudest = np.maximum(outline.highest, -outline.lowest)
    return [round(float(value), 3) for value in np.minimum(loudest, 1.0)]


def outlines(
    path: Path, columns: tuple[int, ...] = ZOOMS, *, work: Work = UNWATCHED
) -> tuple[Outline, ...]:
    """Measure the outline of a file at several zooms.

    Parameters
    ----------
    path
        Any sound file that `studio.audio.files` reads.
    columns
        How many there are at each zoom, rising; each must divide the next.
    work
        Asked after every few seconds of sound.

    Returns
    -------
    One for each zoom. Column `k` of `n` begins with frame `k * frames // n`, so that its extremes
    are exactly those of the columns that lie in it at the next zoom.

    Raises
    ------
    SoundUnreadable
        If the file is not sound.
    ValueError
        If the columns do not divide one another.
    """
    if any(fine % coarse for coarse, fine in pairwise(columns)):
        raise ValueError(f"Expected columns that each divide the next, got {columns}.")
    finest = _Measured(columns[-1], max(frames_of(path), 1))
    with listening(path, demands=ANY, work=work) as stream:
        for block in stream.blocks:
            finest.add(block)
    return tuple(finest.outline(count) for count in columns)


class _Measured:
    """Columns, filled by one block after another."""

    def __init__(self, count: int, frames: int) -> None:
        self._count, self._frames = count, frames
        self._position = 0
        self._channels = 1
        self._lowest = np.full(count, np.inf, np.float32)
        self._highest = np.full(count, -np.inf, np.float32)
        self._power = np.zeros(count)

    def add(self, block: Samples) -> None:
        """Take the next frames, `(channels, frames)`."""
        # The column that the last block left unfinished, if it did.
        first = self._column(self._position) if self._position else 0
        edges = self._edges()[first + 1 : -1] - self._position
        starts = np.concatenate(([0], edges[edges < block.shape[1]]))
        into = slice(first, first + len(starts))
        self._lowest[into] = np.minimum(self._lowest[into], _least(block, starts))
        self._highest[into] = np.maximum(self._highest[into], -_least(-block, starts))
        power = np.square(block).sum(axis=0, dtype=np.float32)
        self._power[into] += np.add.reduceat(power, starts, dtype=np.float64)
        self._channels = block.shape[0]
        self._position += block.shape[1]

    def outline(self, count: int) -> Outline:
        """Return the outline with `count` columns, which must divide ours."""
        starts = np.arange(count) * (self._count // count)
        edges = self._edges()[:: self._count // count]
        values = np.maximum(np.diff(edges), 1) * self._channels
        power = np.add.reduceat(self._power, starts) / values
        # Nothing came for the last columns of a file that is a little shorter than it says.
        lowest = np.where(np.isinf(self._lowest), np.float32(0), self._lowest)
        highest = np.where(np.isinf(self._highest), np.float32(0), self._highest)
        return Outline(
            np.minimum.reduceat(lowest, starts),
            np.maximum.reduceat(highest, starts),
            np.sqrt(power).astype(np.float32),
        )

    def _column(self, frame: int) -> int:
        return min(((frame + 1) * self._count - 1) // self._frames, self._count - 1)

    def _edges(self) -> NDArray[np.int64]:
        return np.arange(self._count + 1) * self._frames // self._count


def _least(block: Samples, starts: NDArray[np.int64]) -> _Values:
    least: _Values = np.minimum.reduceat(block.min(axis=0), starts)
    return least
