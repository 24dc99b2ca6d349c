"""Writer: words for a song about something, when nobody brought any.

The subject is found in the description; its topic gives the pictures, rhyme groups give the line
ends, and the chorus turns round a hook, which also names the song. Nothing is said twice in one
song but the chorus.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import chain

from studio.engine.brief import Brief
from studio.engine.writing.chance import pick, stream, turn
from studio.engine.writing.language import language_of
from studio.engine.writing.lyrics import INSTRUMENTAL_KINDS, Stanza

WRITTEN_LANGUAGES = ("en", "zh")
LONGEST_SUBJECT = 5
"""Words; what is longer gives its topic, but is not sung as it stands."""

_ABOUT = re.compile(
    r"\b(?:about|for|dedicated to|called|über)\s+(.+?)(?=$|[,.;:!?\n]|\s+(?:with|in|at|sung|by)\b)",
    re.IGNORECASE,
)
_ABOUT_ZH = re.compile(r"(?:关于|唱给|写给|献给)(.{1,8}?)(?:的|$|[\uff0c\u3002,.])")


@dataclass(frozen=True, slots=True)
class Book:
    """All the words of a language."""

    rhymes: Mapping[str, Sequence[str]]
    topics: Mapping[str, Mapping[str, Sequence[str]]]
    connectors: Mapping[str, Sequence[str]]
    shapes: Mapping[str, Sequence[str]]
    usual: Mapping[str, Sequence[str]]
    """Topics of a style when nobody names one."""
    joint: str
    """What stands between an opening and an ending."""


@lru_cache
def open_book(language: str) -> Book:
    """Return the words of `language`, one of `WRITTEN_LANGUAGES`."""
    path = files("studio.engine.writing").joinpath(f"words-{language}.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Book(
        rhymes=data["rhymes"],
        topics=data["topics"],
        connectors=data["connectors"],
        shapes=data["shapes"],
        usual=data.get("usual", {}),
        joint=" " if language == "en" else "",
    )


def write_song(
    brief: Brief, style: str, form: Sequence[Stanza], seed: int
) -> tuple[str, str, tuple[Stanza, ...]]:
    """Return title, language and the stanzas of `form` with words in them.

    Marks that stand for music alone stay without words, and so does a part that is given words
    by its own hand.
    """
    about = f"{brief.description} {brief.title} {brief.style}"
    language = "zh" if language_of(f"{brief.description} {brief.title}") == "zh" else "en"
    book = open_book(language)
    poet = _Poet(book, _topics(book, about, style, seed), find_subject(brief), style, seed)
    stanzas = tuple(
        stanza
        if stanza.kind in INSTRUMENTAL_KINDS or stanza.lines
        else Stanza(stanza.kind, stanza.name, poet.stanza(stanza.kind))
        for stanza in form
    )
    return poet.title, language, stanzas


def name_tune(brief: Brief, style: str, seed: int) -> str:
    """Return a title for a piece without words."""
    title, _, _ = write_song(brief, style, (), seed)
    return title


def find_subject(brief: Brief) -> str:
    """Return what the song is about in the person's own words, if it can be sung as it stands."""
    text = brief.description or brief.title
    found = _ABOUT_ZH.search(text) or _ABOUT.search(text)
    subject = found.group(1).strip(" \"'“”") if found else ""
    if len(subject.split()) > LONGEST_SUBJECT or re.search(r"\d|https?:", subject):
        return ""
    if re.match(r"(?:someone|somebody|a \w+ who|how|what|why|when)\b", subject, re.IGNORECASE):
        return ""
    return subject


def _topics(book: Book, about: str, style: str, seed: int) -> list[str]:
    """Return the topics that the text touches, most first; else one that suits the style."""
    text = about.casefold()
    hits = {
        name: sum(_says(text, word) for word in topic["words"])
        for name, topic in book.topics.items()
    }
    found = sorted((name for name in hits if hits[name]), key=lambda name: -hits[name])
    if found:
        return found[:2]
    return [turn(seed, "topic", book.usual.get(style, tuple(book.topics)))]


def _says(text: str, word: str) -> bool:
    if not word.isascii():
        return word in text
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


class _Poet:
    """Somebody who never says the same thing twice in a song, but for the chorus."""

    def __init__(
        self, book: Book, topics: Sequence[str], subject: str, style: str, seed: int
    ) -> None:
        self._book, self._rng = book, stream(seed, "words")
        chosen = [book.topics[name] for name in topics]
        self._lines = self._pool(*(topic["lines"] for topic in chosen))
        self._openings = self._pool(*(topic["openings"] for topic in chosen))
        self._connectors = {k: self._pool(v) for k, v in book.connectors.items()}
        groups = list(book.rhymes)
        self._groups = self._forever([groups[i] for i in self._rng.permutation(len(groups))])
        self._endings = {name: self._pool(ends) for name, ends in book.rhymes.items()}
        own_hooks, own_lines = _shaped(book, subject)
        hooks = own_hooks or tuple(chosen[0]["hooks"])
        self._hook = turn(seed, f"hook {style}", hooks)
        self._own_lines = iter(own_lines and (pick(self._rng, own_lines),))
        self._chorus: tuple[str, ...] = ()
        self._verse_lines = 8 if style == "hip-hop" else 4
        self.title = _as_title(subject if own_hooks else self._hook)

    def stanza(self, kind: str) -> tuple[str, ...]:
        """Return the lines of a section."""
        match kind:
            case "chorus":
                self._chorus = self._chorus or self._new_chorus()
                return self._chorus
            case "pre-chorus":
                lift = next(self._connectors["lift"])
                return (lift, self._rhymed(next(self._groups)))
            case "bridge":
                return self._crossed(self._connectors["bridge"], 4)
            case _:
                return self._crossed(chain(self._own_lines, self._lines), self._verse_lines)

    def _new_chorus(self) -> tuple[str, ...]:
        group = next(self._groups)
        return (self._hook, self._rhymed(group), self._hook, self._rhymed(group))

    def _crossed(self, plain: Iterator[str], count: int) -> tuple[str, ...]:
        """Return lines of which every second rhymes with the one two before it."""
        lines: list[str] = []
        while len(lines) < count:
            group = next(self._groups)
            for _ in range(2):
                lines += [next(plain), self._rhymed(group)]
        return tuple(_capital(line) for line in lines[:count])

    def _rhymed(self, group: str) -> str:
        opening, ending = next(self._openings), next(self._endings[group])
        return _capital(f"{opening}{self._book.joint}{ending}")

    def _pool(self, *sources: Sequence[str]) -> Iterator[str]:
        """Return the things in a drawn order, again and again; the first source comes first."""
        ordered = [source[int(i)] for source in sources for i in self._rng.permutation(len(source))]
        return self._forever(ordered)

    @staticmethod
    def _forever(things: Sequence[str]) -> Iterator[str]:
        while True:
            yield from things


def _shaped(book: Book, subject: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return hooks and lines that carry the person's own subject."""
    if not subject:
        return (), ()
    if "hooks" in book.shapes:
        return tuple(_filled(shape, subject) for shape in book.shapes["hooks"]), ()
    kind = "gerund" if re.match(r"\w+ing\b", subject, re.IGNORECASE) else "noun"
    hooks = tuple(_filled(shape, subject) for shape in book.shapes[f"{kind}_hooks"])
    lines = tuple(_filled(shape, subject) for shape in book.shapes[f"{kind}_lines"])
    return hooks, lines


def _filled(shape: str, subject: str) -> str:
    return _capital(shape.replace("{x}", subject))


def _capital(line: str) -> str:
    return line[:1].upper() + line[1:]


def _as_title(text: str) -> str:
    small = {"a", "an", "the", "of", "to", "in", "on", "and", "at", "for", "by"}
    words = text.strip(" ,.;:!?").split()
    return " ".join(
        word if index and word in small else _capital(word) for index, word in enumerate(words)
    )
