"""Telling: a clip as the gateway tells of it, when it is taken and when it is queried.

The members are those of the vendor's samples, all of them and no others; so is what is null and
what is empty. All samples say `chirp-v3` and `v3`, whatever model was asked for, and so does this.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from studio.emulator.dialects.gateway.clip import OVER, QUEUED, STREAMING, SUBMITTED, Clip
from studio.emulator.dialects.gateway.clips import Clips

ACCOUNT = "dTf3kW9sYhQmZb1xNcRv7LpGa2Eu"
"""Of whoever has the key."""
MODEL, MAJOR = "chirp-v3", "v3"
STATUSES: Mapping[int, str] = {SUBMITTED: "submitted", QUEUED: "queued", STREAMING: "streaming"}
_POOL = {
    "user_id": "7f1b3c52-6d0e-4a58-9c47-2e90d1a6b834",
    "display_name": "WoodshedHouseBand784",
    "handle": "woodshedhouseband784",
}
"""Who the vendor lets make the songs."""


def submitted(clip: Clip) -> dict[str, Any]:
    """Tell of a clip that was just taken."""
    is_described = clip.description is not None
    return {
        "user_id": ACCOUNT,
        "song_id": clip.id,
        "status": STATUSES[SUBMITTED],
        "title": clip.title,
        "image_large_url": None,
        "image_url": None,
        "model_name": MODEL,
        "video_url": "",
        "audio_url": "",
        "meta_tags": None if is_described else clip.tags,
        "meta_prompt": clip.prompt,
        "meta_duration": None,
        "meta_error_msg": None,
        "meta_error_type": None,
    }


def queried(clip: Clip, clips: Clips, home: str) -> dict[str, Any]:
    """Tell of a clip as far as it may be seen, with links below `home`."""
    status = status_of(clip, clips)
    is_complete = status == "complete"
    return {
        "model_name": MODEL,
        "meta_data": _meta(clip, clips, status),
        "reaction": None,
        "id": clip.id,
        "is_liked": False,
        "created_at": datetime.fromtimestamp(clip.made_at, UTC).strftime("%Y-%m-%dT%H:%M:%S"),
        "video_url": f"{home}/media/{clip.id}.mp4" if is_complete else "",
        "status": status,
        "audio_url": _audio(clip, status, home),
        "title": "" if status == "error" else _title(clip, clips, is_complete=is_complete),
        "image_url": f"{home}/media/image_{clip.id}.png" if is_complete else None,
        "image_large_url": f"{home}/media/image_large_{clip.id}.png" if is_complete else None,
        **_POOL,
        "play_count": 0,
        "upvote_count": 0,
        "is_handle_updated": False,
        "is_video_pending": False,
        "is_trashed": False,
        "is_public": False,
        "major_model_version": MAJOR,
    }


def status_of(clip: Clip, clips: Clips) -> str:
    """Return the status that may be seen."""
    if clip.seen.step >= OVER:
        return "error" if clips.trouble(clip) else "complete"
    if clip.seen.step == STREAMING and not any(clips.file(clip, f) for f in ("early", "sound")):
        # What a tool makes cannot be heard before it is whole.
        return STATUSES[QUEUED]
    return STATUSES[clip.seen.step]


def words_of(clip: Clip, clips: Clips) -> str:
    """Return the words of a clip: as the band sings them, or as they were given."""
    taken = clips.taken(clip)
    return (taken[1].lyrics if taken else "") or clip.prompt


def _meta(clip: Clip, clips: Clips, status: str) -> dict[str, Any]:
    trouble = clips.trouble(clip) if status == "error" else None
    taken = clips.taken(clip)
    is_complete = status == "complete"
    made = taken[1].style if taken and is_complete else None
    return {
        "tags": (clip.tags if clip.description is None else None) or made or None,
        "prompt": clip.prompt or (words_of(clip, clips) if is_complete else ""),
        "gpt_description_prompt": clip.description,
        "audio_prompt_id": clip.parent or None,
        "history": clip.history,
        "concat_history": list(clip.parts) or None,
        "type": clip.kind,
        "duration": clips.length(clip) if is_complete else None,
        "refund_credits": _refund(clip, clips, status),
        "stream": True,
        "error_type": trouble.kind if trouble else None,
        "error_message": trouble.message if trouble else None,
    }


def _refund(clip: Clip, clips: Clips, status: str) -> bool | None:
    if status == "error":
        return True if clips.is_refunded(clip) else None
    return False if status == "complete" else None


def _audio(clip: Clip, status: str, home: str) -> str:
    match status:
        case "complete":
            return f"{home}/media/{clip.id}.mp3"
        case "streaming":
            return f"{home}/media/stream/{clip.id}"
        case "error":
            return f"{home}/media/None.mp3"
        case _:
            return ""


def _title(clip: Clip, clips: Clips, *, is_complete: bool) -> str:
    taken = clips.taken(clip)
    return clip.title or (taken[1].title if taken and is_complete else "")
