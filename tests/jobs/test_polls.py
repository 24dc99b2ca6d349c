"""Polls: no task is looked at more often than its vendor advises, whatever else happens to it."""

from itertools import pairwise

import pytest

from studio.errors import Doubtful
from studio.jobs.model import State
from studio.jobs.steps import advance
from studio.jobs.worker import LEASE
from studio.providers.base import Finished, Working
from studio.songs import WriteLyrics
from tests.jobs.fakes import FakeVendor, take
from tests.jobs.test_money import run, step

SECOND = "https://vendor.example/2.mp3"
WAITING = Working(doing="waiting")


class Watched(FakeVendor):
    """Remembers when it was looked at."""

    def check(self, remote, request):
        self.moments.append(self.clock())
        return super().check(remote, request)

    def pause(self, request):
        return 2.5 if isinstance(request, WriteLyrics) else 10.0

    def between(self):
        return [(after - before).total_seconds() for before, after in pairwise(self.moments)]


@pytest.fixture
def vendor(clock):
    vendor = Watched()
    vendor.clock, vendor.moments = clock, []
    return vendor


@pytest.fixture
def job(desk, new_job):
    return advance(desk.jobs.add(new_job()), desk)


def test_looks_are_as_far_apart_as_advised_and_a_little_more(desk, vendor, job, clock):
    vendor.look_answers = [WAITING] * 30
    run(job, desk, clock)
    between = vendor.between()
    assert min(between) >= 10
    assert max(between) <= 11
    assert len(set(between)) > 20


def test_the_first_look_comes_as_late_after_the_answer_as_every_other(desk, vendor, new_job, clock):
    order = vendor.start

    def slow(request, materials):
        clock.tick(30)
        return order(request, materials)

    vendor.start = slow
    job = advance(desk.jobs.add(new_job()), desk)
    answered_at = clock()
    step(job, desk, clock)
    assert 10 <= (vendor.moments[0] - answered_at).total_seconds() <= 11


def test_what_is_done_sooner_is_looked_at_sooner(desk, vendor, new_job, clock):
    vendor.look_answers = [WAITING] * 9
    job = new_job(request=WriteLyrics(description="the moon"))
    run(desk.jobs.add(job), desk, clock)
    assert min(vendor.between()) == pytest.approx(2.5, rel=0.1)


def test_a_connection_may_be_looked_at_more_or_less_often(make_desk, vendor, new_job, clock):
    desk = make_desk(vendor, poll_seconds=40.0)
    vendor.look_answers = [WAITING] * 9
    run(desk.jobs.add(new_job(request=WriteLyrics(description="the moon"))), desk, clock)
    assert 10 <= min(vendor.between()) <= max(vendor.between()) <= 11


def test_a_take_that_does_not_come_causes_no_look(desk, vendor, job, clock):
    vendor.broken_links["https://vendor.example/1.mp3"] = Doubtful("It broke off.")
    vendor.look_answers = [Working(takes=(take(1), take(2, finished=False)))] * 9
    for _ in range(20):
        job = step(job, desk, clock)
    assert len(vendor.fetched) > len(vendor.moments)
    assert min(vendor.between()) >= 10


def test_a_take_that_comes_late_is_home_before_the_next_look(desk, vendor, job, clock):
    link = "https://vendor.example/1.mp3"
    vendor.broken_links[link] = Doubtful("It broke off.")
    step(job, desk, clock)
    vendor.broken_links.clear()
    job = step(job, desk, clock)
    assert (job.songs, len(vendor.moments), job.tries) == (("job1-1",), 1, 0)
    assert run(job, desk, clock).state is State.DONE


def test_a_file_that_does_not_come_is_asked_for_anew_now_and_then(desk, vendor, job, clock):
    vendor.broken_links[SECOND] = Doubtful("It broke off.")
    fresh = take(2).model_copy(update={"sound": "https://vendor.example/fresh.mp3"})
    vendor.look_answers = [
        Finished(takes=(take(1), take(2))),
        Finished(takes=(take(1), fresh)),
    ]
    job = run(job, desk, clock)
    assert desk.gallery.get("job1-2").is_home
    assert vendor.fetched[-1] == fresh.sound
    assert min(vendor.between()) >= 10


def test_trouble_while_looking_brings_no_look_forward(desk, vendor, job, clock):
    vendor.look_answers = [Doubtful("502.")] * 6
    run(job, desk, clock)
    assert min(vendor.between()) >= 10


def test_news_brings_no_look_forward(desk, vendor, job, clock):
    vendor.look_answers = [WAITING] * 3
    vendor.told["still"] = WAITING
    step(job, desk, clock)
    clock.tick(9)
    desk.jobs.told("vendor", job.remote, "still", clock())
    advance(desk.jobs.get(job.id), desk)
    heard_at = clock()
    step(job, desk, clock)
    assert (vendor.moments[-1] - heard_at).total_seconds() >= 10


def test_who_takes_over_looks_no_sooner(desk, vendor, job, clock):
    vendor.look_answers = [WAITING]
    clock.time = job.due_at
    (claimed,) = desk.jobs.claim("gone", now=clock(), lease=LEASE, limit=1)
    # It looks, and dies before it can write that down.
    vendor.check(claimed.remote, claimed.request)
    clock.time += LEASE
    (claimed,) = desk.jobs.claim("me", now=clock(), lease=LEASE, limit=1)
    advance(claimed, desk)
    desk.jobs.release("me", [claimed.id])
    run(job, desk, clock)
    assert min(vendor.between()) >= 10


def test_a_job_that_is_taken_too_soon_rests_until_it_may_be_looked_at(desk, vendor, job, clock):
    looked = step(job, desk, clock)
    clock.tick(1)
    hasty = desk.jobs.change(job.id, lambda job: job.model_copy(update={"due_at": clock()}))
    rested = advance(hasty, desk)
    assert (rested.due_at - looked.looked_at).total_seconds() >= 10
    assert len(vendor.moments) == 1
