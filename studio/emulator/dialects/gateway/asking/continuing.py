"""Continuing: songs that go on, and songs made whole again.

What goes on is made as a whole once, and cut out of it, so that joining it later is the same to the
sample, and no work.
"""

from dataclasses import replace
from typing import Any

from studio.emulator.dialects.gateway.answers import NO_CLIP, UNFIT, UNKNOWN, refuse
from studio.emulator.dialects.gateway.asking.asked import UPLOADED, Music
from studio.emulator.dialects.gateway.clip import Clip
from studio.emulator.dialects.gateway.clips import Clips
from studio.emulator.dialects.gateway.desk import UNFINISHED, Desk
from studio.emulator.dialects.gateway.telling import words_of
from studio.emulator.styles import other_style
from studio.emulator.works import Use, Work
from studio.songs import Part

ONLY_UPLOADS = "chirp-v3-5-upload continues uploaded clips, and other models do not"
TOO_LATE = "continue_at is beyond the end of the clip"
NOT_CONTINUED = "The clip does not continue another one."


def going_on(wish: Music, desk: Desk, *, takes: int) -> tuple[Clip, list[Work]]:
    """Return the clip that is continued, and what makes `takes` wholes and then their new parts.

    Raises
    ------
    TurnedAway
        If it cannot be continued so; the texts are guessed.
    """
    clip, sound = desk.finished(wish.continue_clip_id)
    _check(wish, clip, desk.clips)
    whole, begins_at = desk.clips.whole(clip) or (sound, 0.0)
    options = {
        "from_seconds": None if wish.continue_at is None else begins_at + wish.continue_at,
        "forward": True,
        "lyrics": "" if wish.make_instrumental else wish.prompt,
        "style": other_style(desk.house, wish.tags, whole),
        "instrumental": wish.make_instrumental,
    }
    words = (_all_words(clip, desk.clips), wish.prompt)
    made = Use(
        "extend",
        (whole,),
        options,
        title=wish.title or clip.title,
        style=wish.tags,
        lyrics="\n\n".join(filter(None, words)),
        part=Part.WHOLE,
    )
    tails = [
        replace(
            made,
            tool="trim",
            sounds=(f"#{number}",),
            options={"exact": True},
            told={"start_seconds": f"#{number}.seam_seconds"},
            lyrics=wish.prompt,
            part=Part.TAIL,
        )
        for number in range(1, takes + 1)
    ]
    return clip, [*[made] * takes, *tails]


def _check(wish: Music, clip: Clip, clips: Clips) -> None:
    if (clip.kind == "upload") != (wish.mv == UPLOADED):
        raise refuse(UNFIT, ONLY_UPLOADS)
    if wish.continue_at is not None and wish.continue_at > (clips.length(clip) or 0.0):
        raise refuse(UNFIT, TOO_LATE)


def joined(clip_id: str, desk: Desk) -> dict[str, Any]:
    """Return the clip that a continuation is together with all before it.

    Raises
    ------
    TurnedAway
        If it is no continuation, or not finished.
    """
    clips = desk.clips
    clip = clips.find(clip_id)
    if clip is None:
        raise refuse(UNKNOWN, NO_CLIP)
    if clip.whole is None:
        raise refuse(UNFIT, NOT_CONTINUED)
    if clips.whole(clip) is None:
        raise refuse(UNFIT, UNFINISHED)
    return {
        "kind": "concat",
        "order": clip.order,
        "take": clip.whole,
        "title": clip.title,
        "tags": clip.tags,
        "parts": (*(clip.history or ()), {"id": clip.id}),
    }


def _all_words(clip: Clip, clips: Clips) -> str:
    """Return the words of a clip and of all before it."""
    taken = clips.taken(clip)
    whole = taken[0].take(clip.whole) if taken and clip.whole is not None else None
    return whole.lyrics if whole else words_of(clip, clips)
