"""Wording: stanzas for the sections of a song that stands, given or written by the band."""

from collections.abc import Sequence
from dataclasses import dataclass

from studio.engine.brief import Brief
from studio.engine.score import Section
from studio.engine.writing.language import language_of
from studio.engine.writing.lyrics import INSTRUMENTAL_KINDS, Stanza, parse_lyrics
from studio.engine.writing.writer import write_song


@dataclass(frozen=True, slots=True)
class Wording:
    """What is to be sung."""

    title: str
    """Empty if the words were given."""
    language: str
    stanzas: tuple[Stanza, ...]


def worded_for(
    sections: Sequence[Section], lyrics: str, description: str, style: str, seed: int
) -> Wording:
    """Return the words of a person, or new ones about a subject, for every section that is sung.

    Parameters
    ----------
    sections
        Of the song.
    lyrics
        Words with `[Section]` marks; empty lets the band write.
    description
        What the song is about, when no words are given.
    style
        Name of a style, whose usual subjects are taken when nothing is said.
    seed
        Another number, other words.
    """
    given = parse_lyrics(lyrics)
    if any(stanza.lines for stanza in given):
        text = "\n".join(line for stanza in given for line in stanza.lines)
        return Wording("", language_of(text), given)
    kinds = [section.kind for section in sections if section.kind not in INSTRUMENTAL_KINDS]
    form = tuple(Stanza(kind, kind.title()) for kind in kinds or ["verse"])
    title, language, stanzas = write_song(Brief(description=description), style, form, seed)
    return Wording(title, language, stanzas)
