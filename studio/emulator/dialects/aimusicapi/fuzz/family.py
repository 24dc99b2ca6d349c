"""A family: what producer, riffusion and nuro share beside the desk."""

import uuid
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response

from studio.emulator.dialects.aimusicapi.body import Body
from studio.emulator.dialects.aimusicapi.clips import Clip, Origin
from studio.emulator.dialects.aimusicapi.desk import Desk
from studio.emulator.dialects.aimusicapi.errors import TIMED_OUT, say, unfit
from studio.emulator.dialects.aimusicapi.fuzz.piece import Piece
from studio.emulator.dialects.aimusicapi.source import Source, find_source
from studio.emulator.dialects.aimusicapi.task import Commission, Look
from studio.emulator.dialects.aimusicapi.webhooks import COMPLETED, FAILED, read_address
from studio.emulator.door import TurnedAway

UNKNOWN = "task not found."
_ALL_WORDS = frozenset({"create_music", "cover_music", "swap_music_vocals"})
"""Task types whose words are all that is sung; of the others the band tells what is."""


class Family(ABC):
    """The tasks of one family, as looks and callbacks see them."""

    platform: ClassVar[str]

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        desk.callbacks.listen(self.platform, self)

    def is_over(self, look: Look) -> bool:
        """Whether the good end of a task may be told."""
        return look.is_over and look.order.state.is_over

    @abstractmethod
    def told(self, look: Look, home: str) -> Mapping[str, Any]:
        """Return what is told of a task that ended well, with links below `home`."""

    def event(self, task_id: str) -> str | None:
        """Return the event that is true of a task by now."""
        look = self.desk.tasks.peek(task_id, self.platform)
        if look is None:
            return None
        if look.is_ready and look.has_failed:
            return FAILED
        return COMPLETED if self.is_over(look) else ""

    def letter(self, task_id: str, event: str, home: str) -> Mapping[str, Any]:
        """Return the body that tells of an event."""
        look = self.desk.tasks.peek(task_id, self.platform, counts=False)
        assert look is not None
        self.desk.tasks.show(look)
        told = failure(look) if event == FAILED else self.told(look, home)
        return {**told, "task_id": task_id, "platform": self.platform, "event": event}

    def submit(self, request: Request, body: Body, commission: Commission) -> Response:
        """Charge for some work, hand it over, and say so."""
        address = read_address(body.sent)
        return self.desk.submit(request, commission, address, operation=commission.operation)

    def source(self, piece: Piece) -> Source | None:
        """Return the clip that a piece is made of, if it needs one.

        Raises
        ------
        TurnedAway
            If it is not there, or shorter than the second from which to work on it.
        """
        if not piece.clip:
            return None
        source = find_source(self.desk.clips, piece.clip, self.platform)
        if piece.starts_at >= source.length_seconds:
            raise unfit("The 'starts_at' field should be within the clip.")  # guessed
        return source

    def clip(self, piece: Piece, how: str, take: int) -> Clip:
        """Return a clip that will come of a piece; what is asked for is told back as it is."""
        echo = {"mv": piece.model} | ({"image_url": piece.cover_url} if piece.cover_url else {})
        return self.new_clip(how, piece.clip, take=take, echo=echo).model_copy(
            update={
                "title": piece.title,
                "tags": piece.sound,
                "lyrics": piece.lyrics if piece.task_type in _ALL_WORDS else "",
            }
        )

    def new_clip(
        self,
        how: str,
        parent: str = "",
        *,
        take: int = 1,
        origin: Origin = "generated",
        echo: Mapping[str, Any] | None = None,
    ) -> Clip:
        """Return a clip that will come of a take."""
        return Clip(
            id=str(uuid.uuid4()),
            origin=origin,
            platform=self.platform,
            how=how,
            made_at=self.desk.house.clock(),
            take=take,
            parents=(parent,) if parent else (),
            echo=echo or {},
        )

    def looked(self, request: Request) -> Look:
        """Look at the task that a request names, which counts.

        Raises
        ------
        TurnedAway
            If it names none, or one that is not known.
        """
        task_id = request.path_params["task"]
        if not task_id:
            raise unfit("missing task id.")
        look = self.desk.tasks.look(task_id, self.platform)
        if look is None:
            raise TurnedAway(say(404, "not_found", UNKNOWN))
        return look

    def hand_out(self, path: Path | None, over_at: float | None) -> Response:
        """Hand out a file, unless its link has ended."""
        lives = self.desk.house.link_seconds
        if path is None or over_at is None:
            return PlainTextResponse("Not found", 404)
        if lives is not None and self.desk.house.clock() - over_at > lives:
            return PlainTextResponse("This link has expired", 403)
        return FileResponse(path)


def failure(look: Look) -> Mapping[str, Any]:
    """Say that nothing came of a task, as a callback does; the reason of the band stands in it."""
    reason = next((take.reason for take in look.order.takes if take.reason), None)
    message = TIMED_OUT if look.task.fate == "timeout" else reason
    return {
        "type": "failed",
        "message": message or "The task failed.",
        "refund_processed": look.task.is_refunded,
    }


def failed(look: Look) -> Response:
    """Answer a look at a task of which nothing came; the status is guessed, after sonic."""
    if look.task.fate == "timeout":
        return say(504, "timeout", TIMED_OUT)
    return JSONResponse(failure(look), 500)


def read_model(body: Body, models: tuple[str, ...], *, usual: str = "") -> str:
    """Return the model that a body names, or the usual one if it names none."""
    sent = body.sent["mv"] if body.has("mv") else usual
    if not isinstance(sent, str) or sent not in models:
        named = ",".join(f"'{model}'" for model in models)
        raise unfit(f"The 'mv' field is invalid. The model should be {named}.")
    return sent
