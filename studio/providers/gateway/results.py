"""Results: what has become of the songs of one order, in our words."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from studio.errors import VendorRefused
from studio.providers.base import Finished, Progress, Refused, Working
from studio.providers.gateway.answers import (
    WHO,
    Clip,
    Lyrics,
    Word,
    Words,
    clips_in,
    unwrapped,
)
from studio.providers.gateway.refusals import failure
from studio.providers.lenient import as_objects
from studio.providers.wire import Answer
from studio.songs import Ability, Attached, Finding, Part, SongRequest, Take, Text

PARTS = {Ability.EXTEND: Part.TAIL, Ability.CONCAT: Part.WHOLE}
COMPLETE, STREAMING, ERROR = "complete", "streaming", "error"
DOING = {"submitted": "waiting", "queued": "waiting", STREAMING: "finishing the songs"}
MARK = re.compile(r"\[[^\]]*\]")
"""A mark like `[Verse]`, which stands among the timed words but is not sung."""
STATES = {"", *DOING, COMPLETE, ERROR}


def to_progress(ids: Sequence[str], clips: Mapping[str, Clip], request: SongRequest) -> Progress:
    """Say how far the songs `ids` are; one of which `clips` does not tell is waited for."""
    known = [clips[one] for one in ids if one in clips]
    failed = [clip for clip in known if clip.status == ERROR]
    if failed and len(failed) == len(ids):
        return _refused(failed)
    part = PARTS.get(request.ability, Part.SONG)
    takes = [
        _take(number, one, clips[one], part)
        for number, one in enumerate(ids, start=1)
        if one in clips
    ]
    if len(takes) == len(ids) and all(take.finished or take.failed for take in takes):
        return Finished(takes=tuple(takes))
    strange = next((clip.status for clip in known if clip.status not in STATES), None)
    doing = next((DOING[clip.status] for clip in known if clip.status in DOING), "")
    return Working(takes=tuple(takes), doing=doing, unknown=strange)


def to_lyrics(answer: Answer) -> Progress:
    """Read words that were written, or that they are not there yet."""
    found = [Lyrics.model_validate(item) for item in as_objects(unwrapped(answer))]
    told = next(iter(found), Lyrics())
    if told.status == ERROR:
        return Refused(reason=f"{WHO} could not write the words. {told.error}".strip())
    if told.text and told.status in {"", COMPLETE}:
        return Finished(texts=(Text(title=told.title, text=told.text),))
    states = {"", "submitted", "queued", "running", STREAMING, COMPLETE}
    return Working(unknown=None if told.status in states else told.status)


def to_timeline(answer: Answer) -> Finished:
    """Read when each word is sung.

    Raises
    ------
    VendorRefused
        If no word has a time: nobody knows whether that means not yet, or never.
    """
    told = unwrapped(answer)
    items = told if isinstance(told, list) else _words_in(told)
    words = [timed for item in as_objects(items) if (timed := _timed(Word.model_validate(item)))]
    if not words:
        raise VendorRefused(
            f"{WHO} tells no times for the words of this song: it may have none, or not be ready. "
            "Try again later, or time the words on this machine."
        )
    return Finished(findings=(Finding(kind=Attached.TIMELINE, facts={"words": words}),))


def found_in(answer: Answer, ids: Sequence[str]) -> dict[str, Clip]:
    """Return the songs among `ids` that an answer tells of, by their ids.

    One that is told of without an id is the one that was asked about, where that was one.
    """
    clips = clips_in(unwrapped(answer))
    alone = ids[0] if len(ids) == 1 and len(clips) == 1 else ""
    return {clip.id or alone: clip for clip in clips if (clip.id or alone) in ids}


def _timed(told: Word) -> dict[str, Any]:
    """Return one word with its times; nothing, if they are missing or nobody sings it."""
    sung = MARK.sub("", told.word).strip()
    if not sung or told.start is None or told.end is None or told.start > told.end:
        return {}
    return {"word": sung, "start": told.start, "end": told.end}


def _words_in(told: object) -> object:
    return Words.model_validate(told if isinstance(told, dict) else {}).words


def _refused(failed: Sequence[Clip]) -> Refused:
    reasons = dict.fromkeys(failure(clip.told) for clip in failed)
    refunded = all(clip.told.refund_credits is True for clip in failed)
    return Refused(reason=" ".join(reasons), refunded=True if refunded else None)


def _take(number: int, remote: str, clip: Clip, part: Part) -> Take:
    told = clip.told
    # A song that calls itself complete without a sound is not there yet.
    finished = clip.status == COMPLETE and clip.sound is not None
    return Take(
        number=number,
        part=part,
        title=clip.title,
        style=told.tags,
        lyrics=told.prompt,
        length=told.duration,
        finished=finished,
        failed=failure(told) if clip.status == ERROR else None,
        sound=clip.sound if finished else None,
        early=clip.sound if clip.status == STREAMING else None,
        cover=clip.image_large_url or clip.image_url,
        remote=remote,
    )
