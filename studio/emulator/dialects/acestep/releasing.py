"""Releasing: where tasks are given to the server, and stopped where its build can do that."""

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from studio.emulator.dialects.acestep.answers import FULL, NO_LM, refuse, wrap
from studio.emulator.dialects.acestep.asking.asked import Asked, read_asked
from studio.emulator.dialects.acestep.asking.fields import FORK
from studio.emulator.dialects.acestep.asking.reading import Body, read_body, read_fields
from studio.emulator.dialects.acestep.desk import Desk
from studio.emulator.dialects.acestep.making import ON_SOUNDS, Source, play
from studio.emulator.dialects.acestep.models import SUPPORTED, chosen
from studio.emulator.dialects.acestep.paths import is_outside
from studio.emulator.dialects.acestep.task import Asking
from studio.emulator.dialects.acestep.tasks import QUEUE_SIZE, Job
from studio.emulator.sounds import Sound
from studio.emulator.works import Work
from studio.errors import StudioProblem, ToolUnfit

NAME = "release"
ABSOLUTE = "absolute audio file paths are not allowed"
NO_SOUND = "src_audio is required for this task type."
NOT_THERE = "The audio file does not exist on this server."
_FAULTS = {"failure": "Generation failed.", "timeout": "Generation timed out."}


class Releasing:
    """Where tasks are released."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def release(self, request: Request) -> Response:
        """Take a task; what is wrong with it otherwise is told when it has failed."""
        body = await read_body(request, self._desk.incoming)
        try:
            return await run_in_threadpool(self._take, body)
        finally:
            for path in body.files.values():
                path.unlink(missing_ok=True)

    async def cancel(self, request: Request) -> Response:
        """Stop a task, in a build that knows how."""
        if self._desk.choices["build"] != FORK:
            raise refuse(404, "Not Found")
        look = self._desk.tasks.find(str((await read_fields(request)).get("task_id", "")))
        if look is None:
            raise refuse(404, "Task not found")
        for order in look.orders:
            self._desk.house.band.cancel(order.id)
        return wrap({"task_id": look.task.id, "status": "cancelled"}, self._desk.now)

    def _take(self, body: Body) -> Response:
        desk = self._desk
        desk.forget_old()
        asked = read_asked(body.sent, desk.choices["build"])
        if is_outside(asked.src_audio_path) or is_outside(asked.reference_audio_path):
            raise refuse(400, ABSOLUTE)
        counts = desk.tasks.counts()
        if counts["queued"] >= QUEUE_SIZE:
            raise refuse(429, FULL)
        model = chosen(asked.model, desk.loaded)
        is_unloaded = desk.choices["load"] == "fails"
        jobs, failure = ([], "") if is_unloaded else self._jobs(asked, model, body)
        task = desk.tasks.take(
            _told_again(asked), model, jobs, failure=failure, is_unloaded=is_unloaded
        )
        told = {"task_id": task.id, "status": "queued", "queue_position": counts["queued"] + 1}
        return wrap(told, desk.now)

    def _jobs(self, asked: Asked, model: str, body: Body) -> tuple[list[Job], str]:
        """Return what the band is to do, or why it will fail."""
        fault = self._desk.house.faults.take(self._desk.name, NAME, at_work=True)
        if fault is not None:
            return [], _FAULTS.get(fault.kind, _FAULTS["failure"])
        try:
            work = self._work(asked, model, body)
        except StudioProblem as unfit:
            return [], str(unfit)
        # Taking out is the same each time, so that once will do.
        seeds = asked.seeds[:1] if asked.task_type == "extract" else asked.seeds
        return [Job(work, seed) for seed in seeds], ""

    def _work(self, asked: Asked, model: str, body: Body) -> Work:
        if asked.task_type not in SUPPORTED[model]:
            raise ToolUnfit(f"{model} does not support the task type {asked.task_type!r}.")
        if asked.query and not self._desk.has_lm:
            raise ToolUnfit(NO_LM)
        reference = body.files.get("reference")
        if reference is not None:
            # It is heard by the server; here it is made sure only that it could be.
            self._desk.house.sounds.take_over(reference)
        if asked.task_type not in ON_SOUNDS:
            return play(asked)
        sound = self._source(asked, body.files.get("src"))
        score = self._desk.house.band.musicians.recall(sound.path)
        source = Source(sound, self._desk.house, score.lyrics if score else "")
        return ON_SOUNDS[asked.task_type](asked, source)

    def _source(self, asked: Asked, file: Path | None) -> Sound:
        if file is not None:
            return self._desk.house.sounds.take_over(file)
        if not asked.src_audio_path:
            raise ToolUnfit(NO_SOUND)
        sound = self._desk.sound_at(asked.src_audio_path)
        if sound is None:
            raise ToolUnfit(NOT_THERE)
        return sound


def _told_again(asked: Asked) -> Asking:
    return Asking(
        prompt=asked.prompt or asked.query,
        lyrics=asked.lyrics,
        bpm=asked.bpm,
        key_scale=asked.key_scale,
        time_signature=asked.time_signature,
        audio_format=asked.audio_format,
        track=asked.tracks[0] if asked.tracks and asked.task_type == "extract" else "",
    )
