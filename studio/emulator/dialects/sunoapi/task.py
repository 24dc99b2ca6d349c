"""A task: work that the vendor took, how far it really is, and how much of that a look sees.

What is to be done is found out beside the call that asked for it: sounds behind links, and ids that
nobody knows, are looked at only after the task was taken, and fail it then.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from studio.emulator.account.ledger import Paid
from studio.emulator.books import Record
from studio.emulator.orders import BandTake, Order, TakeState
from studio.emulator.pace import Seen
from studio.emulator.works import Use, Work
from studio.songs import Value

TEXT, FIRST, ALL = 1, 2, 3
"""Steps of music: its words are there, the first of two songs, both."""
SCHEDULE = (20.0, 60.0, 90.0)
"""Seconds after which the vendor is typically there."""
FAILED, FALLEN, REFUNDED, TIMED_OUT, UNFETCHED, SENSITIVE = 501, 500, 531, 408, 451, 400
"""Codes of a task that came to nothing."""
SPOILED = "The generation failed, and the credits were returned."


class Trouble(Value):
    """Why a task came to nothing."""

    code: int
    text: str
    is_early: bool = False
    """Whether it was before anything was made."""


class Failed(Exception):
    """A task cannot be done; `trouble` says why, in the vendor's words."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.trouble = Trouble(code=code, text=text, is_early=True)


@dataclass(frozen=True, slots=True)
class Plan:
    """What the band has to do for a task."""

    works: tuple[Work, ...] = ()
    """Nothing, where all is there already."""
    takes: tuple[int, ...] = ()
    """Numbers of the works that callers get."""
    notes: Mapping[str, Any] = field(default_factory=dict)
    """What was found out, to be remembered."""


def twice(*works: Work) -> Plan:
    """Let the band do the last of some works twice; it does it differently each time."""
    return Plan((*works, works[-1]), (len(works), len(works) + 1))


class Task(Record):
    """Work that was taken."""

    kind: str
    operation: str
    """As faults name it."""
    asked: Mapping[str, Any]
    """What was read of the request."""
    param: str = ""
    """The request as it came, as JSON."""
    callback: str = ""
    """Where somebody wants to be told; empty if nobody does."""
    songs: tuple[str, ...] = ()
    """Ids of the two songs of music."""
    schedule: tuple[float, ...]
    made_at: float
    paid: Paid
    order: str = ""
    takes: tuple[int, ...] = ()
    notes: Mapping[str, Any] = {}
    is_planned: bool = False
    trouble: Trouble | None = None
    fault: str = ""
    """What was asked to go wrong."""
    is_refunded: bool = False
    seen: Seen = Seen()


@dataclass(frozen=True, slots=True)
class Commission:
    """Work as a counter hands it over."""

    kind: str
    operation: str
    price: float
    asked: Mapping[str, Any]
    sent: Mapping[str, Any]
    callback: str = ""
    schedule: tuple[float, ...] = (10.0,)
    songs: int = 0
    """How many songs come of it."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at a task sees."""

    task: Task
    order: Order | None
    step: int

    @property
    def trouble(self) -> Trouble | None:
        """Why it came to nothing, if that may be told."""
        return trouble_of(self.task, self.order) if self.step else None

    @property
    def is_over(self) -> bool:
        """Whether the end may be told."""
        return self.trouble is not None or self.step >= len(self.task.schedule)

    @property
    def is_good(self) -> bool:
        """Whether it is over and something came of it."""
        return self.is_over and self.trouble is None

    def take(self, place: int) -> BandTake | None:
        """Return the take behind the result of this place, whatever of it may be told."""
        return takes_of(self.task, self.order)[place] if self.task.is_planned else None

    def is_shown(self, place: int) -> bool:
        """Whether the end of a result may be told."""
        if self.step >= len(self.task.schedule):
            return True
        takes = takes_of(self.task, self.order)
        ends = sorted((t.over_at or 0.0, at) for at, t in enumerate(takes) if _is_made(t))
        return self.step == FIRST and bool(ends) and ends[0][1] == place

    @property
    def over_at(self) -> float:
        """When it was over, in seconds since 1970."""
        ends = [take.over_at or 0.0 for take in takes_of(self.task, self.order)]
        return max(ends, default=self.task.made_at)


class Kind(Protocol):
    """A kind of task."""

    def plan(self, task: Task) -> Plan:
        """Say what the band has to do; blocks.

        Raises
        ------
        Failed, StudioProblem
            If that cannot be done.
        """

    def stage(self, look: Look) -> str:
        """Return what is to be told of a task that goes well: `text`, `first`, `complete` or ``."""

    def letter(self, look: Look, stage: str, home: str) -> Mapping[str, Any]:
        """Return what is told by itself of a stage: `text`, `first`, `complete` or `error`."""


def takes_of(task: Task, order: Order | None) -> list[BandTake]:
    """Return the takes of which callers are told."""
    takes = (order.take(number) for number in task.takes) if order else ()
    return [take for take in takes if take]


def spoiled_by(fault: str, plan: Plan) -> dict[int, str]:
    """Return the takes that fail by a fault, and why: all, or only the second."""
    if not fault:
        return {}
    numbers = plan.takes[1:2] if fault == "partial" else range(1, len(plan.works) + 1)
    return dict.fromkeys(numbers, SPOILED)


def trouble_of(task: Task, order: Order | None) -> Trouble | None:
    """Return why a task came to nothing; `None` if it did not, or not yet."""
    takes = takes_of(task, order)
    if task.trouble is not None or not takes:
        return task.trouble
    if any(take.state is not TakeState.FAILED for take in takes):
        return None
    if task.fault == "timeout":
        return Trouble(code=TIMED_OUT, text="Generation timed out.")
    return Trouble(code=REFUNDED, text=takes[0].reason or "Generation failed.")


def true_step(task: Task, order: Order | None) -> int:
    """Return how far a task really is: 0 taken, and the number of its schedule's steps done.

    What comes to nothing is over in one step.
    """
    if trouble_of(task, order) is not None:
        return 1
    if not task.is_planned:
        return 0
    takes, last = takes_of(task, order), len(task.schedule)
    if all(take.state.is_over for take in takes):
        return last
    if last < ALL or order is None:
        return 0
    is_first = any(_is_made(take) for take in takes)
    return FIRST if is_first else int(any(_has_begun(take) for take in order.takes))


def _is_made(take: BandTake) -> bool:
    return take.state is TakeState.FINISHED


def _has_begun(take: BandTake) -> bool:
    """Whether a new song can be heard, or a tool, which lets nothing be heard early, is used."""
    is_tool = isinstance(take.work, Use)
    return take.has_early or (is_tool and take.state is not TakeState.WAITING)
