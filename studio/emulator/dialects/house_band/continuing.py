"""Continuing: songs that go on, and sections made anew.

A whole is made once, and its tail or section cut out of it, so that both are the same to the
sample.
"""

from collections.abc import Mapping
from dataclasses import replace

from studio.emulator.dialects.house_band.asked import Asked
from studio.emulator.dialects.house_band.wishes import TAKES, other_style, use_on, voice_of
from studio.emulator.house import House
from studio.emulator.works import Use, Work
from studio.errors import ToolUnfit
from studio.songs import Concat, ExtendSong, Part, ReplaceSection, Wish


def extend(wish: ExtendSong, asked: Asked, house: House) -> list[Work]:
    """Let a song go on."""
    options = {
        "from_seconds": wish.at,
        "lyrics": wish.lyrics,
        "style": other_style(wish, asked, house),
        "length_seconds": wish.length,
        "instrumental": wish.instrumental,
        "voice": voice_of(wish),
    }
    if not wish.joined:
        tail = use_on("extend", wish, asked, {**options, "give": "tail"}, part=Part.TAIL)
        return [tail] * TAKES
    whole = use_on("extend", wish, asked, options, part=Part.WHOLE)
    whole = replace(whole, lyrics=_after(asked.source.material.lyrics, wish))
    told = {"start_seconds": "seam_seconds"}
    return [*[whole] * TAKES, *_cut_out(wish, asked, told, Part.TAIL)]


def replace_section(wish: ReplaceSection, asked: Asked, house: House) -> list[Work]:
    """Make a section anew."""
    options = {
        "start_seconds": wish.window.start,
        "end_seconds": wish.window.end,
        "lyrics": wish.lyrics,
        "style": other_style(wish, asked, house),
        "instrumental": wish.instrumental,
        "voice": voice_of(wish),
    }
    if not wish.joined:
        section = use_on("replace", wish, asked, {**options, "give": "section"}, part=Part.SECTION)
        return [section] * TAKES
    whole = use_on("replace", wish, asked, options, part=Part.WHOLE)
    told = {"start_seconds": "window_seconds.0", "end_seconds": "window_seconds.1"}
    return [*[whole] * TAKES, *_cut_out(wish, asked, told, Part.SECTION)]


def concat(_: Concat, asked: Asked, house: House) -> list[Work]:
    """Make the whole of a tail, as it was made then: same seed, same sound."""
    order_id, _dot, number = asked.materials[0].remote.partition(".")
    order = house.band.find(order_id)
    tail = order.take(int(number)) if order and number.isdecimal() else None
    work = tail.work if tail and tail.part is Part.TAIL else None
    if order is None or tail is None or not isinstance(work, Use):
        raise ToolUnfit(
            "The band does not remember what came before this. Join a tail soon after it was made, "
            "or extend the song again as a whole."
        )
    for needed in (order.take(other) for other in sorted(work.needs)):
        if needed is not None and isinstance(needed.work, Use):
            tail, work = needed, needed.work
    options = {**work.options, "give": "whole", "seed": tail.seed}
    return [replace(work, options=options, part=Part.WHOLE)]


def _after(sung: str, wish: Wish) -> str:
    """Return all words of a song that goes on, where no score will tell them."""
    new = "" if wish.instrumental else wish.lyrics
    return "\n\n".join(words for words in (sung.strip(), new.strip()) if words)


def _cut_out(wish: Wish, asked: Asked, told: Mapping[str, str], part: Part) -> list[Use]:
    """Return what cuts the new part out of each of the wholes before."""
    return [
        replace(
            use_on("trim", wish, asked, {"exact": True}, part=part),
            sounds=(f"#{whole}",),
            told={option: f"#{whole}.{fact}" for option, fact in told.items()},
        )
        for whole in range(1, TAKES + 1)
    ]
