"""Riffusion: deprecated, kept for old integrations; music of the first models FUZZ, two clips each.

Create, its two modes, the models and the poll are documented. The task types of everything that
works on a clip are guessed after producer, and so are the answers of upload.
"""

from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from studio.emulator.dates import iso
from studio.emulator.dialects.aimusicapi.answers import flat, not_ready
from studio.emulator.dialects.aimusicapi.body import Body, read_body
from studio.emulator.dialects.aimusicapi.clips import Clip
from studio.emulator.dialects.aimusicapi.desk import Desk
from studio.emulator.dialects.aimusicapi.fuzz.family import Family, failed, read_model
from studio.emulator.dialects.aimusicapi.fuzz.piece import (
    RULES,
    Piece,
    TaskType,
    read_piece,
    read_task_type,
)
from studio.emulator.dialects.aimusicapi.fuzz.playing import work_of
from studio.emulator.dialects.aimusicapi.moderation import moderate
from studio.emulator.dialects.aimusicapi.sonic.bringing import Bringing
from studio.emulator.dialects.aimusicapi.task import Commission, Look
from studio.emulator.door import Operation, home_of
from studio.emulator.orders import TakeState

NAME = "riffusion"
MODELS = ("FUZZ-1.1 Pro", "FUZZ-1.1", "FUZZ-1.0 Pro", "FUZZ-1.0")
TASK_TYPES: tuple[TaskType, ...] = tuple(name for name in RULES if name != "music_variation")
SONG_SECONDS = (15.0, 45.0, 55.0)
"""After which the first can be heard, and each is there, typically."""


class Riffusion(Family):
    """Where callers talk to riffusion."""

    platform = NAME

    def __init__(self, desk: Desk, bringing: Bringing) -> None:
        super().__init__(desk)
        self._bringing = bringing

    @property
    def operations(self) -> tuple[Operation, ...]:
        """All that it can be asked."""
        path = f"/api/v1/{NAME}"
        return (
            Operation(
                "riffusion/create",
                "POST",
                f"{path}/create",
                self.create,
                note="deprecated; all that works on a clip is guessed, after producer",
            ),
            Operation(
                "riffusion/upload", "POST", f"{path}/upload", self.upload, "guessed", takes=1
            ),
            Operation(
                "riffusion/task",
                "GET",
                f"{path}/task/{{task:path}}",
                self.task,
                note="a task of which nothing is there yet, or nothing came, is guessed",
            ),
        )

    async def create(self, request: Request) -> Response:
        """Take a piece to be made twice."""
        self.desk.profile.turn_away("riffusion/create")
        body = await read_body(request)
        piece = _read(body)
        moderate(description=piece.about, tags=piece.sound, lyrics=piece.lyrics)
        work = await run_in_threadpool(work_of, piece, self.source(piece))
        commission = Commission(
            platform=NAME,
            operation="riffusion/create",
            price=self.desk.profile.price("riffusion/create"),
            works=(work, work),
            clips=tuple(self.clip(piece, "riffusion/create", take=take) for take in (1, 2)),
            schedule=SONG_SECONDS,
        )
        return self.submit(request, body, commission)

    async def upload(self, request: Request) -> Response:
        """Bring a sound at once."""
        self.desk.profile.turn_away("riffusion/upload")
        body = await read_body(request)
        link = body.link("url")
        with self.desk.ledger.charging(self.desk.profile.price("riffusion/upload")):
            self.desk.spoil("riffusion/upload")
            source = await self._bringing.bring(link, "riffusion/upload")
        return flat(clip_id=source.clip.id)

    async def task(self, request: Request) -> Response:
        """Tell how far a task is: what is finished, and at first that nothing is."""
        look = self.looked(request)
        if look.is_ready and look.has_failed:
            return failed(look)
        told = self.told(look, home_of(request))
        return JSONResponse(told) if told["data"] else not_ready()

    def told(self, look: Look, home: str) -> Mapping[str, Any]:
        """Return the body of a task, with the clips that are over."""
        clips = (self.desk.clips.find(clip_id) for clip_id in look.task.clips)
        shown = [_tell(self.desk, clip, home) for clip in clips if clip and clip.id in look.shown]
        return {"code": 200, "data": shown, "message": "success"}


def _read(body: Body) -> Piece:
    """Read a piece in either mode: with words, or from a description only."""
    if body.needed_flag("custom_mode"):
        has_type = body.has("task_type")
        task_type = read_task_type(body, *TASK_TYPES) if has_type else "create_music"
        sent = dict(body.sent)
        if not body.has("lyrics") and body.has("prompt"):
            sent["lyrics"] = body.text("prompt")
        return read_piece(Body(sent), task_type, read_model(body, MODELS))
    model = read_model(body, MODELS)
    return Piece(
        model=model,
        about=body.needed("prompt"),
        title=body.text("title"),
        is_instrumental=body.flag("make_instrumental"),
    )


def _tell(desk: Desk, clip: Clip, home: str) -> dict[str, Any]:
    heard, taken = desk.clips.heard(clip), desk.clips.take(clip)
    is_good = taken is not None and taken[1].state is TakeState.FINISHED
    return {
        "clip_id": clip.id,
        "title": heard.title,
        "lyrics": heard.lyrics,
        "image_url": f"{home}/media/{clip.id}.png" if is_good else "",
        "audio_url": f"{home}/media/{clip.id}.mp3" if is_good else "",
        "video_url": None,
        "created_at": iso(clip.made_at),
        "mv": None,
        "duration": heard.length_seconds,
        "timestamp": {},
        "state": "succeeded" if is_good else "failed",
        **clip.echo,
    }
