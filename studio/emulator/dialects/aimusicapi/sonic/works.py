"""Works: what the band has to do for each task type of `create`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from studio.emulator.dialects.aimusicapi.sonic.create import Creation
from studio.emulator.dialects.aimusicapi.sonic.patching import patched
from studio.emulator.dialects.aimusicapi.sonic.wish import Wish
from studio.emulator.dialects.aimusicapi.source import Source
from studio.emulator.orders import Order
from studio.emulator.recipes.facts import fact_at
from studio.emulator.works import Play, Use, Work
from studio.engine.brief import Brief
from studio.engine.persona import Persona
from studio.songs import LONGEST_SECONDS, SHORTEST_SECONDS, Part

SHORTEST_TAIL = 5.0
SHORT_FORM = "verse chorus"
"""What words are written for when only a part of a song needs some."""
GENDERS: Mapping[str | None, Literal["female", "male"]] = {"f": "female", "m": "male"}


@dataclass(frozen=True, slots=True)
class Plan:
    """What the band does, and which of it becomes clips."""

    works: tuple[Work, ...]
    takes: tuple[int, ...]
    """Numbers of the works that become clips, in the order in which they are told."""
    wholes: Mapping[int, int]
    """Of each take that is only a part: the take that holds all of it."""
    is_pairs: bool = False
    """Whether the second half are those of the first, joined."""


def twice(work: Work) -> Plan:
    """Let the band do a work twice; it does it differently each time."""
    return Plan((work, work), (1, 2), {})


def to_brief(wish: Wish, persona: Persona | None = None) -> Brief:
    """Say a wish as a brief for the band."""
    return Brief(
        style=wish.tags,
        lyrics=wish.lyrics,
        description=wish.about,
        title=wish.title,
        instrumental=wish.is_instrumental,
        voice=GENDERS.get(wish.vocal_gender),
        exclude=wish.negative_tags or "",
        style_weight=wish.style_weight,
        weirdness=wish.weirdness_constraint,
        length_seconds=within(wish.duration, SHORTEST_SECONDS),
        persona=persona,
    )


def within(seconds: float | None, shortest: float) -> float | None:
    """Return a wished length as nearly as the band can: it is a target, says the vendor."""
    return None if seconds is None else min(max(seconds, shortest), LONGEST_SECONDS)


def plan_of(creation: Creation, source: Source | None, persona: Persona | None) -> Plan:
    """Say what the band has to do for a `create`."""
    if source is None:
        assert creation.wish is not None
        return twice(Play(to_brief(creation.wish, persona)))
    match creation.task_type:
        case "extend_music" | "extend_upload_music":
            assert creation.wish is not None
            return extension(source, creation.wish, creation.at or 0.0)
        case "cover_music" | "cover_upload_music":
            assert creation.wish is not None
            return cover(source, creation.wish)
        case "remaster":
            return remastering(source, creation.variation or "normal")
        case _:
            assert creation.wish is not None
            return overpainting(source, creation, creation.wish)


def extension(source: Source, wish: Wish, at: float, *, is_joined: bool = False) -> Plan:
    """Let a clip go on; of the whole that comes of it, the tails are cut out.

    A clip that is itself a tail goes on as the whole that it belongs to, so that the band knows
    what it played before.
    """
    before, told = written(wish, wish.about, SHORT_FORM)
    first = len(before) + 1
    whole = Use(
        "extend",
        (source.whole,),
        {
            "from_seconds": round(source.whole_at + at, 4),
            "forward": True,
            "lyrics": wish.lyrics,
            "style": style_of(wish),
            "length_seconds": within(wish.duration, SHORTEST_TAIL),
            "instrumental": wish.is_instrumental,
            "voice": GENDERS.get(wish.vocal_gender),
        },
        told=told,
        title=wish.title or source.title,
        style=wish.tags or source.tags,
        lyrics=wish.lyrics,
        part=Part.WHOLE,
    )
    tails = [cut_out(number, whole, Part.TAIL, wish.lyrics) for number in (first, first + 1)]
    return parts((*before, whole, whole, *tails), first, is_joined=is_joined)


def parts(works: tuple[Work, ...], first: int, *, is_joined: bool) -> Plan:
    """Plan two wholes, from take `first` on, and what is cut out of each."""
    cuts, wholes = (first + 2, first + 3), (first, first + 1)
    takes = (*cuts, *wholes) if is_joined else cuts
    return Plan(works, takes, dict(zip(cuts, wholes, strict=True)), is_pairs=is_joined)


def cut_out(number: int, whole: Use, part: Part, lyrics: str) -> Use:
    """Cut out of take `number` what is new in it, with the words that were asked for."""
    places = {
        Part.TAIL: {"start_seconds": "seam_seconds"},
        Part.SECTION: {"start_seconds": "window_seconds.0", "end_seconds": "window_seconds.1"},
    }
    return Use(
        "trim",
        (f"#{number}",),
        {"exact": True},
        told={option: f"#{number}.{fact}" for option, fact in places[part].items()},
        title=whole.title,
        style=whole.style,
        lyrics=lyrics,
        part=part,
    )


def cover(source: Source, wish: Wish) -> Plan:
    """Play a clip in another style, with other words if there are any."""
    before, told = written(wish, wish.about if wish.mode == "auto_lyrics" else "")
    number = len(before) + 1
    work = Use(
        "cover",
        (source.sound,),
        cover_options(wish, source.lyrics),
        told=told,
        title=wish.title or source.title,
        style=wish.tags,
        lyrics=wish.lyrics or source.lyrics,
    )
    return Plan((*before, work, work), (number, number + 1), {})


def cover_options(wish: Wish, lyrics_before: str) -> dict[str, Any]:
    """Return the options of a cover; the old words again are no new ones."""
    is_new = wish.lyrics.strip() != lyrics_before.strip()
    return {
        "style": ". ".join(filter(None, (wish.tags, wish.description))),
        "lyrics": wish.lyrics if is_new else "",
        "voice": "none" if wish.is_instrumental else GENDERS.get(wish.vocal_gender),
        "audio_weight": wish.audio_weight,
    }


def remastering(source: Source, level: str) -> Plan:
    """Master a clip anew, to two tastes."""
    works = tuple(
        Use(
            "remaster",
            (source.sound,),
            {"level": level, "variation": variation},
            title=source.title,
            style=source.tags,
            lyrics=source.lyrics,
        )
        for variation in (0, 1)
    )
    return Plan(works, (1, 2), {})


def overpainting(source: Source, creation: Creation, wish: Wish) -> Plan:
    """Add a voice or a band to a clip, in a window of it if one is said."""
    if creation.task_type == "add_vocals":
        tool, options = (
            "add-vocals",
            {
                "lyrics": wish.lyrics,
                "description": wish.about,
                "voice": GENDERS.get(wish.vocal_gender),
            },
        )
    else:
        tool, options = "add-band", {}
    style = ". ".join(filter(None, (wish.tags, wish.description)))
    work = Use(
        tool,
        (source.sound,),
        {**options, "style": style},
        title=wish.title or source.title,
        style=wish.tags,
        lyrics=wish.lyrics or source.lyrics,
    )
    if creation.start is None and creation.end is None:
        return twice(work)
    works, takes = patched(source, work, creation.start or 0.0, creation.end)
    return Plan(works, takes, {})


def rejoined(order: Order, number: int) -> Plan:
    """Let the band make the whole of a tail once more: same seed, same sound, and its score."""
    take = order.take(number)
    assert take is not None
    assert isinstance(take.work, Use)
    told = {option: fact_at(order, place) for option, place in take.work.told.items()}
    work = replace(take.work, options={**take.work.options, **told, "seed": take.seed}, told={})
    return Plan((work,), (1,), {})


def written(wish: Wish, about: str, sections: str = "") -> tuple[Sequence[Work], dict[str, str]]:
    """Return what writes words about something, if it is anything, and where they are told."""
    if not about or wish.is_instrumental:
        return (), {}
    options = {"about": about[:2000], "style": wish.tags[:1000], "sections": sections}
    return (Use("make-lyrics", options=options),), {"lyrics": "#1.versions.0.lyrics"}


def style_of(wish: Wish) -> str:
    """Return the band's style that a wish names, empty if it names none."""
    # The engine is large, and imported at first use.
    from studio.engine.writing.reading import read_brief  # noqa: PLC0415 - loaded by who needs it

    read = read_brief(Brief(style=wish.tags, description=wish.about))
    return read.style.name if read.named else ""
