"""Turns: how many calls may leave for an account, and how many of them the worker may have.

Some are kept for people who ask something, and from looks also some for what people send.
"""

from typing import Protocol

from studio.providers.limits import Rate

NO_LIMIT = 1_000_000


class Turns(Protocol):
    """Knows how many calls may leave for an account."""

    rate: Rate
    who: str

    def free(self) -> int:
        """Tell how many may leave now."""
        ...

    def wait(self, calls: int = 1) -> float:
        """Tell in how many seconds so many may leave."""
        ...


def left(turns: Turns | None, *, looks_only: bool) -> int:
    """Return how many calls the worker may make now; without `turns` there is no limit."""
    return NO_LIMIT if turns is None else max(0, turns.free() - _kept(turns, looks_only=looks_only))


def wait_seconds(turns: Turns | None, *, looks_only: bool) -> float:
    """Return how long the worker must wait until it may make one."""
    return 0.0 if turns is None else turns.wait(1 + _kept(turns, looks_only=looks_only))


def _kept(turns: Turns, *, looks_only: bool) -> int:
    calls = turns.rate.calls
    people = max(1, calls // 10) if calls > 1 else 0
    return people + (calls // 5 if looks_only else 0)
