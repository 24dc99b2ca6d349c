"""Orders: requests in the words of a server, with only those that it knows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.errors import RequestUnfit
from studio.providers.acestep.answers import WHO
from studio.providers.acestep.models import (
    LANGUAGES,
    LONGEST,
    METERS,
    TAKES,
    TASKS,
    TRACKS,
    USUAL_TAIL,
)
from studio.providers.acestep.server import Server, Shelf
from studio.providers.acestep.wording import (
    caption,
    chosen,
    is_written_there,
    seeds,
    tempo_of,
    words,
)
from studio.providers.materials import Material, Materials
from studio.songs import (
    Ability,
    AddInstrumental,
    AddVocals,
    CoverSong,
    CreateSong,
    ExtendSong,
    ReplaceSection,
    SongRequest,
    SplitStems,
)

STEPS = 50
"""Of a model that is not made for few of them, whose server would take 8 else."""
FORMAT = "flac"
"""Without loss, half as large as WAV, and it asks for no other program there, as MP3 does."""
OTHER_NAMES = {"piano": "keyboard", "organ": "keyboard", "choir": "backing_vocals"}
BAND = ("drums", "bass", "guitar", "keyboard")


@dataclass(frozen=True, slots=True)
class Order:
    """What is sent."""

    fields: Mapping[str, Any]
    file: Path | None = None
    """The sound that is worked on."""


def to_order(request: SongRequest, materials: Materials, server: Server) -> Order:
    """Say `request` in the words of `server`.

    Raises
    ------
    RequestUnfit
        If that server cannot do it, with what would help.
    """
    shelf = _shelf(request, server)
    told = ORDERS[request.ability](request, materials, server)
    usual = {
        "task_type": TASKS[request.ability],
        "audio_format": FORMAT,
        "batch_size": TAKES,
        "inference_steps": None if shelf is None or shelf.is_turbo else STEPS,
        "model": None if shelf is None or shelf == server.shelves[0] else shelf.name,
    }
    fields = {name: value for name, value in (usual | told).items() if value not in (None, "")}
    if server.fields is not None:
        fields = {name: value for name, value in fields.items() if name in server.fields}
    file = _sound(materials.songs[0]) if request.sources else None
    return Order(fields=fields, file=file)


def create(wish: CreateSong, materials: Materials, server: Server) -> dict[str, Any]:  # noqa: ARG001 - one shape for all
    """Say a new song: from its words, or from a sentence of which all else is made."""
    usual = {
        "audio_duration": wish.length,
        "thinking": True if server.writes else None,
        "key_scale": chosen(wish, "key"),
        "time_signature": METERS.get(chosen(wish, "meter")),
        "bpm": tempo_of(f"{wish.style} {wish.description}"),
        **seeds(wish),
    }
    if is_written_there(wish):
        if server.writes is False:
            raise RequestUnfit(
                f"This {WHO} has no language model that writes words. Write them yourself, let it "
                "play without singing, or start it with --init-llm."
            )
        language = LANGUAGES.get(chosen(wish, "language"))
        return usual | {"sample_query": caption(wish), "vocal_language": language}
    return usual | {"prompt": caption(wish), **words(wish)}


def cover(wish: CoverSong, materials: Materials, server: Server) -> dict[str, Any]:  # noqa: ARG001 - one shape for all
    """Say the same song in another style; its own words are sung where none are written."""
    return {
        "prompt": caption(wish, materials.songs[0].song),
        "audio_cover_strength": wish.audio_weight,
        **words(wish, otherwise=materials.songs[0].song.lyrics),
        **seeds(wish),
    }


def replace(wish: ReplaceSection, materials: Materials, server: Server) -> dict[str, Any]:  # noqa: ARG001 - one shape for all
    """Say a section made anew."""
    song = materials.songs[0].song
    end = wish.window.end if song.length is None else min(wish.window.end, song.length)
    return {
        "prompt": caption(wish, song),
        "repainting_start": wish.window.start,
        "repainting_end": end,
        **words(wish, otherwise=song.lyrics),
        **seeds(wish),
    }


def extend(wish: ExtendSong, materials: Materials, server: Server) -> dict[str, Any]:  # noqa: ARG001 - one shape for all
    """Say a song that goes on: what is behind its end is painted like a section of it."""
    song = materials.songs[0].song
    if song.length is None:
        raise RequestUnfit("Nobody knows how long this song is. Fetch its sound, then ask again.")
    start = song.length if wish.at is None else min(wish.at, song.length)
    end = max(start + (wish.length or USUAL_TAIL), song.length)
    if end > LONGEST:
        raise RequestUnfit(
            f"{WHO} makes songs of at most {LONGEST:g} s, this would last {end:.0f}. "
            "Choose an earlier point or a shorter tail."
        )
    return {
        "prompt": caption(wish, song),
        "repainting_start": round(start, 3),
        "repainting_end": round(end, 3),
        **words(wish),
        **seeds(wish),
    }


def stem(request: SplitStems, materials: Materials, server: Server) -> dict[str, Any]:  # noqa: ARG001 - one shape for all
    """Say one instrument alone."""
    return {"track_name": request.instrument, "batch_size": 1}


def add_vocals(wish: AddVocals, materials: Materials, server: Server) -> dict[str, Any]:  # noqa: ARG001 - one shape for all
    """Say a voice over a song."""
    window = wish.window
    return {
        "prompt": caption(wish, materials.songs[0].song),
        "track_name": TRACKS[0],
        "repainting_start": None if window is None else window.start,
        "repainting_end": None if window is None else window.end,
        **words(wish),
        **seeds(wish),
    }


def add_instrumental(wish: AddInstrumental, materials: Materials, server: Server) -> dict[str, Any]:  # noqa: ARG001 - one shape for all
    """Say a band for a voice: the instruments that are named, or a usual one."""
    sound = caption(wish, materials.songs[0].song)
    return {
        "prompt": sound,
        # In a form this is one text; so it reads as in the model's own instruction.
        "track_classes": " | ".join(_band(sound)),
        **seeds(wish),
    }


ORDERS: Mapping[Ability, Callable[[Any, Materials, Server], dict[str, Any]]] = {
    Ability.CREATE: create,
    Ability.COVER: cover,
    Ability.REPLACE: replace,
    Ability.EXTEND: extend,
    Ability.STEMS: stem,
    Ability.ADD_VOCALS: add_vocals,
    Ability.ADD_INSTRUMENTAL: add_instrumental,
}


def _shelf(request: SongRequest, server: Server) -> Shelf | None:
    """Return the model that makes `request`: the chosen one, or the first that can."""
    task = TASKS[request.ability]
    able = [one for one in server.shelves if task in one.tasks]
    picked = [one for one in able if one.name == request.model] if request.model else able
    if picked or not server.shelves:
        return next(iter(picked), None)
    names = ", ".join(one.name for one in able)
    way = (
        f"These can: {names}." if able else "Load a base model there, or choose another connection."
    )
    who = f"{WHO} ({request.model})" if request.model else f"This {WHO}"
    raise RequestUnfit(f"{who} cannot do this. {way}")


def _band(sound: str) -> tuple[str, ...]:
    lower = sound.lower()
    named = [track for track in TRACKS[2:] if track.removesuffix("s") in lower]
    named += [track for word, track in OTHER_NAMES.items() if word in lower]
    return tuple(dict.fromkeys(named)) or BAND


def _sound(source: Material) -> Path:
    if source.file is None:
        raise RequestUnfit(
            f"The sound of “{source.song.title}” is not here. Fetch it from its page first."
        )
    return source.file
