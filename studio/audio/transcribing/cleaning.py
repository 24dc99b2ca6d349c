"""Cleaning: what an instrument of a kind cannot have played is taken out of what was heard."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from studio.audio.hearing import HeardNote
from studio.audio.transcribing.salience import Sureness


@dataclass(frozen=True, slots=True)
class Manner:
    """How a kind of instrument plays."""

    one_voice: bool
    low: int
    """MIDI number of its lowest note."""
    high: int
    needs: Mapping[str, Sureness]
    """How sure a note must be, by the method that hears it."""
    hertz: tuple[float, float] = (0.0, 0.0)
    """Between which pitches it is followed, if it is of one voice."""


_SEVERAL = {
    "basic-pitch": Sureness(begins=0.5, sounds=0.3, least_seconds=0.06),
    "own": Sureness(begins=0.25, sounds=0.12, least_seconds=0.08),
}
_ONE = {
    "basic-pitch": Sureness(begins=0.6, sounds=0.3, least_seconds=0.08),
    "own": Sureness(begins=0.25, sounds=0.12, least_seconds=0.08),
}
MANNERS: dict[str, Manner] = {
    "melody": Manner(one_voice=True, low=45, high=88, needs=_ONE, hertz=(65.0, 1_500.0)),
    "bass": Manner(one_voice=True, low=23, high=52, needs=_ONE, hertz=(30.0, 280.0)),
    "chords": Manner(one_voice=False, low=36, high=96, needs=_SEVERAL),
    "any": Manner(one_voice=False, low=24, high=100, needs=_SEVERAL),
}

TOGETHER_SECONDS = 0.06
OVERTONE_STEPS = (12, 19, 24, 28, 31, 36)
"""Semitones from a note to its overtones, as far as they are mistaken for notes."""
GHOST_SHARE = 0.4
"""An overtone sounds at most so surely beside its note."""

LINE_COST = 0.05
"""Of a note more in a line, in the worth of a sure note of a second."""
LEAP_COST = 0.1
"""Of an octave's leap."""
FARTHEST_LEAP = 14
WORTH_SECONDS = 0.5
"""A longer note is not worth more."""
OVERLAP_SECONDS = 0.05
LOOK_BACK = 40
"""Notes among which the one before is looked for."""


def cleaned(notes: Sequence[HeardNote], kind: str) -> tuple[HeardNote, ...]:
    """Return the notes that an instrument of this kind can have played, in order.

    Parameters
    ----------
    notes
        By start, then pitch; how surely each was heard is its velocity.
    kind
        A key of `MANNERS`.
    """
    manner = MANNERS[kind]
    inside = [note for note in notes if manner.low <= note.pitch <= manner.high]
    return tuple(one_line(inside) if manner.one_voice else without_ghosts(inside))


def without_ghosts(notes: Sequence[HeardNote]) -> list[HeardNote]:
    """Return notes without those that are but overtones of others that begin with them."""
    starts = [note.start_seconds for note in notes]
    kept = []
    for note in notes:
        first = bisect_left(starts, note.start_seconds - TOGETHER_SECONDS)
        last = bisect_left(starts, note.start_seconds + TOGETHER_SECONDS)
        if not any(_explains(other, note) for other in notes[first:last]):
            kept.append(note)
    return kept


def _explains(low: HeardNote, high: HeardNote) -> bool:
    if high.pitch - low.pitch not in OVERTONE_STEPS:
        return False
    return _sureness(high) < GHOST_SHARE * _sureness(low)


def _sureness(note: HeardNote) -> float:
    return (note.velocity - 20) / 100


def one_line(notes: Sequence[HeardNote]) -> list[HeardNote]:
    """Return the line through `notes` that is worth most: sure and long notes, small leaps.

    Each note of it ends where the next begins, at the latest.
    """
    if not notes:
        return []
    came_from, best = _best_lines(notes)
    line, at = [], int(best.argmax())
    while at >= 0:
        line.append(notes[at])
        at = int(came_from[at])
    line.reverse()
    return [*(_until(note, following) for note, following in pairwise(line)), line[-1]]


def _best_lines(
    notes: Sequence[HeardNote],
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return, for the best line that ends with each note, the note before, and its worth."""
    starts = np.array([note.start_seconds for note in notes])
    lengths = np.array([note.seconds for note in notes])
    pitches = np.array([note.pitch for note in notes])
    sure = np.array([_sureness(note) for note in notes])
    worth = np.square(sure) * np.sqrt(np.minimum(lengths, WORTH_SECONDS)) - LINE_COST
    best, came_from = worth.copy(), np.full(len(notes), -1)
    for at in range(1, len(notes)):
        before = slice(max(0, at - LOOK_BACK), at)
        overlap = starts[before] + lengths[before] - starts[at]
        lost = np.maximum(worth[before], 0) * np.clip(overlap / lengths[before], 0, 1)
        leap = np.minimum(np.abs(pitches[before] - pitches[at]), FARTHEST_LEAP) / 12
        joined = best[before] - np.where(overlap > OVERLAP_SECONDS, lost, 0) - LEAP_COST * leap
        joined[starts[at] - starts[before] < TOGETHER_SECONDS] = -np.inf
        if joined.max() > 0:
            came_from[at] = before.start + int(joined.argmax())
            best[at] += joined.max()
    return came_from, best


def _until(note: HeardNote, following: HeardNote) -> HeardNote:
    seconds = min(note.seconds, following.start_seconds - note.start_seconds)
    return replace(note, seconds=seconds)
