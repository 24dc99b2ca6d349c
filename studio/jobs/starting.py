"""Starting: the only step that costs.

The row says SENDING before the first byte leaves. What was surely not taken goes out again, what is
doubtful waits for a person. A vendor that is busy, or not there, is no failure of a job: it waits
for its turn, which comes by what is known of the connection (`studio.jobs.traffic`).
"""

from datetime import timedelta
from typing import Any

from studio.errors import (
    AnswerUnreadable,
    Doubtful,
    NotTaken,
    RemoteUnknown,
    RequestUnfit,
    StudioProblem,
    VendorRefused,
    VendorTrouble,
)
from studio.jobs.books.table import Overtaken
from studio.jobs.desk import Desk, wait_seconds
from studio.jobs.home.fetching import fetch, told_of
from studio.jobs.model import Job, State
from studio.jobs.needs import is_needless, waited
from studio.jobs.settling import LONGEST_WAIT, MOST_TRIES, fail, settle_needless
from studio.jobs.traffic.lanes import Lane
from studio.providers.base import Finished, Started
from studio.providers.limits import Balance, Price
from studio.providers.materials import Materials


def start(job: Job, desk: Desk) -> Job:
    """Send the request, once everything that it needs is done."""
    job, ready = waited(job, desk)
    if not ready:
        return job
    try:
        if is_needless(job, desk):
            return settle_needless(job, desk)
        materials = desk.materials(job.request)
    except NotTaken as trouble:
        return send_later(job, desk, str(trouble), wish=trouble.retry_after)
    except StudioProblem as problem:
        return fail(job, desk, str(problem))
    return _send(job, desk, materials)


def send_later(job: Job, desk: Desk, reason: str, *, wish: float | None = None) -> Job:
    """Put back what was surely not taken, to be sent again after a while."""
    tries = job.tries + 1
    if tries >= MOST_TRIES:
        return fail(job, desk, f"{reason} The studio tried {tries} times. Try again later.")
    wait = wait_seconds(job.tries, wish)
    again = f"The studio tries again in {wait:.0f} s ({tries} of {MOST_TRIES - 1})."
    return desk.save(
        job,
        state=State.QUEUED,
        tries=tries,
        due_at=desk.later(job, wait),
        reason=f"{reason} {again}",
        remote=None,
        news=None,
        takes=(),
        findings=(),
        progress=None,
    )


def wait_for_turn(job: Job, desk: Desk, trouble: NotTaken) -> Job:
    """Put back what was surely not taken, for a vendor that is busy or not there; no try counts."""
    waits_since = job.seen_at or job.created_at
    if desk.now() - waits_since > LONGEST_WAIT:
        hours = LONGEST_WAIT // timedelta(hours=1)
        return fail(
            job,
            desk,
            f"{trouble} It has been so for {hours} hours. Nothing was sent and it cost nothing: "
            "send it again when you like.",
        )
    due_at = desk.turn(trouble)
    wait = max(1.0, (due_at - desk.now()).total_seconds())
    return desk.save(
        job,
        state=State.QUEUED,
        due_at=due_at,
        reason=f"{trouble} Nothing was sent; the studio tries again in {wait:.0f} s.",
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


def _send(job: Job, desk: Desk, materials: Materials) -> Job:
    try:
        before = _balance(job, desk)
    except NotTaken as trouble:
        return wait_for_turn(job, desk, trouble)
    except (Doubtful, AnswerUnreadable) as trouble:
        # Of a question, not of an order: nothing was sent.
        return wait_for_turn(job, desk, NotTaken(str(trouble)))
    job = desk.save(
        job, state=State.SENDING, sent_at=desk.now(), reason=None, balance_before=before
    )
    try:
        with desk.line.asking(Lane.START):
            answer = desk.provider.start(job.request, materials)
    except NotTaken as trouble:
        return wait_for_turn(job, desk, trouble)
    except (VendorRefused, RequestUnfit) as refusal:
        return fail(job, desk, str(refusal))
    except VendorTrouble as trouble:
        return doubt(job, desk, str(trouble))
    return _taken(job, desk, answer)


def _taken(job: Job, desk: Desk, answer: Started | Finished) -> Job:
    now = desk.now()
    known: dict[str, Any] = {
        "seen_at": now,
        "looked_at": now,
        "tries": 0,
        "reason": None,
        "cost": job.estimate,
    }
    if isinstance(answer, Finished):
        known |= {"state": State.FETCHING, "due_at": now, **told_of(job, answer)}
        return fetch(_note_cost(_known(job, desk, known), desk), desk)
    known |= {"state": State.WORKING, "remote": answer.remote}
    known["due_at"] = desk.next_look(job.model_copy(update=known))
    return _note_cost(_known(job, desk, known), desk)


def _known(job: Job, desk: Desk, known: dict[str, Any]) -> Job:
    """Write down what the vendor answered."""
    try:
        return desk.save(job, **known)
    except Overtaken:
        # Another worker thought this one dead and left it to a person. Now it is known.
        return desk.save(job.model_copy(update={"state": State.UNSURE}), **known)


def _note_cost(job: Job, desk: Desk) -> Job:
    """Write down what the balance says it cost, where that is believable."""
    after = None if job.balance_before is None else desk.balance()
    if after is None or job.balance_before is None:
        return job
    # So that tenths stay tenths.
    spent = round(job.balance_before.amount - after.amount, 6)
    is_believable = spent >= 0 and job.balance_before.unit == after.unit
    if job.estimate is not None:
        # Some count songs and name prices in dollars. And another request may have been charged in
        # between; then the estimate is the better guess.
        is_believable &= after.unit == job.estimate.unit and spent <= job.estimate.amount
    cost = Price(amount=spent, unit=after.unit) if is_believable else job.cost
    return desk.save(job, balance_after=after, cost=cost)


def _balance(job: Job, desk: Desk) -> Balance | None:
    """Ask what is left before something that costs.

    Where nobody answered lately it is asked first whether somebody does: an order that falls into
    silence is one that nobody can be sure of.
    """
    if desk.line.is_quiet:
        try:
            return desk.knock()
        except (VendorRefused, RemoteUnknown):
            return None
    return None if job.estimate is not None and job.estimate.is_free else desk.balance()
