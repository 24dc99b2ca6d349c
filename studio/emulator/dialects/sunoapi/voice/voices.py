"""Voices: made of a recording, once its owner has said a phrase.

Whether the phrase was really said is not listened for: what is brought has to be a sound.
"""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from studio.emulator.dialects.sunoapi.body import Body
from studio.emulator.dialects.sunoapi.desk import Desk
from studio.emulator.dialects.sunoapi.speech import Refusal
from studio.emulator.dialects.sunoapi.task import UNFETCHED, Failed, Look, Plan, Task
from studio.emulator.dialects.sunoapi.trade import Trade
from studio.emulator.dialects.sunoapi.voice.phrases import PHRASES, phrase
from studio.emulator.dialects.sunoapi.voice.singers import Singers
from studio.emulator.door import Operation, home_of
from studio.emulator.works import Use

PHRASE, VOICE = "phrase", "voice"
VALIDATE, AGAIN = "voice/validate", "voice/regenerate"
GENERATE, CHECK = "voice/generate", "voice/check-voice"
SKILLS = ("beginner", "intermediate", "advanced", "professional")
FAILURE = Refusal(400, 400, "")
GUESSED = "its price (none) is guessed"


class Voices:
    """Where voices are asked for."""

    def __init__(self, desk: Desk, singers: Singers) -> None:
        self._desk = desk
        self._singers = singers

    @property
    def trades(self) -> tuple[Trade, ...]:
        """A phrase to be said, and the voice that is made then."""
        return (
            Trade(
                PHRASE,
                VALIDATE,
                "voice/validate-info",
                self._read_phrase,
                self._plan_phrase,
                self._tell_phrase,
                lambda look, home: ("success", _for_callback(look, self._tell_phrase(look, home))),
                failure=FAILURE,
                note=f"{GUESSED}, and so are the phrases",
            ),
            Trade(
                VOICE,
                GENERATE,
                "voice/record-info",
                self._read_voice,
                self._plan_voice,
                self._tell_voice,
                lambda look, home: ("success", _for_callback(look, self._tell_voice(look, home))),
                schedule=(30.0,),
                failure=FAILURE,
                note=f"{GUESSED}; what is said is not listened to",
            ),
        )

    @property
    def operations(self) -> tuple[Operation, ...]:
        """What is answered at once."""
        again = "that it is another phrase under the same id is guessed"
        return (
            Operation(AGAIN, "POST", f"/api/v1/{AGAIN}", self.again, takes=0, note=again),
            Operation(CHECK, "POST", f"/api/v1/{CHECK}", self.check, takes=0),
        )

    async def again(self, request: Request) -> Response:
        """Give another phrase for a recording of which no voice was made yet."""
        body = await self._desk.read(request, AGAIN)
        look = self._phrase(body.text("taskId"))
        if look is None or look.trouble or self._voice_of(look.task.id) is not None:
            text = (
                "The record is not found or does not need to be rebuilt or does not require a retry"
            )
            raise body.speech.unfit(text)
        self._desk.tasks.note(look.task, turn=look.task.notes["turn"] + 1)
        self._desk.tasks.tell(look.task, body.text("calBackUrl"), home_of(request))
        return self._desk.speech.ok({"taskId": look.task.id})

    async def check(self, request: Request) -> Response:
        """Tell whether a voice can sing."""
        body = await self._desk.read(request, CHECK)
        look = self._desk.tasks.peek(body.text("task_id"), VOICE, counts=False)
        if look is None:
            raise body.speech.unfit("Voice record not found")
        return self._desk.speech.ok({"isAvailable": look.is_good})

    def _read_phrase(self, body: Body) -> tuple[float, Mapping[str, Any]]:
        start = body.number("vocalStartS", whole=True) or 0.0
        end = body.number("vocalEndS", whole=True) or 0.0
        if end <= start:
            raise body.speech.unfit("vocalEndS must be greater than vocalStartS")
        link = body.link("voiceUrl")
        language = body.choice("language", *PHRASES)
        return 0, {"link": link, "start": start, "end": end, "language": language}

    def _plan_phrase(self, task: Task) -> Plan:
        source = self._desk.sources.brought(task.asked["link"])
        if task.asked["start"] >= source.length_seconds:
            raise Failed(UNFETCHED, "vocalStartS must be within the audio.")
        return Plan(notes={"sound": source.sound, "length": source.length_seconds, "turn": 0})

    def _tell_phrase(self, look: Look, _: str) -> dict[str, Any]:
        task, voice = look.task, self._voice_of(look.task.id)
        status = "wait_processing"
        if look.trouble:
            status = "processing_validate_fail"
        elif look.is_over:
            status = "success" if voice and voice.is_good else "wait_validating"
        is_there = look.is_good
        said = phrase(task.asked["language"], task.id, task.notes["turn"]) if is_there else None
        return {"taskId": task.id, "validateInfo": said, "status": status, **_error(look)}

    def _read_voice(self, body: Body) -> tuple[float, Mapping[str, Any]]:
        link = body.link("verifyUrl")
        body.choice("singerSkillLevel", *SKILLS)
        look = self._phrase(body.text("taskId"))
        if look is None:
            raise body.speech.unfit("Validate record not found")
        return 0, {"phrase": look.task.id, "link": link, "name": body.text("voiceName")}

    def _plan_voice(self, task: Task) -> Plan:
        self._desk.sources.brought(task.asked["link"])
        found = self._desk.tasks.find(task.asked["phrase"], PHRASE)
        if found is None:
            raise Failed(UNFETCHED, "Validate record not found")
        said = found[0]
        options = {
            "name": task.asked["name"] or "My voice",
            "start_seconds": said.asked["start"],
            "end_seconds": min(said.asked["end"], said.notes["length"]),
            "alone": True,
        }
        return Plan((Use("persona", (said.notes["sound"],), options),), (1,))

    def _tell_voice(self, look: Look, _: str) -> dict[str, Any]:
        singer = self._singers.of_task(look.task.id, look.task.order) if look.is_good else None
        status = "fail" if look.trouble else "success" if singer else "wait_processing"
        voice = singer.id if singer else None
        return {"taskId": look.task.id, "voiceId": voice, "status": status, **_error(look)}

    def _phrase(self, task_id: str) -> Look | None:
        """Return the look at a phrase that is there to be said."""
        look = self._desk.tasks.peek(task_id, PHRASE, counts=False)
        return look if look and look.task.is_planned else None

    def _voice_of(self, phrase_id: str) -> Look | None:
        """Return the look at the voice that was made after a phrase."""
        task = self._desk.tasks.made_of(GENERATE, phrase=phrase_id)
        return self._desk.tasks.peek(task.id, VOICE, counts=False) if task else None


def _error(look: Look) -> dict[str, Any]:
    trouble = look.trouble
    return {
        "errorCode": trouble.code if trouble else None,
        "errorMessage": trouble.text if trouble else None,
    }


def _for_callback(look: Look, told: dict[str, Any]) -> dict[str, Any]:
    """Return what is told by itself: codes of its own where a look has none."""
    if look.trouble is not None:
        return told | {"errorCode": 500}
    return told | {"errorCode": 0, "errorMessage": ""}
