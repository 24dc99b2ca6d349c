"""The pool: worker processes that are replaced when they break, and never left behind."""

import contextlib
import logging
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import forkserver
from multiprocessing.connection import wait

_CAN_FORK = sys.platform == "linux"
_log = logging.getLogger(__name__)


class Pool:
    """A process pool that survives the death of its workers."""

    def __init__(
        self, workers: int, begin: Callable[[], None], *, preload: Sequence[str] = ()
    ) -> None:
        """Start nothing yet.

        Parameters
        ----------
        workers
            How many processes.
        begin
            What each does first, such as loading sounds; a function that pickles.
        preload
            Modules that are imported once for all of them, where workers are forked.
        """
        self._workers = workers
        self._begin = begin
        self._preload = list(preload)
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
        executor = self.executor
        # Nothing starts any more where the process itself ends just now.
        with contextlib.suppress(EOFError, OSError, RuntimeError):
            for _ in range(self._workers):
                if executor is self._executor:
                    executor.submit(os.getpid)

    def replace(self, broken: Executor) -> None:
        """Let new workers take the place of `broken`, unless another thread did so already."""
        with self._lock:
            if self._executor is broken:
                _log.warning("A worker of the band died; new ones are started.")
                self._executor = None
        _let_go(broken)

    def close(self) -> None:
        """Let the workers go as soon as they are done with the note at hand."""
        with self._lock:
            executor, self._executor = self._executor, None
        if executor is not None:
            _let_go(executor)

    def _open(self) -> ProcessPoolExecutor:
        # Forked from a clean server, workers start at once and share memory.
        context = multiprocessing.get_context("forkserver" if _CAN_FORK else "spawn")
        context.set_forkserver_preload(self._preload)
        return ProcessPoolExecutor(
            self._workers, context, initializer=_begin_worker, initargs=(self._begin,)
        )


def kill_workers() -> None:
    """Kill every worker of this process at once, whatever it is at: for the end of the process."""
    for worker in multiprocessing.active_children():
        worker.kill()
    # The server that forks them would first finish its imports, which takes seconds.
    pid = getattr(forkserver._forkserver, "_forkserver_pid", None)  # noqa: SLF001 - told nowhere else
    if pid is not None:
        os.kill(pid, signal.SIGKILL)


def _let_go(executor: Executor) -> None:
    # Aside, because an executor that is just starting its workers holds a lock until they are up.
    wishes = {"wait": False, "cancel_futures": True}
    threading.Thread(target=executor.shutdown, kwargs=wishes, daemon=True).start()


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
