"""Which words are said, in which tongue, in how many syllables."""

import pytest

from studio.engine.singing import count_syllables
from studio.engine.singing.language import LONGEST_WORD, said, tongue


@pytest.mark.parametrize(
    ("word", "language", "count"),
    [("light", "en", 1), ("morning", "en", 2), ("everything", "en", 3), ("corazón", "es", 3),
     ("爱", "zh", 1), ("krk", "cs", 1), ("schöne", "de", 2), ("تعال", "ar", 3)],
)  # fmt: skip
def test_syllables_are_those_that_are_spoken(word, language, count):
    assert count_syllables([word], language) == (count,)


@pytest.mark.parametrize("word", ["😀", "—", "", "♥♥", "?!", "\u200d", "ー", "々", "ក្រ"])
def test_what_cannot_be_said_still_takes_a_note(word):
    assert count_syllables([word], "en") == (1,)


def test_every_word_is_counted_in_its_place():
    assert count_syllables(("Carry", "me", "home"), "en") == (2, 1, 1)


def test_typographic_apostrophes_are_spoken_like_plain_ones():
    assert said("don’t") == "don't"  # noqa: RUF001 - as a word processor writes it


def test_punctuation_is_not_spoken():
    assert said("(ooh,") == "ooh"


def test_a_word_without_end_is_cut():
    assert len(said("a" * 5000)) == LONGEST_WORD


@pytest.mark.parametrize(
    ("word", "language", "spoken_in"),
    [("love", "ja", "en"), ("love", "fr", "fr"), ("我", "en", "zh"), ("люблю", "uk", "uk"),
     ("люблю", "en", "ru"), ("24", "ar", "ar"), ("ありがとう", "en", "ja")],
)  # fmt: skip
def test_a_word_in_another_script_is_said_in_a_tongue_that_reads_it(word, language, spoken_in):
    assert tongue(word, language) == spoken_in
