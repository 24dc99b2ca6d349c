"""Recovery: links to songs whose own have ended; with an envelope that nothing else has."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from studio.emulator.dialects.sunoapi.body import Body
from studio.emulator.dialects.sunoapi.desk import Desk
from studio.emulator.dialects.sunoapi.speech import BROKEN, OK
from studio.emulator.dialects.sunoapi.task import Look, Plan
from studio.emulator.dialects.sunoapi.trade import Letter, Trade
from studio.emulator.door import home_of
from studio.emulator.orders import SONG_FILES, TakeState

UNDER_WAY = 201
LOST = "clip_error"
MUSIC = "music"


class Recovery:
    """Where links are recovered."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def trade(self) -> Trade:
        """How it is traded."""
        return Trade(
            "recovery",
            "suno/recovery",
            "suno/recovery/record-info",
            self._read,
            lambda _: Plan(),
            self._told,
            self._letter,
            schedule=(4.0,),
            failure=BROKEN,
            id_in="task_id",
            id_out="task_id",
            file=self._path,
            answer=self._answer,
            envelope=lambda code, text, told: {"code": code, "msg": text, **told},
            fidelity="guessed",
            note="the name of its field is documented and not proven; its price is guessed",
        )

    def _read(self, body: Body) -> tuple[float, Mapping[str, Any]]:
        task = body.text("sunoTaskId")
        if self._desk.tasks.find(task, MUSIC) is None:
            text = "The original Suno task does not exist."
            raise body.speech.refused(BROKEN.saying(text))
        return 0, {"task": task}

    def _answer(self, request: Request, look: Look | None) -> Response:
        if look is None:
            text = "The music link recovery task does not exist."
            return self._desk.speech.no(BROKEN.saying(text))
        songs = self._told(look, home_of(request)) if look.is_over else None
        code, text = (OK, "success") if look.is_over else (UNDER_WAY, "processing")
        if songs and all(song["error"] for song in songs):
            code, text = BROKEN.a, "Music link recovery failed."
        told = {"code": code, "task_id": look.task.id, "msg": text, "data": songs}
        return JSONResponse(told)

    def _letter(self, look: Look, home: str) -> Letter:
        return "success", {"task_id": look.task.id, "data": self._told(look, home)}

    def _told(self, look: Look, home: str) -> list[dict[str, Any]]:
        found = self._desk.tasks.find(look.task.asked["task"], MUSIC)
        songs = found[0].songs if found else ()
        return [self._song(look, song, home) for song in songs]

    def _song(self, look: Look, song: str, home: str) -> dict[str, Any]:
        source = self._desk.sources.song("", song) if look.is_good else None
        link = f"{home}/files/{look.task.id}/{song}.mp3" if source else None
        return {
            "id": song,
            "audio_url": link,
            "title": source.title if source else "",
            "status": "success" if source else "failed",
            "error": None if source else LOST,
        }

    def _path(self, look: Look, name: str) -> Path | None:
        found = self._desk.tasks.find(look.task.asked["task"], MUSIC)
        song = name.removesuffix(".mp3")
        if found is None or song not in found[0].songs:
            return None
        task, order = found
        take = order.take(task.takes[task.songs.index(song)]) if order else None
        if take is None or take.state is not TakeState.FINISHED:
            return None
        return self._desk.house.band.file(task.order, take.number, SONG_FILES["sound"])
