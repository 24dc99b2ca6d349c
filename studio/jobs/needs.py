"""Needs: a job waits until what it needs is done, and fails with it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from studio.errors import NotFound
from studio.jobs.desk import Desk
from studio.jobs.model import Job, State
from studio.songs import Ability

UNHEARD = timedelta(hours=1)
"""After which a job that waits looks by itself; as a rule it is woken."""
CALLED: Mapping[Ability, str] = {Ability.UPLOAD: "the upload"}
"""What a job is called by those that wait for it."""


def waited(job: Job, desk: Desk) -> tuple[Job, bool]:
    """Return `job` after a look at the jobs that it needs, and whether all of those are done.

    If they are not, it waits for them, or has failed with them.
    """
    if _are_done(desk.jobs.these(job.needs)):
        return job, True

    def after(job: Job) -> Job:
        # Nobody can write while this reads: what ends later finds the job waiting, and wakes it.
        return _after(job, desk.jobs.these(job.needs), desk)

    job = desk.jobs.change(job.id, after)
    return job, job.state is State.QUEUED and _are_done(desk.jobs.these(job.needs))


def is_needless(job: Job, desk: Desk) -> bool:
    """Whether the job for whose sake this one was to be done has meanwhile what it needs."""
    if job.part_of is None:
        return False
    for whole in desk.jobs.these([job.part_of]):
        if job.id in whole.needs:
            wanted = desk.provider.before(whole.request, desk.materials(whole.request))
            return job.request not in wanted
    return False


def called(job: Job, desk: Desk) -> str:
    """Say what a job is, for those that wait for it: `the upload of 'Blue'`."""
    what = CALLED.get(job.request.ability, f"the job {job.request.ability.value!r}")
    for song_id in job.request.sources:
        try:
            return f"{what} of {desk.gallery.get(song_id).title!r}"
        except NotFound:
            continue
    return what


def _are_done(needed: Sequence[Job]) -> bool:
    return all(one.state is State.DONE for one in needed)


def _after(job: Job, needed: Sequence[Job], desk: Desk) -> Job:
    if job.state is not State.QUEUED or _are_done(needed):
        return job
    for one in needed:
        if one.state in {State.FAILED, State.CANCELLED}:
            over = {"state": State.FAILED, "over_at": desk.now(), "reason": _why(one, desk)}
            return job.model_copy(update=over)
    waits = next(one for one in needed if one.state is not State.DONE)
    reason = f"It waits for {called(waits, desk)}."
    if waits.state is State.UNSURE:
        reason += " Nobody knows whether that was taken: decide about it first."
    return job.model_copy(update={"due_at": desk.now() + UNHEARD, "reason": reason})


def _why(needed: Job, desk: Desk) -> str:
    """Say why what needed a job that is over cannot be done."""
    what = called(needed, desk)
    if needed.state is State.CANCELLED:
        return f"This was not sent, because {what} was cancelled."
    return f"This was not sent, because {what} failed. {needed.reason or ''}".strip()
