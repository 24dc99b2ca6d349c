"""Probes: what each server of those that differ was found to be able to do, and when.

A model that somebody runs on a machine of their own can do what was built and loaded there. It is
asked when it is connected or tested, and now and then by whoever reads what is known of it; nobody
ever waits for that. What was found is kept in a small file, so that a page knows it at once after
a restart, and while the server is off.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from studio.connections import Connection, place_of
from studio.disk import locked, read_json, write_json
from studio.errors import StudioProblem
from studio.providers.base import Probed, Provider
from studio.songs import Value
from studio.switchboard import vendor

GOOD_FOR = timedelta(minutes=10)
"""After which time a server that answered is asked again."""
PATIENCE = timedelta(seconds=30)
"""The same for one that did not."""


class Found(Value):
    """What is known of one server."""

    place: str
    """Where it was; at another place it is another server."""
    probed: Probed | None = None
    """What it can do; `None` if it was never reached."""
    at: datetime | None = None
    """When that was found out."""
    tried_at: datetime
    """When it was asked last."""
    trouble: str = ""
    """Why it did not answer then, in a sentence."""


class Probes:
    """What is known of every server that may differ from others.

    Parameters
    ----------
    path
        The file in which it is kept; other processes use it too.
    provider
        Gives who can be spoken with at a connection.
    now
        Tells the time.
    """

    def __init__(
        self,
        path: Path,
        provider: Callable[[Connection], Provider],
        now: Callable[[], datetime],
    ) -> None:
        self._path = path
        self._provider = provider
        self._now = now
        self._asking: dict[str, threading.Thread] = {}
        self._lock = threading.Lock()
        self._closed = False
        self._read: tuple[object, dict[str, Found]] = (None, {})

    def of(self, connection: Connection) -> Found | None:
        """Return what is known of a server, at once; one that was not asked lately is asked beside.

        `None` where servers do not differ, or nothing is known.
        """
        if not vendor(connection).differs:
            return None
        found = self._kept(connection)
        if found is None or self._is_stale(found):
            self.ask_beside(connection)
        return found

    def ask(self, connection: Connection) -> Found | None:
        """Ask a server now what it can do, keep it and return it; `None` where they do not differ.

        If it does not answer, what was known stays known.
        """
        if not vendor(connection).differs:
            return None
        before = self._kept(connection)
        try:
            probed, trouble = self._provider(connection).probe(), ""
        except StudioProblem as problem:
            probed, trouble = None, str(problem)
        now = self._now()
        found = Found(
            place=place_of(connection),
            probed=probed or (before.probed if before else None),
            at=now if probed else (before.at if before else None),
            tried_at=now,
            trouble=trouble,
        )
        self._keep(connection.name, found)
        return found

    def ask_beside(self, connection: Connection) -> None:
        """Ask a server in a thread of its own, unless that is being done."""
        if not vendor(connection).differs:
            return
        with self._lock:
            running = self._asking.get(connection.name)
            if self._closed or (running is not None and running.is_alive()):
                return
            thread = threading.Thread(target=self._ask_quietly, args=(connection,), daemon=True)
            self._asking[connection.name] = thread
            thread.start()

    def _ask_quietly(self, connection: Connection) -> None:
        try:
            self.ask(connection)
        except RuntimeError:
            # Who closes the studio hangs up, also under somebody who is asking.
            if not self._closed:
                raise

    def forget(self, name: str) -> None:
        """Know nothing of a connection any more."""
        with locked(self._path.with_suffix(".lock")):
            book = read_json(self._path, {})
            if book.pop(name, None) is not None:
                write_json(self._path, book)

    def close(self) -> None:
        """Ask nobody any more."""
        with self._lock:
            self._closed = True

    def _is_stale(self, found: Found) -> bool:
        pause = PATIENCE if found.trouble else GOOD_FOR
        return self._now() - found.tried_at >= pause

    def _kept(self, connection: Connection) -> Found | None:
        found = self._all().get(connection.name)
        return found if found and found.place == place_of(connection) else None

    def _all(self) -> dict[str, Found]:
        """Return what the file holds; it is read again only when somebody has written it."""
        try:
            stat = self._path.stat()
        except FileNotFoundError:
            return {}
        mark = (stat.st_mtime_ns, stat.st_ino, stat.st_size)
        known, found = self._read
        if mark != known:
            found = _readable(read_json(self._path, {}))
            self._read = (mark, found)
        return found

    def _keep(self, name: str, found: Found) -> None:
        with locked(self._path.with_suffix(".lock")):
            book = read_json(self._path, {})
            write_json(self._path, book | {name: found.model_dump(mode="json")})


def _readable(book: dict[str, Any]) -> dict[str, Found]:
    """Return the entries that this version understands; the others are found out anew."""
    found = {}
    for name, told in book.items():
        with suppress(ValidationError):
            found[name] = Found.model_validate(told)
    return found


def last_known(found: Found) -> str:
    """Say in a sentence what is known of a server that does not answer, and from when that is."""
    if found.at is None:
        return "Until it answers, nobody knows what it can do."
    return f"What it can do is as it was on {found.at:%d %b, %H:%M} UTC."
