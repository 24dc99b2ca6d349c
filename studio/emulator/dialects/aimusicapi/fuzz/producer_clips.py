"""Producer clips: how producer tells what came of a task, and which files there are of it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

from studio.audio import extras
from studio.emulator.dialects.aimusicapi.clips import Clip
from studio.emulator.dialects.aimusicapi.desk import Desk
from studio.emulator.dialects.aimusicapi.task import Look
from studio.emulator.works import Use

Tell: TypeAlias = Callable[[Desk, Look, str], list[dict[str, Any]]]
_OF_A_SONG = {"mp3": "sound", "wav": "wav", "png": "cover"}
"""What the band calls the files of a song, by their ending."""


def as_m4a(take: int) -> tuple[Use, ...]:
    """Return what makes the vendor's format of a take, where this machine can write it."""
    return (Use("convert", (f"#{take}",), ending="m4a"),) if extras.has("media") else ()


def file_of(desk: Desk, clip: Clip, ending: str) -> tuple[Path | None, float | None]:
    """Return a file that was made of a clip, and since when it is there; `None` for neither."""
    order = desk.house.band.find(clip.order)
    for take in order.takes[clip.take - 1 :] if order else ():
        name = take.files.get(_OF_A_SONG.get(ending, ending)) or take.files.get(ending)
        path = desk.house.band.file(clip.order, take.number, name) if name else None
        if path is not None and path.suffix == f".{ending}":
            return path, take.over_at
    return None, None


def tell_song(desk: Desk, look: Look, home: str) -> list[dict[str, Any]]:
    """Tell the clip of a task that made one."""
    clip = desk.clips.find(look.task.clips[0])
    assert clip is not None
    return [_song(desk, clip, home)]


def tell_file(desk: Desk, look: Look, home: str) -> list[dict[str, Any]]:
    """Tell the clip of which a task made a file, with the link to that file."""
    made = desk.clips.find(look.task.clips[0])
    assert made is not None
    of = made.parents[0]
    ending = made.echo["ending"]
    link = f"{home}/media/producer/{made.id}.{ending}"
    links: Mapping[str, Mapping[str, str]] = {
        "mp3": {"audio_url": link},
        "wav": {"audio_url": link, "wav_url": link},
        "mp4": {"video_url": link},
    }
    # By now the clip may be forgotten, and only the file be left of it.
    told = _song(desk, desk.clips.find(of) or made, home)
    return [{**told, "clip_id": of, **links[ending]}]


def tell_lyrics(_desk: Desk, look: Look, _home: str) -> list[dict[str, Any]]:
    """Tell the words that a task wrote: guessed, after sonic."""
    versions = look.order.takes[0].facts["versions"]
    return [{"title": each["title"], "lyrics": each["lyrics"]} for each in versions]


def _song(desk: Desk, clip: Clip, home: str) -> dict[str, Any]:
    heard, taken = desk.clips.heard(clip), desk.clips.take(clip)
    has_m4a = file_of(desk, clip, "m4a")[0] is not None
    media = f"{home}/media/producer/{clip.id}"
    told = {
        "clip_id": clip.id,
        "title": heard.title,
        "sound": heard.tags,
        "lyrics": heard.lyrics,
        "image_url": f"{media}.png",
        "audio_url": f"{media}.{'m4a' if has_m4a else 'mp3'}",
        "video_url": None,
        "created_at": _to_the_microsecond(clip.made_at),
        "mv": None,
        "seed": str(taken[1].seed) if taken else "",
        "duration": heard.length_seconds,
        "state": "succeeded",
    }
    newer = {"wav_url": f"{media}.wav"} if desk.profile.producer_poll == "status" else {}
    echo = {name: clip.echo[name] for name in told if name in clip.echo}
    return told | newer | echo


def _to_the_microsecond(seconds: float) -> str:
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")
