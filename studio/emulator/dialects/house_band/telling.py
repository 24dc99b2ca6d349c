"""Telling: an order in the studio's words: takes, findings, texts and personas."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from studio.emulator.house import House
from studio.emulator.orders import BandTake, Order, TakeState
from studio.emulator.works import Use, needs_of
from studio.songs import Attached

_LINKS = ("early", "sound", "wav", "cover")
_ROW = 12
"""Longer lists are not told beside a take: they are for tools, not for people."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What is told of an order, at an address of the band."""

    house: House
    order: Order
    home: str

    def look(self) -> dict[str, Any]:
        """Tell how far the order is, and what came of it."""
        order = self.order
        found = [take for take in order.takes if _tool(take) in FINDINGS]
        told = [take for take in order.takes if _tool(take) not in {*FINDINGS, *TEXTS, PERSONA}]
        return {
            "order": order.id,
            "state": order.state,
            "doing": order.doing,
            "progress": round(order.progress, 4),
            "left_seconds": order.left_seconds(self.house.band.now()),
            "reason": order.reason,
            "takes": [self.take(take) for take in told],
            "findings": [
                finding
                for take in found
                if take.state is TakeState.FINISHED
                for finding in FINDINGS[_tool(take)](self, take)
            ],
            "texts": [
                text
                for take in order.takes
                for text in TEXTS.get(_tool(take), _no_texts)(take.facts)
            ],
            "persona": next(
                (
                    self.house.personas.of_take(order.id, take.number)
                    for take in order.takes
                    if _tool(take) == PERSONA
                ),
                None,
            ),
        }

    def take(self, take: BandTake) -> dict[str, Any]:
        """Tell of one take."""
        whole = self._whole(take) or take
        return {
            "number": take.number,
            "state": take.state,
            "part": take.part,
            "title": take.title,
            "style": whole.style or take.style,
            "lyrics": take.lyrics,
            "length_seconds": take.length_seconds,
            "seed": whole.seed,
            "remote": f"{self.order.id}.{take.number}",
            **{name: self.link(take, take.files.get(name)) for name in _LINKS},
            "facts": self._facts(take),
            "reason": take.reason,
        }

    def link(self, take: BandTake, file: str | None) -> str | None:
        """Return the link to a file of a take."""
        return file and f"{self.home}/v1/files/{self.order.id}/{take.number}/{file}"

    def _facts(self, take: BandTake) -> dict[str, Any]:
        whole = self._whole(take)
        shared = self._facts(whole) if whole else {}
        own = {"tempo_bpm": take.tempo_bpm, "key": take.key}
        return shared | {name: fact for name, fact in own.items() if fact} | readable(take.facts)

    def _whole(self, take: BandTake) -> BandTake | None:
        """Return the take that this one was cut out of: its style and seed are those of both."""
        return next((self.order.take(number) for number in sorted(needs_of(take.work))), None)


def readable(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts for people: without long lists, and with all notes as one."""
    told = facts.get("notes")
    notes = [facts.get("note"), facts.get("snapped"), *(told if isinstance(told, list) else ())]
    kept = {
        name: fact
        for name, fact in facts.items()
        if not (isinstance(fact, list) and (name == "notes" or len(fact) > _ROW))
        and name != "snapped"
    }
    note = " ".join(note for note in notes if note)
    return kept | ({"note": note} if note else {})


def _stems(telling: Telling, take: BandTake) -> list[dict[str, Any]]:
    """Tell of each stem that was told apart; those in which nobody plays have no file."""
    shared = {name: fact for name, fact in take.facts.items() if name != "stems"}
    return [
        {
            "kind": Attached.STEM,
            "name": stem["name"].capitalize(),
            "link": telling.link(take, stem["file"]),
            "facts": {
                **readable(shared),
                "is_silent": stem["empty"],
                **{name: stem[name] for name in ("lufs", "peak_db") if name in stem},
            },
        }
        for stem in take.facts.get("stems", ())
        if stem.get("separated", True)
    ]


def _vox(telling: Telling, take: BandTake) -> list[dict[str, Any]]:
    link = telling.link(take, take.files.get("wav"))
    return [{"kind": Attached.VOX, "name": "Voice", "link": link, "facts": readable(take.facts)}]


def _file(telling: Telling, take: BandTake) -> list[dict[str, Any]]:
    """Tell of the file that was asked for, by its ending."""
    return [
        {
            "kind": Attached.WAV if ending == "wav" else Attached.FILE,
            "name": ending.upper(),
            "link": telling.link(take, file),
            "facts": readable(take.facts),
        }
        for ending, file in take.files.items()
    ]


def _midi(telling: Telling, take: BandTake) -> list[dict[str, Any]]:
    facts = readable(take.facts) | {"instruments": list(take.facts.get("notes", ()))}
    link = telling.link(take, take.files.get("mid"))
    return [{"kind": Attached.MIDI, "name": "Notes", "link": link, "facts": facts}]


def _bpm(_: Telling, take: BandTake) -> list[dict[str, Any]]:
    facts = dict(readable(take.facts))
    facts.pop("measured", None)
    facts |= {"lowest_bpm": facts.pop("slowest_bpm", None)}
    facts |= {"highest_bpm": facts.pop("fastest_bpm", None)}
    return [{"kind": Attached.BPM, "name": "Tempo", "link": None, "facts": facts}]


def _timeline(telling: Telling, take: BandTake) -> list[dict[str, Any]]:
    path = telling.house.band.file(telling.order.id, take.number, take.files.get("json", ""))
    lines = json.loads(path.read_bytes()) if path else []
    words = [
        {"word": word["word"], "start": word["start_seconds"], "end": word["end_seconds"]}
        for line in lines
        for word in line["words"]
    ]
    facts = readable(take.facts) | {"words": words}
    link = telling.link(take, take.files.get("json"))
    return [{"kind": Attached.TIMELINE, "name": "Words in time", "link": link, "facts": facts}]


def _video(telling: Telling, take: BandTake) -> list[dict[str, Any]]:
    link = telling.link(take, take.files.get("mp4"))
    return [{"kind": Attached.VIDEO, "name": "Film", "link": link, "facts": readable(take.facts)}]


def _pictures(telling: Telling, take: BandTake) -> list[dict[str, Any]]:
    return [
        {
            "kind": Attached.COVER,
            "name": f"Picture {number}",
            "link": telling.link(take, file),
            "facts": readable(take.facts),
        }
        for number, file in enumerate(sorted(take.files.values()), 1)
    ]


FINDINGS: Mapping[str, Callable[[Telling, BandTake], list[dict[str, Any]]]] = {
    "stems": _stems,
    "vox": _vox,
    "convert": _file,
    "midi": _midi,
    "measure": _bpm,
    "timeline": _timeline,
    "video": _video,
    "paint": _pictures,
}
"""By tool: what a take of it is told as."""


def _no_texts(_: Mapping[str, Any]) -> list[dict[str, str]]:
    return []


TEXTS: Mapping[str, Callable[[Mapping[str, Any]], list[dict[str, str]]]] = {
    "make-lyrics": lambda facts: [
        {"title": version["title"], "text": version["lyrics"]}
        for version in facts.get("versions", ())
    ],
    "upsample-tags": lambda facts: [
        {"title": version["understood"], "text": version["tags"]}
        for version in facts.get("versions", ())
    ],
}
PERSONA = "persona"


def _tool(take: BandTake) -> str:
    return take.work.tool if isinstance(take.work, Use) else ""
