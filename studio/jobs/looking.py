"""Looking: how far a job is, as its vendor says when asked or tells by itself.

No job is asked for more often than its vendor advises, whatever else it has to do between.
"""

from datetime import datetime, timedelta
from typing import Any

from studio.errors import (
    NotTaken,
    NoTurn,
    RemoteUnknown,
    StudioProblem,
    Unreachable,
    VendorTrouble,
)
from studio.jobs.desk import Desk, wait_seconds
from studio.jobs.home.fetching import bring_more, fetch, told_of
from studio.jobs.home.takes import bring_early, merged
from studio.jobs.model import Job, State
from studio.jobs.settling import LONGEST_WAIT, PATIENCE, give_over, settle
from studio.jobs.starting import send_later
from studio.jobs.traffic.lanes import Lane
from studio.providers.base import Finished, Progress, Refused, Working
from studio.providers.limits import Price
from studio.songs import Take

FRESH_LINKS_EVERY = 3
"""Of the times that a file did not come: then its link may have ended, and is asked for anew."""


def check(job: Job, desk: Desk) -> Job:
    """Read what was told, or look how far it is, and bring home what is finished."""
    if job.news is not None:
        return _read(job, desk, job.news)
    if job.state is State.FETCHING and not _wants_fresh_links(job, desk):
        return fetch(job, desk)
    if job.remote is None:
        return fetch(job, desk)
    if _is_too_soon(job, desk):
        return bring_more(job, desk)
    return _look(job, desk, job.remote)


def _look(job: Job, desk: Desk, remote: str) -> Job:
    try:
        with desk.line.asking(Lane.LOOK):
            progress = desk.provider.check(remote, job.request)
    except VendorTrouble as trouble:
        return _not_told(job, desk, trouble)
    return _heard(job.model_copy(update={"looked_at": desk.now()}), desk, progress)


def _not_told(job: Job, desk: Desk, trouble: VendorTrouble) -> Job:
    """Do what can be done without an answer."""
    was_asked = {} if isinstance(trouble, NoTurn) else {"looked_at": desk.now()}
    job = job.model_copy(update=was_asked)
    if job.state is State.FETCHING:
        return fetch(job, desk)
    again = desk.provider.repeatable and not job.songs
    if isinstance(trouble, RemoteUnknown) and again:
        return send_later(job, desk, str(trouble))
    return _look_again(job, desk, trouble)


def _read(job: Job, desk: Desk, news: str) -> Job:
    """Believe what the vendor told by itself; what cannot be read is looked for instead."""
    try:
        progress = desk.provider.read(news, job.request)
    except StudioProblem:
        return desk.save(job, news=None)
    # Who calls is alive.
    alive = {"looked_at": desk.now(), "seen_at": desk.now()}
    return _heard(job.model_copy(update=alive), desk, progress)


def _wants_fresh_links(job: Job, desk: Desk) -> bool:
    failed = job.tries > 0 and job.tries % FRESH_LINKS_EVERY == 0
    return failed and job.remote is not None and not _is_too_soon(job, desk)


def _is_too_soon(job: Job, desk: Desk) -> bool:
    pause = timedelta(seconds=desk.pause(job))
    return job.looked_at is not None and desk.now() < job.looked_at + pause


def _heard(job: Job, desk: Desk, progress: Progress) -> Job:
    match progress:
        case Working() if job.state is State.FETCHING:
            takes = merged(job.takes, progress.takes)
            return fetch(desk.save(job, takes=takes, news=None), desk)
        case Working():
            return _go_on(job, desk, progress)
        case Finished():
            known = told_of(job, progress) | {"news": None}
            known["seen_at"] = _seen(job, desk, known["takes"], 1.0)
            if job.state is State.WORKING:
                known |= {"state": State.FETCHING, "tries": 0}
            return fetch(desk.save(job, **known), desk)
        case Refused():
            cost = {"cost": Price(amount=0)} if progress.refunded else {}
            return settle(job, desk, reason=progress.reason, **cost)


def _go_on(job: Job, desk: Desk, progress: Working) -> Job:
    takes = merged(job.takes, progress.takes)
    reason = progress.unknown and (
        f"{desk.provider.title} says {progress.unknown!r}, which the studio does not know. "
        "It keeps looking."
    )
    # Who waits for his turn at the band is not forgotten, however long the queue is.
    alive = desk.provider.repeatable and progress.unknown is None
    seen_at = desk.now() if alive else _seen(job, desk, takes, progress.progress)
    known: dict[str, Any] = {
        "takes": takes,
        "doing": progress.doing,
        # Bars go forwards only; and what was reached before is no progress.
        "progress": _furthest(job.progress, progress.progress),
        "left": progress.left,
        "seen_at": seen_at,
        "reason": reason,
    }
    after = job.model_copy(update=known)
    if _is_overdue(after, desk):
        return give_over(after, desk, reason or f"{desk.provider.title} only says: wait.")
    # Written before anything is fetched: that may take a while, and be cut off.
    job = desk.save(job, **known, due_at=desk.next_look(after), news=None)
    bring_early(job, desk)
    return bring_more(job, desk)


def _look_again(job: Job, desk: Desk, trouble: VendorTrouble) -> Job:
    """Come back after a trouble that costs nothing, until patience ends."""
    if isinstance(trouble, NoTurn):
        return desk.save(job, due_at=desk.later(job, trouble.retry_after or 0.0))
    is_busy = isinstance(trouble, NotTaken) and not isinstance(trouble, Unreachable)
    # That nobody is answered, or all are told to wait, says nothing of this job.
    patience = LONGEST_WAIT if is_busy or desk.line.is_quiet else PATIENCE
    if _is_overdue(job, desk, patience):
        return give_over(job, desk, str(trouble), patience)
    wait = desk.later(job, wait_seconds(job.tries))
    due_at = max(desk.next_look(job), wait, desk.line.opens_at(Lane.LOOK))
    return desk.save(job, tries=job.tries + 1, due_at=due_at, reason=str(trouble))


def _seen(job: Job, desk: Desk, takes: tuple[Take, ...], progress: float | None) -> datetime | None:
    """Return when there was a sign of progress last: now, if there is more than ever before.

    Words are no sign: some vendors tell everybody the same, and nonsense changes too.
    """
    before = (job.progress or 0.0, *_counted(job.takes))
    after = (progress or 0.0, *_counted(takes))
    has_moved = any(new > old for old, new in zip(before, after, strict=True))
    return desk.now() if has_moved or job.seen_at is None else job.seen_at


def _furthest(*told: float | None) -> float | None:
    return max((share for share in told if share is not None), default=None)


def _counted(takes: tuple[Take, ...]) -> tuple[int, int, int]:
    """Return how many takes are finished, will never come, and can be heard already."""
    return (
        sum(take.finished for take in takes),
        sum(take.failed is not None for take in takes),
        sum(take.early is not None for take in takes),
    )


def _is_overdue(job: Job, desk: Desk, patience: timedelta = PATIENCE) -> bool:
    return desk.now() - max(job.seen_at or job.created_at, desk.line.answers_since) > patience
