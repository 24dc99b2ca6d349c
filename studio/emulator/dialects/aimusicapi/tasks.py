"""Tasks: what the vendor took, the clips that come of it, and who paid what for it.

All families share them; how a task is told is for each to say.
"""

import threading
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

from studio.emulator.account.ledger import Ledger
from studio.emulator.books import Book
from studio.emulator.dialects.aimusicapi.clips import Clip, Clips
from studio.emulator.dialects.aimusicapi.task import (
    Commission,
    Look,
    Task,
    came_to_nothing,
    look_at,
    schedule_of,
    true_step,
)
from studio.emulator.faults import Fault
from studio.emulator.house import House
from studio.emulator.orders import Order, OrderState
from studio.emulator.pace import Seen

_SPOILED = "The song could not be generated."


class Tasks:
    """The vendor's tasks, and the account that pays for them."""

    def __init__(self, house: House, folder: Path, clips: Clips, ledger: Ledger) -> None:
        self.clips = clips
        self.ledger = ledger
        self._band = house.band
        self._house = house
        self._book = Book(folder, Task)
        self._unfolding: dict[str, Callable[[Task, Order], Sequence[Clip]]] = {}
        self._peeked: dict[str, Seen] = {}
        self._lock = threading.RLock()

    def unfold(self, operation: str, clips_of: Callable[[Task, Order], Sequence[Clip]]) -> None:
        """Let the clips of an operation be made when it is over: nobody knows them before."""
        self._unfolding[operation] = clips_of

    def take(self, commission: Commission, fault: Fault | None = None) -> Task:
        """Charge for some work and hand it to the band; a fault may spoil it.

        Raises
        ------
        TurnedAway
            If there are too few credits.
        """
        paid = self.ledger.charge(commission.price)
        spoiled = _spoiled(fault, commission)
        order = self._band.order(commission.works, seed=commission.seed, spoiled=spoiled)
        clips = [clip.model_copy(update={"order": order.id}) for clip in commission.clips]
        for clip in clips:
            self.clips.add(clip)
        task = Task(
            id=str(uuid.uuid4()),
            platform=commission.platform,
            operation=commission.operation,
            order=order.id,
            clips=tuple(clip.id for clip in clips),
            takes=tuple(clip.take for clip in clips) or (len(commission.works),),
            is_pairs=commission.is_pairs,
            asked=commission.asked,
            schedule=commission.schedule,
            made_at=self._house.clock(),
            paid=paid,
            fate="timeout" if fault and fault.kind == "timeout" else "failure",
        )
        self._book.save(task)
        return task

    def look(self, task_id: str, platform: str) -> Look | None:
        """Look at a task of one family, which counts: a pace may show more at the next look."""
        with self._lock:
            found = self._found(task_id, platform)
            if found is None:
                return None
            task, order = found
            seen = self._seen(task, order, task.seen)
            return look_at(self._settle(self._remember(task, seen)), order)

    def peek(self, task_id: str, platform: str, *, counts: bool = True) -> Look | None:
        """Look at a task for those who tell of it by themselves; callers are not shown more yet.

        Parameters
        ----------
        counts
            Whether the pace may show more than at the look before.
        """
        with self._lock:
            found = self._found(task_id, platform)
            if found is None:
                return None
            task, order = found
            before = self._peeked.get(task_id, task.seen)
            ahead = max(before, task.seen, key=lambda seen: seen.step)
            seen = self._seen(task, order, ahead) if counts else ahead
            self._peeked[task_id] = seen
            return look_at(self._settle(task).model_copy(update={"seen": seen}), order)

    def show(self, look: Look) -> None:
        """Let callers see as much as `look` did."""
        with self._lock:
            task = self._book.find(look.task.id)
            if task is not None and task.seen.step < look.task.seen.step:
                self._remember(task, look.task.seen)

    def settle(self) -> None:
        """Refund every task that came to nothing, and forget those that the band forgot."""
        with self._lock:
            for task in self._book:
                if self._band.find(task.order) is None:
                    self._book.forget(task.id)
                    self._peeked.pop(task.id, None)
                    for clip in task.clips:
                        self.clips.forget(clip)
                else:
                    self._settle(task)

    def _found(self, task_id: str, platform: str) -> tuple[Task, Order] | None:
        task = self._book.find(task_id)
        order = self._band.find(task.order) if task else None
        if task is None or order is None or task.platform != platform:
            return None
        return self._unfolded(task, order), order

    def _unfolded(self, task: Task, order: Order) -> Task:
        clips_of = self._unfolding.get(task.operation)
        if clips_of is None or task.clips or order.state is not OrderState.FINISHED:
            return task
        clips = clips_of(task, order)
        for clip in clips:
            self.clips.add(clip)
        changes = {"clips": tuple(c.id for c in clips), "takes": tuple(c.take for c in clips)}
        unfolded = task.model_copy(update=changes)
        self._book.save(unfolded)
        return unfolded

    def _seen(self, task: Task, order: Order, before: Seen) -> Seen:
        age = self._house.clock() - task.made_at
        step = true_step(task, order)
        return self._house.pace.look(before, step, age=age, schedule=schedule_of(task))

    def _remember(self, task: Task, seen: Seen) -> Task:
        looked = task.model_copy(update={"seen": seen})
        keep = self._book.save if seen.step != task.seen.step else self._book.remember
        keep(looked)
        return looked

    def _settle(self, task: Task) -> Task:
        order = self._band.find(task.order)
        if task.is_refunded or order is None or not came_to_nothing(task, order):
            return task
        refunded = task.model_copy(update={"is_refunded": True})
        self._book.save(refunded)
        self.ledger.refund(task.paid)
        return refunded


def _spoiled(fault: Fault | None, commission: Commission) -> dict[int, str]:
    """Return the takes that fail: all, or those of which the second clip would have come."""
    if fault is None:
        return {}
    spoiled = range(1, len(commission.works) + 1)
    if fault.kind == "partial":
        return {clip.whole or clip.take: _SPOILED for clip in commission.clips[1:2]}
    return dict.fromkeys(spoiled, _SPOILED)
