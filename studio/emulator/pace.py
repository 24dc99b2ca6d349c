"""Pace: how fast a vendor seems to work, however fast the band really is.

A pace only ever holds back. What is shown has always really happened.
"""

from collections.abc import Sequence
from typing import Protocol

from studio.songs import Value


class Seen(Value):
    """What a caller was last told: the step of the work, and how many looks saw it."""

    step: int = 0
    looks: int = 0


class Pace(Protocol):
    """Decides how much of the truth the next look may see."""

    def look(self, seen: Seen, true_step: int, *, age: float, schedule: Sequence[float]) -> Seen:
        """Return what one more look sees.

        Parameters
        ----------
        seen
            What the look before saw.
        true_step
            How far the work really is.
        age
            Seconds since the work was taken.
        schedule
            Seconds after which the vendor typically reaches step 1, 2, ...
        """


class Now:
    """The truth, at once."""

    def look(self, seen: Seen, true_step: int, *, age: float, schedule: Sequence[float]) -> Seen:  # noqa: ARG002 - what `Pace` gives
        """Show how far the work really is."""
        return Seen(step=true_step, looks=seen.looks + 1)


class Looks:
    """Every step is seen `count` times before the next; time plays no part."""

    def __init__(self, count: int) -> None:
        self._count = count

    def look(self, seen: Seen, true_step: int, *, age: float, schedule: Sequence[float]) -> Seen:  # noqa: ARG002 - what `Pace` gives
        """Show the next step when the present one had its looks and the next is true."""
        if seen.looks >= self._count and true_step > seen.step:
            return Seen(step=seen.step + 1, looks=1)
        return Seen(step=seen.step, looks=seen.looks + 1)


class Real:
    """As slow as the vendor typically is."""

    def look(self, seen: Seen, true_step: int, *, age: float, schedule: Sequence[float]) -> Seen:
        """Show the truth, but no step before its typical time."""
        due = sum(age >= seconds for seconds in schedule)
        return Seen(step=min(true_step, due), looks=seen.looks + 1)


def read_pace(text: str) -> Pace:
    """Turn `now`, `looks:N` or `real` into a pace.

    Raises
    ------
    ValueError
        If `text` is anything else.
    """
    match text.split(":"):
        case ["now"]:
            return Now()
        case ["real"]:
            return Real()
        case ["looks", count] if count.isdecimal() and int(count) > 0:
            return Looks(int(count))
        case _:
            raise ValueError(
                f"There is no pace {text!r}. Use now, looks:N (such as looks:2) or real."
            )
