"""Wishes: what is wished in the studio's words, said to composers and to tools."""

from collections.abc import Mapping
from typing import Any

from studio.emulator.dialects.house_band.asked import Asked
from studio.emulator.house import House
from studio.emulator.works import Use
from studio.engine.brief import Brief
from studio.engine.persona import Persona
from studio.songs import Part, Wish

TAKES = 2


def to_brief(wish: Wish, persona: Persona | None = None) -> Brief:
    """Say a request as a brief."""
    return Brief(
        style=wish.style,
        lyrics=wish.lyrics,
        description=wish.description,
        title=wish.title,
        instrumental=wish.instrumental,
        voice=wish.voice.value if wish.voice else None,
        length_seconds=wish.length,
        exclude=wish.exclude,
        style_weight=wish.style_weight,
        weirdness=wish.weirdness,
        persona=persona,
    )


def use_on(
    tool: str, wish: Wish, asked: Asked, options: Mapping[str, Any], *, part: Part = Part.SONG
) -> Use:
    """Use a tool on the sounds of a wish, and say of the result what the wish says."""
    material = asked.source.material
    # What is all new has the words that were given for it, or those that the tool tells of.
    is_new = tool == "sample" or part not in {Part.SONG, Part.WHOLE}
    before = "" if is_new else material.lyrics
    return Use(
        tool,
        tuple(source.sound for source in asked.sources),
        options,
        title=wish.title or material.title,
        style=wish.style or material.style,
        lyrics="" if wish.instrumental else wish.lyrics or before,
        part=part,
        persona=asked.persona,
    )


def voice_of(wish: Wish) -> str | None:
    """Return who is asked to sing."""
    return wish.voice.value if wish.voice else None


def other_style(wish: Wish, asked: Asked, house: House) -> str:
    """Return the band's own name of the style that is asked for, if it is another than before."""
    name = house.band.musicians.style_in(wish.style or wish.description)
    score = asked.source.score
    return "" if score and score.style == name else name


def new_words(wish: Wish, asked: Asked) -> str:
    """Return the words, unless they are those that are sung already."""
    score = asked.source.score
    known = score.lyrics if score else asked.source.material.lyrics
    if score is None and getattr(wish, "audio_weight", None) == 0:
        # Who sang them is not heard any more, so that somebody has to sing them now.
        return wish.lyrics or known
    return "" if wish.lyrics.strip() == known.strip() else wish.lyrics
