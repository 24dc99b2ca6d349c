"""Asking: what the band does for each ability that ends in files, facts, texts or personas."""

from collections.abc import Callable, Mapping
from typing import Any

from studio.emulator.dialects.house_band.asked import Asked
from studio.emulator.works import Use, Work
from studio.errors import ToolUnfit
from studio.songs import (
    Ability,
    Download,
    EnrichTags,
    MakePersona,
    MakeVideo,
    MakeVoice,
    MakeWav,
    SplitStems,
    TakeOutVoice,
    TimeLyrics,
    Window,
    WriteLyrics,
)

STEMS: Mapping[str, str] = {"basic": "2", "full": "12"}
MOST_TAGS = 200
"""Characters of a rich description, unless what is given is longer."""


def split_stems(wish: SplitStems, asked: Asked) -> list[Work]:
    """Take it apart, or one instrument out of it."""
    if wish.detail == "one":
        if not wish.instrument:
            raise ToolUnfit("Say which instrument is to be taken out, for example drums.")
        one = {"kind": STEMS["full"], "only": wish.instrument.casefold(), "rest": True}
        return [_use("stems", asked, one)]
    return [_use("stems", asked, {"kind": STEMS[wish.detail]})]


def take_out_voice(wish: TakeOutVoice, asked: Asked) -> list[Work]:
    """Take the voice out."""
    return [_use("vox", asked, _between(wish.window))]


def make_wav(_: MakeWav, asked: Asked) -> list[Work]:
    """Write it without loss."""
    return [_use("convert", asked, {}, ending="wav")]


def download(wish: Download, asked: Asked) -> list[Work]:
    """Write it in other formats."""
    return [_use("convert", asked, {}, ending=ending) for ending in dict.fromkeys(wish.formats)]


def make_midi(_: Any, asked: Asked) -> list[Work]:
    """Write its notes down."""
    return [_use("midi", asked, {})]


def measure(_: Any, asked: Asked) -> list[Work]:
    """Find out its tempo."""
    return [_use("measure", asked, {})]


def time_lyrics(_: TimeLyrics, asked: Asked) -> list[Work]:
    """Find out when its words are sung."""
    return [_use("timeline", asked, {"lyrics": asked.source.material.lyrics})]


def write_lyrics(wish: WriteLyrics, _: Asked) -> list[Work]:
    """Write words."""
    return [Use("make-lyrics", (), {"about": wish.description})]


def enrich_tags(wish: EnrichTags, _: Asked) -> list[Work]:
    """Write more tags."""
    tags = " ".join(wish.style.split())
    return [Use("upsample-tags", (), {"tags": tags, "limit": max(MOST_TAGS, len(tags))})]


def make_persona(wish: MakePersona, asked: Asked) -> list[Work]:
    """Keep a voice."""
    return [_use("persona", asked, {"name": wish.name, **_between(wish.window)})]


def make_voice(wish: MakeVoice, asked: Asked) -> list[Work]:
    """Keep a voice of which there is a recording without a band."""
    return [_use("persona", asked, {"name": wish.name, "alone": True})]


def make_video(wish: MakeVideo, asked: Asked) -> list[Work]:
    """Film it."""
    material = asked.source.material
    options = {
        "title": material.title or None,
        "lyrics": material.lyrics,
        "author": wish.author,
        "site": wish.site,
    }
    return [_use("video", asked, options)]


def paint_covers(_: Any, asked: Asked) -> list[Work]:
    """Paint pictures for it."""
    return [_use("paint", asked, {})]


ASKING: Mapping[Ability, Callable[[Any, Asked], list[Work]]] = {
    Ability.STEMS: split_stems,
    Ability.VOX: take_out_voice,
    Ability.WAV: make_wav,
    Ability.DOWNLOAD: download,
    Ability.MIDI: make_midi,
    Ability.BPM: measure,
    Ability.TIMELINE: time_lyrics,
    Ability.LYRICS: write_lyrics,
    Ability.TAGS: enrich_tags,
    Ability.PERSONA: make_persona,
    Ability.VOICE: make_voice,
    Ability.VIDEO: make_video,
    Ability.COVER_IMAGE: paint_covers,
}


def _use(tool: str, asked: Asked, options: Mapping[str, Any], *, ending: str = "") -> Use:
    material = asked.source.material
    return Use(
        tool,
        (asked.source.sound,),
        options,
        ending=ending,
        title=material.title,
        style=material.style,
        lyrics=material.lyrics,
    )


def _between(window: Window | None) -> dict[str, float]:
    return {"start_seconds": window.start, "end_seconds": window.end} if window else {}
