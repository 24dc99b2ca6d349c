"""Sounds of speech on the notes of a score."""

# ruff: noqa: RUF001, RUF002 - phonetic signs look like letters

from studio.engine.score import SungNote
from studio.engine.singing.fitting import fit
from studio.engine.singing.speech import Phone


def spoken(*words):
    """Return the phones of words like `"l aɪ t"`, a tenth of a second each."""
    sounds = [(ipa, word) for word, text in enumerate(words) for ipa in text.split()]
    return [Phone(ipa, i / 10, (i + 1) / 10, word) for i, (ipa, word) in enumerate(sounds)]


def notes(*places):
    """Return a note of one beat for each `(word, syllable)`."""
    return [SungNote(float(i), 1.0, 60, 90, 0, *place) for i, place in enumerate(places)]


def nuclei(syllables):
    return [syllable.nucleus.ipa if syllable.nucleus else None for syllable in syllables]


def test_each_note_gets_its_vowel():
    fitted = fit(spoken("h oʊ l d", "m iː"), notes((0, 0), (1, 0)))
    assert nuclei(fitted) == ["oʊ", "iː"]
    assert [phone.ipa for phone in fitted[0].coda] == ["l", "d"]


def test_more_spoken_than_written_syllables_give_up_the_weakest():
    fitted = fit(spoken("f aɪ ɚ"), notes((0, 0)))
    assert nuclei(fitted) == ["aɪ"]
    assert [phone.ipa for phone in fitted[0].coda] == ["ɚ"]


def test_fewer_spoken_than_written_syllables_are_held():
    fitted = fit(spoken("f aɪɚ"), notes((0, 0), (0, 1)))
    assert nuclei(fitted) == ["aɪɚ"]
    assert len(fitted[0].notes) == 2


def test_words_said_as_one_are_shared_out_again():
    fitted = fit(spoken("ɪ n ð ə"), notes((0, 0), (1, 0)))
    assert nuclei(fitted) == ["ɪ", "ə"]


def test_a_word_that_cannot_be_said_is_hummed():
    assert nuclei(fit([], notes((0, 0), (1, 0)))) == [None, None]


def test_a_word_without_vowels_is_sung_on_its_longest_voice():
    assert nuclei(fit(spoken("ʃ m"), notes((0, 0)))) == ["ʃ"]


def test_a_melisma_is_one_syllable_on_many_notes():
    fitted = fit(spoken("l aɪ t"), notes((0, 0), (0, 0), (0, 0)))
    assert [len(syllable.notes) for syllable in fitted] == [3]


def test_a_vowel_is_not_held_through_a_rest():
    far = [SungNote(0.0, 1.0, 60, 90, 0, 0, 0), SungNote(4.0, 1.0, 60, 90, 0, 0, 1)]
    assert [len(syllable.notes) for syllable in fit(spoken("l aɪ t"), far)] == [1, 1]
