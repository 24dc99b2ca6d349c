"""The pool: worker processes that are replaced when they break, and never left behind."""

import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing.connection import wait

_log = logging.getLogger(__name__)


class Pool:
    """A process pool that survives the death of its workers."""

    def __init__(self, workers: int, begin: Callable[[], None]) -> None:
        """Start nothing yet.

        Parameters
        ----------
        workers
            How many processes.
        begin
            What each does first, such as loading sounds; a function that pickles.
        """
        self._workers = workers
        self._begin = begin
        self._lock = threading.Lock()
        self._executor: ProcessPoolExecutor | None = None

    @property
    def executor(self) -> Executor:
        """The workers of the moment, started if they are not."""
        with self._lock:
            if self._executor is None:
                self._executor = self._open()
            return self._executor

    def warm(self) -> None:
        """Start the workers now, so that the first order does not wait for them."""
        self.executor.submit(os.getpid)

    def replace(self, broken: Executor) -> None:
        """Let new workers take the place of `broken`, unless another thread did so already."""
        with self._lock:
            if self._executor is broken:
                _log.warning("A worker of the band died; new ones are started.")
                self._executor = None
        broken.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """Let the workers go as soon as they are done with the note at hand."""
        with self._lock:
            executor, self._executor = self._executor, None
        if executor is not None:
            executor.shutdown(wait=False, cancel_futures=True)

    def _open(self) -> ProcessPoolExecutor:
        # Fork from a clean server where the system can: workers start at once and share the sounds.
        can_fork = "forkserver" in multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if can_fork else "spawn")
        return ProcessPoolExecutor(
            self._workers, context, initializer=_begin_worker, initargs=(self._begin,)
        )


def _begin_worker(begin: Callable[[], None]) -> None:
    # Ctrl-C reaches the whole group; the parent alone decides when to stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    begin()


def _die_with_parent() -> None:
    # Pool workers hold both ends of their own queue, so they never notice that the parent is gone.
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
