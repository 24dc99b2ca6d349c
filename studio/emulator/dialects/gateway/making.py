"""Making: new songs, in custom mode or from a description; two clips of each request."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from studio.emulator.dialects.gateway.answers import UNFIT, refuse, success
from studio.emulator.dialects.gateway.asking.asked import (
    MODELS,
    UPLOADED,
    Described,
    Music,
    OfClip,
    read,
)
from studio.emulator.dialects.gateway.asking.continuing import ONLY_UPLOADS, going_on, joined
from studio.emulator.dialects.gateway.asking.moderation import moderate
from studio.emulator.dialects.gateway.clip import Clip, Trouble
from studio.emulator.dialects.gateway.clips import BROKEN
from studio.emulator.dialects.gateway.desk import Desk
from studio.emulator.dialects.gateway.telling import submitted
from studio.emulator.faults import Fault
from studio.emulator.works import Play, Work
from studio.engine.brief import Brief

CLIPS = 2
PRICE = 1
"""Songs that the account counts for a request, whatever the model: guessed."""
NO_MODEL = "Unknown model: {mv}"
NO_WORDS = "prompt, tags or title is required"
NO_DESCRIPTION = "gpt_description_prompt is required"
_FAILED = "The song could not be generated."
_LATE = "The generation timed out."


class Making:
    """Where songs are asked for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def music(self, request: Request) -> Response:
        """Take custom mode, or go on with a clip."""
        wish = await read(request, Music)
        _check_model(wish.mv)
        told = {"title": wish.title, "tags": wish.tags, "prompt": wish.prompt}
        trouble = moderate(
            description=wish.prompt if wish.is_idea else "",
            tags=wish.tags,
            lyrics="" if wish.is_idea else wish.prompt,
        )
        if wish.continue_clip_id:
            clip, works = going_on(wish, self._desk, takes=CLIPS)
            goes_on = {**told, "parent": clip.id, "continue_at": wish.continue_at}
            return self._take("music", works, goes_on, trouble, is_tail=True)
        if wish.mv == UPLOADED:
            raise refuse(UNFIT, ONLY_UPLOADS)
        if not any(text.strip() for text in told.values()):
            raise refuse(UNFIT, NO_WORDS)
        return self._take("music", [Play(_custom(wish))] * CLIPS, told, trouble)

    async def describe(self, request: Request) -> Response:
        """Take a song from a description."""
        wish = await read(request, Described)
        _check_model(wish.mv)
        description = wish.gpt_description_prompt
        if not description.strip():
            raise refuse(UNFIT, NO_DESCRIPTION)
        brief = Brief(
            description=description, lyrics=wish.prompt, instrumental=wish.make_instrumental
        )
        told = {"description": description, "prompt": wish.prompt}
        trouble = moderate(description=description, lyrics=wish.prompt)
        return self._take("gpt_desc", [Play(brief)] * CLIPS, told, trouble)

    async def concat(self, request: Request) -> Response:
        """Make a whole of a continuation and all before it."""
        told = joined((await read(request, OfClip)).clip_id, self._desk)
        trouble = _spoiled(self._desk.fault("concat"), 1)
        whole = self._mint({**told, "trouble": trouble})
        return success([submitted(clip) for clip in self._desk.clips.take([whole], (), price=0)])

    def _take(
        self,
        operation: str,
        works: Sequence[Work],
        told: Mapping[str, Any],
        trouble: Trouble | None,
        *,
        is_tail: bool = False,
    ) -> Response:
        """Take a request; of one that goes on, the wholes come before what is told of."""
        fault = self._desk.fault(operation)
        clips = [
            self._mint(
                {
                    **told,
                    "take": number + CLIPS if is_tail else number,
                    "whole": number if is_tail else None,
                    "trouble": trouble or _spoiled(fault, number),
                }
            )
            for number in range(1, CLIPS + 1)
        ]
        # What surely comes to nothing is not played.
        needed = () if all(clip.trouble for clip in clips) else works
        taken = self._desk.clips.take(clips, needed, price=PRICE)
        return success([submitted(clip) for clip in taken])

    def _mint(self, told: Mapping[str, Any]) -> Clip:
        now = self._desk.house.clock()
        return Clip(id=str(uuid.uuid4()), generation="", made_at=now, **told)


def _custom(wish: Music) -> Brief:
    return Brief(
        style=wish.tags,
        lyrics="" if wish.is_idea else wish.prompt,
        description=wish.prompt if wish.is_idea else "",
        title=wish.title,
        exclude=wish.negative_tags,
        # Nothing to sing and nothing to write about: the vendor plays an instrumental then.
        instrumental=wish.make_instrumental or not wish.prompt.strip(),
    )


def _check_model(mv: str) -> None:
    if mv not in MODELS:
        raise refuse(UNFIT, NO_MODEL.format(mv=mv))


def _spoiled(fault: Fault | None, number: int) -> Trouble | None:
    """Return what a fault does to the clip of this number."""
    if fault is None or (fault.kind == "partial" and number != CLIPS):
        return None
    return Trouble(kind=BROKEN, message=_LATE if fault.kind == "timeout" else _FAILED)
