"""Folding: any number of channels becomes two, as ITU-R BS.775-4, annex 4, has it.

Centre and surrounds go into both or their side at -3 dB; the channel for low effects is left out.
Sums are divided by their weights, so that nothing can clip that did not clip before.
"""

from math import sqrt

import numpy as np
from numpy.typing import NDArray

from studio.audio.samples import Samples

_HALF = 1 / sqrt(2)
_WEIGHTS = {
    "L": (1.0, 0.0),
    "R": (0.0, 1.0),
    "C": (_HALF, _HALF),
    "l": (_HALF, 0.0),
    "r": (0.0, _HALF),
    "s": (0.5, 0.5),
    "x": (0.0, 0.0),
}
"""What goes left and right of each: surrounds are small letters, low effects are `x`."""

_ORDERS = {3: "LRC", 4: "LRlr", 5: "LRClr", 6: "LRCxlr", 7: "LRCxslr", 8: "LRCxlrlr"}
"""As WAV has them, and whatever we decode."""


def folded(samples: Samples) -> Samples:
    """Return two channels of one to eight.

    Parameters
    ----------
    samples
        `float32 (channels, frames)`, in the order of WAV. One channel goes to both sides unchanged.

    Returns
    -------
    `float32 (2, frames)`; `samples` themselves if they are two.
    """
    channels = samples.shape[0]
    if channels == 2:  # noqa: PLR2004 - two sides are what this is all about
        return samples
    if channels == 1:
        return np.repeat(samples, 2, axis=0)
    both: Samples = _matrix(_ORDERS[channels]) @ samples
    return both


def _matrix(order: str) -> NDArray[np.float32]:
    weights = np.array([_WEIGHTS[place] for place in order], np.float32).T
    shares: NDArray[np.float32] = weights / weights.sum(axis=1, keepdims=True)
    return shares
