"""Metre: which pulse is the beat, how many beats make a bar, and which begin one.

A tempo of 70 fits wherever 140 does, and a beat half a beat late fits nearly as well. So all
readings of a sound are laid out (tempo, phase, bar), each is asked what it finds on its one, its
backbeat and between its beats, and the one that reads most like a bar is taken.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d

from studio.audio.ear.beats import evened, lay_beats, tempi, tempo_path, tempogram
from studio.audio.ear.onsets import STEPS_PER_SECOND, Onsets
from studio.audio.ear.turns import Turns
from studio.audio.work import UNWATCHED, Work

SLOWEST_BPM = 48.0
FASTEST_BPM = 205.0

# What speaks for a reading, for the mean at each place of its bar of: low, middle and high onsets,
# and turns of harmony. Fitted by `bench/metre.py` to songs of the band, as a choice among readings;
# leaving a style out of the fit costs it 4 % of its beats.
_IN_FOUR = (
    (0.23, 0.56, -0.07, 3.8),  # on the one
    (0.16, -0.05, 0.21, -1.08),  # on the three
    (0.02, 0.43, 0.47, -1.3),  # on two and four
    (0.14, 0.11, 0.28, -0.47),  # on the eighths between
    (-0.1, -0.49, -0.34, -0.3),  # on the sixteenths between
)
_IN_THREE = (
    (0.78, 0.66, 0.2, 1.36),  # on the one
    (-0.27, 0.09, 0.28, -0.64),  # on two and three
    (-0.2, -0.1, -0.13, 0.23),  # on the eighths between
    (-0.64, -0.4, -0.38, 0.21),  # on the sixteenths between
)
_OF_THE_WHOLE = (
    0.23,  # if it is in three
    1.53,  # for each octave that it is faster than usual
    -2.14,  # for that, squared
    2.55,  # for how like itself the sound is after a beat
)
_WEIGHTS = np.concatenate([np.ravel(_IN_FOUR), np.ravel(_IN_THREE), _OF_THE_WHOLE])
# Weights are fitted with caution; of songs in a style left out, as many are right as this says.
_SHARPNESS = 1.6
_USUAL_BPM = 110.0

_RATIOS = (1, 1 / 2, 2, 2 / 3, 3 / 2, 1 / 3, 3)
_ROOTS = 3
_MOST_TEMPI = 8
_LOW_WEIGHT = 0.7
_NO_PULSE = 0.17
_FEWEST_BEATS = 6
_LATE_SECONDS = 0.006


@dataclass(frozen=True, slots=True)
class Metre:
    """Beats and bars of a sound."""

    times: NDArray[np.float64]
    """Beats in seconds, rising; empty where no pulse was found."""
    downbeats: tuple[int, ...]
    """Which of them begin a bar."""
    beats_per_bar: int
    confidence: float
    """0 to 1: how likely tempo, phase and bar are all right, among the readings."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to hear a sound."""

    times: NDArray[np.float64]
    """Beats in seconds."""
    bpm: float
    beats_per_bar: int
    phase: int
    """Which beat begins the first whole bar."""
    features: NDArray[np.float64]
    """What was found at each place of its bar, in the order of the weights."""


def find_metre(onsets: Onsets, turns: Turns, *, work: Work = UNWATCHED) -> Metre:
    """Find beats and bars; none, if nothing recurs."""
    readings = list(read_all(onsets, turns, work=work))
    if not readings:
        return Metre(np.zeros(0), (), 4, 0.0)
    scores = np.array([reading.features for reading in readings]) @ _WEIGHTS
    best = readings[int(scores.argmax())]
    share = 1 / float(np.exp(_SHARPNESS * (scores - scores.max())).sum())
    downbeats = tuple(range(best.phase, len(best.times), best.beats_per_bar))
    return Metre(best.times, downbeats, best.beats_per_bar, share)


def read_all(onsets: Onsets, turns: Turns, *, work: Work = UNWATCHED) -> Iterator[Reading]:
    """Give every reading of a sound; none, if nothing recurs."""
    fits = np.maximum(0, tempogram(onsets.all))
    mean = fits.mean(axis=0)
    candidates = _tempi_worth_a_look(mean) if fits.max(axis=1).mean() > _NO_PULSE else []
    accents = _Accents(onsets, turns)
    for number, bpm in enumerate(candidates):
        part = work.part(number / len(candidates), (number + 1) / len(candidates))
        path = tempo_path(fits * _nearness(bpm))
        times = evened(lay_beats(onsets.all + _LOW_WEIGHT * onsets.low, path, work=part))
        times = times[times >= 0]
        if len(times) < _FEWEST_BEATS:
            continue
        exact = 60 / float(np.median(np.diff(times)))
        periodic = float(np.interp(exact, tempi(), mean))
        for shifted in (times, _between_beats(times)):
            yield from _bars_on(shifted, exact, accents.at(shifted), periodic)


def _bars_on(
    times: NDArray[np.float64], bpm: float, accents: NDArray[np.float64], periodic: float
) -> Iterator[Reading]:
    """Try every bar on these beats."""
    faster = float(np.log2(bpm / _USUAL_BPM))
    for count in (4, 3):
        for phase in range(count):
            bars = (len(accents) // 4 - phase) // count
            if bars < 2:  # noqa: PLR2004 - nothing recurs
                continue
            inside = accents[4 * phase : 4 * (phase + bars * count)]
            places = _places(inside.reshape(bars, count, 4, -1).mean(axis=0))
            whole = [float(count == 3), faster, faster**2, periodic]  # noqa: PLR2004 - in three
            yield Reading(times, bpm, count, phase, np.concatenate([places, whole]))


def _places(bar: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum up the mean bar, `[beats, sixteenths, kinds of accent]`, at its places."""
    in_four, in_three = np.zeros(np.shape(_IN_FOUR)), np.zeros(np.shape(_IN_THREE))
    between = [bar[:, 2].mean(axis=0), bar[:, 1::2].mean(axis=(0, 1))]
    if len(bar) == 3:  # noqa: PLR2004 - in three
        in_three[:] = [bar[0, 0], bar[1:, 0].mean(axis=0), *between]
    else:
        in_four[:] = [bar[0, 0], bar[2, 0], bar[1::2, 0].mean(axis=0), *between]
    return np.concatenate([in_four.ravel(), in_three.ravel()])


class _Accents:
    """What can be found at any moment: low, middle and high onsets, and turns of harmony."""

    def __init__(self, onsets: Onsets, turns: Turns) -> None:
        self._onsets = [
            maximum_filter1d(kind, 5) for kind in (onsets.low, onsets.middle, onsets.high)
        ]
        self._turns = turns.times, maximum_filter1d(turns.strength, 3)

    def at(self, times: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the accents on every sixteenth, `[4 * beats - 3, 4]`."""
        count = len(times)
        moments = np.interp(np.arange(4 * count - 3) / 4, np.arange(count), times)
        steps = np.rint((moments + _LATE_SECONDS) * STEPS_PER_SECOND).astype(np.int64)
        found = [kind[np.clip(steps, 0, len(kind) - 1)] for kind in self._onsets]
        return np.stack([*found, np.interp(moments, *self._turns)], axis=1)


def _tempi_worth_a_look(mean: NDArray[np.float64]) -> list[float]:
    """Return the tempi that fit best, and those in simple ratios to them."""
    bpm = tempi()
    fits = mean * np.exp(-0.5 * np.log2(bpm / _USUAL_BPM) ** 2)
    peaks = np.flatnonzero((fits[1:-1] > fits[:-2]) & (fits[1:-1] >= fits[2:])) + 1
    found: list[float] = []
    for root in sorted(peaks, key=lambda at: -fits[at])[:_ROOTS]:
        for ratio in _RATIOS:
            one = float(bpm[root]) * ratio
            new = all(abs(np.log2(one / other)) > 0.04 for other in found)  # noqa: PLR2004 - 3 %
            if SLOWEST_BPM <= one <= FASTEST_BPM and new:
                found.append(one)
    return sorted(found, key=lambda one: -float(np.interp(one, bpm, fits)))[:_MOST_TEMPI]


def _nearness(bpm: float) -> NDArray[np.float64]:
    """Return how near each tempo is to `bpm`: a song may drift by an eighth, not jump."""
    return np.asarray(np.exp(-0.5 * (np.log2(tempi() / bpm) / 0.12) ** 2))


def _between_beats(times: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the beats half a beat away."""
    early = times[0] - (times[1] - times[0]) / 2
    late = (times[1:] + times[:-1]) / 2
    return np.concatenate([[early], late]) if early > 0 else late
