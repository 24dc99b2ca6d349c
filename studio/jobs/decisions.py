"""What a person decides about a job; whatever is over or under way already stays as it is."""

from collections.abc import Callable
from datetime import datetime

from studio.errors import StudioProblem, VendorRefused
from studio.jobs.desk import Desk
from studio.jobs.model import Job, State
from studio.jobs.table import JobTable


def cancel(job: Job, jobs: JobTable, desk_of: Callable[[Job], Desk], now: datetime) -> Job:
    """Stop a job. What was bought and cannot be stopped goes on, so that it is not lost.

    Raises
    ------
    VendorRefused
        If the vendor has it and has no way to stop.
    """
    if job.state.is_over:
        return job
    if job.state is State.QUEUED:
        return jobs.change(job.id, lambda job: _cancelled(job, now, only=State.QUEUED))
    if job.state is State.UNSURE:
        return jobs.change(job.id, lambda job: give_up(job, now))
    desk = desk_of(job)
    if desk.provider.repeatable:
        # Marked first, so that the worker does not take our own wish for a refusal.
        stopped = jobs.change(job.id, lambda job: _cancelled(job, now))
        _tell(stopped, desk)
        desk.files.drop_early(job.id)
        return stopped
    if job.state is State.SENDING or not _tell(job, desk):
        raise VendorRefused(
            f"{desk.provider.title} has no way to stop what it has taken. "
            "The songs come when they are made; delete them in the Gallery."
        )
    return jobs.change(job.id, lambda job: _cancelled(job, now))


def send_again(job: Job, now: datetime) -> Job:
    """Return `job` ready to be sent once more, as a person has decided."""
    if job.state not in {State.UNSURE, State.FAILED, State.CANCELLED}:
        return job
    return job.model_copy(
        update={
            "state": State.QUEUED,
            "due_at": now,
            "tries": 0,
            "remote": None,
            "reason": None,
            "takes": (),
            "progress": None,
            "doing": "",
            "left": None,
            "seen_at": now,
            "over_at": None,
            "cost": None,
            "balance_before": None,
            "balance_after": None,
        }
    )


def it_was_made(job: Job, now: datetime, remote: str) -> Job:
    """Return `job` as one that the vendor has under the id `remote`."""
    if not remote.strip():
        raise StudioProblem("Give the id under which the vendor has it.")
    if job.state not in {State.UNSURE, State.FAILED}:
        return job
    known = {"remote": remote.strip(), "cost": job.cost or job.estimate, "reason": None}
    going = {"state": State.WORKING, "due_at": now, "seen_at": now, "tries": 0, "over_at": None}
    return job.model_copy(update=known | going)


def give_up(job: Job, now: datetime) -> Job:
    """Return `job` put aside by a person."""
    return _cancelled(job, now, only=State.UNSURE)


def _cancelled(job: Job, now: datetime, *, only: State | None = None) -> Job:
    if job.state.is_over or (only and job.state is not only):
        return job
    return job.model_copy(update={"state": State.CANCELLED, "over_at": now, "left": None})


def _tell(job: Job, desk: Desk) -> bool:
    return job.remote is not None and desk.provider.cancel(job.remote)
