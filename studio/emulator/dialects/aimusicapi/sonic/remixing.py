"""Remixing: what the band has to do for a sample, a mashup, and a section that is replaced."""

from collections.abc import Mapping

from studio.emulator.dialects.aimusicapi.errors import unfit
from studio.emulator.dialects.aimusicapi.sonic.section import Section
from studio.emulator.dialects.aimusicapi.sonic.wish import Wish
from studio.emulator.dialects.aimusicapi.sonic.works import (
    GENDERS,
    Plan,
    cover_options,
    cut_out,
    parts,
    style_of,
    twice,
    written,
)
from studio.emulator.dialects.aimusicapi.source import Source, is_instrumental
from studio.emulator.recipes.pairing import pairs_of
from studio.emulator.works import Use, Work
from studio.songs import Part

LONGEST_SAMPLE_SECONDS = 30.0
"""What the band can loop; the vendor takes more, of which only so much is heard."""
USUAL_SAMPLE_SECONDS = 15.0


def sampled(source: Source, wish: Wish, start: float | None, end: float | None) -> Plan:
    """Make new songs on a loop out of a clip."""
    begins = start or 0.0
    if begins >= source.length_seconds:
        raise unfit("The 'chop_sample_start_s' field should be within the audio.")  # guessed
    ends = min(end or begins + USUAL_SAMPLE_SECONDS, source.length_seconds)
    return twice(
        Use(
            "sample",
            (source.sound,),
            {
                "start_seconds": begins,
                "end_seconds": min(ends, begins + LONGEST_SAMPLE_SECONDS),
                "style": style_of(wish),
                "lyrics": wish.lyrics,
                "description": wish.about,
                "title": wish.title,
                "instrumental": wish.is_instrumental,
                "voice": GENDERS.get(wish.vocal_gender),
            },
            title=wish.title or source.title,
            style=wish.tags,
            lyrics=wish.lyrics,
        )
    )


def mashed_up(first: Source, second: Source, wish: Wish) -> Plan:
    """Lay the voice of each of two clips over the music of the other.

    New words, another style or a band without a singer are then made of that, as a cover.
    """
    before, told = written(wish, wish.about if wish.mode == "auto_lyrics" else "")
    done: list[Work] = list(before)
    pairs = pairs_of(first, second, is_instrumental)
    for voice, music in pairs:
        done.append(_laid(voice, music, wish))
    if _is_changed(wish, first):
        start = len(before) + 1
        for number, (voice, music) in enumerate(pairs, start):
            done.append(_covered(number, voice, music, wish, told))
    return Plan(tuple(done), (len(done) - 1, len(done)), {})


def replaced(source: Source, section: Section) -> Plan:
    """Make a section of a clip anew; of the whole that comes of it, the sections are cut out."""
    options = {
        "start_seconds": section.start,
        "end_seconds": min(section.end, source.length_seconds),
        "lyrics": section.lyrics,
        "voice": GENDERS.get(section.gender),
    }
    whole = Use(
        "replace",
        (source.sound,),
        options,
        title=section.title or source.title,
        style=section.tags or source.tags,
        lyrics=source.lyrics,
        part=Part.WHOLE,
    )
    cuts = [cut_out(number, whole, Part.SECTION, section.lyrics) for number in (1, 2)]
    return parts((whole, whole, *cuts), 1, is_joined=section.is_joined)


def _laid(voice: Source, music: Source, wish: Wish) -> Use:
    return Use(
        "mashup",
        (voice.sound, music.sound),
        title=wish.title or _title(voice, music),
        style=wish.tags or music.tags,
        lyrics=voice.lyrics,
    )


def _covered(number: int, voice: Source, music: Source, wish: Wish, told: Mapping[str, str]) -> Use:
    options = cover_options(wish, voice.lyrics)
    options["style"] = options["style"] or music.tags
    return Use(
        "cover",
        (f"#{number}",),
        options,
        told=told,
        title=wish.title or _title(voice, music),
        style=wish.tags or music.tags,
        lyrics=wish.lyrics or voice.lyrics,
    )


def _is_changed(wish: Wish, first: Source) -> bool:
    """Whether more is wished than both clips as they are."""
    has_words = wish.mode == "auto_lyrics" or wish.lyrics.strip() not in {"", first.lyrics.strip()}
    return has_words or wish.is_instrumental or bool(wish.tags.strip())


def _title(voice: Source, music: Source) -> str:
    return f"{voice.title} / {music.title}"
