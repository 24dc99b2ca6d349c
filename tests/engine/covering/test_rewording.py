"""Laws of other words under a tune that stands."""

import pytest

from studio.engine.covering.rewording import reword
from studio.engine.writing.lyrics import parse_lyrics


def reworded(song, text, syllables):
    return reword(song.vocal, song.sections, parse_lyrics(text), language="en", count=syllables)


TEXTS = {
    "few": "[Verse]\nGo\nStay\n[Chorus]\nOh yes",
    "many": "[Verse]\nEvery evening under a wandering yellow moon I remember\n[Chorus]\nCarry me",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_syllable_that_is_sung_has_its_note(songs, syllables, text):
    new = reworded(songs("pop"), text, syllables).vocal
    for number, line in enumerate(new.lines):
        sung = {(n.word, n.syllable) for n in new.notes if n.line == number}
        assert sung == {(w, s) for w, size in enumerate(line.syllables) for s in range(size)}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_tune_keeps_its_pitches_in_time(songs, syllables, text):
    song = songs("pop")
    new = reworded(song, text, syllables).vocal
    heard = {round(n.start, 3): n.pitch for n in song.vocal.notes}
    assert all(heard.get(round(n.start, 3), n.pitch) == n.pitch for n in new.notes)
    ends = zip(new.notes, new.notes[1:], strict=False)
    assert all(a.start + a.beats <= b.start + 1e-6 for a, b in ends)


def test_lines_that_find_no_room_are_counted(songs, syllables):
    many = "[Chorus]\n" + "\n".join(f"Line number {i}" for i in range(40))
    assert reworded(songs("pop"), many, syllables).left_out >= 30
