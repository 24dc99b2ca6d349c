"""Laws of a form that somebody measured out in seconds."""

from itertools import accumulate

import pytest

from studio.engine.brief import Brief
from studio.engine.writing import STYLES, arrange
from tests.engine.writing.conftest import count_vowels

SECTIONS = (("intro", 8.0), ("verse", 20.0), ("chorus", 16.0), ("solo", 10.0), ("outro", 9.0))


def score_of(style, sections=SECTIONS, seed=1):
    brief = Brief(style=style, instrumental=True, sections=sections)
    return arrange(brief, seed, syllables=count_vowels)


def starts(score):
    return [section.start * 60.0 / score.tempo_bpm for section in score.sections]


@pytest.mark.parametrize("style", STYLES)
def test_sections_come_in_their_order_each_within_half_a_bar_of_its_second(style):
    score = score_of(style)
    assert [section.kind for section in score.sections] == [kind for kind, _ in SECTIONS]
    wished = accumulate((seconds for _, seconds in SECTIONS[:-1]), initial=0.0)
    half_a_bar = score.beats_per_bar * 30.0 / score.tempo_bpm
    assert all(abs(a - b) <= half_a_bar for a, b in zip(starts(score), wished, strict=True))


@pytest.mark.parametrize("seed", range(6))
def test_all_of_it_lasts_as_long_as_its_sections_together(seed):
    assert score_of("pop", seed=seed).whole_seconds == pytest.approx(63.0, abs=1.0)


def test_a_single_section_is_the_whole_piece():
    score = score_of("folk", (("chorus", 30.0),))
    assert len(score.sections) == 1
    assert score.whole_seconds == pytest.approx(30.0, abs=1.0)


def test_the_same_sections_in_another_order_are_another_form():
    turned = tuple(reversed(SECTIONS))
    assert starts(score_of("pop")) != starts(score_of("pop", turned))


def test_words_decide_the_form_where_somebody_sings():
    brief = Brief(lyrics="[Verse]\nRain on the rails", sections=SECTIONS)
    score = arrange(brief, 1, syllables=count_vowels)
    assert score.vocal is not None
    assert [section.kind for section in score.sections] != [kind for kind, _ in SECTIONS]
