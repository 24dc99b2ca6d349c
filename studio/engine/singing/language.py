"""Language: what is said for each written word, in which tongue, in how many syllables."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from studio.engine.singing.espeak import Espeak
from studio.engine.singing.phones import makes_a_syllable

SCRIPTS = {
    "LATIN": ("en", frozenset[str]()),
    "CJK": ("zh", frozenset({"zh", "yue"})),
    "HIRAGANA": ("ja", frozenset({"ja"})),
    "KATAKANA": ("ja", frozenset({"ja"})),
    "HANGUL": ("ko", frozenset({"ko"})),
    "CYRILLIC": ("ru", frozenset({"ru", "uk", "bg", "be", "sr", "mk", "kk", "ky", "tt"})),
    "ARABIC": ("ar", frozenset({"ar", "fa", "ur", "ug", "sd", "ku"})),
    "HEBREW": ("he", frozenset({"he"})),
    "GREEK": ("el", frozenset({"el"})),
    "DEVANAGARI": ("hi", frozenset({"hi", "mr", "ne", "kok"})),
    "BENGALI": ("bn", frozenset({"bn", "as", "bpy"})),
    "GUJARATI": ("gu", frozenset({"gu"})),
    "GURMUKHI": ("pa", frozenset({"pa"})),
    "KANNADA": ("kn", frozenset({"kn"})),
    "MALAYALAM": ("ml", frozenset({"ml"})),
    "SINHALA": ("si", frozenset({"si"})),
    "ETHIOPIC": ("am", frozenset({"am"})),
    "TAMIL": ("ta", frozenset({"ta"})),
    "TELUGU": ("te", frozenset({"te"})),
    "GEORGIAN": ("ka", frozenset({"ka"})),
    "ARMENIAN": ("hy", frozenset({"hy", "hyw"})),
    "THAI": ("th", frozenset({"th"})),
}
"""Of each script, as Unicode names its letters: who reads it by default, and who else does."""

NOT_LATIN = frozenset().union(*(readers for _, readers in SCRIPTS.values()))

LONGEST_WORD = 40
"""Letters of a word that are said; nobody sings on for longer."""


def said(word: str) -> str:
    """Return what is spoken for a written word, or nothing if nobody here can read it."""
    text = unicodedata.normalize("NFKC", word).replace("\u2019", "'").replace("-", " ")
    kept = "".join(sign for sign in text if _is_read(sign))
    return kept.strip("' ")[:LONGEST_WORD] if any(map(str.isalnum, kept)) else ""


def tongue(word: str, language: str) -> str:
    """Return the language that `word` is said in: that of the song, if it reads this script."""
    script = next((_script(sign) for sign in word if _script(sign) in SCRIPTS), None)
    match script:
        case None:
            return language
        case "LATIN":
            return "en" if language in NOT_LATIN else language
        case _:
            default, readers = SCRIPTS[script]
            return language if language in readers else default


def count_syllables(words: Sequence[str], language: str) -> tuple[int, ...]:
    """Count how many notes the singer wants for each word.

    Parameters
    ----------
    words
        As they are written; what cannot be said (an emoji, a dash) is hummed on one note.
    language
        Two letters; a word in another script is said in a language of that script.

    Returns
    -------
    tuple of int
        One count for each word, at least 1. It does not depend on which voice sings.
    """
    return tuple(_count(said(word), tongue(word, language)) for word in words)


@lru_cache(maxsize=4096)
def _count(word: str, language: str) -> int:
    if not word:
        return 1
    spoken = Espeak().speak([word], language=language, voice="female")
    return max(1, sum(makes_a_syllable(phone.ipa) for phone in spoken.phones))


def _is_read(sign: str) -> bool:
    match unicodedata.category(sign)[0]:
        case "L":
            return _script(sign) in SCRIPTS
        case kind:
            return kind in "MN" or sign in "' "


def _script(sign: str) -> str:
    return unicodedata.name(sign, "").split(" ")[0]
