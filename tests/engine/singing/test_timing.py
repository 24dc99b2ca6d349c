"""When the mouth does what."""

from itertools import pairwise

import pytest

from studio.engine.score import SungNote
from studio.engine.singing.fitting import Syllable
from studio.engine.singing.speech import Phone
from studio.engine.singing.timing import place

HUM = (9.0, 9.2)


def syllable(start, beats=1.0, *, onset="s t", vowel="a", coda="n"):
    at, phones = 0.0, []
    for ipa in (*onset.split(), vowel, *coda.split()):
        phones.append(Phone(ipa, at, at + 0.08, 0))
        at += 0.08
    nucleus = len(onset.split())
    return Syllable(
        tuple(phones[:nucleus]),
        phones[nucleus],
        tuple(phones[nucleus + 1 :]),
        (SungNote(start, beats, 60, 90, 0, 0, 0),),
    )


@pytest.mark.parametrize("seconds_per_beat", [0.1, 0.3, 0.5, 1.2])
def test_vowels_begin_on_their_notes(seconds_per_beat):
    line = [syllable(4.0), syllable(5.0), syllable(8.0)]
    phrases = place(line, seconds_per_beat=seconds_per_beat, hum=HUM)
    vowels = [s for phrase in phrases for s in phrase if s.is_vowel][::3]
    starts = [start * seconds_per_beat for start in (4.0, 5.0, 8.0)]
    assert [vowel.start for vowel in vowels] == pytest.approx(starts)


def test_a_phrase_has_no_holes():
    (phrase,) = place([syllable(4.0), syllable(5.0)], seconds_per_beat=0.4, hum=HUM)
    assert all(a.end == pytest.approx(b.start) for a, b in pairwise(phrase))


def test_a_rest_divides_phrases():
    phrases = place([syllable(4.0), syllable(8.0)], seconds_per_beat=0.5, hum=HUM)
    assert len(phrases) == 2
    assert phrases[0][-1].end < 4.5 * 0.5 + 0.4


def test_consonants_keep_their_length_where_there_is_room():
    (phrase,) = place([syllable(4.0, coda=""), syllable(5.0)], seconds_per_beat=1.0, hum=HUM)
    consonant = next(s for s in phrase if not s.is_vowel and s.start > 4.0)
    assert consonant.end - consonant.start == pytest.approx(0.08)


def test_time_never_runs_backwards_on_very_short_notes():
    line = [syllable(4.0 + i * 0.1, 0.1) for i in range(5)]
    stretches = [s for phrase in place(line, seconds_per_beat=0.3, hum=HUM) for s in phrase]
    assert all(s.end >= s.start for s in stretches)
    assert all(a.start <= b.start for a, b in pairwise(stretches))
