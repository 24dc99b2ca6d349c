"""Attacks: the moments at which something begins, picked from how much begins at each."""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d, uniform_filter1d

NEAR_STEPS = 3
"""An attack is the strongest so many steps before and after it."""
AROUND_STEPS = 20


def pick_attacks(
    strength: NDArray[np.float32], *, least: float, near: int = NEAR_STEPS
) -> NDArray[np.intp]:
    """Return the steps at which `strength` is highest nearby, and `least` above what is usual.

    Parameters
    ----------
    strength
        `[steps]`, one of those of `onsets.Onsets`: 1 is a usual onset.
    least
        In the same unit.
    near
        Two attacks are more than so many steps apart.
    """
    if not strength.size:
        return np.zeros(0, np.intp)
    highest = maximum_filter1d(strength, 2 * near + 1)
    usual = uniform_filter1d(strength, 2 * AROUND_STEPS + 1)
    return np.flatnonzero((strength >= highest) & (strength > usual + least))
