"""Words: how a song's text is laid out for the index, and how a search is asked of it."""

import re
import unicodedata

LONGEST_SEARCH = 200
UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
"""Characters of the writings that put no spaces between words."""


def for_index(*texts: str) -> str:
    """Lay out `texts` so that SQLite's tokenizer finds every word in them.

    Chinese and Japanese characters are set apart, each a word; so are signs and emoji, under
    their number, since the tokenizer would drop them.
    """
    apart = UNSPACED.sub(r" \g<0> ", "\n".join(texts))
    return "".join(_named(character) for character in apart)


def as_query(search: str) -> str:
    """Say what a person typed in the language of the index: every word, the last letters open.

    Everything is quoted, so nothing in it is an operator. Empty if there is no word in it.
    """
    terms = (for_index(term) for term in search[:LONGEST_SEARCH].split())
    quoted = (term.replace('"', " ").replace("\0", " ") for term in terms if _has_words(term))
    return " ".join(f'"{term}"*' for term in quoted)


def _named(character: str) -> str:
    is_sign = unicodedata.category(character).startswith("S")
    return f" u{ord(character):x} " if is_sign else character


def _has_words(term: str) -> bool:
    return any(unicodedata.category(character)[0] in "LN" for character in term)
