"""Languages: in which one words are to be sung, guessed from the words themselves.

Without being told, the model sings all words as English. A script gives most languages away; those
in Latin letters are told apart by their smallest words. Where nothing is sure, nothing is claimed.
"""

import re
from collections import Counter
from collections.abc import Mapping

UNSURE = "unknown"
"""Its word for: find out."""
MARKS = re.compile(r"\[[^\]]*\]")
WORD = re.compile(r"[^\W\d_]+")

SCRIPTS: tuple[tuple[str, str], ...] = (
    # Kana before Han, which Japanese has, too.
    ("ja", "\u3040-\u30ff"),
    ("ko", "\uac00-\ud7af\u1100-\u11ff"),
    ("zh", "\u4e00-\u9fff"),
    ("uk", "їєґЇЄҐ"),
    ("ru", "\u0400-\u04ff"),
    ("el", "\u0370-\u03ff"),
    ("he", "\u0590-\u05ff"),
    ("fa", "پچژگ"),
    ("ar", "\u0600-\u06ff"),
    ("hi", "\u0900-\u097f"),
    ("bn", "\u0980-\u09ff"),
    ("ta", "\u0b80-\u0bff"),
    ("th", "\u0e00-\u0e7f"),
    ("vi", "ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđơư"),
)
SMALL_WORDS: Mapping[str, frozenset[str]] = {
    code: frozenset(words.split())
    for code, words in {
        "en": "the and you of to in my is it we i your that on with for all be me when",
        "de": "der die das und ich du nicht ein ist wir mein dein auf mit im den wenn wie sie zu",
        "fr": "le la les et je tu pas une est dans mon ton que des nous vous sur pour avec qui",
        "es": "el la los y yo tú no una es en mi tu que del nosotros por para con como se",
        "it": "il la gli e io tu non una è in mio tuo che di noi per con come sono della",
        "pt": "o a os e eu você não uma é em meu teu que do nós por para com como são",
        "nl": "de het een en ik jij niet is in mijn jouw dat van wij voor met als zijn op ons",
        "sv": "och jag du inte en är i min din att det som vi för med när på av ett den",
        "pl": "i ja ty nie jest w mój twój że się na my dla z jak gdy to po do już",
        "tr": "ve ben sen bir değil bu için ile gibi ne da de mi o biz çok kadar her",
    }.items()
}
FEWEST = 2
"""How many small words must be known before a language is believed."""


def language_of(words: str) -> str:
    """Return the code of the language that `words` are in, or `UNSURE`.

    What stands in brackets, such as `[Verse]`, is not sung and does not count.
    """
    sung = MARKS.sub(" ", words)
    for code, letters in SCRIPTS:
        if re.search(f"[{letters}]", sung):
            return code
    return _by_small_words(WORD.findall(sung.lower()))


def _by_small_words(words: list[str]) -> str:
    known = Counter(
        {code: sum(word in small for word in words) for code, small in SMALL_WORDS.items()}
    )
    (first, most), (_, next_most) = known.most_common(2)
    return first if most >= FEWEST and most > next_most else UNSURE
