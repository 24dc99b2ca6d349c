"""The worker: whoever works, each job is in one hand at a time."""

import threading
import time

import pytest

from studio.jobs.model import State
from studio.jobs.steps import MOST_TRIES, advance
from studio.jobs.worker import LEASE
from tests.jobs.fakes import FakeVendor


@pytest.fixture
def worker(desk, new_worker):
    return new_worker(desk.jobs, lambda job: advance(job, desk))


def work(worker, table, clock):
    """Do everything there is to do, passing the time between as fast as one likes."""
    while (due := table.next_due()) is not None:
        clock.time = max(clock.time, due)
        worker.run_due()


def test_a_worker_brings_every_job_to_its_end(worker, desk, vendor, new_job, clock):
    for _ in range(5):
        desk.jobs.add(new_job())
    work(worker, desk.jobs, clock)
    assert {job.state for job in desk.jobs.newest()} == {State.DONE}
    assert len(vendor.starts) == 5


def test_two_workers_on_one_table_never_both_start_a_job(make_desk, new_job, new_worker):
    vendor = FakeVendor()
    desks = [make_desk(vendor), make_desk(vendor)]
    workers = [new_worker(d.jobs, lambda job, d=d: advance(job, d)) for d in desks]
    for _ in range(10):
        desks[0].jobs.add(new_job())
    threads = [threading.Thread(target=worker.run_due) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(vendor.starts) == 10
    assert {job.state for job in desks[0].jobs.newest()} == {State.WORKING}


def test_a_job_whose_worker_is_gone_is_taken_over(make_desk, vendor, new_job, clock, new_worker):
    desk = make_desk(vendor)
    desk.jobs.add(new_job())
    desk.jobs.claim("gone", now=clock(), lease=LEASE, limit=1)
    other = new_worker(desk.jobs, lambda job: advance(job, desk))
    assert other.run_due() == 0
    clock.tick(LEASE.total_seconds())
    assert other.run_due() == 1


def test_a_fault_of_ours_is_shown_and_stops_nobody_else(desk, new_job, caplog, new_worker):
    def step(job):
        if job.id == "job1":
            raise KeyError("oops")
        advance(job, desk)

    worker = new_worker(desk.jobs, step)
    desk.jobs.add(new_job())
    desk.jobs.add(new_job())
    worker.run_due()
    assert desk.jobs.get("job1").reason == "The studio stumbled (KeyError) and tries again."
    assert desk.jobs.get("job2").state is State.WORKING


@pytest.mark.parametrize(("before", "after"), [("QUEUED", "FAILED"), ("WORKING", "UNSURE")])
def test_a_fault_that_stays_ends_in_view_of_a_person(
    desk, new_job, clock, new_worker, *, before, after
):
    calls = []

    def step(job):
        calls.append(job)
        raise KeyError("oops")

    worker = new_worker(desk.jobs, step)
    desk.jobs.add(new_job(state=State(before)))
    work(worker, desk.jobs, clock)
    assert desk.jobs.get("job1").state is State(after)
    assert len(calls) == MOST_TRIES


def test_a_fault_while_sending_leaves_a_doubt(desk, vendor, new_job, clock, new_worker):
    vendor.start_answers = [KeyError("oops")]
    worker = new_worker(desk.jobs, lambda job: advance(job, desk))
    desk.jobs.add(new_job())
    work(worker, desk.jobs, clock)
    assert desk.jobs.get("job1").state is State.UNSURE
    assert len(vendor.starts) == 1


def test_a_woken_worker_starts_at_once_and_stops_soon(desk, new_job, new_worker):
    done = threading.Event()
    worker = new_worker(desk.jobs, lambda _: done.set())
    worker.start()
    desk.jobs.add(new_job())
    worker.wake()
    assert done.wait(5)
    begin = time.monotonic()
    worker.stop()
    assert time.monotonic() - begin < 1


def test_a_job_in_hand_does_not_keep_the_worker_from_stopping(desk, new_job, new_worker):
    begun, over = threading.Event(), threading.Event()

    def step(_):
        begun.set()
        over.wait(30)

    worker = new_worker(desk.jobs, step)
    worker.start()
    desk.jobs.add(new_job())
    worker.wake()
    assert begun.wait(5)
    begin = time.monotonic()
    worker.stop(0.1)
    over.set()
    assert time.monotonic() - begin < 1


def test_what_was_taken_and_not_begun_is_free_for_others_at_once(desk, new_job, clock, new_worker):
    begun, over = threading.Event(), threading.Event()

    def step(_):
        begun.set()
        over.wait(30)

    worker = new_worker(desk.jobs, step, hands=1)
    jobs = [desk.jobs.add(new_job()) for _ in range(2)]
    worker.start()
    assert begun.wait(5)
    assert not worker.stop(0.05)
    over.set()
    assert worker.stop(5)
    assert desk.jobs.claim("other", now=clock(), lease=LEASE, limit=9) == jobs


def test_a_table_that_cannot_be_read_for_a_moment_does_not_end_the_work(
    desk, new_job, caplog, new_worker
):
    done, due = threading.Event(), desk.jobs.due
    troubles = [OSError("disk full")]

    def unsteady():
        if troubles:
            raise troubles.pop()
        return due()

    desk.jobs.due = unsteady
    worker = new_worker(desk.jobs, lambda _: done.set())
    worker.start()
    desk.jobs.add(new_job())
    worker.wake()
    assert done.wait(5)
    worker.stop()
    assert "cannot read the jobs" in caplog.text


def test_many_jobs_are_let_go_with_one_write(worker, desk, new_job, monkeypatch):
    writes = []
    for name in ("claim", "release", "renew"):
        call = getattr(desk.jobs, name)
        monkeypatch.setattr(
            desk.jobs, name, lambda *a, n=name, c=call, **o: writes.append(n) or c(*a, **o)
        )
    for _ in range(10):
        desk.jobs.add(new_job())
    assert worker.run_due() == 10
    assert writes == ["claim", "release"]


@pytest.mark.parametrize(("state", "looks_again"), [("DONE", True), ("WORKING", False)])
def test_a_job_that_is_over_lets_the_worker_look_again_at_once(
    desk, new_job, clock, new_worker, *, state, looks_again
):
    """What waited for it is ready; what is only due later is found in good time."""

    def step(job):
        after = {"state": State(state), "due_at": clock() + LEASE}
        return desk.jobs.change(job.id, lambda job: job.model_copy(update=after))

    worker = new_worker(desk.jobs, step)
    desk.jobs.add(new_job())
    worker.run_due()
    assert worker._awake.is_set() is looks_again
