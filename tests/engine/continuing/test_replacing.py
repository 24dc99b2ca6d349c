"""Replacing: a score with other words or other music in some of its bars."""

import pytest

from studio.engine.writing.author import Wish
from studio.engine.writing.replacing import replaced

BARS = (10, 18)


def inside(notes):
    return [n for n in notes if BARS[0] * 4 - 1.5 <= n.start < BARS[1] * 4 - 1.5]


def outside(notes):
    return [
        (round(n.start, 4), n.pitch, n.velocity)
        for n in notes
        if not BARS[0] * 4 - 1.5 <= n.start < BARS[1] * 4
    ]


def lines_inside(score):
    return [score.vocal.lines[n] for n in dict.fromkeys(x.line for x in inside(score.vocal.notes))]


@pytest.fixture(
    params=[
        Wish(),
        Wish(style_name="jazz"),
        Wish(lyrics="The rain has come\nThe night is long"),
        Wish(instrumental=True),
    ],
    ids=["new music", "another style", "new words", "no words"],
)
def changed(request, written, syllables):
    return replaced(written, BARS, request.param, syllables=syllables)


def test_outside_the_window_every_note_is_as_it_was(written, changed):
    parts = {part.name: part for part in changed.parts}
    for part in written.parts:
        assert outside(parts[part.name].notes) == outside(part.notes)
    assert outside(changed.vocal.notes) == outside(written.vocal.notes)
    assert (changed.beats, changed.sections) == (written.beats, written.sections)


def test_new_words_with_as_many_lines_are_sung_to_the_same_tune(written, syllables):
    old = lines_inside(written)
    words = [f"The {'long ' * (sum(line.syllables) - 2)}night" for line in old]
    new = replaced(written, BARS, Wish(lyrics="\n".join(words)), syllables=syllables)
    assert [line.text for line in lines_inside(new)] == words
    assert [n.pitch for n in inside(new.vocal.notes)] == [
        n.pitch for n in inside(written.vocal.notes)
    ]
    assert new.parts == written.parts


def test_another_style_keeps_tune_and_chords(written, syllables):
    new = replaced(written, BARS, Wish(style_name="jazz"), syllables=syllables)
    assert new.vocal.notes == written.vocal.notes
    assert new.chords == written.chords
    assert "drums 2" in {part.name for part in new.parts}


def test_new_music_keeps_the_words(written, syllables):
    new = replaced(written, BARS, Wish(), syllables=syllables)
    assert [x.text for x in lines_inside(new)] == [x.text for x in lines_inside(written)]
    assert [n.pitch for n in inside(new.vocal.notes)] != [
        n.pitch for n in inside(written.vocal.notes)
    ]


def test_other_seeds_make_other_music(written, syllables):
    one, two = (replaced(written, BARS, Wish(seed=s), syllables=syllables) for s in (1, 2))
    assert one.parts != two.parts


def test_fewer_words_than_there_were_are_all_that_is_sung(written, syllables):
    new = replaced(written, BARS, Wish(lyrics="Only this"), syllables=syllables)
    assert [line.text for line in lines_inside(new)] == ["Only this"]
    assert "Only this" in new.lyrics
