"""Rhyming: whether lines rhyme by their sound, however they are written."""

from functools import lru_cache

from studio.engine.singing.espeak import Espeak
from studio.engine.singing.language import said, tongue
from studio.engine.singing.phones import HIGH, VOWELS, is_reduced, makes_a_syllable, plain
from studio.engine.writing.lyrics import words_of

# ruff: noqa: RUF001 - phonetic signs look like letters
SAME = str.maketrans({"ɔ": "ɑ", "ɜ": "ə", "ɚ": "ə", "ᵻ": "ɪ", "ɾ": "t", "ɐ": "ə", "o": "ɑ"})
"""Vowels that rhyme with each other in song."""

FINALS = {
    "ɛn": "an", "æn": "an", "ɑn": "an", "in": "ən", "yn": "ən", "un": "ən", "iŋ": "əŋ", "ʊŋ": "əŋ",
    "uŋ": "əŋ", "oŋ": "əŋ", "y": "i", "o": "ə", "ɔ": "ə", "ɤ": "ə", "wo": "ə",
}  # fmt: skip
"""Finals of Chinese that rhyme with each other: the thirteen tracks of the northern stage."""


def rhyme_of(line: str, language: str) -> str:
    """Return what a line rhymes on: its last strong vowel and all that follows; equal means rhyme.

    Empty if nothing in it can be said.
    """
    words = words_of(line)
    return _rhyme(said(words[-1]), tongue(words[-1], language)) if words else ""


def scheme_of(lines: tuple[str, ...], language: str) -> str:
    """Return the rhyme scheme in letters, `-` for a line that stands alone: `-A-A`."""
    sounds = [rhyme_of(line, language) for line in lines]
    names: dict[str, str] = {}
    for sound in sounds:
        if sound and sounds.count(sound) > 1 and sound not in names:
            names[sound] = chr(ord("A") + len(names) % 26)
    return "".join(names.get(sound, "-") for sound in sounds)


@lru_cache(maxsize=4096)
def _rhyme(word: str, language: str) -> str:
    if not word:
        return ""
    phones = [
        phone.ipa for phone in Espeak().speak([word], language=language, voice="female").phones
    ]
    vowels = [index for index, ipa in enumerate(phones) if makes_a_syllable(ipa)]
    if not vowels:
        return plain("".join(phones))
    if language == "zh":
        return _final(phones[vowels[-1] :])
    strong = [index for index in vowels if not is_reduced(phones[index])] or vowels
    return "".join(plain(ipa) for ipa in phones[strong[-1] :]).translate(SAME)


def _final(phones: list[str]) -> str:
    """Return the rhyme of a Chinese syllable: without tone, and without the glide that opens it."""
    signs = "".join(sign for sign in plain("".join(phones)) if sign.isalpha())
    vowels = [sign for sign in signs if sign in VOWELS]
    if len(vowels) > 1 and vowels[0] in HIGH:
        signs = signs[signs.index(vowels[0]) + 1 :]
    return FINALS.get(signs, signs)
