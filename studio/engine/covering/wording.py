"""Wording: stanzas for the sections of a song that stands, given or written by the band."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from studio.engine.brief import Brief
from studio.engine.continuing.ground import Ground
from studio.engine.score import Section
from studio.engine.writing.language import language_of
from studio.engine.writing.lyrics import INSTRUMENTAL_KINDS, Stanza, parse_lyrics
from studio.engine.writing.writer import write_song

FRAME_BARS = 4
"""Up to so many bars before and after the rest are an intro and an outro."""
LIFT_ENERGY = 0.85
"""From here on a section is a chorus, if a softer one came before it."""
SOFTER_ENERGY = 0.15


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


def formed(ground: Ground) -> Ground:
    """Return a ground that was heard with sections as a songwriter would call them.

    What is short at its beginning and end is left to the band; what rises is a chorus.
    """
    bars = [section.beats / ground.beats_per_bar for section in ground.sections]
    if max(bars) <= FRAME_BARS:
        return ground
    kinds = [_kind(number, bars, ground.sections) for number in range(len(bars))]
    counts: dict[str, int] = {}
    sections = []
    for kind, section in zip(kinds, ground.sections, strict=True):
        counts[kind] = counts.get(kind, 0) + 1
        name = f"Verse {counts[kind]}" if kind == "verse" else kind.title()
        sections.append(replace(section, kind=kind, name=name))
    return replace(ground, sections=tuple(sections))


def _kind(number: int, bars: Sequence[float], sections: Sequence[Section]) -> str:
    section = sections[number]
    before = sections[bars[0] <= FRAME_BARS : number]
    if number == 0 and bars[0] <= FRAME_BARS:
        return "intro"
    if number == len(bars) - 1 and bars[-1] <= FRAME_BARS:
        return "outro"
    if section.kind == "verse" and section.energy >= LIFT_ENERGY:
        softer = any(other.energy < section.energy - SOFTER_ENERGY for other in before)
        return "chorus" if softer else "verse"
    return section.kind
