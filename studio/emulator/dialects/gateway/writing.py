"""Writing: words for a song, and when the words of one are sung."""

import json
import uuid

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from studio.emulator.books import Book, Record
from studio.emulator.dialects.gateway.answers import (
    FAILED,
    UNFIT,
    UNKNOWN,
    bare,
    refuse,
    success,
)
from studio.emulator.dialects.gateway.asking.asked import Lyrics, OfClip, read
from studio.emulator.dialects.gateway.desk import NAME, Desk
from studio.emulator.dialects.gateway.telling import ACCOUNT, words_of
from studio.emulator.orders import BandTake, TakeState
from studio.emulator.pace import Seen
from studio.emulator.recipes.alignment import words_in_time
from studio.emulator.waiting import made
from studio.emulator.works import Use

SCHEDULE = (5.0,)
_LARGEST_NUMBER = 10_000_000
_SPOILED = "The lyrics could not be generated."
NO_PROMPT = "prompt is required"
NO_LYRICS = "The lyrics do not exist."


class Asked(Record):
    """Words that were asked for, by the id that is told first."""

    order: str
    made_at: float
    seen: Seen = Seen()

    @property
    def number(self) -> int:
        """The other id, that is told with the words: a number."""
        return uuid.UUID(self.id).int % _LARGEST_NUMBER


class Writing:
    """Where words are asked for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._book = Book(desk.house.data / NAME / "lyrics", Asked)

    async def ask(self, request: Request) -> Response:
        """Take a wish for words."""
        work = _writing((await read(request, Lyrics)).prompt)
        spoiled = {1: _SPOILED} if self._desk.fault("lyrics") else {}
        order = self._desk.house.band.order((work,), spoiled=spoiled)
        now = self._desk.house.clock()
        asked = Asked(id=str(uuid.uuid4()), order=order.id, made_at=now)
        self._book.save(asked)
        return success({"id": asked.id})

    async def look(self, request: Request) -> Response:
        """Tell the words, empty until they are written."""
        asked = self._book.find(request.path_params["lyrics"])
        order = self._desk.house.band.find(asked.order) if asked else None
        if asked is None or order is None:
            raise refuse(UNKNOWN, NO_LYRICS)
        take = order.takes[0]
        if not self._is_shown(asked, take):
            return success(self._told(asked, "running"))
        if take.state is TakeState.FAILED:
            raise refuse(FAILED, take.reason or _SPOILED)
        return success(self._told(asked, "complete", **_first(take)))

    async def at_once(self, request: Request) -> Response:
        """Answer with the words, without an envelope."""
        work = _writing((await read(request, Lyrics)).prompt)
        _, take = await self._made(work, "lyrics_v2")
        return bare(_first(take))

    async def aligned(self, request: Request) -> Response:
        """Tell when each word of a clip is sung."""
        clip, sound = self._desk.finished((await read(request, OfClip)).clip_id)
        words = words_of(clip, self._desk.clips)
        work = Use("timeline", (sound,), {"lyrics": words})
        order, take = await self._made(work, "aligned_lyrics")
        path = self._desk.house.band.file(order, 1, take.files.get("json", ""))
        lines = json.loads(await run_in_threadpool(path.read_bytes)) if path else []
        aligned = [
            {
                "word": word.text,
                "success": True,
                "start_s": word.start_seconds,
                "end_s": word.end_seconds,
                "p_align": word.sure,
            }
            for word in words_in_time(lines)
        ]
        return success({"aligned_words": aligned, "hoot_cer": 0.0, "is_streamed": False})

    async def _made(self, work: Use, operation: str) -> tuple[str, BandTake]:
        if self._desk.fault(operation):
            raise refuse(FAILED, _SPOILED)
        done = await made(self._desk.house.band, work)
        if done is None or done[1].state is TakeState.FAILED:
            raise refuse(FAILED, (done and done[1].reason) or _SPOILED)
        return done

    def _is_shown(self, asked: Asked, take: BandTake) -> bool:
        age = self._desk.house.clock() - asked.made_at
        true_step = int(take.state.is_over)
        seen = self._desk.house.pace.look(asked.seen, true_step, age=age, schedule=SCHEDULE)
        self._book.remember(asked.model_copy(update={"seen": seen}))
        return seen.step > 0

    def _told(
        self, asked: Asked, status: str, *, title: str = "", text: str = ""
    ) -> dict[str, object]:
        told = {"user_id": ACCOUNT, "text": text, "id": asked.number}
        told |= {"title": title, "lyrics_id": asked.id}
        return told | ({"status": status} if self._desk.choices["lyrics_status"] == "on" else {})


def _writing(prompt: str) -> Use:
    if not prompt.strip():
        raise refuse(UNFIT, NO_PROMPT)
    return Use("make-lyrics", options={"about": prompt.strip()})


def _first(take: BandTake) -> dict[str, str]:
    version = take.facts["versions"][0]
    return {"text": version["lyrics"], "title": version["title"]}
