"""Salience: how surely each pitch sounds at each look, and the notes that follow from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d

from studio.audio.hearing import HeardNote

Floats = NDArray[np.float32]

LOWEST_PITCH = 21
PITCHES = 88
"""A piano's."""

ONSET_LOOKS = 5
"""A beginning is the surest among as many looks."""
GAP_LOOKS = 6
"""A note may be unsure for as long."""


@dataclass(frozen=True, slots=True)
class Salience:
    """What was heard of each pitch at each look, all `[looks, PITCHES]` from `LOWEST_PITCH` on."""

    seconds: NDArray[np.float64]
    """The looks, rising."""
    sounding: Floats
    """0 to 1."""
    beginning: Floats
    """0 to 1."""


@dataclass(frozen=True, slots=True)
class Sureness:
    """How sure a note must be."""

    begins: float
    """Of its beginning, 0 to 1."""
    sounds: float
    """While it lasts, 0 to 1."""
    least_seconds: float
    unstruck: float = 1.1
    """How surely a note without a beginning must sound; above 1 there are none."""


def notes_of(
    salience: Salience, need: Sureness, *, low: int = LOWEST_PITCH, high: int = 108
) -> tuple[HeardNote, ...]:
    """Return the notes between two pitches, by start and pitch.

    Parameters
    ----------
    salience
        Of the whole sound.
    need
        How sure a note must be.
    low, high
        MIDI numbers, both included.
    """
    found = []
    for pitch in range(max(low, LOWEST_PITCH), min(high, LOWEST_PITCH + PITCHES - 1) + 1):
        sounding = salience.sounding[:, pitch - LOWEST_PITCH]
        beginning = salience.beginning[:, pitch - LOWEST_PITCH]
        for first, last in _spans(sounding, beginning, need):
            seconds = salience.seconds[min(last, len(sounding) - 1)] - salience.seconds[first]
            if seconds >= need.least_seconds:
                level = float(sounding[first:last].max())
                velocity = round(20 + 100 * min(level, 1.0))
                found.append(
                    HeardNote(float(salience.seconds[first]), float(seconds), pitch, velocity)
                )
    return tuple(sorted(found, key=lambda note: (note.start_seconds, note.pitch)))


def _spans(sounding: Floats, beginning: Floats, need: Sureness) -> Iterator[tuple[int, int]]:
    """Give from which to which look one pitch sounds, each time."""
    onsets = _onsets(beginning, need.begins).tolist()
    quiet = _long_rests(sounding < need.sounds)
    ends = np.flatnonzero(quiet)
    covered = 0
    for onset, following in pairwise([*onsets, len(sounding)]):
        at = np.searchsorted(ends, onset + 1)
        end = int(min(ends[at] if at < len(ends) else len(sounding), following))
        yield from _unstruck(sounding, covered, onset, need)
        yield onset, end
        covered = end
    yield from _unstruck(sounding, covered, len(sounding), need)


def _onsets(beginning: Floats, least: float) -> NDArray[np.intp]:
    highest = maximum_filter1d(beginning, ONSET_LOOKS)
    return np.flatnonzero((beginning >= least) & (beginning == highest))


def _long_rests(quiet: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the looks of rests that are longer than a gap."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], quiet, [False]]).astype(np.int8)))
    result = quiet.copy()
    for first, last in edges.reshape(-1, 2):
        if last - first < GAP_LOOKS and last < len(quiet):
            result[first:last] = False
    return result


def _unstruck(sounding: Floats, first: int, last: int, need: Sureness) -> Iterator[tuple[int, int]]:
    """Give the spans of notes that sound surely, but were not heard to begin."""
    if need.unstruck > 1 or last - first < GAP_LOOKS:
        return
    is_sure = sounding[first:last] >= need.sounds
    edges = np.flatnonzero(np.diff(np.concatenate([[False], is_sure, [False]]).astype(np.int8)))
    for start, end in edges.reshape(-1, 2) + first:
        if sounding[start:end].max() >= need.unstruck:
            yield int(start), int(end)
