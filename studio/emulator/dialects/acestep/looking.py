"""Looking: how far tasks are, as a list that holds texts that hold lists.

An unknown id looks like work that is going on, and so does work whose model could not be loaded;
the text beside a task is the last line of the server's log, and not of that task.
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from studio.emulator.dialects.acestep.answers import wrap
from studio.emulator.dialects.acestep.asking.fields import NEWER
from studio.emulator.dialects.acestep.asking.reading import parsed_list, read_fields
from studio.emulator.dialects.acestep.desk import Desk
from studio.emulator.dialects.acestep.models import LM
from studio.emulator.dialects.acestep.paths import path_of
from studio.emulator.dialects.acestep.task import OVER, finished, reason_of
from studio.emulator.dialects.acestep.tasks import QUEUE_SIZE, Look
from studio.emulator.orders import BandTake

RUNNING, DONE, FAILED = range(3)
SECONDS = 5.0
"""What the server expects of a job until it knows better."""
UNLOADED = "Job timed out: its model was never loaded."


class Looking:
    """Where tasks are looked at."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def query(self, request: Request) -> Response:
        """Tell of each task that is named."""
        named = parsed_list((await read_fields(request)).get("task_id_list"))
        return wrap([self._told(str(task)) for task in named], self._desk.now)

    async def stats(self, _: Request) -> Response:
        """Tell how many jobs there are."""
        jobs = self._desk.tasks.counts()
        told = {"jobs": jobs, "queue_size": jobs["queued"], "queue_maxsize": QUEUE_SIZE}
        return wrap({**told, "avg_job_seconds": SECONDS}, self._desk.now)

    def _told(self, task_id: str) -> dict[str, Any]:
        look = self._desk.tasks.look(task_id)
        if look is None:
            status, entries = RUNNING, []
        elif look.step < OVER:
            status, entries = RUNNING, [self._entry(look, RUNNING, stage=look.doing or "queued")]
        elif look.has_failed:
            status, entries = FAILED, [self._failed(look)]
        else:
            status, entries = DONE, self._audios(look)
        return {
            "task_id": task_id,
            "result": json.dumps(entries, ensure_ascii=False),
            "status": status,
            "progress_text": self._desk.tasks.line,
        }

    def _audios(self, look: Look) -> list[dict[str, Any]]:
        takes = finished(look.orders)
        told = {
            "generation_info": f"Played by the house band in {len(takes)} takes.",
            "seed_value": ",".join(str(take.seed) for take in takes),
            "lm_model": LM if self._desk.has_lm else "",
            "dit_model": look.task.model,
        }
        return [
            self._entry(look, DONE, stage="succeeded")
            | {"file": self._link(look, number), "metas": _metas(look, take), **told}
            for number, take in enumerate(takes, 1)
        ]

    def _failed(self, look: Look) -> dict[str, Any]:
        entry = self._entry(look, FAILED, stage="failed")
        if self._desk.choices["build"] != NEWER:
            return entry
        why = UNLOADED if look.task.is_unloaded else reason_of(look.task, look.orders)
        return entry | {"error": why}

    def _entry(self, look: Look, status: int, *, stage: str) -> dict[str, Any]:
        return {
            "file": "",
            "wave": "",
            "status": status,
            "create_time": int(look.task.made_at),
            "env": "development",
            "prompt": look.task.asked.prompt,
            "lyrics": look.task.asked.lyrics,
            "metas": {},
            "progress": round(look.progress, 4),
            "stage": stage,
        }

    def _link(self, look: Look, number: int) -> str:
        path = path_of(look.task.id, number, look.task.asked.audio_format)
        return f"/v1/audio?path={quote(path, safe='')}"


def _metas(look: Look, take: BandTake) -> Mapping[str, Any]:
    asked = look.task.asked
    return {
        "bpm": round(take.tempo_bpm) if take.tempo_bpm else asked.bpm,
        "duration": take.length_seconds,
        "genres": take.style or asked.prompt,
        "keyscale": take.key or asked.key_scale,
        "timesignature": asked.time_signature or "4",
        "prompt": asked.prompt,
        "lyrics": take.lyrics or asked.lyrics,
    }
