"""A task: work that the vendor took, how far it really is, and how much of that a look sees."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from studio.emulator.account.ledger import Paid
from studio.emulator.books import Record
from studio.emulator.dialects.aimusicapi.clips import Clip
from studio.emulator.orders import BandTake, Order, TakeState
from studio.emulator.pace import Seen
from studio.emulator.works import Use, Work

SCHEDULE = (15.0, 95.0, 115.0)
"""Seconds until the clips can be streamed, the first is done, and the second."""
_EACH_MORE = 20.0


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


def came_to_nothing(task: Task, order: Order) -> bool:
    """Whether every take failed of which something was to be told."""
    return all(take.state is TakeState.FAILED for take in _takes(task, order))


def true_step(task: Task, order: Order) -> int:
    """Return how far a task really is: 0 taken, 1 begun, then one for each clip that is over.

    What comes to nothing, or has no clips, is over in one step.
    """
    if came_to_nothing(task, order):
        return 1
    if not task.clips:
        return int(order.state.is_over)
    over = len(_over(task, order))
    return 1 + over if over or any(_has_begun(take) for take in order.takes) else 0


def look_at(task: Task, order: Order) -> Look:
    """Return what may be seen of a task by now."""
    return Look(task, order, frozenset(_over(task, order)[: max(0, task.seen.step - 1)]))


def _has_begun(take: BandTake) -> bool:
    """Whether a new song can be heard, or a tool, which lets nothing be heard early, is used."""
    is_tool = isinstance(take.work, Use)
    return take.has_early or (is_tool and take.state is TakeState.PLAYING)


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


def schedule_of(task: Task) -> tuple[float, ...]:
    """Return the seconds after which the vendor is typically at each step of a task."""
    missing = len(task.clips) + 1 - len(task.schedule)
    later = (task.schedule[-1] + _EACH_MORE * number for number in range(1, missing + 1))
    return (*task.schedule, *later)
