"""The worker: one thread that takes what is due, and a few hands that do it.

It sleeps until the next job is due or somebody wakes it, and takes many at a time, letting go in
the same breath of those that are done: a thousand jobs are looked at with few writes. Work that
another process put into the table is noticed within half a second.
"""

import logging
import os
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from queue import SimpleQueue

from studio.jobs.books.table import JobTable, Overtaken
from studio.jobs.model import Job
from studio.jobs.steps import hindered
from studio.jobs.traffic.hands import Due, Hands
from studio.jobs.traffic.lanes import Share
from studio.jobs.traffic.lines import Lines

LEASE = timedelta(seconds=5)
SOON = timedelta(seconds=1)
SHORTEST_SLEEP_SECONDS = 0.1
"""Between two looks at the table, unless somebody wakes it or hands are free while work waits."""
LONGEST_SLEEP_SECONDS = 0.5
HANDS = 16
"""Some vendors answer only when they are done: whoever waits for one must not keep others."""
MANY = 1_000_000
"""As many as are wanted, by one who does one thing after the other."""

logger = logging.getLogger(__name__)


class Worker:
    """Drives the jobs of one table from this process.

    Parameters
    ----------
    jobs
        The table; its leases keep the workers of other processes away from the same job.
    step
        Does the next thing for one job, and returns the job after it.
    lines
        Tell whether a connection may be asked.
    now
        Tells the time.
    hands
        How many steps may be under way at once.
    """

    def __init__(
        self,
        jobs: JobTable,
        step: Callable[[Job], Job | None],
        *,
        lines: Lines,
        now: Callable[[], datetime],
        hands: int = HANDS,
    ) -> None:
        self._jobs = jobs
        self._step = step
        self._lines = lines
        self._now = now
        self._hands = hands
        self._holder = f"{os.getpid()}-{secrets.token_hex(4)}"
        self._waiting: SimpleQueue[Job | None] = SimpleQueue()
        self._busy = Hands(hands, lines)
        self._done: set[str] = set()
        self._lock = threading.Lock()
        self._renew_at = now()
        self._awake = threading.Event()
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begin to work, if it has not begun."""
        if self._threads:
            return
        # Daemons, so that a vendor that is slow to answer cannot keep the process from ending.
        names = [("worker", self._watch), *((f"hand {n}", self._work) for n in range(self._hands))]
        self._threads = [
            threading.Thread(target=target, name=name, daemon=True) for name, target in names
        ]
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """Look at the table now."""
        self._awake.set()

    def stop(self, timeout_seconds: float = 0.8) -> bool:
        """Stop taking jobs and wait a moment for those in hand; others take them over later.

        Returns whether nothing is in hand any more.
        """
        with self._lock:
            # Behind everything that was handed out, and before nothing.
            self._stopping.set()
            for _ in range(self._hands):
                self._waiting.put(None)
        self._awake.set()
        end = time.monotonic() + timeout_seconds
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))
        self._let_go()
        return not any(thread.is_alive() for thread in self._threads)

    def run_due(self) -> int:
        """Do what is due now, here, one after the other, and return how many jobs that were."""
        with self._lock:
            alone = Hands(MANY, self._lines)
            taken = self._take(alone.shares(self._jobs.due(), self._now()))
        for job in taken:
            self._do(job)
        self._let_go()
        return len(taken)

    def next_due(self) -> datetime | None:
        """Tell when the next job can be taken, for all that is known of its connection."""
        return min(Hands(MANY, self._lines).moments(self._jobs.due()), default=None)

    def _watch(self) -> None:
        while not self._stopping.is_set():
            try:
                pause = self._hand_out()
            except Exception:
                # A full disk or a locked file may pass; without this thread nothing goes on.
                logger.exception("The worker cannot read the jobs.")
                pause = LONGEST_SLEEP_SECONDS
            self._awake.wait(pause)
            self._awake.clear()

    def _hand_out(self) -> float:
        """Hand out what is due; return for how long there is nothing more to do."""
        self._renew()
        with self._lock:
            due = self._jobs.due()
            wait = self._wait(due)
            if self._done or wait <= 0:
                for job in self._take(self._busy.shares(due, self._now())):
                    self._waiting.put(job)
            return min(max(wait, SHORTEST_SLEEP_SECONDS), LONGEST_SLEEP_SECONDS)

    def _wait(self, due: Due) -> float:
        """Return in how many seconds the next job can be taken."""
        soonest = min(self._busy.moments(due), default=None)
        return LONGEST_SLEEP_SECONDS if soonest is None else (soonest - self._now()).total_seconds()

    def _take(self, shares: Mapping[str, Share]) -> list[Job]:
        """Let go of what is done and take what is due."""
        if self._stopping.is_set():
            return []
        taken = self._jobs.claim(
            self._holder, now=self._now(), lease=LEASE, done=self._done, shares=shares
        )
        self._done = set()
        # After a long sleep of the machine a lease of our own may have run out.
        taken = [job for job in taken if job.id not in self._busy.held]
        self._busy.hold(taken, shares)
        return taken

    def _work(self) -> None:
        while (job := self._waiting.get()) is not None:
            try:
                self._do(job)
            except Exception:
                # What it did is lost, but the next worker to hold it finds what was written.
                logger.exception("Nothing could be written about job %s.", job.id)

    def _do(self, job: Job) -> None:
        try:
            after = None if self._stopping.is_set() else self._step(job)
            # What is not due soon is found in good time by itself, many at a time; what is over
            # may have made others ready.
            if after is not None and (after.state.is_over or after.due_at - self._now() < SOON):
                self._awake.set()
        except Overtaken:
            logger.info("Job %s was moved on by somebody else.", job.id)
        except Exception as problem:
            # A fault of ours in one job must not stop the others.
            logger.exception("Job %s stumbled.", job.id)
            sentence = f"The studio stumbled ({type(problem).__name__}) and tries again."
            self._jobs.change(job.id, lambda it: hindered(it, self._now(), sentence))
        finally:
            self._put_down(job)

    def _put_down(self, job: Job) -> None:
        with self._lock:
            self._busy.put_down(job.id)
            self._done.add(job.id)
            if self._busy.are_short:
                self._awake.set()
        if self._stopping.is_set():
            self._let_go()

    def _let_go(self) -> None:
        """Let others have what is done, when nothing more is taken with which to do it."""
        with self._lock:
            done, self._done = self._done, set()
        self._jobs.release(self._holder, done)

    def _renew(self) -> None:
        """Hold on to what is in hand, well before the lease runs out."""
        now = self._now()
        with self._lock:
            busy = list(self._busy.held)
            if not busy or now < self._renew_at:
                return
            self._renew_at = now + LEASE / 4
        self._jobs.renew(self._holder, busy, until=now + LEASE)
