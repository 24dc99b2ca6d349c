"""The durable steps of a job: start, look, fetch, settle.

Each reads one job, speaks to one provider, and writes down what it knows before and after anything
that matters, so that it can be cut off anywhere and taken up by somebody else.
"""

from datetime import datetime, timedelta
from typing import Any

from studio.jobs.desk import Desk, wait_seconds
from studio.jobs.looking import check
from studio.jobs.model import Job, State
from studio.jobs.settling import MOST_TRIES, PATIENCE
from studio.jobs.starting import doubt, start

__all__ = ["MOST_TRIES", "PATIENCE", "advance", "hindered"]


def advance(job: Job, desk: Desk) -> Job:
    """Do the next thing for `job`."""
    match job.state:
        case State.QUEUED:
            return start(job, desk)
        case State.SENDING:
            return doubt(job, desk, "The studio was interrupted while it sent this.")
        case State.WORKING | State.FETCHING:
            return check(job, desk)
        case _:
            return job


def hindered(job: Job, now: datetime, reason: str) -> Job:
    """Return `job` after a hindrance on our own side, to be tried again a few times.

    One that is being sent stays so, to be found doubtful.
    """
    changes: dict[str, Any] = {"tries": job.tries + 1, "reason": reason}
    if job.tries + 1 < MOST_TRIES:
        changes["due_at"] = now + timedelta(seconds=wait_seconds(job.tries))
    elif job.state is State.QUEUED:
        changes |= {"state": State.FAILED, "over_at": now}
    else:
        changes["state"] = State.UNSURE
    return job.model_copy(update=changes) if job.state.is_under_way else job
