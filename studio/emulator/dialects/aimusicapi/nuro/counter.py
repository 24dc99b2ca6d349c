"""Nuro: songs and music in Chinese and English, one for each task, told without an envelope.

Fields, enumerations and the flat object of a task are documented; the texts of refusals and what is
told of a failed task are guessed.
"""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from studio.emulator.dialects.aimusicapi.fuzz.family import Family, failure
from studio.emulator.dialects.aimusicapi.nuro.errors import bad, refuse, say_fault
from studio.emulator.dialects.aimusicapi.nuro.playing import guessed_words, works_of
from studio.emulator.dialects.aimusicapi.nuro.wish import NuroWish, read_nuro_wish
from studio.emulator.dialects.aimusicapi.task import Commission, Look
from studio.emulator.dialects.aimusicapi.webhooks import read_address
from studio.emulator.door import Operation, TurnedAway, home_of, read_json

NAME = "nuro"
SONG_SECONDS = (3.0, 30.0)
"""After which work on a song begins, and it is there, typically."""
_ALMOST = 99


class Nuro(Family):
    """Where callers talk to nuro."""

    platform = NAME

    @property
    def operations(self) -> tuple[Operation, ...]:
        """All that it can be asked."""
        return (
            Operation(
                "nuro/create",
                "POST",
                "/api/v1/nuro/create",
                self.create,
                takes=1,
                note="texts of refusals are guessed",
                say=say_fault,
            ),
            Operation(
                "nuro/task",
                "GET",
                "/api/v1/nuro/task/{task:path}",
                self.task,
                note="what is told of a failed task is guessed",
                say=say_fault,
            ),
            Operation(
                "nuro/media",
                "GET",
                "/media/nuro/song-{task}.wav",
                self.media,
                "guessed",
                needs_key=False,
            ),
        )

    async def create(self, request: Request) -> Response:
        """Take a song, or music without a voice."""
        self.desk.profile.turn_away("nuro/create")
        try:
            sent = await read_json(request)
        except ValueError as unreadable:
            raise bad(str(unreadable)) from unreadable
        wish = read_nuro_wish(sent)
        works = works_of(wish)
        clip = self.new_clip("nuro/create", take=len(works))
        commission = Commission(
            platform=NAME,
            operation="nuro/create",
            price=self.desk.profile.price("nuro/create"),
            works=works,
            clips=(clip,),
            asked={"wish": wish.model_dump()},
            schedule=SONG_SECONDS,
        )
        return self.desk.submit(
            request, commission, read_address(sent, unfit=bad), operation="nuro/create"
        )

    async def task(self, request: Request) -> Response:
        """Tell how far a task is."""
        self.desk.profile.turn_away("nuro/task")
        task_id = request.path_params["task"]
        look = self.desk.tasks.look(task_id, NAME) if task_id else None
        if look is None:
            raise TurnedAway(refuse(404, "not_found", "task not found."))
        return JSONResponse(self._flat(look, home_of(request)))

    async def media(self, request: Request) -> Response:
        """Hand out a song."""
        look = self.desk.tasks.peek(request.path_params["task"], NAME)
        clip = self.desk.clips.find(look.task.clips[0]) if look and self.is_over(look) else None
        taken = self.desk.clips.take(clip) if clip else None
        if clip is None or taken is None:
            return self.hand_out(None, None)
        return self.hand_out(self.desk.clips.file(clip, "wav"), taken[1].over_at)

    def told(self, look: Look, home: str) -> Mapping[str, Any]:
        """Return what a callback tells of a task that ended well."""
        wish = _wish(look)
        more = {"prompt": wish.prompt, "theme": wish.theme, "instrument": wish.instrument}
        return {**self._flat(look, home), **more}

    def _flat(self, look: Look, home: str) -> dict[str, Any]:
        told: dict[str, Any] = {
            "task_id": look.task.id,
            "status": "running" if look.is_ready else "pending",
            "progress": min(_ALMOST, int(100 * look.order.progress)) if look.is_ready else 0,
            "audio_url": "",
            "lyrics": "",
            "duration": 0,
            "genre": "",
            "mood": "",
            "gender": "",
            "timbre": "",
        }
        if look.is_ready and look.has_failed:
            return {**told, **failure(look), "status": "failed", "progress": 0}
        return {**told, **self._good(look, home)} if self.is_over(look) else told

    def _good(self, look: Look, home: str) -> dict[str, Any]:
        clip = self.desk.clips.find(look.task.clips[0])
        assert clip is not None
        heard = self.desk.clips.heard(clip)
        return {
            "status": "succeeded",
            "progress": 100,
            "audio_url": f"{home}/media/nuro/song-{look.task.id}.wav",
            "lyrics": _wish(look).lyrics,
            "duration": heard.length_seconds,
            **guessed_words(_wish(look), heard.tags),
        }


def _wish(look: Look) -> NuroWish:
    return NuroWish.model_validate(look.task.asked["wish"])
