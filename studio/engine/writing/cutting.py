"""Cutting: a stretch of a score on its own, and where a score may be cut."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from studio.engine.score import Chord, Note, Score, Section, SungNote, Vocal

Timed = TypeVar("Timed", Chord, Section)
Played = TypeVar("Played", Note, SungNote)

PICKUP_BEATS = 1.25
"""How long before its bar line a line may begin and still belong after it."""
_EDGE = 1e-6


def bar_before(score: Score, seconds: float) -> int:
    """Return the last bar line, not after `seconds`, at which no sung line is cut open.

    A line may begin a little before the bar line that it belongs to. The end of the last bar
    counts too.
    """
    per_bar = score.beats_per_bar * score.seconds_per_beat
    bar = min(round(score.beats / score.beats_per_bar), int(seconds / per_bar + 1e-3))
    while bar > 0 and _is_open(score, float(bar * score.beats_per_bar)):
        bar -= 1
    return max(0, bar)


def bar_after(score: Score, seconds: float) -> int:
    """Return the first bar line, not before `seconds`, at which no sung line is cut open."""
    per_bar = score.beats_per_bar * score.seconds_per_beat
    last = round(score.beats / score.beats_per_bar)
    bar = min(last, -int(-(seconds / per_bar - 1e-3) // 1))
    while bar < last and _is_open(score, float(bar * score.beats_per_bar)):
        bar += 1
    return bar


def _is_open(score: Score, beat: float) -> bool:
    return any(
        first < beat - PICKUP_BEATS and last > beat + _EDGE for first, last in line_spans(score)
    )


def line_spans(score: Score) -> list[tuple[float, float]]:
    """Return the beats at which each sung line begins and ends, in order."""
    spans: dict[int, tuple[float, float]] = {}
    for note in score.vocal.notes if score.vocal else ():
        first, last = spans.get(note.line, (note.start, note.start))
        spans[note.line] = (min(first, note.start), max(last, note.start + note.beats))
    return [spans[line] for line in sorted(spans)]


def moved(score: Score, beats: float) -> Score:
    """Return the score `beats` later, with nothing before it."""
    vocal = score.vocal and replace(
        score.vocal,
        notes=_later(score.vocal.notes, beats),
        harmony=_later(score.vocal.harmony, beats),
    )
    return replace(
        score,
        sections=tuple(replace(s, start=s.start + beats) for s in score.sections),
        chords=tuple(replace(c, start=c.start + beats) for c in score.chords),
        parts=tuple(replace(p, notes=_later(p.notes, beats)) for p in score.parts),
        vocal=vocal,
        beats=score.beats + beats,
    )


def _later(notes: Sequence[Played], beats: float) -> tuple[Played, ...]:
    return tuple(replace(note, start=note.start + beats) for note in notes)


def excerpt(score: Score, start: float, end: float, *, ring_out_seconds: float) -> Score:
    """Return what sounds from beat `start` on, as a score of its own that ends at beat `end`.

    Notes that were struck before and still sound are struck at once. Lines that begin before are
    left out, and so is what begins after the end; line numbers stay, so that they are sung alike.
    """
    parts = tuple(
        replace(part, notes=_within(part.notes, start, end))
        for part in score.parts
        if any(start - _EDGE <= note.start < end - _EDGE for note in part.notes)
    )
    sections = cut(score.sections, start, end)
    dropped = sum(section.start + section.beats <= start + _EDGE for section in score.sections)
    return replace(
        score,
        sections=sections,
        chords=cut(score.chords, start, end),
        parts=parts,
        vocal=_lines_within(score.vocal, start, end, dropped, len(sections)),
        beats=end - start,
        ring_out_seconds=ring_out_seconds,
    )


def cut(things: Sequence[Timed], start: float, end: float) -> tuple[Timed, ...]:
    """Return what lies between two beats, cut to it, counted from the first."""
    return tuple(
        replace(
            thing,
            start=max(thing.start, start) - start,
            beats=min(thing.start + thing.beats, end) - max(thing.start, start),
        )
        for thing in things
        if thing.start < end - _EDGE and thing.start + thing.beats > start + _EDGE
    )


def _within(notes: Sequence[Note], start: float, end: float) -> tuple[Note, ...]:
    return tuple(
        replace(note, start=begin - start, beats=note.start + note.beats - begin)
        for note in notes
        if note.start < end - _EDGE and note.start + note.beats > start + 0.05
        for begin in (max(start, note.start),)
    )


def _lines_within(
    vocal: Vocal | None, start: float, end: float, dropped: int, sections: int
) -> Vocal | None:
    if vocal is None:
        return None
    lines = tuple(
        replace(line, section=min(max(0, line.section - dropped), sections - 1))
        for line in vocal.lines
    )
    outside = {n.line for n in vocal.notes if n.start < start or n.start >= end - _EDGE}
    return replace(
        vocal,
        lines=lines,
        notes=_later([n for n in vocal.notes if n.line not in outside], -start),
        harmony=_later([n for n in vocal.harmony if n.line not in outside], -start),
    )
