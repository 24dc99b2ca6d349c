"""Tasks: all work that the vendor took, who paid for it, and how it gets to the band."""

import json
import logging
import secrets
import threading
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.requests import Request

from studio.emulator.account.callbacks import Callbacks
from studio.emulator.account.lanes import Lanes
from studio.emulator.account.ledger import Ledger
from studio.emulator.account.letters import Address
from studio.emulator.account.post import is_sendable
from studio.emulator.books import Book
from studio.emulator.dialects.sunoapi.task import (
    FAILED,
    FALLEN,
    SPOILED,
    TIMED_OUT,
    UNFETCHED,
    Commission,
    Failed,
    Kind,
    Look,
    Task,
    Trouble,
    spoiled_by,
    trouble_of,
    true_step,
)
from studio.emulator.door import home_of
from studio.emulator.faults import Fault
from studio.emulator.house import House
from studio.emulator.orders import Order
from studio.emulator.pace import Seen
from studio.errors import SoundUnreadable, StudioProblem

KEPT_SECONDS = 14 * 24 * 3600.0
"""For how long the vendor keeps what it made."""
_LANES = 2

_log = logging.getLogger(__name__)


class Tasks:
    """The vendor's tasks."""

    def __init__(self, house: House, folder: Path, ledger: Ledger, callbacks: Callbacks) -> None:
        self.ledger = ledger
        self._house = house
        self._callbacks = callbacks
        self._book = Book(folder, Task)
        self._kinds: dict[str, Kind] = {}
        self._told: dict[str, Seen] = {}
        self._lock = threading.RLock()
        self._lanes = Lanes(_LANES, self._plan)

    def open(self, kinds: Mapping[str, Kind]) -> None:
        """Let all kinds be known, and go on with what was not planned when it ended."""
        self._kinds.update(kinds)
        for name, kind in kinds.items():
            self._callbacks.listen(name, Telling(self, name, kind))
        for task in self._book:
            if not task.is_planned and task.trouble is None:
                self._lanes.put(task.id, task.id)

    def take(self, commission: Commission, fault: Fault | None, request: Request) -> Task:
        """Charge for some work and take it; a fault may spoil it.

        Raises
        ------
        TurnedAway
            If there are too few credits.
        """
        self.settle()
        task = Task(
            id=secrets.token_hex(16),
            kind=commission.kind,
            operation=commission.operation,
            asked=commission.asked,
            param=json.dumps(commission.sent, ensure_ascii=False),
            callback=commission.callback,
            songs=tuple(str(uuid.uuid4()) for _ in range(commission.songs)),
            schedule=commission.schedule,
            made_at=self._house.clock(),
            paid=self.ledger.charge(commission.price),
            fault=fault.kind if fault else "",
        )
        self._book.save(task)
        self.tell(task, task.callback, home_of(request))
        self._lanes.put(task.id, task.id)
        return task

    def find(self, task_id: str, *kinds: str) -> tuple[Task, Order | None] | None:
        """Return a task of one of these kinds with what the band has of it."""
        task = self._book.find(task_id)
        if task is None or task.kind not in kinds:
            return None
        order = self._house.band.find(task.order) if task.order else None
        return None if task.order and order is None else (task, order)

    def of_song(self, song_id: str) -> Task | None:
        """Return the task that made a song."""
        return next((task for task in self._book if song_id in task.songs), None)

    def made_of(self, operation: str, **asked: Any) -> Task | None:
        """Return a task that was taken for the same and did not come to nothing."""
        for task in self._book:
            is_same = task.operation == operation and asked.items() <= task.asked.items()
            order = self._house.band.find(task.order) if task.order else None
            if is_same and trouble_of(task, order) is None:
                return task
        return None

    def look(self, task_id: str, *kinds: str) -> Look | None:
        """Look at a task, which counts: a pace may show more at the next look."""
        with self._lock:
            found = self.find(task_id, *kinds)
            if found is None:
                return None
            task, order = found
            seen = self._seen(task, order, task.seen)
            self._settle(self._keep(task, seen), order)
            return Look(task, order, seen.step)

    def peek(self, task_id: str, *kinds: str, counts: bool = True) -> Look | None:
        """Look on behalf of those who are told; callers are not shown more by that."""
        with self._lock:
            found = self.find(task_id, *kinds)
            if found is None:
                return None
            task, order = found
            seen = max(self._told.get(task_id, task.seen), task.seen, key=lambda seen: seen.step)
            seen = self._seen(task, order, seen) if counts else seen
            self._told[task_id] = seen
            self._settle(task, order)
            return Look(task, order, seen.step)

    def show(self, look: Look) -> None:
        """Let callers see as much as `look` did."""
        with self._lock:
            task = self._book.find(look.task.id)
            if task is not None and task.seen.step < look.step:
                self._keep(task, Seen(step=look.step, looks=0))

    def settle(self) -> None:
        """Refund every task that came to nothing, and forget those that the band forgot."""
        with self._lock:
            for task in self._book:
                order = self._house.band.find(task.order) if task.order else None
                age = self._house.clock() - task.made_at
                if age > KEPT_SECONDS or (task.order and order is None):
                    self._book.forget(task.id)
                    self._told.pop(task.id, None)
                else:
                    self._settle(task, order)

    def tell(self, task: Task, url: str, home: str) -> None:
        """Tell `url` from now on how a task gets on; whatever cannot be reached is never told."""
        if is_sendable(url):
            # The id is what letters are signed over, where they are.
            self._callbacks.ask(task.kind, task.id, Address(url=url, secret=task.id), home)

    def note(self, task: Task, **notes: Any) -> None:
        """Remember something of a task."""
        with self._lock:
            now = self._book.find(task.id) or task
            self._book.save(now.model_copy(update={"notes": {**now.notes, **notes}}))

    def _seen(self, task: Task, order: Order | None, before: Seen) -> Seen:
        age, step = self._house.clock() - task.made_at, true_step(task, order)
        return self._house.pace.look(before, step, age=age, schedule=task.schedule)

    def _keep(self, task: Task, seen: Seen) -> Task:
        looked = task.model_copy(update={"seen": seen})
        keep = self._book.save if seen.step != task.seen.step else self._book.remember
        keep(looked)
        return looked

    def _settle(self, task: Task, order: Order | None) -> None:
        if not task.is_refunded and trouble_of(task, order) is not None:
            self._book.save(task.model_copy(update={"is_refunded": True}))
            self.ledger.refund(task.paid)

    def _plan(self, task_id: str) -> None:
        """Find out what the band has to do, and hand it over."""
        task = self._book.find(task_id)
        if task is None:
            return
        changes: dict[str, Any]
        try:
            plan = self._kinds[task.kind].plan(task)
            spoiled = spoiled_by(task.fault, plan)
            order = self._house.band.order(plan.works, spoiled=spoiled) if plan.works else None
            changes = {
                "is_planned": True,
                "order": order.id if order else "",
                "takes": plan.takes,
                "notes": plan.notes,
            }
            if order is None and task.fault:
                code = TIMED_OUT if task.fault == "timeout" else FAILED
                changes["trouble"] = Trouble(code=code, text=SPOILED)
        except Failed as failed:
            changes = {"trouble": failed.trouble}
        except SoundUnreadable as unreadable:
            changes = {"trouble": Trouble(code=UNFETCHED, text=str(unreadable), is_early=True)}
        except StudioProblem as problem:
            changes = {"trouble": Trouble(code=FAILED, text=str(problem), is_early=True)}
        except Exception:  # noqa: BLE001 - a task outlives whatever its planning runs into
            _log.exception("What to do for the task %s was not found out.", task_id)
            changes = {"trouble": Trouble(code=FALLEN, text="Server exception.", is_early=True)}
        with self._lock:
            now = self._book.find(task_id) or task
            self._book.save(now.model_copy(update=changes))


@dataclass(frozen=True, slots=True)
class Telling:
    """One kind of task, as callbacks see it."""

    tasks: Tasks
    name: str
    kind: Kind

    def event(self, task_id: str) -> str | None:
        """Return the stage at which a task is, by the pace; empty while there is none."""
        look = self.tasks.peek(task_id, self.name)
        if look is None:
            return None
        if look.trouble is not None:
            return "error"
        return self.kind.stage(look)

    def letter(self, task_id: str, event: str, home: str) -> Mapping[str, Any]:
        """Return the body that tells of it, and let looks see as much."""
        look = self.tasks.peek(task_id, self.name, counts=False)
        assert look is not None
        self.tasks.show(look)
        return self.kind.letter(look, event, home)
