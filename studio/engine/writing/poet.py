"""Poet: somebody who never says the same thing twice in a song, but for the chorus.

Couplets rhyme and hold together; where a verse wants more air, two lines that need no rhyme lead
to one. The chorus turns round a hook, which also names the song.
"""

from collections.abc import Callable, Sequence
from typing import Generic, TypeAlias, TypeVar

from studio.engine.writing.book import Book
from studio.engine.writing.chance import Rng, stream, turn
from studio.engine.writing.subject import Subject

T = TypeVar("T")
Fits: TypeAlias = Callable[[str], bool]
"""Tells whether a line can be sung in the time there is: asked of lines with a person's own words,
for those of the book are short."""

VERSE_LINES = {"hip-hop": 8}
USUAL_LINES = 4
SMALL_WORDS = frozenset(
    {"a", "an", "the", "of", "to", "in", "on", "and", "at", "for", "by", "from"}
)


class Pool(Generic[T]):
    """Things in a drawn order, source after source; begun again only when all were taken."""

    def __init__(self, rng: Rng, *sources: Sequence[T]) -> None:
        self._things = [source[int(i)] for source in sources for i in rng.permutation(len(source))]
        self._taken = 0

    @property
    def left(self) -> int:
        """How many were never taken."""
        return max(0, len(self._things) - self._taken)

    def take(self) -> T:
        """Take the next one."""
        thing = self._things[self._taken % len(self._things)]
        self._taken += 1
        return thing


class Poet:
    """Writes the sections of one song, and of further versions of it."""

    def __init__(
        self,
        book: Book,
        topics: Sequence[str],
        subject: Subject,
        style: str,
        seed: int,
        *,
        fits: Fits = lambda _line: True,
    ) -> None:
        rng = stream(seed, "words")
        self._lines_of_verse = VERSE_LINES.get(style, USUAL_LINES)
        chosen = [book.topics[name] for name in topics]
        about = _AboutIt(book, subject, fits, sombre=any(topic.sombre for topic in chosen))
        own_hooks = [] if not about.hooks else _turned(about.hooks, seed, f"hook {style}")
        hooks = own_hooks or _turned(
            chosen[0].hooks if chosen else book.chorus[0], seed, f"hook {style}"
        )
        self._hooks, self._own = hooks, bool(own_hooks)
        self._verses = Pool(rng, *(topic.verse for topic in chosen), book.verse)
        self._refrains = Pool(rng, *(topic.chorus for topic in chosen), book.chorus)
        self._lines = Pool(rng, *(topic.lines for topic in chosen), ("",))
        self._lifts = Pool(rng, book.lift)
        self._bridges = Pool(rng, book.bridge)
        self._own_lines = Pool(rng, about.lines or ("",))
        self._own_couplets = Pool(rng, about.verse or (("", ""),))
        self._is_known, self._airy = bool(chosen), turn(seed, "airy", (True, False))
        self._subject, self._version = subject, -1
        self.new_version()

    def new_version(self) -> None:
        """Begin another song about the same thing, in other words."""
        self._version += 1
        self._hook = self._hooks[self._version % len(self._hooks)]
        self._chorus: tuple[str, ...] = ()
        self._told = 0

    @property
    def title(self) -> str:
        """What the song is called: its subject, or its hook."""
        first = self._own and self._version == 0
        return as_title(self._subject.text if first else self._hook)

    def stanza(self, kind: str) -> tuple[str, ...]:
        """Return the lines of a section."""
        match kind:
            case "chorus":
                self._chorus = self._chorus or self._new_chorus()
                return self._chorus
            case "pre-chorus":
                return self._lifts.take()
            case "bridge":
                return (*self._bridges.take(), *self._bridges.take())
            case _:
                return self._verse()

    def _new_chorus(self) -> tuple[str, ...]:
        one, other = self._refrains.take()
        if self._version % 2 == int(self._airy):
            return (self._hook, self._hook, one, other)
        return (self._hook, one, other, self._hook)

    def _verse(self) -> tuple[str, ...]:
        """Return couplets, or in every second version, two free lines before one."""
        airy = (self._version % 2 == 0) == self._airy and self._is_known
        lines: list[str] = []
        while len(lines) < self._lines_of_verse:
            if airy and self._lines_of_verse == USUAL_LINES and self._lines.left > 2:  # noqa: PLR2004 - for two
                lines += self._airy_quatrain()
            else:
                lines += self._own_couplet() or self._verses.take()
            self._told += 1
        return tuple(lines)

    def _airy_quatrain(self) -> tuple[str, ...]:
        one, other = self._verses.take()
        first = self._own_lines.take() if not self._told else ""
        return (first or self._lines.take(), self._lines.take(), one, other)

    def _own_couplet(self) -> tuple[str, ...]:
        """Return a couplet about the subject: the first, or of an unknown one, every second."""
        wanted = not self._told if self._is_known else self._told % 2 == 0
        couplet = self._own_couplets.take() if wanted and self._own_couplets.left else ("", "")
        return couplet if all(couplet) else ()


def fitted(book: Book, subject: Subject, fits: Fits) -> Subject:
    """Return a subject, or its last words if all of it is too long to be sung."""
    words = subject.text.split()
    shorter = [" ".join(words[from_:]) for from_ in range(len(words))] or [""]
    kind = subject.kind
    ways = [Subject(text, kind if text == subject.text else "noun") for text in shorter]
    return next((way for way in ways if _AboutIt(book, way, fits).hooks), Subject(""))


class _AboutIt:
    """Hooks, lines and couplets that carry the person's own subject."""

    def __init__(self, book: Book, subject: Subject, fits: Fits, *, sombre: bool = False) -> None:
        def filled(shapes: Sequence[str]) -> list[str]:
            lines = [capital(shape.replace("{x}", subject.text)) for shape in shapes]
            return [line for line in lines if fits(line)] if subject else []

        def shapes(use: str) -> list[str]:
            return [
                shape
                for name in _moods(f"{subject.kind}_{use}", sombre)
                for shape in book.shapes[name]
            ]

        self.hooks, self.lines = filled(shapes("hooks")), filled(shapes("lines"))
        couplets = [
            tuple(filled(pair))
            for name in _moods(f"{subject.kind}_verse", sombre)
            for pair in book.own_verse[name]
        ]
        self.verse = [(pair[0], pair[1]) for pair in couplets if len(pair) == 2]  # noqa: PLR2004 - a pair


def _moods(name: str, sombre: bool) -> tuple[str, ...]:
    return (name,) if sombre else (name, f"{name}_glad")


def capital(line: str) -> str:
    """Return a line that begins with a capital."""
    return line[:1].upper() + line[1:]


def as_title(text: str) -> str:
    """Write a title as titles are written."""
    words = text.strip(" ,.;:!?\uff0c\u3002").split()
    return " ".join(
        word if index and word in SMALL_WORDS else capital(word) for index, word in enumerate(words)
    )


def _turned(things: Sequence[T], seed: int, name: str) -> Sequence[T]:
    """Return the things from the one whose turn it is on."""
    first = turn(seed, name, range(len(things)))
    return [*things[first:], *things[:first]]
