"""A short song of the band, as it knows it and as a stranger."""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from studio.audio.files import read, write
from studio.audio.hearing import Heard, HeardChord, HeardKey, HeardSection
from studio.audio.samples import RATE, Samples
from studio.engine.brief import Brief
from studio.engine.papers import keep_score
from studio.engine.recording import perform
from studio.engine.score import Score
from studio.engine.singing import count_syllables
from studio.engine.writing import arrange

WORDS = """[Verse]
The river runs below the town
And all the little lights go down
[Chorus]
Carry me home
Carry me home tonight
"""


@dataclass(frozen=True, slots=True, eq=False)
class Song:
    path: Path
    score: Score
    sound: Samples


@pytest.fixture(scope="session")
def song(tmp_path_factory):
    """Sixteen seconds of pop, sung; the file carries its score."""
    brief = Brief(style="pop", lyrics=WORDS, tempo_bpm=120, length_seconds=24, voice="female")
    score = arrange(brief, 4, syllables=count_syllables)
    path = tmp_path_factory.mktemp("band") / "song.wav"
    write(path, perform(score).mix, RATE)
    keep_score(path, score)
    return Song(path, score, read(path)[0])


@pytest.fixture(scope="session")
def stranger(song, tmp_path_factory):
    """The same sound, of which nobody knows the score."""
    path = tmp_path_factory.mktemp("stranger") / "sound.wav"
    write(path, song.sound, RATE)
    return Song(path, song.score, song.sound)


@pytest.fixture(scope="session")
def written():
    """A longer song that is only read."""
    return arrange(Brief(style="pop", length_seconds=100), 5, syllables=count_vowels)


@pytest.fixture
def heard():
    """Half a minute at 120 bpm in C, of which the first beat is an upbeat."""
    beats = tuple(float(time) for time in 0.3 + 0.5 * np.arange(57))
    chords = tuple(
        HeardChord(0.8 + 2.0 * bar, 2.0, root, quality, 0.9)
        for bar, (root, quality) in enumerate(
            [(0, "maj"), (9, "min"), (None, "maj"), (7, "maj")] * 3 + [(0, "maj")]
        )
    )
    return Heard(
        length_seconds=29.0,
        tempo_bpm=120.0,
        slowest_bpm=120.0,
        fastest_bpm=120.0,
        beats=beats,
        downbeats=tuple(range(1, 57, 4)),
        beats_per_bar=4,
        beat_confidence=0.9,
        key=HeardKey(0, "major"),
        key_confidence=0.9,
        tuning_cents=0.0,
        chords=chords,
        sections=(
            HeardSection(0.0, 8.8, "A", 0.3),
            HeardSection(8.8, 8.0, "B", 1.0),
            HeardSection(16.8, 12.2, "B", 0.95),
        ),
        loudness_lufs=-14.0,
        true_peak_db=-1.0,
    )


def count_vowels(words, language):
    """Count syllables as groups of vowels."""
    groups = (re.findall(r"[aeiouyäöü]+", re.sub(r"[^\w]", "", word.casefold())) for word in words)
    return tuple(max(1, len(found)) for found in groups)


@pytest.fixture(scope="session")
def syllables():
    return count_vowels
