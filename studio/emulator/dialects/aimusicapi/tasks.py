"""Tasks: what the vendor took, the clips that come of it, and which part of the truth may be seen.

All families share them; how a task is told is for each to say.
"""

import threading
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from studio.emulator.books import Book, Record
from studio.emulator.dialects.aimusicapi.clips import Clip, Clips
from studio.emulator.dialects.aimusicapi.credits import Ledger, Paid
from studio.emulator.faults import Fault
from studio.emulator.house import House
from studio.emulator.orders import BandTake, Order, OrderState, TakeState
from studio.emulator.pace import Seen
from studio.emulator.works import Work

SCHEDULE = (15.0, 95.0, 115.0)
"""Seconds until the clips can be streamed, the first is done, and the second."""
_EACH_MORE = 20.0
_SPOILED = "The song could not be generated."


class Task(Record):
    """Work that was taken."""

    platform: str
    operation: str
    """As the profile names it."""
    order: str
    """Id at the band."""
    clips: tuple[str, ...]
    """Ids, in the order in which they are told."""
    takes: tuple[int, ...]
    """Numbers of the takes behind them; of the last one where nobody knows the clips before."""
    is_pairs: bool = False
    """Whether the second half of the clips are those of the first, joined to what was before."""
    asked: Mapping[str, Any] = {}
    """What its family has to remember of the request."""
    schedule: tuple[float, ...] = SCHEDULE
    made_at: float
    paid: Paid
    is_refunded: bool = False
    fate: Literal["failure", "timeout"] = "failure"
    """How the vendor would put it if it came to nothing."""
    seen: Seen = Seen()


@dataclass(frozen=True, slots=True)
class Commission:
    """Work as a counter hands it over, to be charged and done."""

    platform: str
    operation: str
    price: int
    works: tuple[Work, ...]
    clips: tuple[Clip, ...] = ()
    """What comes of it, in the order in which it is told; each says of which take. Their `order`
    is filled in. Without any, they are unfolded when it is over, or there are none."""
    is_pairs: bool = False
    asked: Mapping[str, Any] = field(default_factory=dict)
    schedule: tuple[float, ...] = SCHEDULE
    """Seconds after which the vendor is typically at each step; more clips come later still."""
    seed: int | None = None
    """Of the first take, where the caller names one."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at a task sees."""

    task: Task
    order: Order
    shown: frozenset[str]
    """Ids of the clips whose end may be told."""

    @property
    def is_ready(self) -> bool:
        """Whether there is anything to tell."""
        return self.task.seen.step > 0

    @property
    def has_failed(self) -> bool:
        """Whether nothing came of the task."""
        return came_to_nothing(self.task, self.order)

    @property
    def is_over(self) -> bool:
        """Whether the end of everything may be told."""
        return self.is_ready and len(self.shown) == len(self.task.clips)


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
            return _look(self._settle(self._remember(task, seen)), order)

    def peek(self, task_id: str, platform: str) -> Look | None:
        """Look at a task for those who tell of it by themselves; callers are not shown more yet."""
        with self._lock:
            found = self._found(task_id, platform)
            if found is None:
                return None
            task, order = found
            before = self._peeked.get(task_id, task.seen)
            ahead = max(before, task.seen, key=lambda seen: seen.step)
            seen = self._peeked[task_id] = self._seen(task, order, ahead)
            return _look(self._settle(task).model_copy(update={"seen": seen}), order)

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
        return self._house.pace.look(before, step, age=age, schedule=_schedule(task))

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


def came_to_nothing(task: Task, order: Order) -> bool:
    """Whether every take failed of which something was to be told."""
    return all(take.state is TakeState.FAILED for take in _takes(task, order))


def true_step(task: Task, order: Order) -> int:
    """Return how far a task really is: 0 taken, 1 can be heard, then one for each clip over.

    What comes to nothing, or has no clips, is over in one step.
    """
    if came_to_nothing(task, order):
        return 1
    if not task.clips:
        return int(order.state.is_over)
    over = len(_over(task, order))
    return 1 + over if over or any(take.has_early for take in _takes(task, order)) else 0


def _look(task: Task, order: Order) -> Look:
    return Look(task, order, frozenset(_over(task, order)[: max(0, task.seen.step - 1)]))


def _takes(task: Task, order: Order) -> list[BandTake]:
    takes = (order.take(number) for number in task.takes)
    return [take for take in takes if take]


def _over(task: Task, order: Order) -> list[str]:
    """Return the clips that are over, in the order in which that may be told.

    What is joined is over when that is, too, which it was joined of, and is told after it.
    """
    takes = _takes(task, order)
    half = len(takes) // 2 if task.is_pairs else len(takes)
    ends: list[tuple[bool, float, int, str]] = []
    for place, clip in enumerate(task.clips):
        parts = takes[place : place + 1] if place < half else [takes[place - half], takes[place]]
        if all(part.state.is_over for part in parts):
            ends.append((place >= half, _last(parts), place, clip))
    return [clip for *_, clip in sorted(ends)]


def _last(takes: Iterable[BandTake]) -> float:
    return max(take.over_at or 0.0 for take in takes)


def _spoiled(fault: Fault | None, commission: Commission) -> dict[int, str]:
    """Return the takes that fail: all, or of a partial failure that of the second clip."""
    if fault is None:
        return {}
    takes = [clip.take for clip in commission.clips]
    spoiled = takes[1:2] if fault.kind == "partial" else range(1, len(commission.works) + 1)
    return dict.fromkeys(spoiled, _SPOILED)


def _schedule(task: Task) -> tuple[float, ...]:
    missing = len(task.clips) + 1 - len(task.schedule)
    later = (task.schedule[-1] + _EACH_MORE * number for number in range(1, missing + 1))
    return (*task.schedule, *later)
