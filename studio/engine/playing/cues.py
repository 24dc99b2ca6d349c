"""Cues: a part's notes in frames instead of beats, as every player wants them."""

from dataclasses import dataclass
from zlib import crc32

import numpy as np

from studio.audio.samples import RATE
from studio.engine.score import Part, Score


@dataclass(frozen=True, slots=True)
class Cue:
    """One note to be played."""

    frame: int
    """Where it starts."""
    frames: int
    """How long the key is held, at least 1."""
    pitch: int
    """MIDI number; for drums the General MIDI drum key."""
    velocity: int
    """1 to 127."""


def cues(part: Part, score: Score) -> tuple[Cue, ...]:
    """Return the notes of `part` in rising order of time, with the player's feel worked in."""
    beat = score.seconds_per_beat
    found = [
        Cue(
            max(0, round((note.start * beat + note.shift) * RATE)),
            max(1, round(note.beats * beat * RATE)),
            note.pitch,
            min(127, max(1, note.velocity)),
        )
        for note in part.notes
    ]
    return tuple(sorted(found, key=lambda cue: (cue.frame, cue.pitch)))


def frames_of(score: Score) -> int:
    """Return the length of every stem of `score`: the music and its ring-out."""
    return round(score.whole_seconds * RATE)


def seeded(score: Score, name: str) -> np.random.Generator:
    """Return the chance of one player: his own, whoever else plays and in whatever order."""
    return np.random.default_rng([score.seed, crc32(name.encode())])
