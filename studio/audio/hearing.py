"""Hearing: what can be measured of a sound that nobody has the score of, as plain data.

Times are in seconds from the start of the sound. Every confidence is 0 to 1, and says how often a
measurement like this one was right on the sounds of `bench/`.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class HeardKey:
    """Tonic as a pitch class, 0 is C, and mode."""

    tonic: int
    mode: Literal["major", "minor"]


@dataclass(frozen=True, slots=True)
class HeardChord:
    """A harmony that was heard for a while."""

    start_seconds: float
    seconds: float
    root: int | None
    """Pitch class; `None` where there is no harmony."""
    quality: Literal["maj", "min"]
    confidence: float


@dataclass(frozen=True, slots=True)
class HeardSection:
    """A stretch that sounds alike; letters return when the music does."""

    start_seconds: float
    seconds: float
    letter: str
    energy: float
    """0 to 1, relative to the loudest."""


@dataclass(frozen=True, slots=True)
class HeardNote:
    """A note that was transcribed; for drums `pitch` is the General MIDI drum key."""

    start_seconds: float
    seconds: float
    pitch: int
    """MIDI number, 60 is middle C."""
    velocity: int
    """1 to 127."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard in a whole sound."""

    length_seconds: float
    tempo_bpm: float
    """Average, in quarter notes a minute."""
    slowest_bpm: float
    fastest_bpm: float
    beats: tuple[float, ...]
    """Seconds, rising; empty where no pulse was found."""
    downbeats: tuple[int, ...]
    """Which of the beats begin a bar."""
    beats_per_bar: int
    beat_confidence: float
    key: HeardKey
    key_confidence: float
    tuning_cents: float
    """How far above (below if negative) A = 440 Hz it is tuned, -50 to 50."""
    chords: tuple[HeardChord, ...]
    sections: tuple[HeardSection, ...]
    loudness_lufs: float
    true_peak_db: float
