"""Topline: a new tune with words over music that stands, in a song of the band or in any sound."""

from dataclasses import dataclass, replace

from studio.engine.continuing.ground import Ground, ground_of
from studio.engine.covering.borrowed import borrowed_song
from studio.engine.covering.makingway import Span
from studio.engine.covering.wording import Wording
from studio.engine.persona import Persona
from studio.engine.score import Part, Room, Score, Vocal
from studio.engine.singing import count_syllables
from studio.engine.writing.given import sing_over
from studio.engine.writing.lyrics import Stanza, shown
from studio.engine.writing.reading import Voice
from studio.engine.writing.style import load_style

LEAD = "lead"
AROUND_BEATS = 0.5
"""How near a note of the lead may come to what is sung."""


@dataclass(frozen=True, slots=True)
class Singer:
    """Who sings the tune."""

    voice: Voice
    persona: Persona | None = None
    """Who that is exactly; `voice` is then its own."""


@dataclass(frozen=True, slots=True)
class Topline:
    """A song that is sung now."""

    score: Score
    unsung: tuple[str, ...]
    """Lines of the words that found no room."""

    @property
    def vocal(self) -> Vocal:
        """What is sung."""
        assert self.score.vocal is not None
        return self.score.vocal


def topline_of(score: Score, words: Wording, singer: Singer, *, style: str, seed: int) -> Topline:
    """Let somebody sing in a song of the band; its lead makes way and answers no more.

    Parameters
    ----------
    score
        An instrumental.
    words
        For its sections.
    singer
        Who sings.
    style
        Whose manner of singing it is.
    seed
        Another number, another tune.
    """
    vocal = _sung(ground_of(score), words, singer, style=style, seed=seed)
    parts = tuple(
        without_clashes(part, vocal) if part.name == LEAD else part for part in score.parts
    )
    tags = ", ".join(tag for tag in score.tags.split(", ") if tag != "instrumental")
    new = replace(
        score,
        title=words.title or score.title,
        tags=f"{tags}, {singer.voice} voice",
        parts=tuple(part for part in parts if part.notes),
        vocal=vocal,
        lyrics=lyrics_of(score, vocal),
    )
    return Topline(new, _unsung(words, vocal))


def topline_over(
    ground: Ground, words: Wording, singer: Singer, *, style: str, seed: int, title: str
) -> Topline:
    """Write a song that is a voice alone, for a sound of which only the ground is known."""
    vocal = _sung(ground, words, singer, style=style, seed=seed)
    song = borrowed_song(ground, (), title=words.title or title, style=style)
    new = replace(
        song,
        tags=f"{song.tags}, {singer.voice} voice",
        vocal=vocal,
        lyrics=lyrics_of(song, vocal),
        seed=seed,
        room=Room(reverb_seconds=load_style(style).room.reverb_seconds),
    )
    return Topline(new, _unsung(words, vocal))


def spans_of(vocal: Vocal, ground: Ground) -> tuple[Span, ...]:
    """Return from when to when each line is sung, in seconds of the sound of the ground."""
    spans = []
    for number in sorted({note.line for note in vocal.notes}):
        notes = [note for note in vocal.notes if note.line == number]
        end = notes[-1].start + notes[-1].beats
        spans.append((ground.seconds_at(notes[0].start), ground.seconds_at(end)))
    return tuple(spans)


def _sung(ground: Ground, words: Wording, singer: Singer, *, style: str, seed: int) -> Vocal:
    return sing_over(
        ground,
        words.stanzas,
        seed,
        voice=singer.voice,
        persona=singer.persona,
        language=words.language,
        syllables=count_syllables,
        style_name=style,
    )


def without_clashes(lead: Part, vocal: Vocal) -> Part:
    """Leave out what the lead plays while somebody sings."""
    sung = [
        (note.start - AROUND_BEATS, note.start + note.beats + AROUND_BEATS) for note in vocal.notes
    ]
    free = (
        note
        for note in lead.notes
        if not any(start < note.start + note.beats and note.start < end for start, end in sung)
    )
    return replace(lead, notes=tuple(free))


def lyrics_of(song: Score, vocal: Vocal) -> str:
    """Return the words as they are sung, with the marks of the sections of a song."""
    sung = {note.line for note in vocal.notes}
    by_section: dict[int, list[str]] = {}
    for line in (vocal.lines[number] for number in sorted(sung)):
        by_section.setdefault(line.section, []).append(line.text)
    return shown(
        tuple(
            Stanza(section.kind, section.name, tuple(by_section.get(number, ())))
            for number, section in enumerate(song.sections)
        )
    )


def _unsung(words: Wording, vocal: Vocal) -> tuple[str, ...]:
    sung = " ".join(line.text for line in vocal.lines)
    lines = [line for stanza in words.stanzas for line in stanza.lines]
    return tuple(
        dict.fromkeys(line for line in lines if line not in sung and not _split(line, vocal))
    )


def _split(line: str, vocal: Vocal) -> bool:
    """Tell whether a line is sung in two breaths."""
    return any(line.startswith(sung.text) for sung in vocal.lines)
