"""What a person decides about a job; whatever is over or under way already stays as it is."""

from collections.abc import Callable
from datetime import datetime

from studio.errors import StudioProblem, VendorRefused
from studio.jobs.books.table import JobTable
from studio.jobs.desk import Desk
from studio.jobs.home.takes import song_id
from studio.jobs.model import Job, State


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
        stopped = jobs.change(job.id, lambda job: _cancelled(job, now, only=State.QUEUED))
        _cancel_what_it_needs(stopped, jobs, now)
        return stopped
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


def send_chain_again(job_id: str, jobs: JobTable, now: datetime) -> Job:
    """Send a job once more, and before it those of its needs that failed or were cancelled.

    What it needs and is done is not bought again; about what is unsure a person decides first.
    """
    for needed in jobs.these(jobs.get(job_id).needs):
        if needed.state in {State.FAILED, State.CANCELLED}:
            jobs.change(needed.id, lambda needed: send_again(needed, now))
    return jobs.change(job_id, lambda job: send_again(job, now))


def send_again(job: Job, now: datetime) -> Job:
    """Return `job` ready to be sent once more, as a person has decided.

    The takes that are songs already keep their numbers, so that new ones come beside them.
    """
    if job.state not in {State.UNSURE, State.FAILED, State.CANCELLED}:
        return job
    kept = tuple(take for take in job.takes if song_id(job, take) in job.songs)
    return job.model_copy(
        update={
            "state": State.QUEUED,
            "due_at": now,
            "tries": 0,
            "remote": None,
            "reason": None,
            "takes": kept,
            "progress": None,
            "doing": "",
            "left": None,
            "seen_at": now,
            "looked_at": None,
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
    going["looked_at"] = None
    return job.model_copy(update=known | going)


def give_up(job: Job, now: datetime) -> Job:
    """Return `job` put aside by a person."""
    return _cancelled(job, now, only=State.UNSURE)


def _cancelled(job: Job, now: datetime, *, only: State | None = None) -> Job:
    if job.state.is_over or (only and job.state is not only):
        return job
    return job.model_copy(update={"state": State.CANCELLED, "over_at": now, "left": None})


def _cancel_what_it_needs(job: Job, jobs: JobTable, now: datetime) -> None:
    """Cancel what is not sent yet and nobody else waits for."""
    if job.state is not State.CANCELLED:
        return
    for needed in jobs.these(job.needs):
        if not jobs.waiting_for(needed.id):
            jobs.change(needed.id, lambda needed: _cancelled(needed, now, only=State.QUEUED))


def _tell(job: Job, desk: Desk) -> bool:
    return job.remote is not None and desk.provider.cancel(job.remote)
