"""The durable steps of a job: start, check, fetch.

Each reads one job, speaks to one provider, and writes down what it knows before and after anything
that matters, so that it can be cut off anywhere and taken up by somebody else. `start` is the only
step that costs: what was surely not taken goes out again, what is doubtful waits for a person.
"""

from datetime import datetime, timedelta
from typing import Any

from studio.errors import NotTaken, RemoteUnknown, RequestUnfit, VendorRefused, VendorTrouble
from studio.jobs.desk import Desk, wait_seconds
from studio.jobs.model import Job, State
from studio.jobs.table import Overtaken
from studio.jobs.takes import bring_early, bring_home, keep_links, merged
from studio.providers.base import Finished, Progress, Refused, Started, Working
from studio.providers.limits import Price
from studio.providers.materials import NOTHING

MOST_TRIES = 10
PATIENCE = timedelta(minutes=20)
"""How long a job may show no sign of progress."""


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


def start(job: Job, desk: Desk) -> Job:
    """Send the request. The row says SENDING before the first byte leaves."""
    before = desk.balance()
    job = desk.save(
        job, state=State.SENDING, sent_at=desk.now(), reason=None, balance_before=before
    )
    try:
        answer = desk.provider.start(job.request, NOTHING)
    except NotTaken as trouble:
        return send_later(job, desk, str(trouble), wish=trouble.retry_after)
    except (VendorRefused, RequestUnfit) as refusal:
        return _fail(job, desk, str(refusal))
    except VendorTrouble as trouble:
        return doubt(job, desk, str(trouble))
    return _taken(job, desk, answer)


def send_later(job: Job, desk: Desk, reason: str, *, wish: float | None = None) -> Job:
    """Put back what was surely not taken, to be sent again after a while."""
    tries = job.tries + 1
    if tries >= MOST_TRIES:
        return _fail(job, desk, f"{reason} The studio tried {tries} times. Try again later.")
    wait = wait_seconds(job.tries, wish)
    again = f"The studio tries again in {wait:.0f} s ({tries} of {MOST_TRIES - 1})."
    return desk.save(
        job,
        state=State.QUEUED,
        tries=tries,
        due_at=desk.later(job, wait),
        reason=f"{reason} {again}",
        remote=None,
        takes=(),
        progress=None,
    )


def doubt(job: Job, desk: Desk, reason: str) -> Job:
    """Leave it to a person whether it was taken; who is free and repeatable is asked again."""
    if desk.provider.repeatable:
        return send_later(job, desk, reason)
    sentence = (
        f"{reason} It may or may not have been taken. Look at {desk.provider.title}: if it was "
        "made, give its id; if not, send it again."
    )
    # The decision first: the balance is worth knowing, but not worth being cut off for.
    job = desk.save(job, state=State.UNSURE, reason=sentence)
    return desk.save(job, balance_after=desk.balance())


def check(job: Job, desk: Desk) -> Job:
    """Look how far it is, and bring home what is finished."""
    if job.remote is None:
        return fetch(job, desk)
    try:
        progress = desk.provider.check(job.remote, job.request)
    except RemoteUnknown as trouble:
        if desk.provider.repeatable and not job.songs:
            return send_later(job, desk, str(trouble))
        return look_again(job, desk, str(trouble))
    except VendorTrouble as trouble:
        return look_again(job, desk, str(trouble))
    return _heard(job, desk, progress)


def fetch(job: Job, desk: Desk) -> Job:
    """Bring home what is finished, and end the job when everything is."""
    job, trouble = bring_home(job, desk)
    if trouble is None:
        return _settle(job, desk)
    return look_again(job, desk, trouble)


def look_again(job: Job, desk: Desk, reason: str) -> Job:
    """Come back after a trouble that costs nothing, until patience ends."""
    if job.state is State.FETCHING and job.tries + 1 >= MOST_TRIES:
        return _settle(keep_links(job, desk), desk)
    if _is_overdue(job, desk):
        return _give_over(job, desk, reason)
    wait = max(wait_seconds(job.tries), desk.poll_seconds)
    return desk.save(job, tries=job.tries + 1, due_at=desk.later(job, wait), reason=reason)


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


def _taken(job: Job, desk: Desk, answer: Started | Finished) -> Job:
    known: dict[str, Any] = {
        "seen_at": desk.now(),
        "due_at": desk.later(job, desk.poll_seconds),
        "tries": 0,
        "reason": None,
        "cost": job.estimate,
    }
    if isinstance(answer, Finished):
        return fetch(desk.save(job, state=State.FETCHING, takes=answer.takes, **known), desk)
    known |= {"state": State.WORKING, "remote": answer.remote}
    try:
        job = desk.save(job, **known)
    except Overtaken:
        # Another worker thought this one dead and left it to a person. Now it is known.
        job = desk.save(job.model_copy(update={"state": State.UNSURE}), **known)
    return _note_cost(job, desk)


def _note_cost(job: Job, desk: Desk) -> Job:
    """Write down what the balance says it cost, where that is believable."""
    after = desk.balance()
    if after is None or job.balance_before is None:
        return job
    spent = job.balance_before.amount - after.amount
    # Another request may have been charged in between; then the estimate is the better guess.
    believable = job.estimate is None or 0 <= spent <= job.estimate.amount
    cost = Price(amount=spent, unit=after.unit) if spent >= 0 and believable else job.cost
    return desk.save(job, balance_after=after, cost=cost)


def _heard(job: Job, desk: Desk, progress: Progress) -> Job:
    match progress:
        case Working():
            return _go_on(job, desk, progress)
        case Finished():
            takes = merged(job.takes, progress.takes)
            ready = desk.save(
                job, state=State.FETCHING, takes=takes, seen_at=_seen(job, desk, takes, 1.0)
            )
            return fetch(ready, desk)
        case Refused():
            cost = {"cost": Price(amount=0)} if progress.refunded else {}
            return _settle(job, desk, reason=progress.reason, **cost)


def _go_on(job: Job, desk: Desk, progress: Working) -> Job:
    takes = merged(job.takes, progress.takes)
    reason = progress.unknown and (
        f"{desk.provider.title} says {progress.unknown!r}, which the studio does not know. "
        "It keeps looking."
    )
    # Who waits for his turn at the band is not forgotten, however long the queue is.
    alive = desk.provider.repeatable and progress.unknown is None
    seen_at = desk.now() if alive else _seen(job, desk, takes, progress.progress, progress.doing)
    job = job.model_copy(
        update={
            "takes": takes,
            "doing": progress.doing,
            "progress": progress.progress,
            "left": progress.left,
            "seen_at": seen_at,
            "reason": reason,
        }
    )
    if _is_overdue(job, desk):
        return _give_over(job, desk, reason or f"{desk.provider.title} only says: wait.")
    job = desk.save(job, due_at=desk.later(job, desk.next_look(job)))
    bring_early(job, desk)
    job, trouble = bring_home(job, desk)
    if trouble:
        return look_again(job, desk, trouble)
    return desk.save(job, tries=0) if job.tries else job


def _seen(
    job: Job, desk: Desk, takes: tuple[Any, ...], progress: float | None, doing: str = ""
) -> Any:
    """Return when there was a sign of progress last: now, if anything moved."""
    before = (job.progress, job.doing, [(t.finished, t.failed, t.early) for t in job.takes])
    after = (progress, doing, [(t.finished, t.failed, t.early) for t in takes])
    return desk.now() if before != after or job.seen_at is None else job.seen_at


def _is_overdue(job: Job, desk: Desk) -> bool:
    return desk.now() - (job.seen_at or job.created_at) > PATIENCE


def _give_over(job: Job, desk: Desk, reason: str) -> Job:
    """Stop looking at what shows no sign of progress; nothing of it is forgotten."""
    minutes = PATIENCE // timedelta(minutes=1)
    job = keep_links(job, desk)
    if desk.provider.repeatable:
        return _fail(job, desk, f"{reason} There was no progress for {minutes} minutes.")
    sentence = (
        f"{reason} There was no progress for {minutes} minutes. Look at {desk.provider.title} for "
        f"{job.remote}: look again, send it again, or give it up."
    )
    job = desk.save(job, state=State.UNSURE, reason=sentence)
    return desk.save(job, balance_after=desk.balance())


def _settle(job: Job, desk: Desk, reason: str | None = None, **changes: Any) -> Job:
    """End the job: DONE with what came of it, FAILED if that is nothing."""
    told = " ".join([reason] if reason else _missing(job, desk)) or None
    if not job.songs:
        told = told or f"{desk.provider.title} finished without a take. Send it again."
        return _fail(job, desk, told, **changes)
    desk.files.drop_early(job.id)
    return desk.save(
        job,
        state=State.DONE,
        reason=told,
        doing="",
        progress=1.0,
        left=None,
        over_at=desk.now(),
        **changes,
    )


def _missing(job: Job, desk: Desk) -> list[str]:
    """Say of every take that did not come home why."""
    away = {song.take for song in desk.gallery.of_job(job.id) if not song.is_home}
    where = f"is still at {desk.provider.title}. Fetch it again from its page."
    failed = [f"Take {take.number}: {take.failed}" for take in job.takes if take.failed]
    return failed + [f"Take {number} {where}" for number in sorted(away)]


def _fail(job: Job, desk: Desk, reason: str, **changes: Any) -> Job:
    desk.files.drop_early(job.id)
    return desk.save(job, state=State.FAILED, reason=reason, over_at=desk.now(), **changes)
