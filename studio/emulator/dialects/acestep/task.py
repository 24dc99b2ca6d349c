"""A task: work that the server took, and how far it really is."""

from collections.abc import Iterable

from studio.emulator.books import Record
from studio.emulator.orders import BandTake, Order, OrderState, TakeState
from studio.emulator.pace import Seen
from studio.songs import Value

QUEUED, RUNNING, OVER = range(3)
SCHEDULE = (1.0, 20.0)
"""Seconds until a server with a common card is typically at each step after the first: guessed."""
LOST_AFTER_SECONDS = 3600.0
"""When the server gives up on work of which it has long lost the model."""
LOADING = "Loading models (first run)..."


class Asking(Value):
    """What is told again of a request."""

    prompt: str = ""
    lyrics: str = ""
    bpm: int | None = None
    key_scale: str = ""
    time_signature: str = ""
    audio_format: str = "mp3"
    track: str = ""
    """Of an extraction: which stem is the sound."""


class Task(Record):
    """Work that was taken."""

    made_at: float
    model: str
    asked: Asking
    orders: tuple[str, ...] = ()
    """Of the band, one for each audio."""
    failure: str = ""
    """Why it failed before anybody played."""
    is_unloaded: bool = False
    """Whether its model could not be loaded, which is told only in numbers."""
    seen: Seen = Seen()


def step_of(task: Task, orders: Iterable[Order]) -> int:
    """Return how far a task really is."""
    if task.failure:
        return OVER
    if task.is_unloaded:
        return RUNNING
    states = [order.state for order in orders]
    if all(state.is_over for state in states):
        return OVER
    return QUEUED if set(states) == {OrderState.WAITING} else RUNNING


def finished(orders: Iterable[Order]) -> list[BandTake]:
    """Return the takes that can be heard."""
    takes = (order.takes[0] for order in orders)
    return [take for take in takes if take.state is TakeState.FINISHED]


def reason_of(task: Task, orders: Iterable[Order]) -> str:
    """Return why nothing came of a task."""
    reasons = (order.takes[0].reason for order in orders)
    return task.failure or next(filter(None, reasons), None) or "Cancelled."
