"""Crew: stages in their order, told honestly, stopped at once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import pytest

from studio.engine.crew import Cancelled, Crew, Stage
from studio.engine.desk import Desk


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path / "desk")
    desk.open()
    return desk


@pytest.fixture
def pool():
    with ThreadPoolExecutor(2) as pool:
        yield pool


def crew_of(pool, desk, *, cost=10.0, cancelled=lambda: False, clock=None, at_once=2):
    news = []
    ticks = iter(range(1_000_000))
    crew = Crew(
        pool,
        desk,
        news.append,
        cancelled,
        expected_cost=cost,
        clock=clock or (lambda: float(next(ticks))),
        at_once=at_once,
    )
    return crew, news


def stage(name, work, *arguments, after=(), cost=1.0, early=None):
    return Stage(name, f"doing {name}", cost, work, arguments, after, early)


def test_results_come_back_by_name(pool, desk):
    crew, _ = crew_of(pool, desk)
    results = crew.run([stage("a", lambda _d, x: x + 1, 1), stage("b", lambda _d: "two")])
    assert results == {"a": 2, "b": "two"}


def test_a_stage_waits_for_what_it_needs(pool, desk):
    order = []
    crew, _ = crew_of(pool, desk)
    crew.run(
        [
            stage("last", lambda _d: order.append("last"), after=("first", "second")),
            stage("second", lambda _d: order.append("second"), after=("first",)),
            stage("first", lambda _d: order.append("first")),
        ]
    )
    assert order == ["first", "second", "last"]


def test_what_is_first_in_the_list_is_first_at_work(pool, desk):
    order = []
    crew, _ = crew_of(pool, desk, at_once=1)
    crew.run([stage(name, lambda _d, n=name: order.append(n)) for name in "abcde"])
    assert order == list("abcde")


def test_progress_rises_by_cost_up_to_one(pool, desk):
    crew, news = crew_of(pool, desk, cost=4.0)
    crew.run([stage("a", lambda _d: None, cost=3.0)])
    crew.run([stage("b", lambda _d: None, cost=1.0)])
    shares = [report.progress for report in news]
    assert shares == sorted(shares)
    assert 0.75 in shares
    assert shares[-1] == 1.0


def test_progress_never_falls_when_more_work_appears(pool, desk):
    crew, news = crew_of(pool, desk, cost=1.0)
    crew.run([stage("a", lambda _d: None, cost=0.5)])
    more = [stage("b", lambda _d: None, cost=50.0)]
    crew.expect(more)
    crew.run(more)
    shares = [report.progress for report in news]
    assert shares == sorted(shares)


def test_time_left_follows_the_pace(pool, desk):
    times = iter([0.0] + [30.0] * 1_000)
    crew, news = crew_of(pool, desk, cost=4.0, clock=lambda: next(times))
    crew.run([stage("a", lambda _d: None, cost=1.0)])
    assert news[0].left_seconds is None
    assert news[-1].progress == 0.25
    assert news[-1].left_seconds == pytest.approx(90.0)


def test_who_tells_what_he_does_is_quoted(pool, desk):
    seen = threading.Event()

    def sing(desk):
        desk.tell("voice", 0.5, "singing the bridge")
        seen.wait(5)

    crew, news = crew_of(pool, desk)
    crew.report = lambda report: (news.append(report), report.progress >= 0.05 and seen.set())
    crew.run([stage("voice", sing)])
    assert ("singing the bridge", 0.05) in {(report.doing, report.progress) for report in news}


def test_the_first_sound_is_reported_once_it_is_there(pool, desk, tmp_path):
    crew, news = crew_of(pool, desk)
    path = tmp_path / "early.mp3"
    crew.run([stage("a", lambda _d: None, early=path), stage("b", lambda _d: None, after=("a",))])
    assert news[0].early is None
    assert news[-1].early == path


def test_cancelling_ends_the_run_without_waiting_for_the_work(pool, desk):
    release, started = threading.Event(), threading.Event()

    def long_work(_desk):
        started.set()
        release.wait(10)

    crew, _ = crew_of(pool, desk, cancelled=started.is_set)
    with pytest.raises(Cancelled):
        crew.run([stage("long", long_work), stage("never", pytest.fail, after=("long",))])
    release.set()


def test_a_problem_of_a_worker_reaches_the_caller_as_it_is(pool, desk):
    def fail(_desk):
        raise ValueError("No such chord.")

    crew, _ = crew_of(pool, desk)
    with pytest.raises(ValueError, match=r"No such chord\."):
        crew.run([stage("a", fail)])


def test_a_worker_that_died_is_told_in_a_sentence(pool, desk):
    def die(_desk):
        raise BrokenProcessPool

    crew, _ = crew_of(pool, desk)
    with pytest.raises(BrokenProcessPool, match=r"processes ended in the middle .* Try again"):
        crew.run([stage("a", die)])
