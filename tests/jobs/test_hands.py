"""Hands: one vendor that answers slowly, or not at all, never takes those of all others."""

import threading
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from studio.errors import Doubtful
from studio.jobs.model import State
from studio.jobs.steps import advance
from studio.jobs.traffic.hands import Hands
from studio.jobs.traffic.lanes import Lane, Share
from studio.jobs.traffic.lines import Lines
from studio.jobs.traffic.notices import Notices
from studio.jobs.worker import Worker
from studio.providers.limits import Rate
from studio.providers.wire.turnstile import Turnstile


@pytest.fixture
def hands(lines):
    return Hands(16, lines)


def due(clock, *names, lane=Lane.LOOK):
    return {name: {lane: clock()} for name in names}


def taken(new_job, connection, count, state=State.WORKING):
    return [new_job(connection=connection, state=state) for _ in range(count)]


def test_nobody_gets_more_than_half_of_what_others_leave(hands, new_job, clock):
    got = []
    for name in "abcdef":
        (share,) = hands.shares(due(clock, name), clock()).values()
        hands.hold(taken(new_job, name, share.hands), {})
        got.append(share.hands)
    assert got == [8, 4, 2, 1, 1, 0]


def test_those_who_come_at_the_same_moment_share_as_well(hands, clock):
    shares = hands.shares(due(clock, *"abcde"), clock())
    assert [share.hands for share in shares.values()] == [8, 4, 2, 1, 1]
    assert all(isinstance(share, Share) for share in shares.values())


def test_who_has_all_that_it_may_have_is_not_waited_for(hands, new_job, clock):
    hands.hold(taken(new_job, "a", 8), {})
    assert list(hands.moments(due(clock, "a"))) == []
    assert list(hands.moments(due(clock, "b"))) == [clock()]


def test_a_line_that_is_quiet_has_one_hand(hands, lines, new_job, clock):
    assert hands.shares(due(clock, "a"), clock())["a"].looks == 8
    quiet(lines.to("a"))
    clock.tick(60)
    assert hands.shares(due(clock, "a"), clock())["a"].looks == 1
    hands.hold(taken(new_job, "a", 1), {})
    assert hands.shares(due(clock, "a"), clock())["a"].looks == 0


def quiet(line):
    for _ in range(3):
        with pytest.raises(Doubtful), line.asking(Lane.LOOK):
            raise Doubtful("It fell silent.")


class Street:
    """A vendor that never answers while it is shut, and one that always does."""

    def __init__(self, desk):
        self.desk = desk
        self.opened, self.other_done = threading.Event(), threading.Event()
        self.inside, self.most, self.lock = Counter(), Counter(), threading.Lock()

    def step(self, job):
        if job.connection == "silent":
            with self.lock:
                self.inside["silent"] += 1
                self.most["silent"] = max(self.most["silent"], self.inside["silent"])
            self.opened.wait(30)
            with self.lock:
                self.inside["silent"] -= 1
        after = advance(job, self.desk)
        if after.connection != "silent" and after.state is State.DONE:
            self.other_done.set()
        return after


def test_one_silent_vendor_with_a_hundred_jobs_holds_up_nobody_else(
    make_desk, vendor, new_job, tmp_path
):
    lines = Lines(now, Notices(tmp_path / "studio.db"))
    desk = make_desk(vendor, now=now, line=lines.to("other"), poll_seconds=0.05)
    street = Street(desk)
    worker = Worker(desk.jobs, street.step, lines=lines, now=now)
    for _ in range(100):
        desk.jobs.add(new_job(connection="silent"))
    worker.start()
    until(lambda: street.inside["silent"] == 8)
    desk.jobs.add(new_job(connection="other"))
    worker.wake()
    assert street.other_done.wait(5)
    assert street.most["silent"] == 8
    street.opened.set()
    assert worker.stop(5)


def now():
    return datetime.now(UTC)


def until(holds):
    pause = threading.Event()
    for _ in range(500):
        if holds():
            return
        pause.wait(0.01)
    raise AssertionError("It never came to hold.")


def test_what_may_not_be_asked_now_stays_in_the_table_and_costs_no_hand(
    tmp_path, desk, lines, new_job, *, new_worker, clock
):
    """A thousand jobs at a vendor that takes twenty calls in ten seconds."""
    rate = Rate(calls=20, seconds=10)
    turnstile = Turnstile(tmp_path / "turns", rate, who="Aurora", clock=lambda: clock().timestamp())
    lines.to("vendor").turns = turnstile
    asked = []

    def step(job):
        with turnstile.turn():
            asked.append(clock())
        return desk.jobs.change(
            job.id, lambda job: job.model_copy(update={"due_at": clock() + timedelta(seconds=30)})
        )

    working = {"state": State.WORKING, "remote": "x", "sent_at": clock()}
    for _ in range(200):
        desk.jobs.add(new_job(**working))
    worker, end = new_worker(desk.jobs, step), clock() + timedelta(minutes=3)
    while (moment := worker.next_due()) <= end:
        clock.time = max(clock.time, moment)
        worker.run_due()
    each = Counter(asked)
    gaps = zip(asked, asked[20:], strict=False)
    assert all(later - earlier >= timedelta(seconds=10) for earlier, later in gaps)
    assert len(asked) >= 0.65 * 20 * 18
    assert max(each.values()) <= 14
