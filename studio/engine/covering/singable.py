"""Singable: where a tune lies well for a voice, and in which key the band must play for that."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from studio.engine.persona import Persona
from studio.engine.score import Chord, Key, Note, Score, SungNote, Vocal
from studio.engine.writing.reach import compasses_for
from studio.engine.writing.reading import Voice

OCTAVES = (-24, -12, 0, 12, 24)
NEAR_KEYS = tuple(range(-5, 7))
"""All keys there are, in semitones up or down from where the song is."""
_OUTSIDE, _MOVED, _OFF_CENTRE = 8.0, 0.4, 0.15

Pitched = TypeVar("Pitched", Note, SungNote)


def lying_well(
    pitches: Sequence[int],
    voice: Voice,
    *,
    persona: Persona | None = None,
    keys: Iterable[int] = NEAR_KEYS,
    at_home: bool = False,
) -> tuple[int, int]:
    """Return by how many semitones the song moves, and by how many more only the tune.

    Parameters
    ----------
    pitches
        Of the tune, at least one.
    voice
        Who is to sing it.
    persona
        Who that is exactly, with a reach of its own.
    keys
        By how much the song may move: `(0,)` if it must stay in its key.
    at_home
        Whether the tune was sung by such a voice before, and should stay where it was.

    Returns
    -------
    The second number is a multiple of 12. The tune moves by the sum of the two.
    """
    sections = compasses_for(voice, persona).values()
    low, high = min(c.low for c in sections), max(c.high for c in sections)
    lowest, highest, middle = min(pitches), max(pitches), sum(pitches) / len(pitches)

    def strain(way: tuple[int, int]) -> float:
        by = sum(way)
        outside = max(0, low - lowest - by) + max(0, highest + by - high)
        centre = abs(middle + by - (low + high) / 2)
        moved = abs(way[0]) + 3.0 * at_home * (way[1] != 0)
        return _OUTSIDE * outside + _MOVED * moved + _OFF_CENTRE * centre

    return min(((key, octave) for key in keys for octave in OCTAVES), key=strain)


def nearest_way(old: Key, new: Key) -> int:
    """Return by how many semitones a song moves from one tonic to another, -5 to 6.

    Between major and minor the tones of the scale are what moves: C major to A minor is no way.
    """
    return (_major_tonic(new) - _major_tonic(old) + 5) % 12 - 5


def moved_key(key: Key, semitones: int) -> Key:
    """Return the key so many semitones higher."""
    return replace(key, tonic=(key.tonic + semitones) % 12)


def moved_chords(chords: Iterable[Chord], semitones: int) -> tuple[Chord, ...]:
    """Return the chords so many semitones higher."""
    return tuple(
        replace(chord, root=(chord.root + semitones) % 12, bass=(chord.bass + semitones) % 12)
        for chord in chords
    )


def moved_notes(notes: Iterable[Pitched], semitones: int) -> tuple[Pitched, ...]:
    """Return the notes so many semitones higher, as long as they are notes."""
    return tuple(
        replace(note, pitch=note.pitch + semitones)
        for note in notes
        if 0 <= note.pitch + semitones <= 127  # noqa: PLR2004 - as MIDI counts
    )


def moved_vocal(vocal: Vocal, semitones: int) -> Vocal:
    """Return what is sung so many semitones higher."""
    return replace(
        vocal,
        notes=moved_notes(vocal.notes, semitones),
        harmony=moved_notes(vocal.harmony, semitones),
    )


def moved_score(score: Score, semitones: int, *, octaves: int = 0) -> Score:
    """Return the song so many semitones higher; the tune `octaves` semitones more.

    Drums stay as they are.
    """
    return replace(
        score,
        key=moved_key(score.key, semitones),
        chords=moved_chords(score.chords, semitones),
        parts=tuple(
            part
            if "drums" in part.instrument
            else replace(part, notes=moved_notes(part.notes, semitones))
            for part in score.parts
        ),
        vocal=score.vocal and moved_vocal(score.vocal, semitones + octaves),
    )


def _major_tonic(key: Key) -> int:
    return (key.tonic + 3) % 12 if key.mode == "minor" else key.tonic
