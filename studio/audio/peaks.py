"""Peaks: the outline of a sound file, for drawing its waveform.

Streams the file in blocks and is free of scipy: the gallery calls it for every song it takes in.
"""

from pathlib import Path

import numpy as np

from studio.audio.files import blocks, opened


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
    with opened(path) as file:
        total = max(int(file.frames), 1)
        for block in blocks(file, path):
            # The stretch that the last block left unfinished, if it did.
            first = min(((position + 1) * count - 1) // total, count - 1) if position else 0
            edges = np.arange(first + 1, count) * total // count - position
            starts = np.concatenate(([0], edges[edges < len(block)]))
            loudest = np.maximum.reduceat(np.abs(block), starts, axis=0).max(axis=1)
            bins = slice(first, first + len(starts))
            outline[bins] = np.maximum(outline[bins], loudest)
            position += len(block)
    return [round(float(value), 3) for value in np.minimum(outline, 1.0)]
