"""Lyrics: from text with `[Section]` marks to stanzas, whatever a person may have typed.

Nothing here fails: what is no mark is sung, what cannot be sung is left out.
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

INSTRUMENTAL_KINDS = frozenset({"intro", "solo", "outro"})
STANZA_LINES = 4
LONGEST_LINE, WIDEST_LINE, USUAL_LINE = 16, 20, 9
"""Words of a line; characters, where a character is a word; where prose is cut."""
CLOSING = ",;.:!?\u3001\u3002\uff01\uff0c\uff1a\uff1b\uff1f\u060c\u061b\u061f"
"""Signs after which one may breathe, in Latin, Chinese and Arabic."""
LONGEST_WORD = 24
"""Letters; a longer run is cut, so that it can be sung at all."""

# Wide brackets and colons of East Asian writing, by their plain sisters.
_PLAIN = str.maketrans("\u3010\u3011\u3014\u3015\uff3b\uff3d\uff08\uff09\uff1a", "[][][]():")
_SQUARE = re.compile(r"\[\s*([^\]]{0,80})\s*\]")
_BARE = re.compile(r"^[\s*#_(]*([^\W\d_][^:()*#_]{1,24}?)\s*[)*_]*:?[\s*_]*$")
_ASIDE = re.compile(r"[*_#~`]+")
_WIDE = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WIDE_SIGNS = r"\u3000-\u303f\uff00-\uff0f\uff1a-\uff20"
_TOKEN = re.compile(rf"[{_WIDE}]|[{_WIDE_SIGNS}]+|[^\s{_WIDE}{_WIDE_SIGNS}]+")


@dataclass(frozen=True, slots=True)
class Stanza:
    """A section as it is written: what it is, its name on the page, and its lines."""

    kind: str
    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Mark:
    kind: str | None
    """`None` when nobody knows the word."""
    text: str


def parse_lyrics(text: str) -> tuple[Stanza, ...]:
    """Return the stanzas of `text`; empty when there is neither a word nor a mark in it."""
    stanzas = _read(text)
    if not any(stanza.name for stanza in stanzas):
        stanzas = _unmarked(text)
    return _named(_repeated(stanzas))


def is_wordless(text: str) -> bool:
    """Whether `text` asks for music without words: marks, and nothing to be sung between them."""
    stanzas = parse_lyrics(text)
    return bool(stanzas) and not any(stanza.lines for stanza in stanzas)


def words_of(line: str) -> tuple[str, ...]:
    """Return the words of a line: cut at white space, Chinese and Japanese into characters.

    What has no letter or digit is not a word: it stays with the word before it or is left out.
    """
    words: list[str] = []
    for token in _TOKEN.findall(line):
        pieces = [token[i : i + LONGEST_WORD] for i in range(0, len(token), LONGEST_WORD)]
        for piece in pieces:
            if is_sayable(piece):
                words.append(piece)
            elif words and len(words[-1] + piece) <= LONGEST_WORD and not _is_picture(piece):
                words[-1] += piece
    return tuple(words)


def _is_picture(text: str) -> bool:
    return any(unicodedata.category(character) == "So" for character in text)


def is_sayable(text: str) -> bool:
    """Tell whether there is anything in `text` that a voice can say."""
    return any(character.isalnum() for character in text)


def shown(stanzas: tuple[Stanza, ...]) -> str:
    """Return stanzas as a person reads them: a mark, its lines, an empty line."""
    return "\n\n".join("\n".join((f"[{s.name}]", *s.lines)) for s in stanzas)


def section_names() -> frozenset[str]:
    """Return all that people call a section, in small letters."""
    return frozenset(_marks())


@lru_cache
def _marks() -> dict[str, str]:
    """Return what sections are called, in many languages, and what they are."""
    text = files("studio.engine.writing").joinpath("marks.toml").read_text(encoding="utf-8")
    return {word: kind for kind, words in tomllib.loads(text).items() for word in words}


def _read(text: str) -> list[Stanza]:
    stanzas: list[Stanza] = []
    kind, name, lines, after_blank = "verse", "", list[str](), True
    for raw in text.translate(_PLAIN).splitlines():
        marks, rest = _split_marks(raw)
        for mark in marks:
            if mark.kind is None and lines and not after_blank:
                continue  # A stage direction, such as [softly].
            stanzas.append(Stanza(kind, name, tuple(lines)))
            kind, name, lines = mark.kind or "verse", mark.text, []
        lines += _breaths(rest)
        after_blank = not raw.strip()
    stanzas.append(Stanza(kind, name, tuple(lines)))
    return [stanza for stanza in stanzas if stanza.name or stanza.lines]


def _breaths(line: str) -> list[str]:
    """Cut prose into lines that can be sung: at its punctuation, or after some words."""
    if not is_sayable(line):
        return []
    words = words_of(line)
    wide = all(len(word.strip(CLOSING)) <= 1 for word in words)
    if len(words) <= (WIDEST_LINE if wide else LONGEST_LINE):
        return [line]
    lines: list[list[str]] = [[]]
    for word in words:
        full = len(lines[-1]) >= USUAL_LINE or (word[-1] in CLOSING and len(lines[-1]) > 1)
        lines[-1].append(word)
        if full:
            lines.append([])
    return [("" if wide else " ").join(words) for words in lines if words]


def _split_marks(raw: str) -> tuple[list[_Mark], str]:
    marks = [_understood(found) for found in _SQUARE.findall(raw) if is_sayable(found)]
    rest = _ASIDE.sub(" ", _SQUARE.sub(" ", raw)).strip()
    if not marks and (bare := _BARE.match(raw)):
        mark = _understood(bare.group(1))
        said_as_mark = raw.rstrip().endswith(":") or mark.text.casefold() in _marks()
        if mark.kind and said_as_mark:
            return [mark], ""
    return marks, rest


def _understood(text: str) -> _Mark:
    """Read `Chorus: soft`, `VERSE 2`, `主歌2`, `Guitar Solo`."""
    title = re.split(r"[:|,\uff0c(\u2013\u2014]| - ", text.strip(), maxsplit=1)[0].strip()
    word = re.sub(r"[\s\d.#ivx]*$", "", title.casefold()) or title.casefold()
    for known in (title.casefold(), word, word.replace(" ", "-"), word.replace("-", "")):
        if known in _marks():
            return _Mark(_marks()[known], title)
    last = word.split()[-1:] or [""]
    return _Mark(_marks().get(last[0]), title)


def _unmarked(text: str) -> list[Stanza]:
    """Find the form of words without marks: blank lines part them, what returns is the chorus."""
    blocks: list[list[str]] = [[]]
    for raw in text.splitlines():
        line = _ASIDE.sub(" ", raw).strip()
        if not line:
            blocks.append([])
        else:
            blocks[-1] += _breaths(line)
    stanzas = [tuple(block) for block in blocks if block]
    if len(stanzas) == 1:
        stanzas = _cut(stanzas[0])
    bodies = [tuple(line.casefold() for line in stanza) for stanza in stanzas]
    returning = {body for body in bodies if bodies.count(body) > 1}
    if returning == set(bodies):
        kinds = ["verse" if index % 2 == 0 else "chorus" for index in range(len(bodies))]
    elif returning:
        kinds = ["chorus" if body in returning else "verse" for body in bodies]
    else:
        kinds = _guessed_kinds(len(stanzas))
    return [Stanza(kind, "", lines) for kind, lines in zip(kinds, stanzas, strict=True)]


def _cut(lines: tuple[str, ...]) -> list[tuple[str, ...]]:
    if len(lines) < STANZA_LINES + 2:
        return [lines]
    return [lines[i : i + STANZA_LINES] for i in range(0, len(lines), STANZA_LINES)]


def _guessed_kinds(count: int) -> list[str]:
    pattern = ("verse", "chorus", "verse", "bridge")
    return [pattern[index] if index < len(pattern) else "verse" for index in range(count)]


def _repeated(stanzas: list[Stanza]) -> list[Stanza]:
    """Fill a chorus that is only named with the one that was written out before."""
    last: dict[str, tuple[str, ...]] = {}
    whole = []
    for stanza in stanzas:
        lines = stanza.lines
        if stanza.kind in {"chorus", "pre-chorus"}:
            lines = lines or last.get(stanza.kind, ())
            last[stanza.kind] = lines
        whole.append(replace(stanza, lines=lines))
    return whole


def _named(stanzas: list[Stanza]) -> tuple[Stanza, ...]:
    """Give every stanza a name; verses are counted."""
    verses = sum(stanza.kind == "verse" for stanza in stanzas)
    named, count = [], 0
    for stanza in stanzas:
        count += stanza.kind == "verse"
        own = stanza.kind.title() + (f" {count}" if stanza.kind == "verse" and verses > 1 else "")
        named.append(replace(stanza, name=stanza.name or own))
    return tuple(named)
