"""Likeness: a sound is known for the record of its score, louder or later, and no other is."""

import numpy as np
import pytest

from studio.audio.samples import RATE
from studio.engine.dividing.likeness import compare

RECORD = np.cumsum(np.random.default_rng(0).standard_normal((2, 5 * RATE)), axis=1)
RECORD = (RECORD - RECORD.mean(axis=1, keepdims=True)).astype(np.float32) / 500


def test_the_record_itself_is_like_itself():
    found = compare(RECORD, RECORD)
    assert found.holds
    assert (found.late_frames, found.gain) == (0, 1.0)
    assert found.difference_db < -100


@pytest.mark.parametrize("late", [-700, 1105])
def test_what_comes_later_or_sooner_is_still_the_record(late):
    found = compare(np.roll(RECORD, late, axis=1)[:, : 4 * RATE], RECORD)
    assert found.holds
    assert found.late_frames == late


def test_what_was_made_quieter_says_by_how_much():
    assert compare(RECORD * np.float32(0.5), RECORD).gain == pytest.approx(0.5)


def test_another_sound_is_not_the_record():
    assert not compare(RECORD[:, ::-1], RECORD).holds
    assert not compare(np.zeros_like(RECORD), RECORD).holds


def test_two_silences_are_alike():
    silence = np.zeros((2, RATE), np.float32)
    assert compare(silence, silence).holds
