"""Asking: what is answered at once: words in time, a richer style, the balance, a fresh link."""

import json
from typing import Any
from uuid import uuid4

import numpy as np
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from studio.audio.files import read
from studio.emulator.dates import millis
from studio.emulator.dialects.sunoapi.body import read_body
from studio.emulator.dialects.sunoapi.desk import Desk
from studio.emulator.dialects.sunoapi.speech import INVALID, NOT_FOUND
from studio.emulator.door import Operation, home_of
from studio.emulator.recipes.alignment import words_in_time
from studio.emulator.works import Use

WORDS, STYLE = "generate/get-timestamped-lyrics", "style/generate"
WORDS_PRICE, STYLE_PRICE = 0.5, 0.4
OUTLINE = 200
"""Points of a waveform."""
LONGEST_STYLE = 1000


class Asking:
    """Where such things are asked for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def operations(self) -> tuple[Operation, ...]:
        """All that is answered at once."""
        twin = "the twin's: only there in family B"
        return (
            Operation(WORDS, "POST", f"/api/v1/{WORDS}", self.words, takes=1),
            Operation(STYLE, "POST", f"/api/v1/{STYLE}", self.style, takes=1, fidelity="recorded"),
            Operation("generate/credit", "GET", "/api/v1/generate/credit", self.credit),
            Operation(
                "chat/credit",
                "GET",
                "/api/v1/chat/credit",
                self.twins_credit,
                "recorded",
                note=twin,
            ),
            Operation(
                "common/download-url",
                "POST",
                "/api/v1/common/download-url",
                self.link,
                takes=0,
                fidelity="recorded",
                note=f"{twin}; the link is the same",
            ),
        )

    async def words(self, request: Request) -> Response:
        """Tell when each word of a song is sung."""
        body = await self._desk.read(request, WORDS)
        source = self._desk.song(body, "The corresponding record does not exist")
        words: list[dict[str, Any]] = []
        with self._desk.ledger.charging(WORDS_PRICE):
            if source.lyrics and not source.is_instrumental:
                words = await self._aligned(source.sound, source.lyrics)
        sound = self._desk.house.sounds.find(source.sound)
        outline = await run_in_threadpool(outline_of, sound.path) if sound else []
        told = {
            "alignedWords": words,
            "waveformData": outline,
            "hootCer": 0.0 if words else 1.0,
            "isStreamed": False,
        }
        return self._desk.speech.ok(told)

    async def style(self, request: Request) -> Response:
        """Make a rich description of a few words."""
        body = await self._desk.read(request, STYLE)
        content = body.text("content")
        if len(content) > LONGEST_STYLE:
            raise body.speech.unfit(f"The content cannot exceed {LONGEST_STYLE} characters")
        options = {"tags": content, "limit": LONGEST_STYLE}
        with self._desk.ledger.charging(STYLE_PRICE):
            _, take = await self._desk.done(Use("upsample-tags", options=options), STYLE)
        is_live = self._desk.choices["members"] == "live"
        told = {
            "taskId": uuid4().hex,
            "param": json.dumps(body.sent, ensure_ascii=False),
            "result": take.facts["versions"][0]["tags"],
            "creditsConsumed": STYLE_PRICE,
            "creditsRemaining": self._left(),
            "successFlag": "成功" if is_live else "1",
            "errorCode": None,
            "errorMsg" if is_live else "errorMessage": "",
            "createTime": millis(self._desk.house.clock()),
        }
        return self._desk.speech.ok(told)

    async def credit(self, _: Request) -> Response:
        """Tell what is left, to the hundredth of a credit."""
        self._desk.tasks.settle()
        return self._desk.speech.ok(self._left())

    async def twins_credit(self, request: Request) -> Response:
        """Tell what is left where the twin tells it."""
        self._only_at_the_twin()
        return await self.credit(request)

    async def link(self, request: Request) -> Response:
        """Give a link that can be downloaded, which those of here can be anyway."""
        self._only_at_the_twin()
        body = await read_body(request, self._desk.speech)
        url = body.text("url")
        if not url.startswith(f"{home_of(request)}/"):
            raise self._desk.speech.refused(INVALID.saying("url is wrong"))
        return self._desk.speech.ok(url)

    async def _aligned(self, sound: str, lyrics: str) -> list[dict[str, Any]]:
        order, take = await self._desk.done(Use("timeline", (sound,), {"lyrics": lyrics}), WORDS)
        path = self._desk.house.band.file(order, 1, take.files["json"])
        lines = json.loads(path.read_bytes()) if path else []
        return [
            {
                "word": word.text,
                "success": True,
                "startS": word.start_seconds,
                "endS": word.end_seconds,
                "palign": word.sure,
            }
            for word in words_in_time(lines)
        ]

    def _only_at_the_twin(self) -> None:
        if self._desk.choices["family"] == "A":
            raise self._desk.speech.refused(NOT_FOUND)

    def _left(self) -> float:
        account = self._desk.ledger.account
        return round(account.credits + account.extra_credits, 2)


def outline_of(path: Any) -> list[float]:
    """Return how loud a sound is from beginning to end, 0 to 1, in at most `OUTLINE` numbers."""
    mono = np.abs(read(path)[0].mean(axis=0))
    pieces = np.array_split(mono, min(OUTLINE, len(mono)))
    return [round(float(piece.max()), 4) for piece in pieces]
