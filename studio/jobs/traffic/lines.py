"""Lines: one for each connection, for as long as this process works."""

import threading
from collections.abc import Callable
from datetime import datetime

from studio.jobs.traffic.line import Book, Line


class Lines:
    """The lines of a worker. May be used from several threads."""

    def __init__(self, now: Callable[[], datetime], book: Book) -> None:
        self._now = now
        self._book = book
        self._lines: dict[str, Line] = {}
        self._lock = threading.Lock()

    def to(self, connection: str) -> Line:
        """Return the line to a connection, by its name."""
        with self._lock:
            if connection not in self._lines:
                self._lines[connection] = Line(connection, self._now, self._book)
            return self._lines[connection]
