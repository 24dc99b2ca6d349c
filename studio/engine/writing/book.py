"""Book: all the words that the band can sing of its own accord, by language."""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import TypeAlias

from pydantic import BaseModel, ConfigDict

Couplet: TypeAlias = tuple[str, str]
"""Two lines that rhyme, each a sentence of its own."""

WRITTEN_LANGUAGES = ("en", "zh")


class Topic(BaseModel):
    """What is said about one thing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: tuple[str, ...]
    """By which the topic is known in a description, in small letters."""
    hooks: tuple[str, ...]
    verse: tuple[Couplet, ...]
    chorus: tuple[Couplet, ...]
    lines: tuple[str, ...]
    """That need no rhyme."""
    sombre: bool = False
    """Whether it hurts."""


class Book(BaseModel):
    """All the words of a language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    topics: Mapping[str, Topic]
    shapes: Mapping[str, tuple[str, ...]]
    """Lines with a place for the person's own subject, by how it is used and what it is."""
    own_verse: Mapping[str, tuple[Couplet, ...]]
    """Couplets with such a place."""
    lift: tuple[Couplet, ...]
    bridge: tuple[Couplet, ...]
    verse: tuple[Couplet, ...]
    chorus: tuple[Couplet, ...]
    usual: Mapping[str, tuple[str, ...]]
    """Topics of a style when nobody names one."""


@lru_cache
def open_book(language: str) -> Book:
    """Return the words of `language`, one of `WRITTEN_LANGUAGES`."""
    path = files("studio.engine.writing").joinpath(f"words-{language}.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    shapes = dict(data["shapes"])
    own_verse = {name: shapes.pop(name) for name in data["shapes"] if "_verse" in name}
    return Book.model_validate(
        {
            "topics": data["topics"],
            "shapes": shapes,
            "own_verse": own_verse,
            "usual": data.get("usual", {}),
            **data["anywhere"],
        }
    )


def topics_in(language: str, text: str) -> list[str]:
    """Return the topics that a text touches, most first, of those that `language` can sing of.

    A text in one language also tells the topic of a song in another.
    """
    known = open_book(language).topics
    others = [other for other in WRITTEN_LANGUAGES if other != language]
    for source in (language, *others):
        hits = {
            name: sum(_says(text.casefold(), word) for word in topic.words)
            for name, topic in open_book(source).topics.items()
            if name in known
        }
        if any(hits.values()):
            return sorted((name for name in hits if hits[name]), key=lambda name: -hits[name])
    return []


def _says(text: str, word: str) -> bool:
    if not word.isascii():
        return word in text
    return re.search(rf"(?<!\w){re.escape(word)}(?:s|es)?(?!\w)", text) is not None
