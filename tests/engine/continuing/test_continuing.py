"""Continuing: a score that goes on stays what it was, and sounds like itself."""

from dataclasses import replace
from itertools import pairwise

import pytest

from studio.engine.brief import Brief
from studio.engine.papers import from_json, to_json
from studio.engine.writing import STYLES, arrange
from studio.engine.writing.author import Wish, following_kind
from studio.engine.writing.continuing import continued, preceded
from studio.engine.writing.cutting import bar_after, bar_before, excerpt, line_spans

GIVEN = "[Verse]\nA lamp is burning on the stair\n[Chorus]\nCome and find me there"


@pytest.fixture(scope="module")
def longer(written, syllables):
    return continued(written, bar_before(written, 50.0), Wish(), syllables=syllables)


def notes_until(score, beat):
    return {
        part.name: [note for note in part.notes if note.start < beat - 1e-6] for part in score.parts
    }


def tune(score, line):
    """Return pitches and times of a line, from the bar line before it."""
    notes = [note for note in score.vocal.notes if note.line == line]
    start = (notes[0].start + 1.5) // 4 * 4
    return [(note.pitch, round(note.start - start, 3)) for note in notes]


def test_what_was_written_before_the_bar_stays(written, longer):
    beat = bar_before(written, 50.0) * 4.0
    before = {name: notes for name, notes in notes_until(written, beat).items() if notes}
    after = notes_until(longer, beat)
    assert {name: len(notes) for name, notes in before.items()} == {
        name: len(after[name]) for name in before
    }
    sung = [note for note in written.vocal.notes if note.start < beat - 2]
    assert list(longer.vocal.notes[: len(sung)]) == sung


def test_the_same_players_go_on(written, longer):
    assert {(p.name, p.instrument, p.pan) for p in longer.parts} <= {
        (p.name, p.instrument, p.pan) for p in written.parts
    }
    assert (longer.key, longer.tempo_bpm, longer.room) == (
        written.key,
        written.tempo_bpm,
        written.room,
    )


def test_a_chorus_that_comes_again_has_its_words_and_its_tune(longer):
    choruses = [i for i, section in enumerate(longer.sections) if section.kind == "chorus"]
    lines = [[n for n, x in enumerate(longer.vocal.lines) if x.section == i] for i in choruses[:2]]
    pairs = list(zip(*lines, strict=False))
    assert len(pairs) >= 2
    for old, new in pairs:
        assert longer.vocal.lines[old].text == longer.vocal.lines[new].text
        assert [p for p, _ in tune(longer, old)] == [p for p, _ in tune(longer, new)]


def test_new_words_were_not_sung_before(written, longer):
    chorus = {i for i, section in enumerate(longer.sections) if section.kind == "chorus"}
    old = {line.text for line in written.vocal.lines}
    fresh = longer.vocal.lines[len(written.vocal.lines) :]
    new = [line.text for line in fresh if line.section not in chorus]
    assert not set(new) & old


def test_the_song_gets_an_end_and_the_length_that_was_wished(written, syllables):
    bar = bar_before(written, 30.0)
    new = continued(written, bar, Wish(seconds=40.0), syllables=syllables)
    start = bar * 4 * written.seconds_per_beat
    assert new.sections[-1].kind == "outro"
    assert new.length_seconds - start == pytest.approx(40.0, abs=4.1)


def test_given_words_are_sung_next(written, syllables):
    bar = bar_before(written, 30.0)
    new = continued(written, bar, Wish(lyrics=GIVEN), syllables=syllables)
    added = [line.text for line in new.vocal.lines if new.sections[line.section].start >= bar * 4]
    assert added == ["A lamp is burning on the stair", "Come and find me there"]
    assert "[Chorus]\nCome and find me there" in new.lyrics


@pytest.mark.parametrize("style", STYLES)
def test_every_style_can_go_on_and_go_on_again(style, syllables):
    score = arrange(Brief(style=style, length_seconds=45), 8, syllables=syllables)
    once = continued(score, bar_before(score, 30.0), Wish(seconds=25), syllables=syllables)
    last = bar_before(once, once.length_seconds)
    twice = continued(once, last, Wish(seconds=20, style_name="jazz"), syllables=syllables)
    spans = line_spans(twice)
    assert twice.length_seconds > once.length_seconds + 12
    assert all(end <= start + 1e-6 for (_, end), (start, _) in pairwise(spans))
    assert from_json(to_json(twice)) == twice


def test_another_style_brings_its_own_players(written, syllables):
    bar = bar_before(written, 50.0)
    new = continued(written, bar, Wish(style_name="metal"), syllables=syllables)
    guests = [part for part in new.parts if min(n.start for n in part.notes) >= bar * 4]
    assert {"drums 2", "guitar 2"} <= {part.name for part in guests}


def test_a_band_that_sat_in_goes_home_again(written, syllables):
    turned = continued(
        written,
        bar_before(written, 50.0),
        Wish(style_name="metal", seconds=20),
        syllables=syllables,
    )
    bar = bar_before(turned, turned.length_seconds)
    new = continued(turned, bar, Wish(seconds=20), syllables=syllables)
    late = {p.name for p in new.parts if max(n.start for n in p.notes) >= bar * 4}
    assert {"drums", "bass"} <= late
    assert not late & {"drums 2", "bass 2", "guitar 2", "lead 2"}


def test_an_instrumental_goes_on_without_a_singer(syllables):
    score = arrange(
        Brief(style="folk", instrumental=True, length_seconds=45), 8, syllables=syllables
    )
    new = continued(score, bar_before(score, 30.0), Wish(), syllables=syllables)
    assert new.vocal is None
    assert any(n.start > score.beats for p in new.parts if p.name == "lead" for n in p.notes)


def test_what_is_put_in_front_moves_the_song_and_nothing_else(written, syllables):
    new = preceded(written, Wish(seconds=12.0), syllables=syllables)
    beats = new.beats - written.beats
    assert beats % 4 == 0
    old = written.parts[0].notes
    assert [(n.start - beats, n.pitch) for n in new.parts[0].notes[-len(old) :]] == [
        (n.start, n.pitch) for n in old
    ]
    assert new.sections[0].kind == "intro"
    assert [x.text for x in new.vocal.lines] == [x.text for x in written.vocal.lines]


def test_words_can_be_put_in_front(written, syllables):
    wish = Wish(lyrics="[Verse]\nOnce before it all began")
    new = preceded(written, wish, syllables=syllables)
    assert new.vocal.lines[0].text == "Once before it all began"
    assert new.vocal.notes[0].start < new.beats - written.beats


def test_no_line_is_cut_open(written):
    for seconds in range(4, 90, 7):
        for bar in (bar_before(written, seconds), bar_after(written, seconds)):
            beat = bar * 4
            spans = line_spans(written)
            assert not [1 for first, last in spans if first < beat - 1.25 and last > beat + 1e-6]


def test_an_excerpt_has_what_sounds_in_it(written):
    piece = excerpt(written, 32.0, 64.0, ring_out_seconds=2.0)
    drums = next(part for part in written.parts if part.name == "drums")
    inside = [note for note in drums.notes if 32 - 1e-6 <= note.start < 64 - 1e-6]
    assert len(next(p for p in piece.parts if p.name == "drums").notes) == len(inside)
    assert all(0 <= line.section < len(piece.sections) for line in piece.vocal.lines)


def test_a_line_begun_before_an_excerpt_is_not_in_it(written):
    first, last = line_spans(written)[2]
    piece = excerpt(written, (first + last) / 2, written.beats, ring_out_seconds=2.0)
    assert min(note.line for note in piece.vocal.notes) == 3


def test_after_two_choruses_comes_a_bridge():
    assert following_kind(["intro", "verse", "chorus", "verse", "chorus"]) == "bridge"
    assert following_kind(["verse", "pre-chorus"]) == "chorus"
    assert following_kind(["verse", "pre-chorus", "chorus", "verse"]) == "pre-chorus"
    assert following_kind(["outro"]) == "solo"


def test_words_of_a_language_that_nobody_writes_come_again(written, syllables):
    german = replace(written, vocal=replace(written.vocal, language="de"))
    new = continued(german, bar_before(german, 50.0), Wish(), syllables=syllables)
    assert {x.text for x in new.vocal.lines} <= {x.text for x in german.vocal.lines}


def test_another_seed_is_another_continuation_with_the_same_words(written, syllables):
    bar = bar_before(written, 30.0)
    first, second = (
        continued(written, bar, Wish(lyrics=GIVEN, seed=seed), syllables=syllables)
        for seed in (1, 2)
    )
    drums = [[part for part in song.parts if part.name == "drums"] for song in (first, second)]
    assert first.lyrics == second.lyrics
    assert drums[0] != drums[1]
