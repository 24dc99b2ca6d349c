"""Callbacks: notices when a task got on about which somebody wants to be told.

It looks ten times a second, because a pace ripens with time and not only with the band's work; less
often when there is so much to look at that it would take more than a twentieth of a processor. With
nobody to tell it sleeps. What has been told, a look shows too.
"""

import logging
import time
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any, Protocol

from studio.emulator.account.letters import Address, Sender
from studio.emulator.books import Book, Record

TICK_SECONDS = 0.1
CALM = 20.0
"""How many times as long as it looked it rests, at the least."""

_log = logging.getLogger(__name__)


class Source(Protocol):
    """A family of tasks, as callbacks see it."""

    def event(self, task_id: str) -> str | None:
        """Return the event that is true of a task by now, by the pace.

        Empty while there is nothing to tell, `None` when the task is not known (any more).
        """

    def letter(self, task_id: str, event: str, home: str) -> Mapping[str, Any]:
        """Return the body that tells of it, with links below `home`, and let looks see as much."""


class Callback(Record):
    """Who wants to be told about a task; the id is that of the task."""

    platform: str
    address: Address
    home: str
    """The address of the dialect as the caller knows it."""
    told: str = ""
    """The last event that was told."""


class Callbacks:
    """Keeps who wants to be told, and tells them."""

    def __init__(
        self,
        folder: Path,
        sender: Sender,
        *,
        last: Collection[str],
        timer: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Open the book in `folder`; after one of the `last` events nobody tells more of a task."""
        self._book = Book(folder, Callback)
        self._sender = sender
        self._last = frozenset(last)
        self._timer = timer
        self._sources: dict[str, Source] = {}
        self._lock = Lock()
        self._is_wanted = Event()
        self._watch: Thread | None = None

    def listen(self, platform: str, source: Source) -> None:
        """Watch the tasks of `source`; call it before anything else."""
        self._sources[platform] = source
        if any(callback.platform == platform for callback in self._book):
            self._wake()

    def ask(self, platform: str, task_id: str, address: Address | None, home: str) -> None:
        """Tell `address` from now on how the task gets on; nobody, if it is `None`."""
        if address is not None:
            callback = Callback(id=task_id, platform=platform, address=address, home=home)
            self._book.save(callback)
            self._wake()

    def tell(self) -> float:
        """Tell everybody whose task got on; return for how many seconds to rest."""
        began = self._timer()
        for callback in self._book:
            source = self._sources.get(callback.platform)
            if source is None:
                continue
            try:
                self._tell(callback, source)
            except Exception:  # noqa: BLE001 - one task must not keep the others from being told
                _log.exception("Nobody can be told about the task %s.", callback.id)
                self._book.forget(callback.id)
        return max(TICK_SECONDS, CALM * (self._timer() - began))

    def _tell(self, callback: Callback, source: Source) -> None:
        event = source.event(callback.id)
        if event is None:
            self._book.forget(callback.id)
        elif event and event != callback.told:
            body = source.letter(callback.id, event, callback.home)
            self._sender.tell(callback.address.url, callback.address.secret, event, body)
            self._remember(callback, event)

    def _remember(self, callback: Callback, event: str) -> None:
        if event in self._last:
            self._book.forget(callback.id)
        else:
            self._book.save(callback.model_copy(update={"told": event}))

    def _wake(self) -> None:
        with self._lock:
            self._is_wanted.set()
            if self._watch is None:
                self._watch = Thread(target=self._run, daemon=True)
                self._watch.start()

    def _run(self) -> None:
        pause = Event()
        while self._is_wanted.wait():
            self._is_wanted.clear()
            while any(callback.platform in self._sources for callback in self._book):
                pause.wait(self.tell())
