"""Second voice: a third or so under the tune, always in its chord's scale."""

from collections.abc import Sequence
from dataclasses import replace

from studio.engine.score import SungNote
from studio.engine.writing.motifs import Setting
from studio.engine.writing.theory import chord_tones, scale_over

LOWEST = {"female": 53, "male": 43}
INTERVALS = (3, 4, 5, 8, 9)
"""Semitones under the tune, as they are liked."""


def second_voice(notes: Sequence[SungNote], setting: Setting, voice: str) -> tuple[SungNote, ...]:
    """Return a lower voice to `notes`; what would lie too low is left out."""
    found = []
    for note in notes:
        chord = setting.changes.at(note.start)
        heard = set(scale_over(setting.key, chord.root, chord.quality))
        ways = [step for step in INTERVALS if (note.pitch - step) % 12 in heard]
        inside = [step for step in ways if (note.pitch - step) % 12 in chord_tones(chord)]
        # Long notes are heard as harmony, short ones as a line in thirds.
        step = (inside if note.beats >= 1.0 and inside else ways)[0]
        if note.pitch - step >= LOWEST[voice]:
            found.append(replace(note, pitch=note.pitch - step, velocity=note.velocity - 14))
    return tuple(found)
