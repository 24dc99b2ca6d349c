"""Lyrics: words about something, in two versions."""

from collections.abc import Mapping
from typing import Any

from studio.emulator.dialects.sunoapi.body import Body
from studio.emulator.dialects.sunoapi.desk import Desk
from studio.emulator.dialects.sunoapi.music.told import snake, status_of
from studio.emulator.dialects.sunoapi.objecting import object_to
from studio.emulator.dialects.sunoapi.speech import TOO_LONG
from studio.emulator.dialects.sunoapi.task import Look, Plan, Task
from studio.emulator.dialects.sunoapi.trade import Letter, Trade
from studio.emulator.works import Use

PRICE = 0.4
LONGEST = 200
"""Characters that say what they are about."""


class Lyrics:
    """Where words are asked for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def trade(self) -> Trade:
        """How they are traded."""
        return Trade(
            "lyrics",
            "lyrics",
            "lyrics/record-info",
            self._read,
            self._plan,
            self._tell,
            self._letter,
            schedule=(15.0,),
        )

    def _read(self, body: Body) -> tuple[float, Mapping[str, Any]]:
        prompt = body.text("prompt")
        if len(prompt) > LONGEST:
            refusal = TOO_LONG.saying(f"The prompt cannot exceed {LONGEST} characters")
            raise body.speech.refused(refusal)
        return PRICE, {"prompt": prompt}

    def _plan(self, task: Task) -> Plan:
        prompt = task.asked["prompt"]
        object_to(prompt)
        return Plan((Use("make-lyrics", options={"about": prompt}),), (1,))

    def _tell(self, look: Look, _: str) -> dict[str, Any]:
        trouble, good = look.trouble, look.is_good
        status = "SUCCESS" if good else "PENDING"
        return {
            "taskId": look.task.id,
            "param": look.task.param,
            "response": {"taskId": look.task.id, "data": _versions(look)} if good else None,
            "status": status_of(trouble, "GENERATE_LYRICS_FAILED") if trouble else status,
            "type": "LYRICS",
            "errorCode": trouble.code if trouble else None,
            "errorMessage": trouble.text if trouble else None,
        }

    def _letter(self, look: Look, _: str) -> Letter:
        versions = _versions(look) if look.is_good else None
        if self._desk.choices["family"] == "A":
            kind = "complete" if look.is_good else "error"
            told = {"callbackType": kind, "taskId": look.task.id, "data": versions}
            return "All generated successfully.", told
        named = versions and [{snake(name): each[name] for name in each} for each in versions]
        told = {"callbackType": "complete", "task_id": look.task.id, "data": named}
        return "All generated successfully.", told


def _versions(look: Look) -> list[dict[str, str]]:
    take = look.take(0)
    return [
        {
            "text": version["lyrics"],
            "title": version["title"],
            "status": "complete",
            "errorMessage": "",
        }
        for version in (take.facts["versions"] if take else ())
    ]
