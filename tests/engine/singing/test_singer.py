"""The singer's promises."""

import numpy as np
import pytest

from studio.audio.samples import RATE, RING_OUT_SECONDS, checked
from studio.engine.singing import sing

LINES = ("Hold me closer in the morning light", "I can hear the river in the night")


@pytest.fixture(scope="module")
def score(score_of):
    return score_of(LINES)


@pytest.fixture(scope="module")
def lead(score):
    return sing(score)["vocals"]


def test_stem_is_as_long_as_the_song_and_its_ring_out(score, lead):
    assert lead.shape == (2, round((score.length_seconds + RING_OUT_SECONDS) * RATE))
    assert checked(lead) is lead


def test_nothing_is_clipped(lead):
    assert 0.1 < np.abs(lead).max() < 0.98


def test_same_score_is_sung_the_same(score, lead):
    assert np.array_equal(sing(score)["vocals"], lead)


def test_a_song_without_words_is_not_sung(score_of):
    assert sing(score_of(())) == {}


def test_harmony_is_sung_by_backing_voices(score_of):
    stems = sing(score_of(LINES[:1], harmony=True))
    assert set(stems) == {"vocals", "backing"}
    assert stems["backing"].shape == stems["vocals"].shape


def test_after_a_cancel_no_line_is_sung(score):
    assert not sing(score, cancelled=lambda: True)["vocals"].any()
