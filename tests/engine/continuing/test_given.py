"""Given: a band and a tune over chords and a form that stand."""

from dataclasses import replace

import pytest

from studio.engine.continuing.ground import ground_heard, ground_of
from studio.engine.writing.given import band_over, form_over, sing_over
from studio.engine.writing.harmony import Changes
from studio.engine.writing.lyrics import parse_lyrics
from studio.engine.writing.remembering import remembered
from studio.engine.writing.style import STYLES
from studio.engine.writing.swing import swing_of, swung, unswung
from studio.engine.writing.theory import chord_tones, scale_over


@pytest.mark.parametrize("style", STYLES)
def test_every_band_plays_over_given_chords_to_their_end(heard, style):
    ground = ground_heard(heard)
    parts = band_over(ground, style, 3)
    ends = [note.start + note.beats for part in parts for note in part.notes]
    assert ground.beats - 1 <= max(ends) <= ground.beats + 0.5


def test_the_bass_stands_on_the_roots_that_are_given(heard):
    ground = ground_heard(heard)
    bass = next(part for part in band_over(ground, "pop", 3) if part.name == "bass")
    changes = Changes(ground.chords)
    on_one = [note for note in bass.notes if note.start % 4 == 0]
    right = [note.pitch % 12 == changes.at(note.start).root for note in on_one]
    assert len(on_one) >= 10
    assert all(right)


@pytest.mark.parametrize(("style", "per_bar"), [("rock", 3), ("waltz", 4), ("house", 5)])
def test_a_band_plays_in_the_metre_that_is_given(heard, style, per_bar):
    ground = ground_heard(replace(heard, beats_per_bar=per_bar, downbeats=(1,)))
    drums = next(part for part in band_over(ground, style, 3) if part.name == "drums")
    kicks = {note.start for note in drums.notes if note.pitch == 36}
    bars = {float(bar * per_bar) for bar in range(ground.bars - 1)}
    assert len(bars & kicks) >= 0.6 * len(bars)


def test_who_is_left_out_does_not_play(heard):
    names = {part.name for part in band_over(ground_heard(heard), "rock", 3, without=("drums",))}
    assert "drums" not in names
    assert "bass" in names


def test_the_lead_answers_a_singer_and_does_not_play_over_the_lines(written):
    ground = ground_of(written)
    alone = next(p for p in band_over(ground, "pop", 3) if p.name == "lead")
    answering = next(
        p for p in band_over(ground, "pop", 3, vocal=written.vocal) if p.name == "lead"
    )
    assert len(answering.notes) < 0.5 * len(alone.notes)


def test_given_words_are_sung_where_their_section_is(written, syllables):
    ground = ground_of(written)
    vocal = sing_over(
        ground,
        parse_lyrics("[Verse]\nOver the hill\n[Chorus]\nUnder the moon"),
        3,
        voice="male",
        language="en",
        syllables=syllables,
    )
    kinds = {ground.sections[line.section].kind for line in vocal.lines if "hill" in line.text}
    assert kinds == {"verse"}
    assert {line.text for line in vocal.lines} == {"Over the hill", "Under the moon"}


def test_a_new_tune_stays_in_the_scale_of_its_chords(heard, syllables):
    ground = ground_heard(heard)
    words = parse_lyrics("[Verse]\nNow the evening comes to stay\nStay with me")
    vocal = sing_over(ground, words, 3, voice="female", language="en", syllables=syllables)
    changes = Changes(ground.chords)
    outside = [
        note
        for note in vocal.notes
        for chord in (changes.at(note.start),)
        if note.pitch % 12 not in scale_over(ground.key, chord.root, chord.quality)
    ]
    long = [note for note in vocal.notes if note.beats >= 1.0]
    assert not outside
    assert len(long) >= 2
    assert sum(n.pitch % 12 in chord_tones(changes.at(n.start)) for n in long) > 0.7 * len(long)


def test_a_tune_is_read_back_out_of_what_is_sung(written):
    form = form_over(ground_of(written))
    lines, stretches = remembered(written.vocal, form.stretches, 4, *swing_of(written))
    assert [line.phrase.text for line in lines.values()] == [x.text for x in written.vocal.lines]
    assert all(-1.0 <= line.notes[0].start - line.start < 4 for line in lines.values())
    assert sum(len(s.phrases) for s in stretches) == len(written.vocal.lines)


@pytest.mark.parametrize("beat", [0.0, 0.25, 0.5, 0.6, 3.75])
def test_swing_can_be_taken_out_again(beat):
    assert unswung(swung(beat, 0.64, 1.0), 0.64, 1.0) == pytest.approx(beat)
