"""Settling: how a job ends, and what is put down for it then."""

from datetime import timedelta
from typing import Any

from studio.errors import NotFound, StudioProblem
from studio.jobs.chains import chain
from studio.jobs.desk import Desk
from studio.jobs.home.findings import keep_finding_links
from studio.jobs.home.takes import keep_links
from studio.jobs.model import Job, State
from studio.providers.limits import Price

MOST_TRIES = 10
PATIENCE = timedelta(minutes=20)
"""How long a job may show no sign of progress."""
LONGEST_WAIT = timedelta(hours=24)
"""How long it may wait for a vendor that is busy or silent for everybody. Who has forgotten a wish
by then should not pay for it."""


def settle(job: Job, desk: Desk, reason: str | None = None, **changes: Any) -> Job:
    """End the job: DONE with what came of it, FAILED if that is nothing."""
    told = [reason] if reason else _missing(job, desk)
    if not (job.songs or job.attached or job.texts or job.persona):
        nothing = f"{desk.provider.title} finished without a result. Send it again."
        return fail(job, desk, " ".join(told) or nothing, **changes)
    # First what completes it, which is put down once however often this is repeated.
    told += _follow(job, desk)
    desk.files.drop_early(job.id)
    return desk.save(
        job,
        state=State.DONE,
        reason=" ".join(told) or None,
        doing="",
        progress=1.0,
        left=None,
        news=None,
        over_at=desk.now(),
        **changes,
    )


def settle_needless(job: Job, desk: Desk) -> Job:
    """End a job that need not be done any more; it costs nothing."""
    told = "It was there already, so nothing was sent."
    return desk.save(
        job, state=State.DONE, reason=told, over_at=desk.now(), cost=Price(amount=0), progress=1.0
    )


def fail(job: Job, desk: Desk, reason: str, **changes: Any) -> Job:
    """End the job without anything."""
    desk.files.drop_early(job.id)
    over = {"state": State.FAILED, "reason": reason, "over_at": desk.now(), "news": None}
    return desk.save(job, **over, **changes)


def give_over(job: Job, desk: Desk, reason: str, patience: timedelta = PATIENCE) -> Job:
    """Stop looking at what shows no sign of progress; nothing of it is forgotten."""
    minutes, hours = patience // timedelta(minutes=1), patience // timedelta(hours=1)
    so_long = f"{hours} hours" if hours else f"{minutes} minutes"
    job = keep_all_links(job, desk)
    if desk.provider.repeatable:
        return fail(job, desk, f"{reason} There was no progress for {so_long}.")
    sentence = (
        f"{reason} There was no progress for {so_long}. Look at {desk.provider.title} for "
        f"{job.remote}: look again, send it again, or give it up."
    )
    job = desk.save(job, state=State.UNSURE, reason=sentence)
    return desk.save(job, balance_after=desk.balance())


def keep_all_links(job: Job, desk: Desk) -> Job:
    """Keep everything that could not be brought home with its link."""
    return keep_finding_links(keep_links(job, desk), desk)


def _follow(job: Job, desk: Desk) -> list[str]:
    """Put down what completes `job`; say what hindered it.

    It was estimated with the job, so the budget is not asked again.
    """
    try:
        songs = desk.gallery.of_job(job.id) if job.songs else []
        for place, request in enumerate(desk.provider.after(job.request, songs), start=1):
            jobs = chain(
                request,
                job_id=f"{job.id}a{place}",
                key=f"{job.id} after {place}",
                connection=job.connection,
                provider=desk.provider,
                materials=desk.materials,
                now=desk.now(),
                part_of=job.id,
            )
            desk.jobs.add_all(jobs)
    except StudioProblem as trouble:
        return [f"What completes it could not be sent: {trouble}"]
    return []


def _missing(job: Job, desk: Desk) -> list[str]:
    """Say of everything that did not come home why."""
    where = f"is still at {desk.provider.title}. Fetch it again from its page."
    away = [song.take for song in desk.gallery.of_job(job.id) if not song.is_home]
    failed = [f"Take {take.number}: {take.failed}" for take in job.takes if take.failed]
    return [
        *failed,
        *(f"Take {number} {where}" for number in sorted(away)),
        *(f"{name} {where}" for name in _away(job, desk)),
    ]


def _away(job: Job, desk: Desk) -> list[str]:
    """Name the attachments whose file is not home."""
    names = []
    for attachment_id in job.attached:
        try:
            one = desk.attachments.get(attachment_id)
        except NotFound:
            continue
        if one.link is not None and one.file is None:
            names.append(f"The {one.kind.value} {one.name!r}" if one.name else f"The {one.kind}")
    return names
