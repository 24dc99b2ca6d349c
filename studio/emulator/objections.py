"""Objections: a few words that vendors refuse, so that practice meets each of their refusals.

Vendors judge with models that nobody outside knows. This is a short list and four marks: names of
some famous artists and what looks like a producer's tag in a description; in lyrics
`[copyright: ...]`, `[inappropriate: ...]` and a mark that is not closed; `[review]` in either. In
which words a vendor refuses, its dialect says.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

ARTISTS = (
    "Adele",
    "Ariana Grande",
    "Beyoncé",
    "Billie Eilish",
    "Bob Dylan",
    "Bruno Mars",
    "Coldplay",
    "Daft Punk",
    "David Bowie",
    "Ed Sheeran",
    "Elton John",
    "Eminem",
    "Jay Chou",
    "Lady Gaga",
    "Lang Lang",
    "Michael Jackson",
    "Metallica",
    "Pink Floyd",
    "Radiohead",
    "Rihanna",
    "Taylor Swift",
    "The Beatles",
    "The Weeknd",
)


class Objection(NamedTuple):
    """What somebody does not want to be made."""

    kind: Literal["moderation", "artist", "producer", "copyright", "inappropriate", "format"]
    detail: str = ""
    """What is quoted of it."""


_ARTIST = re.compile(r"\b(?:" + "|".join(map(re.escape, ARTISTS)) + r")\b", re.IGNORECASE)
_PRODUCER = re.compile(
    r"\b(?:prod\.?(?: by)?|produced by)\s+@?[\w'-]+|\b\w+ on the (?:beat|track)\b", re.IGNORECASE
)
_MARK = re.compile(r"\[(copyright|inappropriate):\s*([^\]]*)\]", re.IGNORECASE)
_REVIEW = re.compile(r"\[review\]", re.IGNORECASE)
_OPEN = re.compile(r"\[[^\]\n]*(?:\n|$)")


def in_description(text: str, aliases: Mapping[str, str] | None = None) -> Iterator[Objection]:
    """Give what there is to object to in a description or in tags.

    Parameters
    ----------
    aliases
        Artists by what else they are called, in scripts that set no spaces, too.
    """
    if _REVIEW.search(text):
        yield Objection("moderation")
    if artist := _ARTIST.search(text):
        yield Objection("artist", artist[0])
    for alias, name in (aliases or {}).items():
        if alias in text:
            yield Objection("artist", name)
    if producer := _PRODUCER.search(text):
        yield Objection("producer", producer[0])


def in_lyrics(lyrics: str) -> Iterator[Objection]:
    """Give what there is to object to in words to be sung."""
    if mark := _MARK.search(lyrics):
        is_known = mark[1].casefold() == "copyright"
        yield Objection("copyright" if is_known else "inappropriate", mark[2])
    if _REVIEW.search(lyrics):
        yield Objection("moderation")
    if _OPEN.search(lyrics):
        yield Objection("format")
