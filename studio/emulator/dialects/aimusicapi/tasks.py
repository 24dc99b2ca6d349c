"""Tasks: what the vendor took, its two clips, and which part of the truth a look may see."""

import uuid
from pathlib import Path
from typing import Literal

from studio.emulator.books import Book, Record
from studio.emulator.dialects.aimusicapi.create import Creation, to_brief
from studio.emulator.dialects.aimusicapi.credits import CREATE, Ledger, Paid
from studio.emulator.faults import Fault
from studio.emulator.house import House
from studio.emulator.orders import BandTake, Order, OrderState
from studio.emulator.pace import Seen

SCHEDULE = (15.0, 95.0, 115.0)
"""Seconds until the clips can be streamed, the first is done, and the second."""
_SPOILED = {"partial": (2,), "failure": (1, 2), "timeout": (1, 2)}


class Task(Record):
    """A `create` that was taken."""

    order: str
    """Id at the band."""
    clips: tuple[str, ...]
    """Ids, in the order of the takes."""
    creation: Creation
    made_at: float
    paid: Paid
    is_refunded: bool = False
    fate: Literal["failure", "timeout"] = "failure"
    """How the vendor would put it if it came to nothing."""
    seen: Seen = Seen()


class Clip(Record):
    """A clip, by the id under which it is heard."""

    order: str
    take: int


class Tasks:
    """The vendor's tasks and clips, and the account that pays for them."""

    def __init__(self, house: House, folder: Path) -> None:
        self.ledger = Ledger(folder / "account", credits=house.credits)
        self._band = house.band
        self._house = house
        self._tasks = Book(folder / "tasks", Task)
        self._clips = Book(folder / "clips", Clip)

    def take(self, creation: Creation, fault: Fault | None) -> Task:
        """Charge for a creation and hand it to the band; a fault may spoil it."""
        paid = self.ledger.charge(CREATE)
        spoiled = _SPOILED[fault.kind] if fault else ()
        order = self._band.order(
            to_brief(creation), spoiled=dict.fromkeys(spoiled, "The song could not be generated.")
        )
        clips = [Clip(id=str(uuid.uuid4()), order=order.id, take=t.number) for t in order.takes]
        for clip in clips:
            self._clips.save(clip)
        task = Task(
            id=str(uuid.uuid4()),
            order=order.id,
            clips=tuple(clip.id for clip in clips),
            creation=creation,
            made_at=self._house.clock(),
            paid=paid,
            fate="timeout" if fault and fault.kind == "timeout" else "failure",
        )
        self._tasks.save(task)
        return task

    def look(self, task_id: str) -> tuple[Task, Order] | None:
        """Look at a task, which counts: `task.seen` tells how much of `order` may be shown."""
        task = self._tasks.find(task_id)
        order = self._band.find(task.order) if task else None
        if task is None or order is None:
            return None
        now = self._house.clock()
        seen = self._house.pace.look(
            task.seen, true_step(order), age=now - task.made_at, schedule=SCHEDULE
        )
        looked = task.model_copy(update={"seen": seen})
        keep = self._tasks.save if seen.step != task.seen.step else self._tasks.remember
        keep(looked)
        return self._settle(looked), order

    def clip(self, clip_id: str) -> tuple[Order, BandTake] | None:
        """Return the take behind a clip, or `None`."""
        clip = self._clips.find(clip_id)
        order = self._band.find(clip.order) if clip else None
        take = order.take(clip.take) if order and clip else None
        return (order, take) if order and take else None

    def settle(self) -> None:
        """Refund every task that came to nothing, and forget those that the band forgot."""
        for task in self._tasks:
            if self._band.find(task.order) is None:
                self._tasks.forget(task.id)
                for clip in task.clips:
                    self._clips.forget(clip)
            else:
                self._settle(task)

    def _settle(self, task: Task) -> Task:
        order = self._band.find(task.order)
        if task.is_refunded or order is None or order.state is not OrderState.REFUSED:
            return task
        refunded = task.model_copy(update={"is_refunded": True})
        self._tasks.save(refunded)
        self.ledger.refund(task.paid)
        return refunded


def true_step(order: Order) -> int:
    """Return how far an order really is: 0 taken, 1 can be heard, then one for each take over."""
    over = sum(take.state.is_over for take in order.takes)
    if order.state is OrderState.REFUSED:
        return 1
    return 1 + over if over or any(take.has_early for take in order.takes) else 0
