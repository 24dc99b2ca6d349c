"""Lines: a vendor that is silent, busy or talks nonsense is asked less, and harms no other."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from studio.errors import (
    AnswerUnreadable,
    Doubtful,
    NotTaken,
    NoTurn,
    RemoteUnknown,
    Unreachable,
    VendorRefused,
)
from studio.jobs.model import State
from studio.jobs.steps import PATIENCE, advance
from studio.jobs.traffic.lanes import Lane
from studio.jobs.traffic.line import Line
from studio.jobs.traffic.lines import Lines
from studio.jobs.traffic.notices import Notices
from studio.providers.base import Finished, Working
from studio.providers.limits import Rate
from tests.jobs.fakes import FakeVendor, take
from tests.jobs.test_money import run, step

SILENT = Doubtful("Fake vendor fell silent.")
HOUR = timedelta(hours=1)


class Vendor(FakeVendor):
    """Remembers when what was asked; can be out of order altogether."""

    trouble = None

    def _ask(self, what):
        self.asked.append((self.clock(), what))
        if self.trouble:
            raise self.trouble

    def start(self, request, materials):
        self._ask("start")
        return super().start(request, materials)

    def check(self, remote, request):
        self._ask("look")
        return super().check(remote, request)

    def balance(self):
        self._ask("balance")
        return super().balance()

    def count(self):
        return Counter(what for _, what in self.asked)


@pytest.fixture
def vendor(clock):
    vendor = Vendor()
    vendor.clock, vendor.asked = clock, []
    return vendor


@pytest.fixture
def worker(desk, new_worker):
    return new_worker(desk.jobs, lambda job: advance(job, desk))


@pytest.fixture
def put(desk, new_job):
    """Put down so many jobs: to be sent, or made by the vendor already."""

    def put(count, **told):
        return [desk.jobs.add(new_job(**told)) for _ in range(count)]

    return put


@pytest.fixture
def made(put, clock):
    def made(count):
        working = {"state": State.WORKING, "sent_at": clock(), "seen_at": clock()}
        return [put(1, remote=f"made-{n}", **working)[0] for n in range(count)]

    return made


def work(worker, clock, *, until):
    """Do what is due, as long as it is due by then, passing the time between."""
    while (due := worker.next_due()) is not None and due <= until:
        clock.time = max(clock.time, due)
        worker.run_due()
    clock.time = max(clock.time, until)


def test_a_silent_vendor_is_asked_less_and_less_by_one_job_at_a_time(worker, vendor, made, clock):
    jobs = made(100)
    vendor.trouble = SILENT
    begin = clock()
    work(worker, clock, until=begin + timedelta(minutes=15))
    asked = [(moment - begin).total_seconds() for moment, _ in vendor.asked]
    assert asked[: len(jobs)] == [0] * len(jobs)
    assert [round(moment) for moment in asked[len(jobs) :]] == [10, 20, 40, 80, 160, 320, 620]


def test_the_first_answer_opens_the_line_for_all(worker, desk, vendor, made, clock):
    jobs = made(20)
    vendor.trouble = SILENT
    work(worker, clock, until=clock() + timedelta(minutes=15))
    vendor.trouble = None
    work(worker, clock, until=clock() + timedelta(minutes=6))
    assert {desk.jobs.get(job.id).state for job in jobs} == {State.DONE}


@pytest.mark.parametrize(
    "trouble",
    [SILENT, Unreachable("Fake vendor cannot be reached."), AnswerUnreadable("Nonsense.")],
)
def test_nothing_that_costs_is_sent_into_silence(
    worker, desk, vendor, made, *, put, clock, trouble
):
    made(3)
    vendor.trouble = trouble
    work(worker, clock, until=clock())
    put(10)
    work(worker, clock, until=clock() + HOUR)
    assert vendor.count()["start"] == 0
    assert len(desk.jobs.newest({State.QUEUED}, limit=99)) == 10


def test_what_waited_is_sent_in_its_order_within_a_minute_of_the_first_answer(
    worker, vendor, made, put, clock
):
    made(3)
    vendor.trouble = SILENT
    work(worker, clock, until=clock())
    for style in "abcd":
        put(1, request={"ability": "create", "style": style})
    work(worker, clock, until=clock() + timedelta(minutes=30))
    vendor.trouble, back_at = None, clock()
    work(worker, clock, until=clock() + timedelta(seconds=60))
    sent = [moment for moment, what in vendor.asked if what == "start"]
    assert "".join(one.style for one in vendor.starts) == "abcd"
    assert max(sent) - back_at <= timedelta(seconds=60)


def test_who_is_there_and_says_no_is_not_silent(worker, desk, vendor, made, clock):
    for trouble in (VendorRefused("401."), RemoteUnknown("Not known.")):
        vendor.trouble = trouble
        made(5)
        work(worker, clock, until=clock() + timedelta(minutes=1))
        assert not desk.line.is_quiet


def test_who_says_that_he_is_busy_is_not_silent(line, clock):
    for _ in range(3):
        fail(line)
    was_quiet = line.is_quiet
    with pytest.raises(NotTaken), line.asking(Lane.LOOK):
        raise NotTaken("Busy (503).", retry_after=20)
    assert (was_quiet, line.is_quiet) == (True, False)
    assert line.opens_at(Lane.START) - clock() == timedelta(seconds=20)


def test_one_answer_between_troubles_keeps_the_line_open(desk, vendor, made, clock):
    job = made(1)[0]
    vendor.look_answers = [SILENT, SILENT, Working(), SILENT, SILENT, Working()] * 3
    for _ in range(18):
        step(job, desk, clock)
        assert not desk.line.is_quiet


def test_what_was_asked_before_the_silence_does_not_make_it_longer(clock):
    line = Line("vendor", clock, Notes())
    for _ in range(8):
        fail(line)
    assert line.opens_at(Lane.LOOK) - clock() == timedelta(seconds=5)


def test_a_person_reads_who_is_silent_since_when_and_what_can_be_done(
    worker, desk, vendor, made, put, *, clock
):
    working = made(3)[0]
    vendor.trouble = SILENT
    begin = clock()
    work(worker, clock, until=clock())
    queued = put(1)[0]
    told = [desk.jobs.get(job.id).reason for job in (queued, working)]
    since = f"Fake vendor fell silent. It has been so since {begin.astimezone():%H:%M}."
    assert told[0].startswith(f"{since} This was not sent and cost nothing.")
    assert "cancel it, and choose another connection" in told[0]
    assert told[1].startswith(f"{since} The studio asks again")
    vendor.trouble = None
    work(worker, clock, until=clock() + timedelta(seconds=60))
    assert [desk.jobs.get(job.id).reason for job in (queued, working)] == [None, None]


def test_what_is_told_of_a_line_is_told_of_no_other_and_of_nothing_that_is_over(
    desk, vendor, made, put, worker, *, clock
):
    done, other = put(1, state=State.DONE)[0], put(1, connection="other", due_at=clock() + HOUR)[0]
    made(3)
    vendor.trouble = SILENT
    work(worker, clock, until=clock())
    assert [desk.jobs.get(job.id).reason for job in (done, other)] == [None, None]
    assert all("silent" in job.reason for job in desk.jobs.newest({State.WORKING}))


def test_the_sentence_of_a_line_is_never_written_into_a_job(worker, desk, vendor, made, clock):
    job = made(3)[0]
    vendor.trouble = SILENT
    work(worker, clock, until=clock())
    changed = desk.jobs.change(job.id, lambda job: job)
    assert "since" in desk.jobs.get(job.id).reason
    assert changed.reason == "Fake vendor fell silent."


def test_after_an_outage_of_hours_everything_that_was_bought_comes_home(
    worker, desk, vendor, made, clock
):
    jobs = made(30)
    vendor.trouble = SILENT
    work(worker, clock, until=clock() + 5 * HOUR)
    assert {desk.jobs.get(job.id).state for job in jobs} == {State.WORKING}
    vendor.trouble = None
    work(worker, clock, until=clock() + timedelta(minutes=10))
    assert {desk.jobs.get(job.id).state for job in jobs} == {State.DONE}


def test_an_outage_ends_no_patience_of_jobs_that_were_not_looked_at(
    worker, desk, vendor, made, clock
):
    jobs = made(30)
    vendor.trouble = SILENT
    work(worker, clock, until=clock() + 3 * HOUR)
    vendor.trouble, vendor.look_answers = None, [Working(doing="still")] * 9999
    work(worker, clock, until=clock() + timedelta(minutes=6))
    assert {desk.jobs.get(job.id).state for job in jobs} == {State.WORKING}


def test_what_nobody_looked_at_while_the_studio_was_closed_gets_its_patience(
    make_desk, vendor, made, clock, tmp_path
):
    job = made(1)[0]
    clock.time += 9 * HOUR
    desk = make_desk(vendor, line=Lines(clock, Notices(tmp_path / "studio.db")).to("vendor"))
    vendor.look_answers = [Working(doing="still")] * 9999
    assert step(job, desk, clock).state is State.WORKING
    assert run(job, desk, clock, steps=999).state is State.UNSURE
    assert PATIENCE < clock() - job.created_at - 9 * HOUR < PATIENCE + timedelta(minutes=1)


def test_a_job_of_which_every_look_fails_is_left_to_a_person_while_others_are_answered(
    worker, desk, vendor, made, clock
):
    """Twenty minutes after the last sign; it is not the line that is to blame."""
    jobs = made(3)
    begin = clock()

    def check(remote, request):
        if remote == jobs[0].remote:
            raise SILENT
        clock.tick(1)
        return Working(progress=(clock() - begin) / (5 * HOUR))

    vendor.check = check
    work(worker, clock, until=begin + PATIENCE + timedelta(minutes=3))
    assert [desk.jobs.get(job.id).state for job in jobs] == [
        State.UNSURE,
        State.WORKING,
        State.WORKING,
    ]
    assert "Look at Fake vendor for made-0" in desk.jobs.get(jobs[0].id).reason


def test_a_vendor_that_is_silent_for_a_day_is_left_to_a_person(desk, vendor, made, clock):
    job = made(1)[0]
    begin, vendor.trouble = clock(), SILENT
    job = run(job, desk, clock, steps=999)
    assert job.state is State.UNSURE
    assert 24 * HOUR < clock() - begin < 25 * HOUR
    assert "There was no progress for 24 hours. Look at Fake vendor for made-0" in job.reason


@pytest.mark.parametrize(
    "answers",
    [
        [Working(unknown=f"word {n}") for n in range(99)],
        [Working(doing=f"Server: {n} % of somebody's song") for n in range(99)],
        [Working(progress=0.1 + 0.1 * (n % 2)) for n in range(99)],
        [Working(takes=(take(n + 1, finished=False, remote=f"id {n}"),)) for n in range(99)],
        [
            Working(takes=(take(1, finished=False, early="https://x.example" if n % 2 else None),))
            for n in range(99)
        ],
    ],
    ids=["unknown words", "words for all", "to and fro", "ever new ids", "now and then a stream"],
)
def test_nonsense_is_no_progress(make_desk, vendor, made, clock, answers):
    desk = make_desk(vendor, poll_seconds=60)
    begin, job = clock(), made(1)[0]
    vendor.look_answers = answers
    job = run(job, desk, clock)
    assert job.state is State.UNSURE
    assert clock() - begin < PATIENCE + timedelta(minutes=5)


def test_a_slow_answer_is_no_progress(make_desk, vendor, made, clock):
    desk = make_desk(vendor, poll_seconds=60)
    begin, job = clock(), made(1)[0]

    def slow(remote, request):
        clock.tick(55)
        return Working(doing="still")

    vendor.check = slow
    assert run(job, desk, clock).state is State.UNSURE
    assert clock() - begin < PATIENCE + timedelta(minutes=3)


def test_a_busy_vendor_gets_one_order_after_a_pause_and_looks_go_on(
    worker, desk, vendor, made, put, *, clock
):
    made(2)
    vendor.start_answers = [NotTaken("Fake vendor is busy (429).", retry_after=40)] * 18
    put(9)
    work(worker, clock, until=clock())
    first = vendor.count()["start"]
    assert "Fake vendor is busy (429). This was not sent" in desk.jobs.get("job5").reason
    work(worker, clock, until=clock() + timedelta(seconds=41))
    assert (first, vendor.count()["start"]) == (9, 10)
    assert len(desk.jobs.newest({State.DONE})) == 2


def test_a_vendor_too_busy_to_be_asked_is_sent_nothing_meanwhile(worker, vendor, made, put, clock):
    made(1)
    vendor.look_answers = [NotTaken("Too often (430).", retry_after=30)]
    work(worker, clock, until=clock())
    put(2)
    work(worker, clock, until=clock() + timedelta(seconds=29))
    assert vendor.count()["start"] == 0
    work(worker, clock, until=clock() + timedelta(seconds=5))
    assert vendor.count()["start"] == 2


def test_what_waits_for_its_turn_does_not_fail_with_the_number_of_turns(desk, vendor, put, clock):
    vendor.start_answers = [NoTurn("20 calls in 10 s.", retry_after=5)] * 30
    job = run(put(1)[0], desk, clock, steps=30)
    assert (job.state, job.tries, vendor.credits) == (State.QUEUED, 0, 100)
    assert run(job, desk, clock).state is State.DONE


def test_another_worker_reads_what_is_told_and_a_new_one_forgets_it(
    tmp_path, worker, desk, vendor, made, *, clock
):
    job = made(3)[0]
    vendor.trouble = SILENT
    work(worker, clock, until=clock())
    line = Lines(clock, Notices(tmp_path / "studio.db")).to("vendor")
    assert "since" in desk.jobs.get(job.id).reason
    line.answered(Lane.LOOK)
    assert desk.jobs.get(job.id).reason == "Fake vendor fell silent."


class Notes:
    """Forgets what is told."""

    def say(self, connection, said):
        pass

    def back_again(self, connection, now):
        pass


class Turns:
    """Some turns, as a vendor's rate leaves them."""

    rate, who = Rate(calls=20, seconds=10), "Aurora"
    left = 20

    def free(self):
        return self.left

    def wait(self, calls=1):
        return 0.0 if self.left >= calls else 5.0


def fail(line):
    with pytest.raises(Doubtful), line.asking(Lane.LOOK):
        raise SILENT


@pytest.fixture
def line(clock):
    line = Line("vendor", clock, Notes())
    line.turns = Turns()
    return line


@pytest.mark.parametrize(
    ("left", "due", "starts", "looks"),
    [
        (20, [Lane.LOOK], 0, 14),
        (20, [Lane.START], 18, 0),
        (6, [Lane.LOOK], 0, 0),
        (6, [Lane.START], 4, 0),
        (2, [Lane.START, Lane.LOOK], 0, 0),
        (12, [Lane.START, Lane.LOOK], 5, 5),
        (12, [Lane.HOME], 0, 0),
    ],
)
def test_looks_leave_room_for_orders_and_both_for_people(line, left, due, starts, looks):
    line.turns.left = left
    share = line.share(due, 50, 0)
    assert (share.hands, share.starts, share.looks) == (50, starts, looks)


def test_one_turn_that_is_left_goes_to_orders_and_looks_by_turns(line):
    line.turns.left = 3
    got = [line.share([Lane.START, Lane.LOOK], 50, 0)[1:] for _ in range(4)]
    assert sorted(got[:2]) == sorted(got[2:]) == [(0, 1), (1, 0)]


def test_what_is_only_worth_knowing_is_asked_when_there_are_turns_to_spare(line):
    assert line.can_spare_a_call
    line.turns.left = 9
    assert not line.can_spare_a_call


def test_a_line_that_may_be_used_can_be_used_while_time_goes_on():
    moment = datetime(2026, 11, 21, tzinfo=UTC)

    def now():
        nonlocal moment
        moment += timedelta(microseconds=1)
        return moment

    line = Line("vendor", now, Notes())
    assert line.share([Lane.START], 8, 0).starts == 8
    assert line.ready_at(Lane.START, 0) < now()


def test_a_finished_job_is_brought_home_while_its_line_is_quiet(worker, desk, vendor, made, clock):
    jobs = made(3)
    vendor.trouble = SILENT
    work(worker, clock, until=clock())
    vendor.told["done"] = Finished(takes=(take(1),))
    desk.jobs.told("vendor", jobs[1].remote, "done", clock())
    asked = len(vendor.asked)
    worker.run_due()
    assert (desk.jobs.get(jobs[1].id).state, len(vendor.asked)) == (State.DONE, asked)
