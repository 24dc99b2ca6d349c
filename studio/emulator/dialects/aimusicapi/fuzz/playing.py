"""Playing: what the band does for a piece, so that every task type is really done."""

from collections.abc import Callable, Mapping
from typing import Any

from studio.emulator.band import SEEDS
from studio.emulator.dialects.aimusicapi.fuzz.piece import Piece, TaskType
from studio.emulator.dialects.aimusicapi.source import Source
from studio.emulator.works import Play, Use, Work
from studio.engine.brief import Brief

VARIED = 0.5
"""How much of the original is heard in a variation: guessed, as all about its sound is."""


def work_of(piece: Piece, source: Source | None) -> Work:
    """Return what the band is to do for a piece; `source` is the clip that it is made of."""
    if source is None:
        return Play(brief_of(piece))
    tool, options = _TOOLS[piece.task_type](piece, source)
    given = {name: value for name, value in options.items() if value not in {None, ""}}
    return Use(
        tool,
        (source.sound,),
        given,
        title=piece.title or source.title,
        style=piece.sound or source.tags,
        lyrics=source.lyrics if _keeps_words(piece) else piece.lyrics or source.lyrics,
    )


def seed_of(piece: Piece) -> int | None:
    """Return the seed that a piece names, as the band has them; `None` if it names none."""
    return int(piece.seed) % SEEDS if piece.seed else None


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


def _keeps_words(piece: Piece) -> bool:
    """Whether whoever sang goes on singing what was sung."""
    return piece.task_type == "swap_music_sound"


def _extended(piece: Piece, _: Source) -> tuple[str, dict[str, Any]]:
    # The whole, guessed: this family has no way to join a tail.
    return "extend", {
        "from_seconds": piece.starts_at,
        "forward": True,
        "lyrics": piece.lyrics,
        "style": style_in(piece.sound),
        "instrumental": piece.is_instrumental,
        "give": "whole",
    }


def _covered(piece: Piece, source: Source) -> tuple[str, dict[str, Any]]:
    return "cover", {
        "style": piece.sound or source.tags,
        "audio_weight": piece.cover_strength,
        "lyrics": piece.lyrics,
        "voice": "none" if piece.is_instrumental else None,
    }


def _replaced(piece: Piece, source: Source) -> tuple[str, dict[str, Any]]:
    return "replace", {
        "start_seconds": piece.starts_at,
        "end_seconds": piece.ends_at or source.length_seconds,
        "lyrics": piece.lyrics,
        "style": style_in(piece.sound),
        "instrumental": piece.is_instrumental,
    }


def _with_other_vocals(piece: Piece, _: Source) -> tuple[str, dict[str, Any]]:
    return "cover", {"keep": "music", "style": piece.sound, "lyrics": piece.lyrics}


def _with_other_sound(piece: Piece, _: Source) -> tuple[str, dict[str, Any]]:
    return "cover", {"keep": "voice", "style": piece.sound}


def _varied(piece: Piece, source: Source) -> tuple[str, dict[str, Any]]:
    return "cover", {"style": piece.sound or source.tags, "audio_weight": VARIED}


_TOOLS: Mapping[TaskType, Callable[[Piece, Source], tuple[str, dict[str, Any]]]] = {
    "extend_music": _extended,
    "cover_music": _covered,
    "replace_music": _replaced,
    "swap_music_vocals": _with_other_vocals,
    "swap_music_sound": _with_other_sound,
    "music_variation": _varied,
}
"""The tool of each task type, and its options."""
