"""Results: how sonic tells what came of a task, clip by clip, in the shape of each call."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from studio.emulator.dates import iso
from studio.emulator.dialects.aimusicapi.clips import Clip, Clips, Heard
from studio.emulator.dialects.aimusicapi.task import Look
from studio.emulator.orders import BandTake, TakeState

Told: TypeAlias = list[dict[str, Any]]


def tell(look: Look, clips: Clips, home: str) -> Any:
    """Return the `data` of a task, as far as the look sees.

    Parameters
    ----------
    home
        Address of the dialect, under which media are found.
    """
    told = [tell_clip(look, clip, clips, home) for clip in look.task.clips]
    name = _PAIRS.get(look.task.operation)
    return _pairs(told, name) if look.task.is_pairs and name else told


def tell_clip(look: Look, clip_id: str, clips: Clips, home: str) -> dict[str, Any]:
    """Return one clip."""
    clip, take = clips.find(clip_id), None
    if clip is not None:
        take = look.order.take(clip.take)
    assert clip is not None
    assert take is not None
    is_over = clip_id in look.shown
    is_whole = is_over and take.state is TakeState.FINISHED
    heard = clips.heard(clip)
    told = {
        "clip_id": clip_id,
        "state": _state(take, is_over=is_over),
        "title": heard.title,
        "tags": heard.tags,
        "lyrics": heard.lyrics,
        "image_url": f"{home}/media/{clip_id}.png" if is_whole else "",
        "audio_url": _audio(clip_id, take, home, is_whole=is_whole),
        "video_url": None,
        "created_at": iso(clip.made_at),
        "mv": None,
        "gpt_description_prompt": None,
        "duration": f"{heard.length_seconds or 0.0:.2f}" if is_whole else None,
        "negative_tags": None,
        "style_weight": None,
        "weirdness_constraint": None,
    }
    told |= clip.echo
    return told | ({"error_message": take.reason} if told["state"] == "failed" else {})


def tell_brought(clip: Clip, heard: Heard, home: str) -> dict[str, Any]:
    """Return a clip that was brought, as if a task had made it: guessed."""
    length = heard.length_seconds
    return {
        "clip_id": clip.id,
        "state": "succeeded",
        "title": heard.title,
        "tags": heard.tags,
        "lyrics": heard.lyrics,
        "image_url": "",
        "audio_url": f"{home}/media/{clip.id}.mp3",
        "video_url": None,
        "created_at": iso(clip.made_at),
        "mv": None,
        "gpt_description_prompt": None,
        "duration": f"{length:.2f}" if length else None,
        "negative_tags": None,
        "style_weight": None,
        "weirdness_constraint": None,
    }


_PAIRS: Mapping[str, str] = {
    "sonic/upload-extend": "extended",
    "sonic/replace-section": "replaced",
}
"""What the first of a pair is called, by operation; the second is always `full`."""


def _pairs(told: Told, name: str) -> Told:
    half = len(told) // 2
    return [
        {name: part, "full": full if full["state"] in {"succeeded", "failed"} else None}
        for part, full in zip(told[:half], told[half:], strict=True)
    ]


def _state(take: BandTake, *, is_over: bool) -> str:
    if is_over:
        return "succeeded" if take.state is TakeState.FINISHED else "failed"
    return "pending" if take.state is TakeState.WAITING else "running"


def _audio(clip_id: str, take: BandTake, home: str, *, is_whole: bool) -> str:
    if is_whole:
        return f"{home}/media/{clip_id}.mp3"
    can_stream = take.has_early or take.state is TakeState.FINISHED
    return f"{home}/media/stream/{clip_id}" if can_stream else ""
