"""Tracks: how far music is, and what is there of it, as takes."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from studio.providers.base import Finished, Progress, Working
from studio.providers.lenient import Number, Text, as_objects, as_text
from studio.providers.sunoapi.places import KEPT, joined
from studio.providers.sunoapi.reading.answers import Link, as_moment, as_object
from studio.providers.sunoapi.reading.refusals import failed
from studio.songs import Ability, MakeSound, Part, SongRequest, Take

DOING: Mapping[str, str] = {
    "PENDING": "waiting for its turn",
    "TEXT_SUCCESS": "the words are written",
    "FIRST_SUCCESS": "the first of two is ready",
    "CALLBACK_EXCEPTION": "",
    "": "",
}
"""States in which it is being made, and what is being done in each."""
DONE = "SUCCESS"
FAILED = frozenset({"CREATE_TASK_FAILED", "GENERATE_AUDIO_FAILED", "SENSITIVE_WORD_ERROR"})
UNTOLD = "CALLBACK_EXCEPTION"
"""The vendor could not tell us: that says nothing of the songs, which may be there."""
PARTS: Mapping[Ability, Part] = {Ability.EXTEND: Part.WHOLE, Ability.REPLACE: Part.WHOLE}
LATE = "the links to it are not there yet"
MISSING = "sunoapi.org made the other one only."


class Track(BaseModel):
    """One of the sounds that a task makes."""

    id: Text = ""
    audio_url: Link = None
    source_audio_url: Link = None
    stream_audio_url: Link = None
    source_stream_audio_url: Link = None
    image_url: Link = None
    source_image_url: Link = None
    prompt: Text = ""
    title: Text = ""
    tags: Text = ""
    create_time: Any = None
    duration: Number = None


def music(record: Mapping[str, Any], request: SongRequest) -> Progress:
    """Say how far a task is that makes music.

    Finished is what the vendor calls so and what has a sound; where it failed or could not tell
    us, what has a sound is kept.
    """
    state = as_text(record.get("status"))
    tracks = [Track.model_validate(one) for one in _told(record)]
    is_over = state == DONE
    task = as_text(record.get("task_id"))
    takes = tuple(
        _take(number, track, task, request, is_over=is_over)
        for number, track in enumerate(tracks, start=1)
    )
    there = [take for take in takes if take.finished]
    if takes and len(there) == len(takes) and (is_over or state == UNTOLD):
        return Finished(takes=takes)
    if state in FAILED:
        if there:
            return Finished(takes=tuple(map(_ended, takes)))
        return failed(record.get("error_code"), record.get("error_message"), state)
    if is_over:
        return Working(doing=LATE, takes=takes)
    return Working(doing=DOING.get(state, ""), takes=takes, unknown=_unknown(state))


def _told(record: Mapping[str, Any]) -> Sequence[dict[str, Any]]:
    response = as_object(record.get("response"))
    return as_objects(response.get("suno_data")) or as_objects(response.get("data"))


def _unknown(state: str) -> str | None:
    return None if state in DOING else state


def _take(number: int, track: Track, task: str, request: SongRequest, *, is_over: bool) -> Take:
    """Read one sound. Once all is made, any link leads to the whole of it.

    Then the maker's own file is as good, and the stream is the last resort: if nothing comes from
    it yet, the worker asks for fresh links, and by then the usual one is often there.
    """
    stream = track.stream_audio_url or track.source_stream_audio_url
    sound = track.audio_url
    if is_over and sound is None:
        sound = track.source_audio_url or stream
    made_at = as_moment(track.create_time)
    return Take(
        number=number,
        part=PARTS.get(request.ability, Part.SONG),
        title=request.text("title") or track.title,
        style=track.tags,
        lyrics="" if _is_silent(request) else track.prompt,
        length=track.duration or None,
        finished=sound is not None,
        sound=sound,
        early=stream if sound is None else None,
        cover=track.image_url or track.source_image_url,
        ends_at=made_at + KEPT if made_at and made_at.year < _LAST_YEAR else None,
        remote=joined(task, track.id),
    )


def _is_silent(request: SongRequest) -> bool:
    """Whether what stands for words are none: a sound is described there, not sung."""
    if isinstance(request, MakeSound):
        return not request.with_words
    return bool(getattr(request, "instrumental", False))


def _ended(take: Take) -> Take:
    return take if take.finished else take.model_copy(update={"failed": MISSING, "early": None})


_LAST_YEAR = 9999
