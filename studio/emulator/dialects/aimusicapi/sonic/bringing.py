"""Bringing: sounds that callers have somewhere, fetched and kept as clips of theirs."""

import contextlib
import json
import re
import uuid
from http.client import HTTPException
from pathlib import Path, PurePosixPath
from threading import Thread
from typing import Any
from urllib.parse import unquote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from studio.emulator.account.ledger import Paid
from studio.emulator.account.post import post
from studio.emulator.books import Book, Record
from studio.emulator.dialects.aimusicapi.answers import flat, submitted
from studio.emulator.dialects.aimusicapi.body import read_body
from studio.emulator.dialects.aimusicapi.clips import Clip
from studio.emulator.dialects.aimusicapi.desk import Desk
from studio.emulator.dialects.aimusicapi.errors import unfit
from studio.emulator.dialects.aimusicapi.source import Source, find_source
from studio.emulator.door import TurnedAway
from studio.errors import ExtraMissing, SoundUnreadable

OPERATION = "sonic/upload"
UNREACHABLE = "Audio URL is not accessible. Please provide a public direct audio file URL."
UNREADABLE = "Upload request failed (HTTP 400) — Invalid audio file"
UNNAMED = "Uploaded audio"
_NUMBER = re.compile(r"[0-9a-fA-F-]{16,}")
USUAL_SECONDS = 20.0
"""What the vendor takes for it."""


class Errand(Record):
    """An upload that is told to `callback_url` when it is over."""

    url: str
    callback_url: str
    paid: Paid
    clip: str = ""
    error: str = ""

    @property
    def is_over(self) -> bool:
        """Whether it is known how it ended."""
        return bool(self.clip or self.error)


class Bringing:
    """Where sounds are brought."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self._desk = desk
        self._errands = Book(folder, Errand)
        for errand in self._errands:
            if not errand.is_over:
                self._begin(errand)

    async def upload(self, request: Request) -> Response:
        """Bring a sound: at once, or with a `callback_url` later."""
        body = await read_body(request)
        url = body.link("url")
        callback = body.link("callback_url") if body.has("callback_url") else ""
        with self._desk.ledger.charging(self._desk.profile.price(OPERATION)) as paid:
            self._desk.spoil(OPERATION)
            if callback:
                errand = Errand(id=str(uuid.uuid4()), url=url, callback_url=callback, paid=paid)
                self._errands.save(errand)
                self._begin(errand)
                return submitted(errand.id)
            source = await self.bring(url, OPERATION)
            await self._desk.until_due(USUAL_SECONDS)
            return flat(clip_id=source.clip.id)

    async def bring(self, url: str, how: str) -> Source:
        """Fetch a sound and keep it as a clip.

        Parameters
        ----------
        how
            The operation that asked for it.

        Raises
        ------
        TurnedAway
            In the words that callers report: nothing is there, or it is no sound.
        """
        return await run_in_threadpool(self._brought, url, how)

    def tell(self, task_id: str) -> tuple[Clip | None, str] | None:
        """Return the clip of an upload with a callback, and what went wrong; `None` if unknown."""
        errand = self._errands.find(task_id)
        return (self._desk.clips.find(errand.clip), errand.error) if errand else None

    def _brought(self, url: str, how: str) -> Source:
        name = _name_in(url)
        try:
            sound = self._desk.house.sounds.bring(url, name=name)
        except (SoundUnreadable, ExtraMissing) as unfit_sound:
            raise unfit(_said(unfit_sound)) from unfit_sound
        clip = Clip(
            id=str(uuid.uuid4()),
            origin="uploaded",
            platform=how.partition("/")[0],
            how=how,
            made_at=self._desk.house.clock(),
            sound=sound.id,
            title=name or _title_in(sound.path) or UNNAMED,
        )
        self._desk.clips.add(clip)
        return find_source(self._desk.clips, clip.id)

    def _begin(self, errand: Errand) -> None:
        Thread(target=self._run, args=(errand,), daemon=True).start()

    def _run(self, errand: Errand) -> None:
        """Do an errand, and tell how it ended; what exactly is told, nobody has documented."""
        told: dict[str, Any]
        try:
            clip = self._brought(errand.url, OPERATION).clip.id
        except TurnedAway as turned:
            self._desk.ledger.refund(errand.paid)
            told = json.loads(bytes(turned.response.body))
            self._errands.save(errand.model_copy(update={"error": told["error"]}))
        else:
            told = {"code": 200, "clip_id": clip, "message": "success"}
            self._errands.save(errand.model_copy(update={"clip": clip}))
        body = json.dumps({**told, "task_id": errand.id}, ensure_ascii=False).encode()
        with contextlib.suppress(OSError):
            post(errand.callback_url, body, {"Content-Type": "application/json"})


def _name_in(url: str) -> str:
    """Return what the file behind a link is called, unless that is no name but a number."""
    name = PurePosixPath(unquote(urlsplit(url).path)).stem
    return "" if _NUMBER.fullmatch(name) else name


def _title_in(path: Path) -> str:
    """Return what the band called a song of its own that comes back."""
    # The engine is large, and imported at first use.
    from studio.engine.papers import score_of  # noqa: PLC0415 - loaded by who needs it

    score = score_of(path)
    return score.title if score else ""


def _said(trouble: Exception) -> str:
    """Say in the vendor's words why a sound cannot be taken."""
    if isinstance(trouble.__cause__, OSError | HTTPException):
        return UNREACHABLE
    return f"{UNREADABLE}: {trouble}"
