"""Stems: a song taken apart, into two, into twelve, or one instrument and all but it."""

import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from studio.emulator.converting import converted
from studio.emulator.dialects.sunoapi.body import Body
from studio.emulator.dialects.sunoapi.desk import Desk
from studio.emulator.dialects.sunoapi.music.told import snake
from studio.emulator.dialects.sunoapi.offshoots.files import asked_of
from studio.emulator.dialects.sunoapi.offshoots.instruments import FAMILY_OF
from studio.emulator.dialects.sunoapi.offshoots.records import record
from studio.emulator.dialects.sunoapi.task import Look, Plan, Task
from studio.emulator.dialects.sunoapi.trade import Letter, Trade
from studio.emulator.works import Use
from studio.songs import Value

TWO, ALL, ONE = "separate_vocal", "split_stem", "split_stem_advanced"
PRICES: Mapping[str, float] = {TWO: 10, ALL: 50, ONE: 20}
NAME = "stems"
_ALL_FIELDS = (
    "instrumental",
    "vocal",
    "backingVocals",
    "drums",
    "bass",
    "guitar",
    "piano",
    "keyboard",
    "percussion",
    "strings",
    "synth",
    "fx",
    "brass",
    "woodwinds",
)
"""What there are links to, each as `...Url`."""
_FIELDS = {"vocals": "vocal", "backing vocals": "backingVocals"}
"""Where the band calls a stem something else."""


class Stem(Value):
    """One part of a song."""

    id: str
    name: str
    """As the band calls it."""
    file: str

    @property
    def label(self) -> str:
        """What it is called in answers."""
        return self.name.title()


def stems_of(look: Look) -> tuple[Stem, ...]:
    """Return what came of a task, leaving out what is silent."""
    take = look.take(0)
    return tuple(
        Stem(
            id=str(uuid.uuid5(uuid.UUID(look.task.id), found["name"])),
            name=found["name"],
            file=found["file"],
        )
        for found in (take.facts["stems"] if take else ())
        if found["file"]
    )


class Stems:
    """Where stems are asked for."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self._desk = desk
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def trade(self) -> Trade:
        """How they are traded."""
        return Trade(
            NAME,
            "vocal-removal/generate",
            "vocal-removal/record-info",
            self._read,
            self._plan,
            lambda look, home: record(look, "GENERATE_AUDIO_FAILED", self._told(look, home)),
            self._letter,
            schedule=(60.0,),
            file=self._path,
            note="one instrument is the family in which the band has it",
        )

    def _read(self, body: Body) -> tuple[float, Mapping[str, Any]]:
        kind = body.choice("type", TWO, ALL, ONE) or TWO
        if kind == ONE:
            body.need(("stemName",))
            body.choice("stemName", *FAMILY_OF)
        asked = {"type": kind, "stem": body.text("stemName")}
        if body.has("taskId"):
            body.need(("audioId",))
            return PRICES[kind], asked | asked_of(self._desk, body)
        return PRICES[kind], asked | {"link": body.link("audioUrl")}

    def _plan(self, task: Task) -> Plan:
        asked = task.asked
        source = self._desk.sources.brought(asked["link"]) if "link" in asked else None
        sound = source.sound if source else asked["sound"]
        options: dict[str, Any] = {"kind": "2" if asked["type"] == TWO else "12"}
        if asked["type"] == ONE:
            options |= {"only": FAMILY_OF[asked["stem"]], "rest": True}
        work = Use("stems", (sound,), {**options, "separator": "auto"})
        return Plan((work,), (1,), {"sound": sound})

    def _told(self, look: Look, home: str) -> dict[str, Any] | None:
        if not look.is_good:
            return None
        take, is_one = look.take(0), look.task.asked["type"] == ONE
        length = take.facts.get("length_seconds") if take else None
        parts = [self._part(look, stem, home, length) for stem in stems_of(look)]
        links = dict.fromkeys(f"{name}Url" for name in _ALL_FIELDS)
        if not is_one:
            for stem in stems_of(look):
                links[f"{_FIELDS.get(stem.name, stem.name)}Url"] = self._link(look, stem, home)
        named = ("extract", "remove")
        data = [dict(zip(named, parts, strict=False))] if is_one else parts
        return {"id": look.task.id, "originUrl": None, "originData": data, **links}

    def _part(self, look: Look, stem: Stem, home: str, length: float | None) -> dict[str, Any]:
        return {
            "duration": length,
            "audio_url": self._link(look, stem, home),
            "stem_type_group_name": stem.label,
            "id": stem.id,
        }

    def _link(self, look: Look, stem: Stem, home: str) -> str:
        # With its blanks, as the vendor's links have them.
        return f"{home}/files/{look.task.id}/{stem.id}_{stem.label}.mp3"

    def _letter(self, look: Look, home: str) -> Letter:
        is_first = self._desk.choices["family"] == "A"
        word = "removal" if is_first else "separation"
        told = self._told(look, home)
        named = told and {snake(name): told[name] for name in told}
        text = f"vocal {word.title() if is_first else word} generated successfully."
        return text, {"task_id": look.task.id, f"vocal_{word}_info": named}

    def _path(self, look: Look, name: str) -> Path | None:
        stem = next((each for each in stems_of(look) if name.startswith(each.id)), None)
        if stem is None:
            return None
        wav = self._desk.house.band.file(look.task.order, 1, stem.file)
        return converted(wav, self._folder / f"{stem.id}.mp3") if wav else None
