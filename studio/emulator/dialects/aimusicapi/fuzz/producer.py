"""Producer: music of the models FUZZ, one clip for each task, and its helpers.

Paths, fields and both shapes of its poll are documented. The bodies of `lyrics-create` and
`video-clip`, and all texts of refusals, are guessed.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from studio.audio import extras
from studio.emulator.dialects.aimusicapi.answers import not_ready
from studio.emulator.dialects.aimusicapi.body import read_body
from studio.emulator.dialects.aimusicapi.clips import Clip
from studio.emulator.dialects.aimusicapi.errors import say
from studio.emulator.dialects.aimusicapi.fuzz.family import Family, failed, failure, read_model
from studio.emulator.dialects.aimusicapi.fuzz.piece import RULES, read_piece, read_task_type
from studio.emulator.dialects.aimusicapi.fuzz.playing import seed_of, work_of
from studio.emulator.dialects.aimusicapi.fuzz.producer_clips import (
    Tell,
    as_m4a,
    file_of,
    tell_file,
    tell_lyrics,
    tell_song,
)
from studio.emulator.dialects.aimusicapi.moderation import moderate
from studio.emulator.dialects.aimusicapi.source import find_source
from studio.emulator.dialects.aimusicapi.task import Commission, Look
from studio.emulator.door import Answer, Fidelity, Operation, TurnedAway, home_of
from studio.emulator.works import Use, Work

NAME = "producer"
MODELS = (
    "FUZZ-2.0 Pro",
    "FUZZ-2.0",
    "FUZZ-2.0 Raw",
    "FUZZ-1.1 Pro",
    "FUZZ-1.1",
    "FUZZ-1.0 Pro",
    "FUZZ-1.0",
    "FUZZ-0.8",
    "Lyria 3 preview",
    "FUZZ-3-Demo",
)
"""The last two came later."""
USUAL_MODEL = "FUZZ-2.0"
SONG_SECONDS, FILE_SECONDS = (5.0, 25.0), (2.0, 10.0)
"""After which a song, and a file of one, begins and is there, typically."""
LONGEST_PROMPT = 2000
_TELL: Mapping[str, Tell] = {
    "make_lyrics": tell_lyrics,
    "download": tell_file,
    "video_clip": tell_file,
}


class Producer(Family):
    """Where callers talk to producer."""

    platform = NAME

    @property
    def operations(self) -> tuple[Operation, ...]:
        """All that it can be asked."""
        return (
            _post(
                "create",
                self.create,
                note="that an extension is the whole song, texts of refusals and, before "
                "September, a failed task are guessed",
            ),
            _post("upload", self.upload),
            _post("download", self.download),
            _post("lyrics-create", self.lyrics, "guessed", note="path and price are documented"),
            _post("video-clip", self.video, "guessed", note="path and price are documented"),
            Operation("producer/task", "GET", "/api/v1/producer/task/{task:path}", self.task),
            Operation(
                "producer/media",
                "GET",
                "/media/producer/{clip}.{ending}",
                self.media,
                "guessed",
                needs_key=False,
            ),
        )

    async def create(self, request: Request) -> Response:
        """Take a piece to be made."""
        body = await read_body(request)
        task_type = read_task_type(body, *RULES)
        self.desk.profile.turn_away(f"producer/create {task_type}")
        piece = read_piece(body, task_type, read_model(body, MODELS, usual=USUAL_MODEL))
        moderate(tags=piece.sound, lyrics=piece.lyrics)
        source = self.source(piece)
        work = await run_in_threadpool(work_of, piece, source)
        clip = self.clip(piece, "producer/create", take=1)
        commission = self._commission("producer/create", task_type, (work, *as_m4a(1)), clip)
        commission = replace(commission, seed=seed_of(piece), schedule=SONG_SECONDS)
        return self.submit(request, body, commission)

    async def upload(self, request: Request) -> Response:
        """Take a sound to be fetched from a link."""
        body = await read_body(request)
        works = (Use("convert", (body.link("audio_url"),)), *as_m4a(1))
        clip = self.new_clip("producer/upload", origin="uploaded")
        return self.submit(
            request, body, self._commission("producer/upload", "upload", works, clip)
        )

    async def download(self, request: Request) -> Response:
        """Take a clip to be written as MP3 or WAV."""
        body = await read_body(request)
        ending = body.choice("format", "mp3", "wav") or "mp3"
        source = find_source(self.desk.clips, body.needed("clip_id"), NAME)
        work = Use("convert", (source.sound,), ending=ending)
        clip = self.new_clip("producer/download", source.clip.id, echo={"ending": ending})
        return self.submit(
            request, body, self._commission("producer/download", "download", (work,), clip)
        )

    async def video(self, request: Request) -> Response:
        """Take a clip to be filmed."""
        body = await read_body(request)
        source = find_source(self.desk.clips, body.needed("clip_id"), NAME)
        if not extras.has("media"):
            raise TurnedAway(say(501, "not_emulated", extras.sentence("media")))
        work = Use("video", (source.sound,), {"title": source.title})
        clip = self.new_clip("producer/video-clip", source.clip.id, echo={"ending": "mp4"})
        return self.submit(
            request, body, self._commission("producer/video-clip", "video_clip", (work,), clip)
        )

    async def lyrics(self, request: Request) -> Response:
        """Take words to be written."""
        body = await read_body(request)
        work = Use("make-lyrics", (), {"about": body.needed("prompt")[:LONGEST_PROMPT]})
        return self.submit(
            request, body, self._commission("producer/lyrics-create", "make_lyrics", (work,))
        )

    async def task(self, request: Request) -> Response:
        """Tell how far a task is, in the shape of the season."""
        look, home = self.looked(request), home_of(request)
        if self.desk.profile.producer_poll == "status":
            return JSONResponse(self._with_status(look, home))
        if look.is_ready and look.has_failed:
            return failed(look)
        return JSONResponse(self.told(look, home)) if self.is_over(look) else not_ready()

    async def media(self, request: Request) -> Response:
        """Hand out what was made of a clip."""
        clip = self.desk.clips.find(request.path_params["clip"])
        if clip is None or clip.platform != NAME:
            return self.hand_out(None, None)
        return self.hand_out(*file_of(self.desk, clip, request.path_params["ending"]))

    def told(self, look: Look, home: str) -> Mapping[str, Any]:
        """Return the body of a task that ended well."""
        status = {"status": "SUCCESS"} if self.desk.profile.producer_poll == "status" else {}
        tell = _TELL.get(look.task.asked["task_type"], tell_song)
        data = tell(self.desk, look, home)
        return {"code": 200, **status, "message": "success", "data": data}

    def _with_status(self, look: Look, home: str) -> Mapping[str, Any]:
        if look.is_ready and look.has_failed:
            kind = "timeout" if look.task.fate == "timeout" else "failed"
            return {"code": 200, **failure(look), "status": "FAILED", "type": kind, "data": []}
        if self.is_over(look):
            return self.told(look, home)
        status = "RUNNING" if look.is_ready else "PENDING"
        return {"code": 200, "status": status, "message": "success", "data": []}

    def _commission(
        self, operation: str, task_type: str, works: tuple[Work, ...], *clips: Clip
    ) -> Commission:
        return Commission(
            platform=NAME,
            operation=operation,
            price=self.desk.profile.price(operation),
            works=works,
            clips=clips,
            asked={"task_type": task_type},
            schedule=FILE_SECONDS,
        )


def _post(
    name: str, answer: Answer, fidelity: Fidelity = "documented", *, note: str = ""
) -> Operation:
    return Operation(
        f"producer/{name}",
        "POST",
        f"/api/v1/producer/{name}",
        answer,
        fidelity,
        takes=1,
        note=note,
    )
