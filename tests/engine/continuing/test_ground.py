"""Grounds: what is given before the band writes."""

from dataclasses import replace

import numpy as np
import pytest

from studio.engine.continuing.ground import ground_heard, ground_of, part_of
from studio.engine.continuing.stand_in import in_tempo_of, smoothed, steadied
from studio.errors import ToolUnfit


def test_a_score_is_its_own_ground(written):
    ground = ground_of(written)
    assert (ground.key, ground.chords, ground.beats) == (written.key, written.chords, written.beats)
    assert ground.seconds_at(written.beats) == pytest.approx(written.length_seconds)


def test_a_heard_ground_begins_at_a_bar_line_and_ends_at_one(heard):
    ground = ground_heard(heard)
    assert ground.beat_seconds[0] == pytest.approx(0.8)
    assert ground.beats % 4 == 0
    assert ground.tempo_bpm == pytest.approx(120.0, abs=0.01)


def test_chords_and_sections_fill_a_heard_ground_without_a_gap(heard):
    ground = ground_heard(heard)
    for things in (ground.chords, ground.sections):
        ends = [thing.start + thing.beats for thing in things]
        assert things[0].start == 0
        assert [thing.start for thing in things[1:]] == ends[:-1]
        assert ends[-1] == ground.beats


def test_where_no_chord_is_heard_the_one_before_it_holds(heard):
    roots = [chord.root for chord in ground_heard(heard).chords[:3]]
    assert roots == [0, 9, 7]
    assert ground_heard(heard).chords[1].beats == 8


def test_a_loud_section_that_returns_is_a_chorus(heard):
    assert [section.kind for section in ground_heard(heard).sections] == [
        "intro",
        "chorus",
        "chorus",
    ]


def test_bars_go_on_after_the_last_beat_that_was_heard(heard):
    early = replace(heard, beats=heard.beats[:41], downbeats=heard.downbeats[:10])
    assert ground_heard(early).beats == ground_heard(heard).beats


def test_without_a_pulse_bars_are_counted_from_the_start(heard):
    ground = ground_heard(replace(heard, beats=(), downbeats=(), beat_confidence=0.0), 1.5)
    assert not ground.has_pulse
    assert ground.beat_seconds[0] == 1.5


def test_a_stretch_without_a_whole_bar_is_refused_in_a_sentence(heard):
    with pytest.raises(ToolUnfit, match=r"No whole bar lies between 3\.0 and 3\.5 s"):
        ground_heard(heard, 3.0, 3.5)


def test_a_part_of_a_ground_counts_from_its_own_first_bar(heard):
    part = part_of(ground_heard(heard), 4, 8)
    assert (part.bars, part.chords[0].start, part.sections[0].kind) == (4, 0.0, "chorus")
    assert part.beat_seconds[0] == pytest.approx(8.8)


def test_a_steadied_ground_has_the_tempo_just_before_the_beat(heard):
    slowing = np.cumsum([0.0, *np.linspace(0.5, 0.6, 56)])
    ground = ground_heard(replace(heard, beats=tuple(slowing), downbeats=tuple(range(0, 57, 4))))
    local = steadied(ground, ground.beats)
    assert local.tempo_bpm == pytest.approx(102.0, abs=1.5)
    assert local.seconds_at(ground.beats) == pytest.approx(ground.beat_seconds[-1], abs=0.002)
    assert in_tempo_of(ground, (0, 2)).tempo_bpm == pytest.approx(118.5, abs=1.0)


def test_smoothing_takes_the_ears_trembling_out_of_the_beats(heard):
    trembling = np.array(heard.beats) + np.random.default_rng(1).normal(0, 0.01, 57)
    ground = ground_heard(replace(heard, beats=tuple(trembling)))
    even = np.array(ground_heard(heard).beat_seconds)
    before = np.std(np.array(ground.beat_seconds) - even)
    assert np.std(np.array(smoothed(ground).beat_seconds) - even) < 0.5 * before
