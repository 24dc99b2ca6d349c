"""Waiting: to look at a job again and again until nothing more happens to it by itself."""

import threading
import time
from collections.abc import Callable

from studio.errors import JobStopped, JobUnsure
from studio.jobs.model import Job, State

LOOK_SECONDS = 0.1


def wait_for(
    look: Callable[[], Job],
    *,
    timeout: float | None = None,
    on_progress: Callable[[Job], None] | None = None,
) -> Job:
    """Wait until a job is done, and tell of every change on the way.

    Parameters
    ----------
    look
        Reads the job.
    timeout
        Seconds to wait at most; `None` is without end.
    on_progress
        Is given the job whenever it has changed.

    Raises
    ------
    JobStopped
        If it failed or was cancelled; `JobUnsure` if a person must decide.
    TimeoutError
        If it is not over in time.
    """
    end = None if timeout is None else time.monotonic() + timeout
    seen, pause = None, threading.Event()
    while True:
        job = look()
        if job != seen and on_progress:
            on_progress(job)
        seen = job
        if is_settled(job):
            return job
        if end is not None and time.monotonic() >= end:
            raise TimeoutError(f"The job {job.id} is not over after {timeout:g} s.")
        pause.wait(LOOK_SECONDS)


def is_settled(job: Job) -> bool:
    """Whether `job` is done; raises what stopped it, if something did."""
    match job.state:
        case State.DONE:
            return True
        case State.UNSURE:
            raise JobUnsure(job.reason or "Nobody can tell whether the vendor took it.")
        case State.FAILED | State.CANCELLED:
            raise JobStopped(job.reason or f"The job {job.id} was {job.state.lower()}.")
        case _:
            return False
