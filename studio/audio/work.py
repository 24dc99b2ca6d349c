"""Work: what a long piece of work tells while it goes on, and whether it is still wanted."""

from collections.abc import Callable
from dataclasses import dataclass


class Cancelled(Exception):
    """Nobody wants the result any more."""


def never() -> bool:
    """Say that nobody wants to stop."""
    return False


def quietly(_share: float, _doing: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Work:
    """Given to every tool; a tool calls `at` a few times a second."""

    tell: Callable[[float, str], None] = quietly
    """Told which share is done, 0 to 1, and in a few words what is being done."""
    cancelled: Callable[[], bool] = never
    start: float = 0.0
    end: float = 1.0
    doing: str = ""

    def at(self, share: float, doing: str = "") -> None:
        """Tell that `share` of this work is done.

        Raises
        ------
        Cancelled
            If it is not wanted any more.
        """
        if self.cancelled():
            raise Cancelled
        self.tell(self.start + (self.end - self.start) * share, doing or self.doing)

    def part(self, start: float, end: float, doing: str = "") -> "Work":
        """Return the work between two shares of this one, to be handed on."""
        span = self.end - self.start
        return Work(
            self.tell,
            self.cancelled,
            self.start + span * start,
            self.start + span * end,
            doing or self.doing,
        )


UNWATCHED = Work()
"""For work that nobody waits for with a button in hand."""
