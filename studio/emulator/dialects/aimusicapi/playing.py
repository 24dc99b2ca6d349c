"""Playing: what the band does for a piece, so that every task type is really done."""

from collections.abc import Callable, Mapping
from typing import Any

from studio.emulator.dialects.aimusicapi.piece import Piece, TaskType
from studio.emulator.works import Play, Use, Work
from studio.engine.brief import Brief
from studio.songs import Value

VARIED = 0.5
"""How much of the original is heard in a variation: guessed, as all about its sound is."""
NO_VOCALS, VOCALS = "#1.without-vocals.wav", "#1.vocals.wav"
"""Stems that the first take makes, and the second is made of."""


class Source(Value):
    """The clip that a piece is made of."""

    sound: str
    """Its id at the house."""
    style: str
    lyrics: str
    length_seconds: float
    has_score: bool
    """Whether the band knows it note by note."""


class Plan(Value):
    """What the band is to do, take by take."""

    before: tuple[Work, ...] = ()
    """Takes that nobody hears: what the others are made of."""
    last: Work
    """What is heard; two clips are two takes of it."""


def plan_of(piece: Piece, source: Source | None) -> Plan:
    """Return what the band is to do for a piece; all but a new song need its source."""
    if source is None:
        return Plan(last=Play(brief_of(piece)))
    return _PLANS[piece.task_type](piece, source)


def brief_of(piece: Piece) -> Brief:
    """Say a new song as a brief."""
    has_words = bool(piece.lyrics.strip())
    return Brief(
        style=piece.sound,
        lyrics=piece.lyrics,
        description=piece.about or ("" if has_words else piece.sound),
        title=piece.title,
        instrumental=piece.is_instrumental,
        style_weight=piece.sound_strength,
        weirdness=piece.weirdness,
    )


def style_in(text: str) -> str:
    """Return the band's style that a text names, empty if it names none."""
    from studio.engine.writing.reading import read_brief  # noqa: PLC0415 - the engine is large

    wish = read_brief(Brief(style=text))
    return wish.style.name if wish.named else ""


def _extended(piece: Piece, source: Source) -> Plan:
    # The whole, guessed: this family has no way to join a tail.
    return Plan(
        last=_use(
            "extend",
            piece,
            source.sound,
            from_seconds=piece.starts_at,
            lyrics=piece.lyrics,
            style=style_in(piece.sound),
            instrumental=piece.is_instrumental,
            give="whole",
        )
    )


def _covered(piece: Piece, source: Source) -> Plan:
    return Plan(
        last=_use(
            "cover",
            piece,
            source.sound,
            style=piece.sound or source.style,
            audio_weight=piece.cover_strength,
            lyrics=piece.lyrics,
            voice="none" if piece.is_instrumental else None,
        )
    )


def _replaced(piece: Piece, source: Source) -> Plan:
    return Plan(
        last=_use(
            "replace",
            piece,
            source.sound,
            start_seconds=piece.starts_at,
            end_seconds=piece.ends_at or source.length_seconds,
            lyrics=piece.lyrics,
            style=style_in(piece.sound),
            instrumental=piece.is_instrumental,
        )
    )


def _with_other_vocals(piece: Piece, source: Source) -> Plan:
    """Take the voice out of the very sound, and let somebody else sing over the rest."""
    apart = Use("stems", (source.sound,), {"without": "vocals"})
    return Plan(
        before=(apart,),
        last=_use("add-vocals", piece, NO_VOCALS, lyrics=piece.lyrics, style=piece.sound),
    )


def _with_other_sound(piece: Piece, source: Source) -> Plan:
    """Keep the voice, and let another band play; other words need the tune to be sung anew."""
    if not source.has_score:
        apart = Use("stems", (source.sound,), {"only": "vocals"})
        return Plan(before=(apart,), last=_use("add-band", piece, VOCALS, style=piece.sound))
    if _said(piece.lyrics) == _said(source.lyrics):
        return Plan(last=_use("add-band", piece, source.sound, style=piece.sound))
    return _covered(piece, source)


def _varied(piece: Piece, source: Source) -> Plan:
    style = piece.sound or source.style
    return Plan(last=_use("cover", piece, source.sound, style=style, audio_weight=VARIED))


_PLANS: Mapping[TaskType, Callable[[Piece, Source], Plan]] = {
    "extend_music": _extended,
    "cover_music": _covered,
    "replace_music": _replaced,
    "swap_music_vocals": _with_other_vocals,
    "swap_music_sound": _with_other_sound,
    "music_variation": _varied,
}


def _use(tool: str, piece: Piece, sound: str, **options: Any) -> Use:
    given = {name: value for name, value in options.items() if value not in {None, ""}}
    return Use(tool, (sound,), given, title=piece.title, style=piece.sound, lyrics=piece.lyrics)


def _said(lyrics: str) -> list[str]:
    """Return the words alone, to tell whether two texts say the same."""
    lines = (line for line in lyrics.casefold().splitlines() if not line.startswith("["))
    return " ".join(lines).split()
