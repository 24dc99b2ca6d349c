"""Make lyrics: two sets of words for a song about something, every line of which can be sung."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from json import dumps
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from studio.audio.tool import Facts, Options, Tool
from studio.audio.work import Work
from studio.engine.brief import Brief
from studio.engine.singing import count_syllables
from studio.engine.singing.rhyming import scheme_of
from studio.engine.writing.book import WRITTEN_LANGUAGES
from studio.engine.writing.language import language_of
from studio.engine.writing.lyrics import (
    INSTRUMENTAL_KINDS,
    Stanza,
    parse_lyrics,
    section_names,
    shown,
    words_of,
)
from studio.engine.writing.poet import Poet
from studio.engine.writing.reading import decide, read_brief
from studio.engine.writing.stretch import Pace
from studio.engine.writing.subject import condensed, sayable
from studio.engine.writing.writer import filled, find_poet
from studio.errors import ToolUnfit

VERSIONS = 2
MOST_SECTIONS = 16
USUAL_FORM = "verse chorus verse chorus bridge chorus"
SHORT_SPAN = 9.0
"""Syllables: a line that has less room gets twice the bars."""


class LyricsOptions(Options):
    """What to write about, and how."""

    about: str = Field("", max_length=2000)
    """What the song is about: a word, a sentence, a story."""
    style: str = Field("", max_length=1000)
    """Genre and mood: they decide how much can be sung in a line."""
    language: Literal["en", "zh"] | None = None
    """English or Chinese; without it, that of the description."""
    sections: str = Field("", max_length=400)
    """Their order, such as `verse chorus verse chorus bridge chorus`."""
    seed: int = Field(0, ge=0, lt=2**32)
    """Another number, other words."""


@dataclass(frozen=True, slots=True)
class Words:
    """One version."""

    title: str
    language: str
    stanzas: tuple[Stanza, ...]


def make_lyrics(options: LyricsOptions) -> tuple[tuple[Words, ...], int]:
    """Write two versions of a song, and return them with the syllables that a line may have.

    Raises
    ------
    ToolUnfit
        If the sections are none that a song has.
    """
    form = read_form(options.sections or USUAL_FORM)
    brief = Brief(style=options.style, description=options.about)
    decision = decide(read_brief(brief), brief, options.seed)
    style = decision.style
    room = room_of(Pace(decision.tempo_bpm, style.beats_per_bar, style.melody.syllables_per_second))
    poet, language = _poet(options, style.name, room)
    versions = []
    for number in range(VERSIONS):
        if number:
            poet.new_version()
        versions.append(Words(poet.title, language, filled(form, poet)))
    return tuple(versions), room


def _poet(options: LyricsOptions, style: str, room: int) -> tuple[Poet, str]:
    heard = language_of(options.about)
    language = options.language or (heard if heard in WRITTEN_LANGUAGES else "en")
    poet = find_poet(
        options.about,
        sayable(condensed(options.about), language),
        language,
        style,
        options.seed,
        hint=options.style,
        fits=lambda line: syllables_of(line, language) <= room,
    )
    return poet, language


def room_of(pace: Pace) -> int:
    """Return how many syllables a line may have to be sung in comfort at this pace."""
    room = pace.room(2)
    if room < SHORT_SPAN:
        room = max(SHORT_SPAN, pace.room(4))
    return int(room)


def syllables_of(line: str, language: str) -> int:
    """Count what the singer makes of a line."""
    return sum(count_syllables(words_of(line), language))


def read_form(sections: str) -> tuple[Stanza, ...]:
    """Read the names of sections, with or without brackets, commas or numbers.

    Raises
    ------
    ToolUnfit
        If there are none, too many, or one that no song has.
    """
    names = re.findall(r"[^\W\d_][^\W_]*(?:-[^\W\d_]+)*", sections)
    form = parse_lyrics("\n\n".join(f"[{name}]" for name in names))
    if not form or len(form) > MOST_SECTIONS:
        raise ToolUnfit(
            f"A song has 1 to {MOST_SECTIONS} sections, and here are {len(form)}. "
            f"Write them as “{USUAL_FORM}”."
        )
    known = {name.casefold() for name in names} <= section_names()
    if not known or all(stanza.kind in INSTRUMENTAL_KINDS for stanza in form):
        raise ToolUnfit(
            f"“{sections}” is not an order of sections with something to sing in. "
            f"Write them as “{USUAL_FORM}”."
        )
    return tuple(_named(form))


def _named(form: Sequence[Stanza]) -> Iterator[Stanza]:
    """Give the sections names as they stand on a page, and no words yet."""
    verses = 0
    for stanza in form:
        verses += stanza.kind == "verse"
        number = f" {verses}" if stanza.kind == "verse" else ""
        yield Stanza(stanza.kind, stanza.kind.capitalize() + number)


def write_lyrics(_sounds: Sequence[Path], options: LyricsOptions, out: Path, work: Work) -> Facts:
    """Write both versions to `out`: as text, or as JSON by its ending."""
    work.at(0.0, "finding words")
    versions, room = make_lyrics(options)
    work.at(0.8, "counting syllables")
    facts = {
        "versions": [_told(version) for version in versions],
        "most_syllables": room,
        **_note(options),
    }
    out.write_text(
        dumps(facts, ensure_ascii=False, indent=2) if out.suffix == ".json" else _text(versions),
        encoding="utf-8",
    )
    return facts


TOOL = Tool(LyricsOptions, write_lyrics, sounds=(0, 0), makes=".txt")


def _told(version: Words) -> Mapping[str, Any]:
    return {
        "title": version.title,
        "language": version.language,
        "lyrics": shown(version.stanzas),
        "sections": [
            {
                "name": stanza.name,
                "rhymes": scheme_of(stanza.lines, version.language),
                "syllables": [syllables_of(line, version.language) for line in stanza.lines],
            }
            for stanza in version.stanzas
        ],
    }


def _text(versions: Sequence[Words]) -> str:
    songs = (f"{version.title}\n\n{shown(version.stanzas)}\n" for version in versions)
    return "\n\n\n".join(songs)


def _note(options: LyricsOptions) -> Mapping[str, str]:
    heard = language_of(options.about)
    if options.language or heard in WRITTEN_LANGUAGES:
        return {}
    return {"note": "Written in English: words can be written in English and Chinese so far."}
