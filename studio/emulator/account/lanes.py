"""Lanes: a few threads that do one thing after the other, beside all other work."""

import logging
from collections.abc import Callable
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Generic, TypeVar

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Lanes(Generic[T]):
    """Threads that begin when there is first something to do."""

    def __init__(self, count: int, do: Callable[[T], object]) -> None:
        self._count = count
        self._do = do
        self._lock = Lock()
        self._queues: list[SimpleQueue[T]] = []

    def put(self, key: str, item: T) -> None:
        """Let something be done, after all else of the same key; returns at once."""
        with self._lock:
            if not self._queues:
                self._queues = [self._open() for _ in range(self._count)]
        self._queues[hash(key) % self._count].put(item)

    def _open(self) -> SimpleQueue[T]:
        queue: SimpleQueue[T] = SimpleQueue()
        Thread(target=self._run, args=(queue,), daemon=True).start()
        return queue

    def _run(self, queue: SimpleQueue[T]) -> None:
        while True:
            item = queue.get()
            try:
                self._do(item)
            except Exception:  # noqa: BLE001 - a lane outlives whatever it runs into
                _log.exception("%r came to nothing.", item)
