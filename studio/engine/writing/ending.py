"""Ending: the last chord rings on after the last bar, as long as the sound goes on."""

from dataclasses import replace

from studio.engine.score import Note, Score

HELD_TO = 0.15
"""Beats before the end of the song to which a note lasts if it is to ring on."""


def rung_out(score: Score) -> Score:
    """Hold every note that lasts to the end of the last bar through the ring-out."""
    end = score.beats + score.ring_out_seconds / score.seconds_per_beat

    def held(note: Note) -> Note:
        lasts = note.start + note.beats >= score.beats - HELD_TO
        return replace(note, beats=end - note.start) if lasts else note

    parts = tuple(replace(p, notes=tuple(held(n) for n in p.notes)) for p in score.parts)
    return replace(score, parts=parts)
