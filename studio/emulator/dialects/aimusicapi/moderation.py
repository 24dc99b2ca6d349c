"""Moderation: a few words that are refused, so that practice meets each documented refusal.

The vendor judges with models that nobody outside knows. This is a short list and four marks: names
of some famous artists and what looks like a producer's tag in a description; in lyrics
`[copyright: ...]`, `[inappropriate: ...]` and a mark that is not closed; `[review]` in either.
"""

import re
from collections.abc import Iterator
from typing import TypeAlias

from studio.emulator.dialects.aimusicapi.errors import refuse

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
    "Michael Jackson",
    "Metallica",
    "Pink Floyd",
    "Radiohead",
    "Rihanna",
    "Taylor Swift",
    "The Beatles",
    "The Weeknd",
)
Finding: TypeAlias = tuple[str, str]
"""Which of the vendor's refusals, and what it quotes."""

_ARTIST = re.compile(r"\b(?:" + "|".join(map(re.escape, ARTISTS)) + r")\b", re.IGNORECASE)
_PRODUCER = re.compile(
    r"\b(?:prod\.?(?: by)?|produced by)\s+@?[\w'-]+|\b\w+ on the (?:beat|track)\b", re.IGNORECASE
)
_MARK = re.compile(r"\[(copyright|inappropriate):\s*([^\]]*)\]", re.IGNORECASE)
_REVIEW = re.compile(r"\[review\]", re.IGNORECASE)
_OPEN = re.compile(r"\[[^\]\n]*(?:\n|$)")


def moderate(*, description: str = "", tags: str = "", lyrics: str = "") -> None:
    """Return if nothing is found to object to.

    Raises
    ------
    TurnedAway
        With the vendor's refusal of the first thing found.
    """
    found = [*_in_description(f"{description}\n{tags}"), *_in_lyrics(lyrics)]
    if found:
        raise refuse(*found[0])


def _in_description(text: str) -> Iterator[Finding]:
    if _REVIEW.search(text):
        yield "moderation", ""
    if artist := _ARTIST.search(text):
        yield "artist", artist[0]
    if producer := _PRODUCER.search(text):
        yield "producer", producer[0]


def _in_lyrics(lyrics: str) -> Iterator[Finding]:
    if mark := _MARK.search(lyrics):
        yield ("copyright" if mark[1].casefold() == "copyright" else "inappropriate"), mark[2]
    if _REVIEW.search(lyrics):
        yield "moderation", ""
    if _OPEN.search(lyrics):
        yield "format", ""
