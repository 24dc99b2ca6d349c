"""Tasks: the server's store of jobs, how many there are of each kind, and its last log line."""

import threading
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from studio.emulator.books import Book
from studio.emulator.dialects.acestep.task import (
    LOADING,
    LOST_AFTER_SECONDS,
    OVER,
    QUEUED,
    RUNNING,
    SCHEDULE,
    Asking,
    Task,
    finished,
    step_of,
)
from studio.emulator.house import House
from studio.emulator.orders import Order, OrderState
from studio.emulator.pace import Seen
from studio.emulator.works import Work

QUEUE_SIZE = 200
KEEP_SECONDS = 24 * 3600.0
_SPOILED = "Generation failed."


class Job(NamedTuple):
    """Work for one audio."""

    work: Work
    seed: int | None


class Look(NamedTuple):
    """What one look at a task sees."""

    task: Task
    orders: tuple[Order, ...]

    @property
    def step(self) -> int:
        """How far it may be seen to be."""
        return self.task.seen.step

    @property
    def has_failed(self) -> bool:
        """Whether nothing came of it."""
        return self.step == OVER and not finished(self.orders)

    @property
    def doing(self) -> str:
        """What is done for it now."""
        if self.task.is_unloaded:
            return LOADING
        playing = [order for order in self.orders if order.state is OrderState.PLAYING]
        return next((order.doing for order in playing), "")

    @property
    def progress(self) -> float:
        """Share that is done, 0 to 1."""
        if self.step != RUNNING or not self.orders:
            return float(self.step == OVER and not self.has_failed)
        return sum(order.progress for order in self.orders) / len(self.orders)


class Tasks:
    """All tasks of the server."""

    def __init__(self, folder: Path, house: House) -> None:
        self._house = house
        self._book = Book(folder, Task)
        self._lock = threading.RLock()
        self.line = "Application startup complete."
        """The last line of the server's log, of whatever task it tells."""

    def take(
        self, asked: Asking, model: str, jobs: Sequence[Job], *, failure: str, is_unloaded: bool
    ) -> Task:
        """Take work; what fails at once is not played."""
        task_id = str(uuid.uuid4())
        orders = [self._house.band.order((job.work,), seed=job.seed).id for job in jobs]
        task = Task(
            id=task_id,
            made_at=self._house.clock(),
            model=model,
            asked=asked,
            orders=tuple(dict.fromkeys(orders)),
            failure=failure,
            is_unloaded=is_unloaded,
        )
        self._book.save(task)
        self.line = f"Task {task_id} queued"
        return task

    def find(self, task_id: str) -> Look | None:
        """Return a task without looking at it, or `None` when it is not known (any more)."""
        task = self._book.find(task_id)
        if task is None or self._house.clock() - task.made_at > KEEP_SECONDS:
            return None
        orders = [self._house.band.find(order) for order in task.orders]
        kept = tuple(order for order in orders if order is not None)
        return Look(task, kept) if len(kept) == len(orders) else None

    def look(self, task_id: str) -> Look | None:
        """Look at a task, which counts: a pace may show more at the next look."""
        with self._lock:
            found = self.find(task_id)
            if found is None:
                return None
            seen = self._seen(found)
            task = found.task.model_copy(update={"seen": seen})
            keep = self._book.save if seen.step != found.task.seen.step else self._book.remember
            keep(task)
            look = Look(task, found.orders)
            if look.step == RUNNING:
                self.line = f"{look.doing or 'Generating music'}: {look.progress:.0%}"
            return look

    def counts(self) -> dict[str, int]:
        """Return how many jobs there are of each kind; also those of which a look says nothing."""
        looks = [look for task in self._book if (look := self.find(task.id))]
        states = [self._state(look) for look in looks]
        kinds = ("queued", "running", "succeeded", "failed")
        return {"total": len(looks), **{kind: states.count(kind) for kind in kinds}}

    def forget_old(self) -> list[str]:
        """Forget tasks that nobody can ask about any more, and return their ids."""
        old = [task.id for task in self._book if self.find(task.id) is None]
        for task_id in old:
            self._book.forget(task_id)
        return old

    def _state(self, look: Look) -> str:
        """Return how a job is counted: as far as the last look at it would see it to be now."""
        if look.task.is_unloaded:
            return "failed"
        seen = look.task.seen
        before = seen.model_copy(update={"looks": seen.looks - 1})
        step = self._seen(Look(look.task.model_copy(update={"seen": before}), look.orders)).step
        if step == OVER:
            return "succeeded" if finished(look.orders) else "failed"
        return "queued" if step == QUEUED else "running"

    def _seen(self, look: Look) -> Seen:
        age = self._house.clock() - look.task.made_at
        if look.task.is_unloaded and age >= LOST_AFTER_SECONDS:
            return Seen(step=OVER)
        step = step_of(look.task, look.orders)
        return self._house.pace.look(look.task.seen, step, age=age, schedule=SCHEDULE)
