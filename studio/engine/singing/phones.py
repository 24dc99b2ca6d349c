"""Phones: what the signs of the phonetic alphabet mean to a singer."""

import unicodedata

VOWELS = frozenset("aeiouyæɑɒɔəɚɛɜɝɪʊʌɐøœɨʉɯɤɵɘɞɶʏᵻä")  # noqa: RUF001 - phonetic signs
"""Signs that a note can be held on."""

HIGH = frozenset("iuyɯɨʉɪʊ")  # noqa: RUF001 - phonetic signs
"""Vowels that turn into a glide beside a more open one."""

REDUCED = frozenset("əɚɪᵻɨɐ")
"""Weak vowels, the first to be given up when notes are few."""

SYLLABIC = "\u0329"
"""The mark under a consonant that makes a syllable by itself, as in Czech `krk`."""

SONORANT = frozenset("mnŋɲɳlɫɭʎrɹɾɻvzʒðjw")
"""Consonants with a voice, that can be hummed on for want of a vowel."""

CONTINUANT = SONORANT | frozenset("fsʃθxçhɕʂχ")

HELD = (0.45, 0.60)
"""Which part of a plain vowel is held while the note lasts: where it has arrived."""

HELD_FALLING = (0.20, 0.38)
"""Of a diphthong that closes, as in `night`: the glide comes last."""

HELD_RISING = (0.62, 0.85)
"""Of one that opens, as in Chinese `xie`: the glide comes first."""


def makes_a_syllable(ipa: str) -> bool:
    """Say whether a note can be sung on this phone."""
    return SYLLABIC in ipa or any(sign in VOWELS for sign in plain(ipa))


def is_reduced(ipa: str) -> bool:
    """Say whether this is a weak vowel."""
    return plain(ipa)[:1] in REDUCED


def held_part(ipa: str) -> tuple[float, float]:
    """Return from where to where, 0 to 1, a vowel is held."""
    signs = [sign for sign in plain(ipa) if sign in VOWELS or sign in SONORANT]
    if len(signs) < 2 or signs[0] == signs[-1]:  # noqa: PLR2004 - a diphthong has two
        return HELD
    rising = signs[0] in HIGH and signs[1] in VOWELS and signs[1] not in HIGH
    return HELD_RISING if rising else HELD_FALLING


def plain(ipa: str) -> str:
    """Return the signs without stress, length and small marks."""
    return "".join(
        sign
        for sign in unicodedata.normalize("NFD", ipa)
        if unicodedata.category(sign) in ("Ll", "Lo")
    )
