"""Words: what is sung, whether a person wrote it or the band does, and what the song is called."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from studio.engine.brief import Brief
from studio.engine.writing.chance import turn
from studio.engine.writing.language import language_of
from studio.engine.writing.lyrics import (
    CLOSING,
    INSTRUMENTAL_KINDS,
    Stanza,
    is_sayable,
    parse_lyrics,
)
from studio.engine.writing.style import Style
from studio.engine.writing.writer import name_tune, write_song

LONG_SONG_SECONDS = 170.0
TITLE_WORDS, LONGEST_TITLE = 6, 40


@dataclass(frozen=True, slots=True)
class Words:
    """The song as text."""

    title: str
    language: str
    stanzas: tuple[Stanza, ...]
    sung: bool = False
    given: bool = False
    """Whether a person wrote them."""


def find_words(brief: Brief, style: Style, *, instrumental: bool, seed: int) -> Words:
    """Return the words of the song: those of the brief, or new ones about its subject.

    Words that are given are sung as they are. Marks alone give the form, and the band writes
    the words to it. Raises nothing: a brief that says nothing gets a song about something.
    """
    given = parse_lyrics(brief.lyrics)
    own = brief.title.strip()
    if any(stanza.lines for stanza in given) and not instrumental:
        text = "\n".join(line for stanza in given for line in stanza.lines)
        return Words(own or _title_of(given), language_of(text), given, sung=True, given=True)
    if instrumental or (given and all(s.kind in INSTRUMENTAL_KINDS for s in given)):
        stanzas = _unsung(given) or _form_of(style, seed, brief)
        return Words(own or name_tune(brief, style.name, seed), "en", stanzas)
    form = given or _form_of(style, seed, brief)
    title, language, stanzas = write_song(brief, style.name, form, seed)
    return Words(own or title, language, stanzas, sung=True)


def _form_of(style: Style, seed: int, brief: Brief) -> tuple[Stanza, ...]:
    """Return the order of sections that this take has, without words."""
    kinds = turn(seed, "form", style.forms).split()
    if (brief.length_seconds or 0.0) > LONG_SONG_SECONDS:
        # A long song has a further verse to tell, rather than the first one again.
        kinds[-1:-1] = ["verse", "chorus" if "chorus" in kinds else "solo"]
    verses = iter(range(1, len(kinds) + 1))
    return tuple(
        Stanza(kind, f"Verse {next(verses)}" if kind == "verse" else kind.title()) for kind in kinds
    )


def _unsung(stanzas: Sequence[Stanza]) -> tuple[Stanza, ...]:
    return tuple(Stanza(stanza.kind, stanza.name) for stanza in stanzas)


def _title_of(stanzas: Sequence[Stanza]) -> str:
    """Take the first line of the chorus, or of the song, shortened to a name."""
    lines = [s.lines[0] for s in stanzas if s.kind == "chorus" and s.lines]
    lines += [s.lines[0] for s in stanzas if s.lines]
    longest = max(re.split(f"[{CLOSING}()]", lines[0]), key=len)
    words = longest.split()[:TITLE_WORDS]
    title = " ".join(words)[:LONGEST_TITLE].strip(" -\"'\u2013\u2014\u2026\u201c\u201d")
    return title[:1].upper() + title[1:] if is_sayable(title) else "Untitled"
