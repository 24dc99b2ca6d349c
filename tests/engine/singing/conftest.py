"""Small scores, made by hand."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from studio.engine.score import Key, Line, Score, Section, SungNote, Vocal
from studio.engine.singing import count_syllables

TUNE = (57, 60, 62, 64, 62, 60, 64, 65, 64, 62, 60, 59)


def make_score(
    lines: Sequence[str],
    *,
    language: str = "en",
    voice: str = "female",
    harmony: bool = False,
    tempo_bpm: float = 96.0,
    seed: int = 1,
) -> Score:
    """Return a score that sings `lines`, one note for each syllable, two bars rest before each."""
    sung, notes, at = [], [], 4.0
    for index, text in enumerate(lines):
        words = tuple(text.replace(" ", "")) if language in ("zh", "ja") else tuple(text.split())
        syllables = count_syllables(words, language)
        sung.append(Line(text, words, syllables, 0))
        for word, count in enumerate(syllables):
            for syllable in range(count):
                last = word == len(words) - 1 and syllable == count - 1
                beats = 2.0 if last else (0.5 if len(notes) % 3 else 1.0)
                pitch = TUNE[len(notes) % len(TUNE)]
                notes.append(SungNote(at, beats, pitch, 90, index, word, syllable))
                at += beats
        at += 4.0
    second = tuple(replace(note, pitch=note.pitch + 4) for note in notes) if harmony else ()
    vocal = Vocal(voice, language, tuple(sung), tuple(notes), second)  # type: ignore[arg-type]
    return Score(
        title="Test",
        style="pop",
        tags="pop",
        tempo_bpm=tempo_bpm,
        key=Key(0, "major"),
        beats_per_bar=4,
        swing=0.5,
        sections=(Section("verse", "Verse", 0.0, at, 0.5),),
        chords=(),
        parts=(),
        vocal=vocal,
        lyrics="\n".join(lines),
        beats=at,
        seed=seed,
    )


@pytest.fixture(scope="session")
def score_of() -> Callable[..., Score]:
    return make_score
