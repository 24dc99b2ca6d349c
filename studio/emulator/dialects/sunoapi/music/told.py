"""Told: music in `camelCase` to those who look, and in `snake_case` to those who wait."""

import re
from collections.abc import Mapping
from typing import Any

from studio.emulator.dates import millis, plain
from studio.emulator.dialects.sunoapi.desk import Desk
from studio.emulator.dialects.sunoapi.music.asked import SECTION, Asked
from studio.emulator.dialects.sunoapi.speech import OK, Refusal
from studio.emulator.dialects.sunoapi.task import FIRST, SENSITIVE, TEXT, Look, Trouble
from studio.emulator.orders import BandTake, TakeState
from studio.emulator.recipes.facts import words_of

FAILURE = Refusal(400, 501, "Generation failed")
MESSAGES: Mapping[str, str] = {
    "text": "Text generation completed.",
    "first": "First audio generated successfully.",
    "complete": "All generated successfully.",
}
WHOLES = frozenset({"generate/extend", "generate/upload-extend", SECTION})
"""What gives a song that was there before, and more."""
_STATUSES = ("PENDING", "TEXT_SUCCESS", "FIRST_SUCCESS", "SUCCESS")
_UNDOCUMENTED = ("sourceAudioUrl", "sourceStreamAudioUrl", "sourceImageUrl")
_AS_THEY_ARE = frozenset({"createTime"})
"""What keeps its name in callbacks."""


def status_of(trouble: Trouble, failed: str) -> str:
    """Return how a task that came to nothing is called; `failed` where nothing else fits."""
    if trouble.code == SENSITIVE:
        return "SENSITIVE_WORD_ERROR"
    return "CREATE_TASK_FAILED" if trouble.is_early else failed


def snake(name: str) -> str:
    """Return a name as callbacks have it."""
    return name if name in _AS_THEY_ARE else re.sub("[A-Z]", lambda c: f"_{c[0].lower()}", name)


class Told:
    """How music is told."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def record(self, look: Look, home: str) -> dict[str, Any]:
        """Return the `data` of a look."""
        task, asked, trouble = look.task, Asked.model_validate(look.task.asked), look.trouble
        step = self._step(look)
        is_told = step > 0 and trouble is None
        clips = self._clips(look, asked, home, step) if is_told else None
        return {
            "taskId": task.id,
            "parentMusicId": "",
            "param": task.param,
            "response": None if clips is None else {"taskId": task.id, "sunoData": clips},
            "status": self._status(look, step),
            "type": asked.chirp,
            "operationType": asked.endpoint.rpartition("/")[2].replace("-", "_"),
            "errorCode": trouble.code if trouble else None,
            "errorMessage": trouble.text if trouble else None,
            "createTime": self._date(task.made_at),
        }

    def stage(self, look: Look) -> str:
        """Return what is to be told by itself; of a section only the end is."""
        step = self._step(look)
        if look.is_over:
            return "complete"
        return "" if look.task.operation == SECTION else ("", "text", "first")[step]

    def letter(self, look: Look, stage: str, home: str) -> dict[str, Any]:
        """Return the body of a callback."""
        trouble, told = look.trouble, {"callbackType": stage, "task_id": look.task.id}
        if trouble is not None:
            code = self._desk.speech.code(FAILURE)
            return {"code": code, "msg": trouble.text, "data": {**told, "data": None}}
        asked = Asked.model_validate(look.task.asked)
        clips = [] if stage == "text" else self._clips(look, asked, home, look.step)
        named = [{snake(name): clip[name] for name in clip} for clip in clips]
        return {"code": OK, "msg": MESSAGES[stage], "data": {**told, "data": named}}

    def _status(self, look: Look, step: int) -> str:
        if look.trouble is not None:
            return status_of(look.trouble, "GENERATE_AUDIO_FAILED")
        if look.is_over and self._desk.choices["ending"] == "callback exception":
            return "CALLBACK_EXCEPTION"
        return _STATUSES[step]

    def _step(self, look: Look) -> int:
        """Return the step that is told; a switch leaves some out."""
        hidden = {"all": 0, "no text": TEXT, "last": FIRST}[self._desk.choices["stages"]]
        return 0 if look.step <= hidden else look.step

    def _clips(self, look: Look, asked: Asked, home: str, step: int) -> list[dict[str, Any]]:
        """Return the songs; one that came to nothing is left out at the end (guessed)."""
        told = []
        for place, song in enumerate(look.task.songs):
            take = look.take(place)
            assert take is not None
            is_over = step > TEXT and look.is_shown(place)
            if look.is_over and take.state is TakeState.FAILED:
                continue
            is_whole = is_over and take.state is TakeState.FINISHED
            told.append(self._clip(look, asked, take, f"{home}/media", song, is_whole=is_whole))
        return told

    def _clip(
        self, look: Look, asked: Asked, take: BandTake, media: str, song: str, *, is_whole: bool
    ) -> dict[str, Any]:
        order = look.order
        assert order is not None
        audio: str | None = f"{media}/{song}.mp3" if is_whole else ""
        if look.is_over and self._desk.choices["sound"] == "stream only":
            audio = None
        # A whole song has more words than those that were asked for.
        heard = words_of(order, take) if is_whole else ""
        words = (heard or asked.lyrics) if asked.endpoint in WHOLES else (asked.lyrics or heard)
        clip = {
            "id": song,
            "audioUrl": audio,
            "sourceAudioUrl": audio,
            "streamAudioUrl": f"{media}/stream/{song}",
            "sourceStreamAudioUrl": f"{media}/stream/{song}",
            "imageUrl": f"{media}/{song}.png" if is_whole else "",
            "sourceImageUrl": f"{media}/{song}.png" if is_whole else "",
            "prompt": words or asked.about,
            "modelName": asked.chirp,
            "title": asked.title or take.title,
            "tags": asked.style or take.style,
            "createTime": self._date(look.task.made_at),
            "duration": take.length_seconds if is_whole else None,
        }
        left_out = set() if is_whole else {"sourceAudioUrl", "duration"}
        if self._desk.choices["members"] == "documented":
            left_out.update(_UNDOCUMENTED)
        return {name: value for name, value in clip.items() if name not in left_out}

    def _date(self, seconds: float) -> int | str:
        return millis(seconds) if self._desk.choices["dates"] == "live" else plain(seconds)
