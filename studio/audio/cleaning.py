"""Cleaning: what each kind of instrument cannot play is taken out of what was heard of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from studio.audio.hearing import HeardNote
from studio.audio.salience import Sureness


@dataclass(frozen=True, slots=True)
class Manner:
    """How a kind of instrument plays."""

    one_voice: bool
    low: int
    """MIDI number of its lowest note."""
    high: int
    hertz: tuple[float, float]
    """Between which pitches it is followed, if it is of one voice."""
    needs: Mapping[str, Sureness]
    """How sure a note must be, by method."""


MANNERS: dict[str, Manner] = {
    "melody": Manner(
        one_voice=True,
        low=40,
        high=91,
        hertz=(65.0, 1_500.0),
        needs={"basic-pitch": Sureness(begins=0.5, sounds=0.3, least_seconds=0.08)},
    ),
    "bass": Manner(
        one_voice=True,
        low=23,
        high=60,
        hertz=(30.0, 280.0),
        needs={"basic-pitch": Sureness(begins=0.5, sounds=0.3, least_seconds=0.08)},
    ),
    "chords": Manner(
        one_voice=False,
        low=36,
        high=96,
        hertz=(0.0, 0.0),
        needs={
            "basic-pitch": Sureness(begins=0.5, sounds=0.3, least_seconds=0.06),
            "own": Sureness(begins=0.3, sounds=0.2, least_seconds=0.06),
        },
    ),
    "any": Manner(
        one_voice=False,
        low=24,
        high=100,
        hertz=(0.0, 0.0),
        needs={
            "basic-pitch": Sureness(begins=0.5, sounds=0.3, least_seconds=0.06),
            "own": Sureness(begins=0.3, sounds=0.2, least_seconds=0.06),
        },
    ),
}
TOGETHER_SECONDS = 0.05
GHOST_STEPS = (12, 19, 24)
"""Semitones from a note to its first overtones."""


def cleaned(notes: Sequence[HeardNote], kind: str) -> tuple[HeardNote, ...]:
    """Return the notes that an instrument of this kind can have played, in order.

    Parameters
    ----------
    notes
        By start, then pitch.
    kind
        A key of `MANNERS`.
    """
    manner = MANNERS[kind]
    inside = [note for note in notes if manner.low <= note.pitch <= manner.high]
    return tuple(_one_at_a_time(inside) if manner.one_voice else inside)


def _one_at_a_time(notes: Sequence[HeardNote]) -> list[HeardNote]:
    """Return the louder of notes that begin together, each ending where the next begins."""
    kept: list[HeardNote] = []
    for note in notes:
        if kept and note.start_seconds - kept[-1].start_seconds < TOGETHER_SECONDS:
            if note.velocity > kept[-1].velocity:
                kept[-1] = note
        else:
            kept.append(note)
    return [*(_until(note, following) for note, following in pairwise(kept)), *kept[-1:]]


def _until(note: HeardNote, following: HeardNote) -> HeardNote:
    seconds = min(note.seconds, following.start_seconds - note.start_seconds)
    return replace(note, seconds=seconds)
