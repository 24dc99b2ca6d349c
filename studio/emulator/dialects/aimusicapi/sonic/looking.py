"""Looking: how far a task of sonic is, for those who ask and for those who are told."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from studio.emulator.dialects.aimusicapi.answers import bare, data, not_ready
from studio.emulator.dialects.aimusicapi.body import read_body
from studio.emulator.dialects.aimusicapi.desk import Desk
from studio.emulator.dialects.aimusicapi.errors import TIMED_OUT, say, unfit
from studio.emulator.dialects.aimusicapi.fuzz.family import failure
from studio.emulator.dialects.aimusicapi.sonic.bringing import Bringing
from studio.emulator.dialects.aimusicapi.sonic.minting import PLATFORM
from studio.emulator.dialects.aimusicapi.sonic.results import tell, tell_brought
from studio.emulator.dialects.aimusicapi.sonic.voices import VOICE, Voices
from studio.emulator.dialects.aimusicapi.task import Look
from studio.emulator.dialects.aimusicapi.webhooks import COMPLETED, FAILED, STREAMING
from studio.emulator.door import home_of

_MESSAGES = {COMPLETED: "success", STREAMING: "streaming"}


class Looking:
    """Where tasks are looked at."""

    platform = PLATFORM

    def __init__(self, desk: Desk, bringing: Bringing, voices: Voices) -> None:
        self._desk = desk
        self._bringing = bringing
        self._voices = voices
        desk.callbacks.listen(PLATFORM, self)

    async def task(self, request: Request) -> Response:
        """Tell how far a task is."""
        task_id = request.path_params["task"]
        if not task_id:
            raise unfit("missing task id.")
        look = self._desk.tasks.look(task_id, PLATFORM)
        if look is None:
            return self._upload(task_id, home_of(request))
        if not look.is_ready:
            return not_ready()
        if look.has_failed:
            # The status of a failed task is not documented, but for that of a timeout.
            is_late = look.task.fate == "timeout"
            return say(504, "timeout", TIMED_OUT) if is_late else JSONResponse(failure(look), 500)
        return data(self._told(look, home_of(request)))

    async def credits(self, _: Request) -> Response:
        """Tell what is left."""
        self._desk.tasks.settle()
        return bare(self._desk.ledger.account.model_dump(exclude={"id"}))

    async def top_up(self, request: Request) -> Response:
        """Buy `extra_credits`, which costs nothing here: a tool of ours, for long practice."""
        bought = (await read_body(request)).sent.get("extra_credits")
        if isinstance(bought, bool) or not isinstance(bought, int) or bought < 0:
            raise unfit("The 'extra_credits' field should be a whole number, 0 or more.")
        self._desk.ledger.top_up(bought)
        return await self.credits(request)

    def event(self, task_id: str) -> str | None:
        """Return the event that is true of a task by now."""
        look = self._desk.tasks.peek(task_id, PLATFORM)
        if look is None:
            return None
        if not look.is_ready:
            return ""
        if look.has_failed:
            return FAILED
        return COMPLETED if look.is_over else STREAMING

    def letter(self, task_id: str, event: str, home: str) -> Mapping[str, Any]:
        """Return the body that tells of an event."""
        look = self._desk.tasks.peek(task_id, PLATFORM, counts=False)
        assert look is not None
        self._desk.tasks.show(look)
        about = {"task_id": task_id, "platform": PLATFORM, "event": event}
        if event == FAILED:
            return {**failure(look), **about}
        told = {"code": 200, "data": self._told(look, home), "message": _MESSAGES[event]}
        return {**told, **about}

    def _told(self, look: Look, home: str) -> Any:
        if look.task.operation == VOICE:
            return self._voices.made(look)
        return tell(look, self._desk.clips, home)

    def _upload(self, task_id: str, home: str) -> Response:
        """Tell of an upload with a callback, which nobody documents as a task."""
        told = self._bringing.tell(task_id)
        if told is None:
            raise unfit("task not found.")
        clip, error = told
        if error:
            return JSONResponse({"type": "failed", "message": error, "refund_processed": True}, 500)
        if clip is None:
            return not_ready()
        return data([tell_brought(clip, self._desk.clips.heard(clip), home)])
