"""News: what a vendor tells by itself moves the job on at once; nothing depends on it."""

import threading
from datetime import timedelta

import pytest

from studio.jobs.books.calls import KEPT, Calls
from studio.jobs.model import State
from studio.jobs.steps import advance
from studio.jobs.worker import LEASE
from studio.providers.base import Finished, Refused, Working
from tests.jobs.fakes import take
from tests.jobs.test_money import run, step


@pytest.fixture
def job(desk, new_job):
    """A job that the vendor has."""
    return advance(desk.jobs.add(new_job()), desk)


def test_news_of_a_finished_take_brings_it_home_without_a_look(desk, vendor, job, clock):
    vendor.told["all done"] = Finished(takes=(take(1),))
    assert desk.jobs.told("vendor", job.remote, "all done", clock())
    assert desk.jobs.next_due() <= clock()
    job = advance(desk.jobs.get(job.id), desk)
    assert (job.state, job.songs, vendor.looks) == (State.DONE, ("job1-1",), [])


def test_news_comes_home_while_others_wait(desk, vendor, job, new_job, clock, *, new_worker):
    desk.jobs.add(new_job(due_at=clock() + timedelta(hours=1)))
    vendor.told["all done"] = Finished(takes=(take(1),))
    desk.jobs.told("vendor", job.remote, "all done", clock())
    worker = new_worker(desk.jobs, lambda job: advance(job, desk))
    assert worker.run_due() == 1
    assert desk.jobs.get(job.id).state is State.DONE


def test_a_worker_that_is_woken_by_news_is_not_waited_for(desk, vendor, job, clock, new_worker):
    home, vendor.told["all done"] = threading.Event(), Finished(takes=(take(1),))

    def act(job):
        after = advance(job, desk)
        if after.songs:
            home.set()
        return after

    worker = new_worker(desk.jobs, act)
    worker.start()
    desk.jobs.told("vendor", job.remote, "all done", clock())
    worker.wake()
    assert home.wait(1)
    worker.stop()


def test_news_of_nobody_is_ignored(desk, job, clock):
    assert not desk.jobs.told("vendor", "order-99", "all done", clock())
    assert not desk.jobs.told("another", job.remote, "all done", clock())
    assert desk.jobs.get(job.id) == job


def test_news_that_overtakes_the_answer_to_the_order_is_heard(desk, vendor, new_job, clock):
    order, vendor.told["all done"] = vendor.start, Finished(takes=(take(1),))

    def hasty(request, materials):
        assert desk.jobs.told("vendor", "order-1", "all done", clock())
        return order(request, materials)

    vendor.start = hasty
    job = advance(desk.jobs.add(new_job()), desk)
    assert desk.jobs.next_due() <= clock()
    assert advance(desk.jobs.get(job.id), desk).state is State.DONE
    assert vendor.looks == []


def test_news_that_cannot_be_read_changes_nothing(desk, job, clock):
    desk.jobs.told("vendor", job.remote, "gibberish", clock())
    advance(desk.jobs.get(job.id), desk)
    assert desk.jobs.get(job.id) == job
    assert run(job, desk, clock).state is State.DONE


def test_every_news_is_read_in_the_order_in_which_it_came(desk, vendor, job, clock):
    vendor.told["half"] = Working(takes=(take(1), take(2, finished=False)))
    vendor.told["all"] = Finished(takes=(take(1), take(2)))
    for news in ("half", "all"):
        desk.jobs.told("vendor", job.remote, news, clock())
    job = advance(desk.jobs.get(job.id), desk)
    assert (job.state, job.songs) == (State.WORKING, ("job1-1",))
    assert advance(desk.jobs.get(job.id), desk).state is State.DONE
    assert vendor.looks == []


def test_news_that_comes_during_a_look_is_not_overwritten(desk, vendor, job, clock):
    look = vendor.check

    def slow(remote, request):
        desk.jobs.told("vendor", remote, "all done", clock())
        return look(remote, request)

    vendor.check, vendor.told["all done"] = slow, Finished(takes=(take(1),))
    step(job, desk, clock)
    assert desk.jobs.get(job.id).news == "all done"
    assert desk.jobs.next_due() <= clock()


def test_news_is_on_disk_before_it_is_answered(desk, job, clock, monkeypatch):
    asked, opened = [], desk.jobs._store.opened
    monkeypatch.setattr(
        desk.jobs._store, "opened", lambda *, durable=False: asked.append(durable) or opened()
    )
    desk.jobs.told("vendor", job.remote, "all done", clock())
    assert asked == [True]


def test_a_refusal_that_was_told_ends_the_job(desk, vendor, job, clock):
    vendor.told["no"] = Refused(reason="Not these words.", refunded=True)
    desk.jobs.told("vendor", job.remote, "no", clock())
    job = advance(desk.jobs.get(job.id), desk)
    assert (job.state, job.reason, job.cost.amount) == (State.FAILED, "Not these words.", 0)


def test_news_takes_up_a_job_that_was_thought_lost(desk, vendor, job, clock):
    desk.jobs.change(job.id, lambda job: job.model_copy(update={"state": State.UNSURE}))
    vendor.told["all done"] = Finished(takes=(take(1),))
    desk.jobs.told("vendor", job.remote, "all done", clock())
    assert run(job, desk, clock).state is State.DONE


def test_news_of_a_job_that_is_over_is_not_awaited(desk, job, clock):
    run(job, desk, clock)
    assert not desk.jobs.told("vendor", job.remote, "all done", clock())
    assert desk.jobs.next_due() is None


def test_a_job_in_hand_is_not_taken_for_its_news(desk, job, clock):
    clock.time = job.due_at
    desk.jobs.claim("me", now=clock(), lease=LEASE, limit=1)
    desk.jobs.told("vendor", job.remote, "all done", clock())
    assert desk.jobs.claim("you", now=clock(), lease=LEASE, limit=1) == []


@pytest.fixture
def calls(tmp_path):
    return Calls(tmp_path / "studio.db")


def test_a_call_is_new_once(calls, clock):
    assert calls.is_new("vendor", "call-1", clock())
    assert not calls.is_new("vendor", "call-1", clock())
    assert calls.is_new("another", "call-1", clock())


def test_calls_are_remembered_for_a_day_by_every_process(calls, tmp_path, clock):
    calls.is_new("vendor", "call-1", clock())
    clock.time += KEPT
    assert not Calls(tmp_path / "studio.db").is_new("vendor", "call-1", clock())
    clock.tick(1)
    assert calls.is_new("vendor", "call-1", clock())
