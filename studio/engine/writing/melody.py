"""Melody: the pitches of the tune, on the rhythm of the words.

A section has one or two motifs. Lines that belong to the same motif follow its curve, moved up
or down with the harmony (a sequence); chord tones fall on strong beats; steps are usual, a few
leaps are made on purpose; the chorus lies higher, and its peak is heard once. As with the
rhythm, the best path through all scale tones is found by dynamic programming.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from studio.engine.score import Chord, Key
from studio.engine.writing.chance import Rng
from studio.engine.writing.harmony import Changes
from studio.engine.writing.theory import scale_over, tones

Floats = NDArray[np.float64]

NEVER = 1e6
STRONG = 0.5
"""Metre from which a note should belong to its chord."""


@dataclass(frozen=True, slots=True)
class Compass:
    """How high and low a section of the tune goes."""

    low: int
    high: int
    centre: float


@dataclass(frozen=True, slots=True)
class Onset:
    """A note that has its time but not yet its pitch."""

    beat: float
    beats: float
    weight: float
    """0 to 1: how much it wants to be a chord tone."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Where the tune wants to go: pitches over the beats of a line."""

    beats: tuple[float, ...]
    pitches: tuple[float, ...]
    pull: float
    """How firmly it is followed."""

    def at(self, beats: Sequence[float]) -> Floats:
        """Return the wished pitch at each of `beats`, counted from the start of the line."""
        return np.interp(beats, self.beats, self.pitches)

    def moved(self, by: float) -> "Curve":
        """Return the same curve higher or lower."""
        return replace(self, pitches=tuple(pitch + by for pitch in self.pitches))


def invent_curve(compass: Compass, beats: float, rng: Rng) -> Curve:
    """Draw a new curve: an arch, a fall, a rise, a wave, a plateau that breaks away."""
    shapes = (
        (0.0, 0.6, 1.0, 0.5, -0.2),
        (1.0, 0.7, 0.4, 0.0, -0.5),
        (-0.6, -0.2, 0.2, 0.6, 0.4),
        (0.0, 0.8, -0.2, 0.6, -0.3),
        (0.2, 0.2, 0.3, 1.0, 0.1),
        (-0.5, 0.9, 0.5, 0.1, -0.4),
    )
    shape = np.asarray(shapes[int(rng.integers(len(shapes)))])
    shape = shape + rng.normal(0, 0.15, len(shape))
    reach = (compass.high - compass.low) / 2
    pitches = compass.centre + shape * reach * 0.75
    places = np.linspace(0.0, beats, len(shape))
    return Curve(tuple(places.tolist()), tuple(pitches.tolist()), pull=0.16)


def curve_of(onsets: Sequence[Onset], pitches: Sequence[int], line_start: float) -> Curve:
    """Return the curve of a line that stands, for another to follow."""
    beats = tuple(onset.beat - line_start for onset in onsets)
    return Curve(beats, tuple(float(pitch) for pitch in pitches), pull=0.75)


def sing_line(
    onsets: Sequence[Onset],
    *,
    line_start: float,
    changes: Changes,
    key: Key,
    compass: Compass,
    curve: Curve,
    rng: Rng,
    leap_at: int | None = None,
    before: int | None = None,
    home: bool = False,
    peak: tuple[int, int] | None = None,
) -> tuple[int, ...]:
    """Return the pitch of each onset.

    Parameters
    ----------
    leap_at
        Index of a note that is leapt to, wider than a fifth.
    before
        Last pitch of the line before.
    home
        Whether the line ends on the tonic or a chord tone near it.
    peak
        Index and pitch of the highest note; the others stay below.
    """
    pitches = np.arange(compass.low, compass.high + 1)
    wishes = curve.at([onset.beat - line_start for onset in onsets])
    cost = np.abs(pitches[None, :] - wishes[:, None]) ** 1.2 * curve.pull
    cost = cost + rng.gumbel(0, 0.3, cost.shape)
    for index, onset in enumerate(onsets):
        cost[index] += _fit(compass, changes.at(onset.beat), key, onset.weight)
    if home:
        cost[-1] += np.where(pitches % 12 == key.tonic, -1.5, 0.0)
    if peak is not None:
        cost[:, pitches >= peak[1]] += NEVER
        cost[peak[0]] = np.where(pitches == peak[1], 0.0, 2 * NEVER)
    if before is not None:
        cost[0] += moves()[np.abs(pitches - before).clip(0, 24)] * 0.5
    return _best_path(cost, pitches, leap_at)


def _fit(compass: Compass, chord: Chord, key: Key, weight: float) -> Floats:
    """Cost of each pitch against the chord; outside its scale is out of the question."""
    in_scale, in_chord = _members(compass.low, compass.high, key, chord.root, chord.quality)
    cost: Floats = np.where(in_chord, 0.0, 0.35 + 5.5 * weight**2)
    return np.where(in_scale, cost, NEVER)


@lru_cache(maxsize=1024)
def _members(
    low: int, high: int, key: Key, root: int, quality: str
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell which pitches belong to the scale over a chord, and which to the chord itself."""
    classes = np.arange(low, high + 1) % 12
    return np.isin(classes, scale_over(key, root, quality)), np.isin(classes, tones(root, quality))


@lru_cache(maxsize=1)
def moves() -> Floats:
    """Cost of each interval in semitones, 0 to 24."""
    table = [0.9, 0.0, 0.0, 0.6, 0.7, 1.3, 6.0, 1.7, 4.5, 4.5, 7.0, 8.0, 4.5]
    return np.asarray(table + [30.0] * 12)


@lru_cache(maxsize=64)
def _move_matrix(size: int, leap: bool) -> Floats:
    interval = np.abs(np.arange(size)[:, None] - np.arange(size)[None, :]).clip(0, 24)
    table = moves().copy()
    if leap:
        table[:8] += 9.0
        table[[8, 9, 12]] = 0.0
    matrix: Floats = table[interval]
    return matrix


def _best_path(cost: Floats, pitches: NDArray[np.int_], leap_at: int | None) -> tuple[int, ...]:
    size = len(pitches)
    best, came = cost[0], np.zeros(cost.shape, dtype=np.intp)
    for index in range(1, len(cost)):
        ways = best[:, None] + _move_matrix(size, index == leap_at)
        came[index] = ways.argmin(axis=0)
        best = ways.min(axis=0) + cost[index]
    at = int(best.argmin())
    path = [at]
    for index in range(len(cost) - 1, 0, -1):
        at = int(came[index, at])
        path.append(at)
    return tuple(int(pitches[place]) for place in reversed(path))
