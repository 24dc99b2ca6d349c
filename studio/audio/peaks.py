"""Peaks: the outline of a sound file, for drawing its waveform.

Streams the file in blocks and is free of scipy: the gallery calls it for every song it takes in.
"""

from pathlib import Path

import numpy as np

from studio.audio.decoders import decoding


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
    outline = np.zeros(count, dtype=np.float32)
    position = 0
    total = max(_frames(path), 1)
    with decoding(path) as stream:
        for block in stream.blocks:
            # The stretch that the last block left unfinished, if it did.
            first = min(((position + 1) * count - 1) // total, count - 1) if position else 0
            edges = np.arange(first + 1, count) * total // count - position
            starts = np.concatenate(([0], edges[edges < block.shape[1]]))
            loudest = np.maximum.reduceat(np.abs(block), starts, axis=1).max(axis=0)
            bins = slice(first, first + len(starts))
            outline[bins] = np.maximum(outline[bins], loudest)
            position += block.shape[1]
    return [round(float(value), 3) for value in np.minimum(outline, 1.0)]


def _frames(path: Path) -> int:
    with decoding(path) as stream:
        if stream.promised is not None:
            return stream.promised
        return sum(block.shape[1] for block in stream.blocks)
