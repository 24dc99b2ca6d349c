"""Covers: two pictures for a song; once for each task."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from studio.emulator.dates import iso
from studio.emulator.dialects.sunoapi.body import Body
from studio.emulator.dialects.sunoapi.desk import Desk
from studio.emulator.dialects.sunoapi.offshoots.records import count, iso_or_none
from studio.emulator.dialects.sunoapi.speech import OK, Refusal
from studio.emulator.dialects.sunoapi.task import FAILED, Failed, Look, Plan, Task
from studio.emulator.dialects.sunoapi.trade import Letter, Trade
from studio.emulator.works import Use

PATH = "suno/cover/generate"
AGAIN = Refusal(400, 400, "The cover has already been generated.")
MUSIC = "music"
UNDER_WAY = 2


class Covers:
    """Where covers are asked for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def trade(self) -> Trade:
        """How they are traded."""
        return Trade(
            "cover",
            PATH,
            "suno/cover/record-info",
            self._read,
            self._plan,
            self._tell,
            self._letter,
            schedule=(30.0,),
            failure=Refusal(501, 501, ""),
            file=self._path,
        )

    def _read(self, body: Body) -> tuple[float, Mapping[str, Any]]:
        parent = body.text("taskId")
        if self._desk.tasks.find(parent, MUSIC) is None:
            raise body.speech.unfit("Original music record does not exist")
        known = self._desk.tasks.made_of(PATH, parent=parent)
        if known is not None:
            raise body.speech.refused(AGAIN, {"taskId": known.id})
        return 0, {"parent": parent}

    def _plan(self, task: Task) -> Plan:
        found = self._desk.tasks.find(task.asked["parent"], MUSIC)
        songs = found[0].songs if found else ()
        for song in songs:
            source = self._desk.sources.song("", song)
            if source is not None:
                return Plan((Use("paint", (source.sound,)),), (1,))
        raise Failed(FAILED, "The original music is not finished.")

    def _tell(self, look: Look, home: str) -> dict[str, Any]:
        trouble = look.trouble
        return {
            "taskId": look.task.id,
            "parentTaskId": look.task.asked["parent"],
            "callbackUrl": look.task.callback,
            "completeTime": iso_or_none(look),
            "response": {"images": _links(look, home)} if look.is_good else None,
            "successFlag": count(look, going=UNDER_WAY),
            "createTime": iso(look.task.made_at),
            "errorCode": trouble.code if trouble else OK,
            "errorMessage": trouble.text if trouble else "",
        }

    def _letter(self, look: Look, home: str) -> Letter:
        images = _links(look, home) if look.is_good else None
        return "success", {"taskId": look.task.id, "images": images}

    def _path(self, look: Look, name: str) -> Path | None:
        return self._desk.house.band.file(look.task.order, 1, name)


def _links(look: Look, home: str) -> list[str]:
    take = look.take(0)
    names = sorted(take.files.values()) if take else ()
    return [f"{home}/files/{look.task.id}/{name}" for name in names]
