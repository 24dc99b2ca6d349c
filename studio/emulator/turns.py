"""Turns: takes that wait in line until a lane is free for them.

A lane gets the first take that can go on now: one that waits for another take lets others pass.
"""

import threading
from collections.abc import Callable
from typing import TypeAlias

Turn: TypeAlias = tuple[str, int]
"""Id of an order, and number of the take."""


class Turns:
    """The line, for several threads."""

    def __init__(self) -> None:
        self._line: list[Turn] = []
        self._changed = threading.Condition()
        self._is_closed = False

    def add(self, turn: Turn) -> None:
        """Put a take at the end of the line."""
        with self._changed:
            self._line.append(turn)
            self._changed.notify_all()

    def take(self, can_go: Callable[[Turn], bool]) -> Turn | None:
        """Wait for the first take that can go, and take it; `None` once the line is closed."""
        with self._changed:
            while not self._is_closed:
                turn = next((turn for turn in self._line if can_go(turn)), None)
                if turn is not None:
                    self._line.remove(turn)
                    return turn
                self._changed.wait()
        return None

    def look_again(self) -> None:
        """Say that a take may go now that could not before."""
        with self._changed:
            self._changed.notify_all()

    def close(self) -> None:
        """Send everybody home."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
