"""Files: a song without loss, and a song as a film."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from studio.emulator.dialects.sunoapi.body import Body
from studio.emulator.dialects.sunoapi.desk import Desk
from studio.emulator.dialects.sunoapi.offshoots.records import record
from studio.emulator.dialects.sunoapi.speech import CONFLICT
from studio.emulator.dialects.sunoapi.task import Look, Plan, Task
from studio.emulator.dialects.sunoapi.trade import Letter, Trade
from studio.emulator.works import Use

WAV, VIDEO = "wav/generate", "mp4/generate"
WAV_PRICE, VIDEO_PRICE = 0.4, 2
LONGEST_CREDIT = 50
"""Characters of `author` and `domainName`."""


def asked_of(desk: Desk, body: Body) -> dict[str, Any]:
    """Return what is remembered of a request about one song."""
    source, song = desk.song(body), body.text("audioId")
    made_by = desk.tasks.of_song(song)
    return {
        "song": song,
        "task": body.text("taskId"),
        "index": made_by.songs.index(song) if made_by else 0,
        "sound": source.sound,
        "title": source.title,
    }


class Waves:
    """Songs without loss."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def trade(self) -> Trade:
        """How they are traded."""
        return Trade(
            "wav",
            WAV,
            "wav/record-info",
            self._read,
            lambda _: Plan(),
            lambda look, home: record(look, "GENERATE_WAV_FAILED", self._told(look, home)),
            self._letter,
            file=lambda look, _: self._path(look),
            note="the text of the refusal of a second one is guessed",
        )

    def _read(self, body: Body) -> tuple[float, Mapping[str, Any]]:
        asked = asked_of(self._desk, body)
        known = self._desk.tasks.made_of(WAV, song=asked["song"])
        if known is not None:
            again = CONFLICT.saying("The WAV record already exists.")
            raise self._desk.speech.refused(again, {"taskId": known.id})
        return WAV_PRICE, asked

    def _told(self, look: Look, home: str) -> dict[str, str]:
        return {"audioWavUrl": f"{home}/files/{look.task.id}/{look.task.asked['song']}.wav"}

    def _letter(self, look: Look, home: str) -> Letter:
        link = self._told(look, home)["audioWavUrl"] if look.is_good else None
        return "success", {"audioWavUrl": link, "task_id": look.task.id}

    def _path(self, look: Look) -> Path | None:
        sound = self._desk.house.sounds.find(look.task.asked["sound"])
        return sound.path if sound else None


class Videos:
    """Songs as films."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def trade(self) -> Trade:
        """How they are traded."""
        return Trade(
            "mp4",
            VIDEO,
            "mp4/record-info",
            self._read,
            self._plan,
            lambda look, home: record(look, "GENERATE_MP4_FAILED", {"videoUrl": _link(look, home)}),
            self._letter,
            schedule=(60.0,),
            file=self._path,
            note="it fails without the extra `media`",
        )

    def _read(self, body: Body) -> tuple[float, Mapping[str, Any]]:
        for name in ("author", "domainName"):
            if len(body.text(name)) > LONGEST_CREDIT:
                raise body.speech.unfit(f"The {name} cannot exceed {LONGEST_CREDIT} characters")
        credit = {"author": body.text("author"), "site": body.text("domainName")}
        return VIDEO_PRICE, asked_of(self._desk, body) | credit

    def _plan(self, task: Task) -> Plan:
        asked = task.asked
        options = {name: asked[name] for name in ("title", "author", "site")}
        return Plan((Use("video", (asked["sound"],), options),), (1,))

    def _letter(self, look: Look, home: str) -> Letter:
        is_first = self._desk.choices["family"] == "A"
        text = "MP4 generated successfully." if is_first else "success"
        link = _link(look, home) if look.is_good else None
        return text, {"task_id": look.task.id, "video_url": link}

    def _path(self, look: Look, _: str) -> Path | None:
        return self._desk.house.band.file(look.task.order, 1, "song.mp4")


def _link(look: Look, home: str) -> str:
    return f"{home}/files/{look.task.id}/{look.task.asked['song']}.mp4"
