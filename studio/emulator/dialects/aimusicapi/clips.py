"""Clips as a look sees them: pending, running with a stream, then succeeded or failed."""

from datetime import UTC, datetime
from typing import Any

from studio.emulator.dialects.aimusicapi.tasks import Task
from studio.emulator.orders import BandTake, Order, TakeState

INSTRUMENTAL = "[Instrumental]"


def tell_clips(task: Task, order: Order, home: str) -> list[dict[str, Any]]:
    """Return the clips of a task, as far as `task.seen` allows."""
    over = sorted((t for t in order.takes if t.state.is_over), key=lambda t: t.over_at or 0.0)
    shown_over = {take.number for take in over[: max(0, task.seen.step - 1)]}
    return [
        _tell(task, clip, take, home, is_over=take.number in shown_over)
        for clip, take in zip(task.clips, order.takes, strict=True)
    ]


def _tell(task: Task, clip: str, take: BandTake, home: str, *, is_over: bool) -> dict[str, Any]:
    asked = task.creation
    is_whole = is_over and take.state is TakeState.FINISHED
    told = {
        "clip_id": clip,
        "state": _state(take, is_over=is_over),
        "title": asked.title or take.title,
        "tags": asked.tags or take.style,
        "lyrics": _lyrics(task, take),
        "image_url": f"{home}/media/{clip}.png" if is_whole else "",
        "audio_url": _audio(clip, take, home, is_whole=is_whole),
        "video_url": None,
        "created_at": _iso(task.made_at),
        "mv": f"chirp-{asked.model}",
        "gpt_description_prompt": asked.description or None,
        "duration": f"{take.length_seconds:.2f}" if is_whole else None,
        "negative_tags": asked.negative_tags,
        "style_weight": asked.style_weight,
        "weirdness_constraint": asked.weirdness_constraint,
    }
    return told | ({"error_message": take.reason} if told["state"] == "failed" else {})


def _state(take: BandTake, *, is_over: bool) -> str:
    if is_over:
        return "succeeded" if take.state is TakeState.FINISHED else "failed"
    return "pending" if take.state is TakeState.WAITING else "running"


def _audio(clip: str, take: BandTake, home: str, *, is_whole: bool) -> str:
    if is_whole:
        return f"{home}/media/{clip}.mp3"
    can_stream = take.has_early or take.state is TakeState.FINISHED
    return f"{home}/media/stream/{clip}" if can_stream else ""


def _lyrics(task: Task, take: BandTake) -> str:
    if task.creation.is_instrumental:
        return INSTRUMENTAL
    return task.creation.prompt if task.creation.mode == "custom" else take.lyrics


def _iso(seconds: float) -> str:
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
