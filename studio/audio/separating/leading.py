"""Leading: the one voice that leads, followed by its overtones through everything else.

At each window every pitch is as likely as its first overtones are strong together; the path through
them is the best one that leaps seldom (A. Klapuri, "Multiple fundamental frequency estimation by
summing harmonic amplitudes", ISMIR 2006, with a Viterbi search).
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from studio.audio.separating.masks import Magnitudes

VOICE_HZ = (85.0, 900.0)
BASS_HZ = (36.0, 140.0)
STEPS_PER_OCTAVE = 48

_OVERTONES = 10
_FALL = 0.86
"""Weight of an overtone relative to the one below."""
_AROUND_BINS = 31
_USUAL = 90
"""Percentile of the strongest pitches that counts as singing for sure, and measures 1."""

_REST = 0.3
"""What a window without a voice is worth."""
_CHANGE_COST = 0.3
"""Of beginning or ending to sing."""
_LEAP_COST = 0.15
"""Of a semitone from one window to the next."""
_FARTHEST_STEPS = 8


def follow(
    found: Magnitudes, bin_hertz: float, *, within: tuple[float, float] = VOICE_HZ
) -> NDArray[np.float64]:
    """Return the pitch of the leading voice in hertz, `[windows]`; NaN where there is none.

    Parameters
    ----------
    found
        `[windows, bins]`, some 20 ms apart, with bins up to ten times the highest pitch.
    bin_hertz
        From one bin to the next.
    within
        The lowest and the highest pitch, in hertz.
    """
    lowest, highest = within
    steps = round(STEPS_PER_OCTAVE * np.log2(highest / lowest))
    pitches = lowest * 2 ** (np.arange(steps) / STEPS_PER_OCTAVE)
    path = _best_path(_chances(found, pitches / bin_hertz))
    return np.append(pitches, np.nan)[path]


def _chances(found: Magnitudes, pitches: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return how strong the overtones of each pitch, in bins, are together; 1 is surely sung."""
    soft = np.sqrt(found[:, : int(pitches[-1] * _OVERTONES) + _AROUND_BINS])
    # What stands out of its surroundings is an overtone; what does not is breath or noise.
    soft = np.maximum(soft - uniform_filter1d(soft, _AROUND_BINS, axis=1), 0)
    summed: Magnitudes = np.zeros((len(found), len(pitches)), np.float32)
    for overtone in range(_OVERTONES):
        places = pitches * (overtone + 1)
        below = places.astype(int)
        upper = (places - below).astype(np.float32)
        summed += np.float32(_FALL**overtone) * (
            soft[:, below] * (1 - upper) + soft[:, below + 1] * upper
        )
    summed /= np.percentile(summed.max(axis=1), _USUAL) + 1e-9
    return summed


def _best_path(chances: NDArray[np.float32]) -> NDArray[np.intp]:
    """Return the step of the path in each window; one more than there are where nobody sings."""
    count, steps = chances.shape
    leaps = np.abs(np.arange(-_FARTHEST_STEPS, _FARTHEST_STEPS + 1)) * (12 / STEPS_PER_OCTAVE)
    costs = (leaps * _LEAP_COST).astype(np.float32)
    came_from = np.zeros((count, steps + 1), np.intp)
    sung, silent = chances[0].copy(), _REST
    for window in range(1, count):
        edged = np.pad(sung, _FARTHEST_STEPS, constant_values=-1e9)
        near = sliding_window_view(edged, len(costs)) - costs
        leap = np.argmax(near, axis=1)
        best = near[np.arange(steps), leap]
        begins = silent - _CHANGE_COST > best
        came_from[window, :steps] = np.where(
            begins, steps, np.arange(steps) + leap - _FARTHEST_STEPS
        )
        last = int(np.argmax(sung))
        ends = sung[last] - _CHANGE_COST > silent
        came_from[window, steps] = last if ends else steps
        rested = max(silent, float(sung[last]) - _CHANGE_COST) + _REST
        sung = np.maximum(best, np.float32(silent - _CHANGE_COST)) + chances[window]
        silent = rested
    return _walked_back(came_from, steps if silent > sung.max() else int(np.argmax(sung)))


def _walked_back(came_from: NDArray[np.intp], last: int) -> NDArray[np.intp]:
    path = np.empty(len(came_from), np.intp)
    for window in range(len(path) - 1, -1, -1):
        path[window] = last
        last = int(came_from[window, last])
    return path
