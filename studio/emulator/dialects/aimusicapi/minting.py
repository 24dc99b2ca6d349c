"""Minting: the clips that will come of a plan, as they are told from the first look on."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from studio.emulator.dialects.aimusicapi.clips import INSTRUMENTAL, Clip
from studio.emulator.dialects.aimusicapi.source import Source
from studio.emulator.dialects.aimusicapi.wish import Wish
from studio.emulator.dialects.aimusicapi.works import Plan

PLATFORM = "sonic"


def mint(
    plan: Plan,
    how: str,
    now: float,
    *,
    sources: Sequence[Source] = (),
    wish: Wish | None = None,
    echo: Mapping[str, Any] | None = None,
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
    echo
        What else is told back.
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
            title=wish.title if wish else "",
            tags=wish.tags if wish else "",
            lyrics=_lyrics(wish) if wish and not _is_joined(plan, place) else "",
            echo={**(echo_of(wish) if wish else {}), **(echo or {})},
        )
        for place, take in enumerate(plan.takes)
    )


def echo_of(wish: Wish) -> dict[str, Any]:
    """Return what is told back of a wish; the voice is not."""
    return {
        "mv": f"chirp-{wish.model}",
        "gpt_description_prompt": wish.description or None,
        "negative_tags": wish.negative_tags,
        "style_weight": wish.style_weight,
        "weirdness_constraint": wish.weirdness_constraint,
    }


def _lyrics(wish: Wish) -> str:
    return INSTRUMENTAL if wish.is_instrumental else wish.lyrics


def _is_joined(plan: Plan, place: int) -> bool:
    """Whether a clip holds more words than those that were asked for."""
    return plan.is_pairs and place >= len(plan.takes) // 2
