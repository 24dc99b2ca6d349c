"""Feel: how the beats of a song are counted anew when another band plays it.

A ballad at 70 may be house at 124, counted twice as fast; a march in four may be a waltz, each half
bar drawn into three. A feel says where each old beat falls among the new ones. Then a tempo is
chosen as near as can be to what the new style likes, and to what can still be sung.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from studio.engine.score import Chord, Note, Score, Section, SungNote
from studio.engine.writing.swing import STRAIGHT, swing_of, swung, unswung

SLOWER, FASTER = 0.75, 1.3
"""How much slower or faster than it was a tune may become and still be the same."""
QUICKEST_SECONDS = 0.13
"""Of a syllable that can still be sung, if not every one is as quick."""

Timed = TypeVar("Timed", Note, SungNote, Chord, Section)


@dataclass(frozen=True, slots=True)
class Feel:
    """Where old beats fall among new ones: points of straight lines that repeat."""

    old: tuple[float, ...]
    """Beats from a bar line, rising from 0 to the length of what repeats."""
    new: tuple[float, ...]
    beats_per_bar: int
    """Of the new bars."""
    strangeness: float
    """How much it takes to choose it, 0 and up."""

    @property
    def growth(self) -> float:
        """How many new beats are as long as an old one, on average."""
        return self.new[-1] / self.old[-1]

    def at(self, beat: float) -> float:
        """Return the new place of an old beat."""
        turns, within = divmod(beat, self.old[-1])
        return turns * self.new[-1] + float(np.interp(within, self.old, self.new))


def feels(beats_per_bar: int, wanted: int) -> tuple[Feel, ...]:
    """Return the ways to count bars of `beats_per_bar` as bars of `wanted` beats.

    Where there is none, the bars stay as they are.
    """
    one, two = float(beats_per_bar), 2.0 * beats_per_bar
    match beats_per_bar, wanted:
        case (4, 3):
            # Half a bar becomes a bar, long and short; or the second half is played twice as fast.
            return (
                Feel((0.0, 1.0, 2.0), (0.0, 2.0, 3.0), 3, 0.1),
                Feel((0.0, 2.0, 4.0), (0.0, 2.0, 3.0), 3, 0.35),
            )
        case (3, 4):
            return (
                Feel((0.0, 2.0, 3.0, 5.0, 6.0), (0.0, 1.0, 2.0, 3.0, 4.0), 4, 0.1),
                Feel((0.0, 1.0, 3.0), (0.0, 2.0, 4.0), 4, 0.2),
            )
        case _:
            return (
                Feel((0.0, one), (0.0, one), beats_per_bar, 0.0),
                Feel((0.0, one), (0.0, two), beats_per_bar, 0.35),
                Feel((0.0, two), (0.0, one), beats_per_bar, 0.35),
            )


@dataclass(frozen=True, slots=True)
class Pace:
    """How a song is counted, and how fast."""

    feel: Feel
    tempo_bpm: float
    faster: float
    """How much faster the tune goes by than it did; 1 is as fast."""


def choose_pace(
    score: Score, wanted_bpm: tuple[float, float], *, beats_per_bar: int, keep_time: bool = False
) -> Pace:
    """Choose how to count a song, and how fast.

    Parameters
    ----------
    score
        The song.
    wanted_bpm
        Slowest and fastest tempo that the new band likes.
    beats_per_bar
        What it likes to count.
    keep_time
        Whether every beat must fall when it did, so that the new band can play along with the old.
    """
    wanted = score.beats_per_bar if keep_time else beats_per_bar
    ways = [
        _pace(score, feel, wanted_bpm, keep_time=keep_time)
        for feel in feels(score.beats_per_bar, wanted)
        if _bars_are_whole(score, feel)
    ]
    return min(ways, key=lambda way: _strain(way, wanted_bpm))


def counted_anew(score: Score, pace: Pace) -> Score:
    """Return the song in a new count, straightened; what the old band played is left out.

    Only the lead stays among the parts, for tunes that it plays alone.
    """
    ratio, unit = swing_of(score)

    def at(beat: float) -> float:
        return pace.feel.at(unswung(beat, ratio, unit) if ratio != STRAIGHT else beat)

    vocal = score.vocal and replace(
        score.vocal,
        notes=_moved(score.vocal.notes, at),
        harmony=_moved(score.vocal.harmony, at),
    )
    lead = tuple(
        replace(part, notes=_moved(part.notes, at)) for part in score.parts if part.name == "lead"
    )
    return replace(
        score,
        tempo_bpm=round(pace.tempo_bpm, 6),
        beats_per_bar=pace.feel.beats_per_bar,
        swing=STRAIGHT,
        sections=_moved(score.sections, pace.feel.at),
        chords=_moved(score.chords, pace.feel.at),
        parts=lead,
        vocal=vocal,
        beats=pace.feel.at(score.beats),
    )


def swing_notes(notes: tuple[Timed, ...], ratio: float, unit: float) -> tuple[Timed, ...]:
    """Bend straight notes to a swing."""
    if ratio == STRAIGHT:
        return notes
    return _moved(notes, lambda beat: swung(beat, ratio, unit))


def _moved(things: Sequence[Timed], at: Callable[[float], float]) -> tuple[Timed, ...]:
    return tuple(
        replace(thing, start=start, beats=at(thing.start + thing.beats) - start)
        for thing in things
        for start in (at(thing.start),)
    )


def _bars_are_whole(score: Score, feel: Feel) -> bool:
    """Tell whether every section begins and ends at a bar line of the new count."""
    edges = [feel.at(edge) for edge in (*(part.start for part in score.sections), score.beats)]
    return all(math.isclose(edge % feel.beats_per_bar, 0.0, abs_tol=1e-6) for edge in edges)


def _pace(score: Score, feel: Feel, wanted: tuple[float, float], *, keep_time: bool) -> Pace:
    natural = score.tempo_bpm * feel.growth
    if keep_time:
        return Pace(feel, natural, 1.0)
    liked = min(max(natural, wanted[0]), wanted[1])
    faster = min(max(liked / natural, SLOWER), FASTER, max(1.0, _room(score)))
    return Pace(feel, natural * faster, faster)


def _room(score: Score) -> float:
    """Return how much faster the words could be sung."""
    if score.vocal is None:
        return math.inf
    starts = np.array([note.start for note in score.vocal.notes]) * score.seconds_per_beat
    return float(np.quantile(np.diff(starts), 0.1)) / QUICKEST_SECONDS if len(starts) > 1 else 1.0


def _strain(pace: Pace, wanted: tuple[float, float]) -> float:
    """Return how far a pace is from what the style likes and from how the song was."""
    liked = min(max(pace.tempo_bpm, wanted[0]), wanted[1])
    off_style = abs(math.log2(pace.tempo_bpm / liked))
    return 1.5 * off_style + abs(math.log2(pace.faster)) + pace.feel.strangeness
