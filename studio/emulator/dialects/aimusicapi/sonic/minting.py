"""Minting: the clips that will come of a plan, as they are told from the first look on."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from studio.emulator.dialects.aimusicapi.clips import INSTRUMENTAL, Clip
from studio.emulator.dialects.aimusicapi.sonic.wish import Wish
from studio.emulator.dialects.aimusicapi.sonic.works import Plan
from studio.emulator.dialects.aimusicapi.source import Source

PLATFORM = "sonic"


def mint(
    plan: Plan,
    how: str,
    now: float,
    *,
    sources: Sequence[Source] = (),
    wish: Wish | None = None,
    told: Mapping[str, Any],
) -> tuple[Clip, ...]:
    """Return a clip for each take of a plan that callers get.

    Parameters
    ----------
    how
        The operation, as the profile names it.
    now
        Seconds since 1970.
    wish
        What it should be like: what is said there is told back as it is.
    told
        `title`, `tags`, `lyrics` and `echo`, where there is no wish.
    """
    return tuple(
        Clip(
            id=str(uuid.uuid4()),
            origin="generated",
            platform=PLATFORM,
            how=how,
            made_at=now,
            take=take,
            whole=plan.wholes.get(take),
            parents=tuple(source.clip.id for source in sources),
            **(told if wish is None else _told_of(wish, is_joined=_is_joined(plan, place))),
        )
        for place, take in enumerate(plan.takes)
    )


def _told_of(wish: Wish, *, is_joined: bool) -> dict[str, Any]:
    """Return what is told of a wish; of what is joined, the band tells the words."""
    lyrics = INSTRUMENTAL if wish.is_instrumental else wish.lyrics
    return {
        "title": wish.title,
        "tags": wish.tags,
        "lyrics": "" if is_joined else lyrics,
        "echo": echo_of(wish),
    }


def echo_of(wish: Wish) -> dict[str, Any]:
    """Return what is told back of a wish; the voice is not."""
    return {
        "mv": f"chirp-{wish.model}",
        "gpt_description_prompt": wish.description or None,
        "negative_tags": wish.negative_tags,
        "style_weight": wish.style_weight,
        "weirdness_constraint": wish.weirdness_constraint,
    }


def _is_joined(plan: Plan, place: int) -> bool:
    """Whether a clip holds more words than those that were asked for."""
    return plan.is_pairs and place >= len(plan.takes) // 2
