"""Notes: what was taken apart, written as notes."""

from collections.abc import Mapping
from typing import Any

from studio.emulator.dates import millis
from studio.emulator.dialects.sunoapi.body import Body
from studio.emulator.dialects.sunoapi.desk import UNKNOWN, Desk
from studio.emulator.dialects.sunoapi.offshoots.records import count
from studio.emulator.dialects.sunoapi.offshoots.stems import NAME as STEMS
from studio.emulator.dialects.sunoapi.offshoots.stems import Stem, stems_of
from studio.emulator.dialects.sunoapi.speech import Refusal
from studio.emulator.dialects.sunoapi.task import Look, Plan, Task
from studio.emulator.dialects.sunoapi.trade import Letter, Trade
from studio.emulator.recipes.notes import instruments_of
from studio.emulator.works import Use

VOICES = {"vocals": "melody", "backing vocals": "melody", "bass": "bass", "drums": "drums"}
"""What there is to hear in a stem, where it is one voice only."""
UNDER_WAY = 0


class Notes:
    """Where notes are asked for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def trade(self) -> Trade:
        """How they are traded."""
        return Trade(
            "midi",
            "midi/generate",
            "midi/record-info",
            self._read,
            self._plan,
            self._tell,
            self._letter,
            schedule=(20.0,),
            failure=Refusal(500, 500, ""),
            note="that stems of every kind will do is guessed",
        )

    def _read(self, body: Body) -> tuple[float, Mapping[str, Any]]:
        look = self._desk.tasks.peek(body.text("taskId"), STEMS, counts=False)
        order = look.order if look else None
        if look is None or order is None or not order.state.is_over:
            raise body.speech.unfit(UNKNOWN)
        audio = body.text("audioId")
        stem = next((each for each in stems_of(look) if each.id == audio), None)
        if audio and stem is None:
            raise body.speech.unfit(UNKNOWN)
        sound = look.task.notes["sound"]
        asked: dict[str, Any] = {"sound": sound, "options": {}}
        if stem is not None:
            asked = self._of_stem(look.task, stem)
        return 0, asked | {"record": look.task.id, "audio": audio}

    def _of_stem(self, task: Task, stem: Stem) -> dict[str, Any]:
        options = {"alone": True, "voices": VOICES.get(stem.name, "mix")}
        sound = self._desk.house.sounds.of_take(task.order, 1, stem.file)
        return {"sound": sound, "options": options}

    def _plan(self, task: Task) -> Plan:
        return Plan((Use("midi", (task.asked["sound"],), task.asked["options"]),), (1,))

    def _tell(self, look: Look, _: str) -> dict[str, Any]:
        trouble = look.trouble
        return {
            "taskId": look.task.id,
            "recordTaskId": look.task.asked["record"],
            "audioId": look.task.asked["audio"],
            "callbackUrl": look.task.callback,
            "completeTime": millis(look.over_at) if look.is_over else None,
            "midiData": self._midi(look) if look.is_good else None,
            "successFlag": count(look, going=UNDER_WAY),
            "createTime": millis(look.task.made_at),
            "errorCode": trouble.code if trouble else None,
            "errorMessage": trouble.text if trouble else None,
        }

    def _letter(self, look: Look, _: str) -> Letter:
        told: dict[str, Any] = {"taskId": look.task.id}
        if look.is_good:
            midi = self._midi(look)
            for instrument in midi["instruments"]:
                # In callbacks times are texts.
                for note in instrument["notes"]:
                    note |= {name: str(note[name]) for name in ("start", "end")}
            told |= midi
        return "success", told

    def _midi(self, look: Look) -> dict[str, Any]:
        path = self._desk.house.band.file(look.task.order, 1, "song.mid")
        return {"state": "complete", "instruments": instruments_of(path) if path else []}
