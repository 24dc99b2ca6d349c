"""Flite, where it is installed."""

import numpy as np
import pytest

from studio.engine.singing.flite import Flite

pytestmark = pytest.mark.skipif(
    not Flite().speaks("en"), reason="The libraries of Flite are not installed here."
)


@pytest.fixture
def utterance():
    return Flite().speak(["Hold", "me", "", "you're", "24"], language="en", voice="female")


def test_each_sound_knows_its_word(utterance):
    spoken = {}
    for phone in utterance.phones:
        spoken.setdefault(phone.word, []).append(phone.ipa)
    assert spoken[0] == ["h", "oʊ", "l", "d"]
    assert set(spoken) == {0, 1, 3, 4}


def test_sounds_follow_each_other_within_the_samples(utterance):
    starts = [phone.start for phone in utterance.phones]
    assert starts == sorted(starts)
    assert utterance.phones[-1].end <= utterance.samples.size / 22_050


def test_it_says_the_same_twice(utterance):
    again = Flite().speak(["Hold", "me", "", "you're", "24"], language="en", voice="female")
    assert np.array_equal(utterance.samples, again.samples)


def test_it_says_nothing_for_nothing():
    assert Flite().speak(["", ""], language="en", voice="male").phones == ()


def test_it_speaks_english_only():
    assert not Flite().speaks("zh")
