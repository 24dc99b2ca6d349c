"""The rules about money and work: what is bought, what is sent again, who decides."""

from datetime import timedelta

import pytest

from studio.errors import (
    AnswerUnreadable,
    Doubtful,
    NotTaken,
    RemoteUnknown,
    Unreachable,
    VendorRefused,
)
from studio.jobs import decisions
from studio.jobs.books.table import Overtaken
from studio.jobs.model import State
from studio.jobs.steps import MOST_TRIES, PATIENCE, advance, hindered
from studio.providers.base import Finished, Refused, Working
from studio.providers.limits import Balance
from tests.jobs.fakes import take


def step(job, desk, clock):
    """Do the next thing, when it is due."""
    job = desk.jobs.get(job.id)
    clock.time = max(clock.time, job.due_at)
    return advance(job, desk)


def run(job, desk, clock, *, steps=60):
    """Do the next thing again and again until there is none."""
    for _ in range(steps):
        if not desk.jobs.get(job.id).state.is_under_way:
            break
        step(job, desk, clock)
    return desk.jobs.get(job.id)


def test_a_job_is_sent_once_looked_at_and_brought_home(desk, vendor, new_job, clock):
    job = run(desk.jobs.add(new_job()), desk, clock)
    assert (job.state, job.songs) == (State.DONE, ("job1-1", "job1-2"))
    assert len(vendor.starts) == 1


def test_the_row_says_sending_before_the_first_byte_leaves(desk, vendor, new_job):
    job = desk.jobs.add(new_job())
    vendor.start_answers = [KeyboardInterrupt()]
    with pytest.raises(KeyboardInterrupt):
        advance(job, desk)
    assert desk.jobs.get(job.id).state is State.SENDING


def test_what_was_surely_not_taken_is_sent_again(desk, vendor, new_job, clock):
    vendor.start_answers = [NotTaken("The vendor cannot be reached.")]
    job = run(desk.jobs.add(new_job()), desk, clock)
    assert job.state is State.DONE
    assert len(vendor.starts) == 2


def test_a_busy_vendor_is_asked_again_after_longer_and_longer_waits_and_no_try_counts(
    desk, vendor, new_job, clock
):
    vendor.start_answers = [NotTaken("The vendor is busy.")] * 12
    job, waits = desk.jobs.add(new_job()), []
    for _ in range(12):
        job = advance(job, desk)
        waits.append((job.due_at - clock()).total_seconds())
        clock.time = job.due_at
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]
    assert (job.state, job.tries) == (State.QUEUED, 0)
    assert advance(job, desk).state is State.WORKING


@pytest.mark.parametrize(("wish", "waited"), [(20, 20), (0, 1), (86_400, 300)])
def test_a_wish_for_patience_is_granted_within_reason(
    desk, vendor, new_job, clock, *, wish, waited
):
    vendor.start_answers = [NotTaken("Busy.", retry_after=wish)]
    job = advance(desk.jobs.add(new_job()), desk)
    assert (job.due_at - clock()).total_seconds() == pytest.approx(waited, rel=0.11)


@pytest.mark.parametrize("problem", [NotTaken("Busy."), Unreachable("Nobody is there.")])
def test_who_waits_a_day_for_its_turn_is_given_up_and_was_never_sent(
    desk, vendor, new_job, clock, *, problem
):
    vendor.start_answers = [problem] * 2000
    vendor.balance = lambda: None
    job = run(desk.jobs.add(new_job()), desk, clock, steps=2000)
    assert job.state is State.FAILED
    assert timedelta(hours=24) < job.over_at - job.created_at < timedelta(hours=24, minutes=10)
    assert job.reason.startswith(f"{problem} It has been so for 24 hours. Nothing was sent")
    assert (job.remote, job.cost, vendor.credits) == (None, None, 100)


@pytest.mark.parametrize("doubt", [Doubtful("It fell silent."), AnswerUnreadable("No id in it.")])
def test_what_is_doubtful_is_never_sent_again_by_itself(desk, vendor, new_job, clock, doubt):
    vendor.start_answers = [doubt]
    job = run(desk.jobs.add(new_job()), desk, clock)
    assert job.state is State.UNSURE
    assert len(vendor.starts) == 1


def test_an_unsure_job_shows_the_balance_before_and_after(desk, vendor, new_job, clock):
    vendor.start_answers = [Doubtful("It fell silent.")]
    job = run(desk.jobs.add(new_job()), desk, clock)
    assert (job.balance_before, job.balance_after) == (Balance(amount=100), Balance(amount=100))
    assert "It fell silent." in job.reason


def test_a_job_found_in_sending_is_doubtful(desk, vendor, new_job, clock):
    job = run(desk.jobs.add(new_job(state=State.SENDING)), desk, clock)
    assert job.state is State.UNSURE
    assert vendor.starts == []


@pytest.mark.parametrize("trouble", [Doubtful("Silent."), AnswerUnreadable("No id.")])
def test_who_is_free_and_repeatable_is_simply_asked_again(
    make_desk, vendor, new_job, clock, trouble
):
    vendor.repeatable, vendor.start_answers = True, [trouble]
    desk = make_desk(vendor)
    job = run(desk.jobs.add(new_job()), desk, clock)
    assert job.state is State.DONE
    assert len(vendor.starts) == 2


def test_a_repeatable_job_found_in_sending_is_sent_again(make_desk, vendor, new_job, clock):
    vendor.repeatable = True
    desk = make_desk(vendor)
    assert run(desk.jobs.add(new_job(state=State.SENDING)), desk, clock).state is State.DONE


def test_an_order_that_the_band_has_forgotten_is_given_again(make_desk, vendor, new_job, clock):
    vendor.repeatable, vendor.look_answers = True, [RemoteUnknown("No such order.")]
    desk = make_desk(vendor)
    job = run(desk.jobs.add(new_job()), desk, clock)
    assert (job.state, job.remote) == (State.DONE, "order-2")


def test_a_refusal_ends_the_job_with_its_reason(desk, vendor, new_job, clock):
    vendor.start_answers = [VendorRefused("Too few credits.")]
    job = run(desk.jobs.add(new_job()), desk, clock)
    assert (job.state, job.reason) == (State.FAILED, "Too few credits.")
    assert job.over_at == clock()


def test_unknown_words_are_shown_and_looked_at_again(desk, vendor, new_job, clock):
    job = advance(desk.jobs.add(new_job()), desk)
    vendor.look_answers = [Working(unknown="marinating")]
    job = step(job, desk, clock)
    assert job.state is State.WORKING
    assert "'marinating'" in job.reason
    assert run(job, desk, clock).state is State.DONE


def test_patience_counts_from_the_last_sign_of_progress(desk, vendor, new_job, clock):
    job = advance(desk.jobs.add(new_job()), desk)
    for step in range(1, 6):
        vendor.look_answers = [Working(progress=step / 10)]
        clock.time += PATIENCE - timedelta(minutes=1)
        job = advance(job, desk)
    assert job.state is State.WORKING


def test_a_job_without_any_progress_is_left_to_a_person(make_desk, vendor, new_job, clock):
    desk = make_desk(vendor, poll_seconds=120)
    job = advance(desk.jobs.add(new_job()), desk)
    vendor.look_answers = [Working(unknown=f"word {n}") for n in range(20)]
    job = run(job, desk, clock)
    assert job.state is State.UNSURE
    assert job.remote == "order-1"


def test_who_waits_for_the_band_is_not_forgotten(make_desk, vendor, new_job, clock):
    vendor.repeatable = True
    desk = make_desk(vendor, poll_seconds=120)
    vendor.look_answers = [Working(doing="waiting")] * 30
    assert run(desk.jobs.add(new_job()), desk, clock).state is State.DONE


def test_one_looks_less_often_while_nothing_has_begun(make_desk, vendor, new_job, clock):
    desk = make_desk(vendor, poll_seconds=0.25)
    job = advance(desk.jobs.add(new_job()), desk)
    waits = []
    for progress, wait in ((None, 1), (None, 100), (0.1, 100)):
        clock.tick(wait)
        vendor.look_answers = [Working(progress=progress)]
        job = advance(job, desk)
        waits.append((job.due_at - clock()).total_seconds())
    assert waits == pytest.approx([0.25, 2.0, 0.25], rel=0.11)


def test_a_hindrance_that_stays_while_sending_is_left_to_a_person(new_job, clock):
    job = new_job(state=State.SENDING, tries=MOST_TRIES - 1)
    assert hindered(job, clock(), "No key.").state is State.UNSURE


def test_trouble_while_looking_costs_nothing_and_is_looked_at_again(desk, vendor, new_job, clock):
    vendor.look_answers = [Doubtful("502."), RemoteUnknown("Not yet."), VendorRefused("401.")]
    job = run(desk.jobs.add(new_job()), desk, clock)
    assert job.state is State.DONE
    assert len(vendor.starts) == 1


def test_what_it_did_cost_is_read_from_the_balance(desk, vendor, new_job):
    vendor.credits = 42
    job = advance(desk.jobs.add(new_job()), desk)
    assert job.cost.amount == 10
    assert job.balance_after == Balance(amount=32)


def test_a_refund_is_written_down(desk, vendor, new_job, clock):
    vendor.look_answers = [Refused(reason="It timed out.", refunded=True)]
    job = run(desk.jobs.add(new_job()), desk, clock)
    assert (job.state, job.cost.amount) == (State.FAILED, 0)


def test_a_late_answer_is_believed_when_the_job_was_thought_doubtful(desk, vendor, new_job):
    job = desk.jobs.add(new_job())
    answer = vendor.start

    def slow(request, materials):
        desk.jobs.change(job.id, lambda job: job.model_copy(update={"state": State.UNSURE}))
        return answer(request, materials)

    vendor.start = slow
    assert advance(job, desk).state is State.WORKING


def test_a_person_says_it_was_made_and_it_comes_home(desk, vendor, new_job, clock):
    vendor.start_answers = [Doubtful("Silent.")]
    job = run(desk.jobs.add(new_job()), desk, clock)
    desk.jobs.change(job.id, lambda job: decisions.it_was_made(job, clock(), " order-7 "))
    job = run(job, desk, clock)
    assert (job.state, job.remote) == (State.DONE, "order-7")
    assert len(vendor.starts) == 1


def test_a_person_sends_it_again(desk, vendor, new_job, clock):
    vendor.start_answers = [Doubtful("Silent.")]
    job = run(desk.jobs.add(new_job()), desk, clock)
    desk.jobs.change(job.id, lambda job: decisions.send_again(job, clock()))
    assert run(job, desk, clock).state is State.DONE
    assert len(vendor.starts) == 2


@pytest.mark.parametrize("state", [State.WORKING, State.DONE, State.SENDING])
def test_only_what_is_open_can_be_sent_again(new_job, clock, state):
    job = new_job(state=state)
    assert decisions.send_again(job, clock()) == job


def test_a_waiting_job_is_cancelled_before_it_costs(desk, vendor, new_job, clock):
    job = desk.jobs.add(new_job())
    job = decisions.cancel(job, desk.jobs, lambda _: desk, clock())
    assert job.state is State.CANCELLED
    assert (run(job, desk, clock).state, vendor.starts) == (State.CANCELLED, [])


def test_what_was_bought_and_cannot_be_stopped_goes_on(desk, vendor, new_job, clock):
    job = advance(desk.jobs.add(new_job()), desk)
    with pytest.raises(VendorRefused, match="no way to stop"):
        decisions.cancel(job, desk.jobs, lambda _: desk, clock())
    assert run(job, desk, clock).state is State.DONE


def test_the_band_is_told_to_stop(make_desk, vendor, new_job, clock):
    vendor.repeatable = vendor.cancels = True
    desk = make_desk(vendor)
    job = advance(desk.jobs.add(new_job()), desk)
    assert decisions.cancel(job, desk.jobs, lambda _: desk, clock()).state is State.CANCELLED
    assert vendor.cancelled == ["order-1"]


def test_a_step_that_was_overtaken_by_a_cancel_changes_nothing(make_desk, vendor, new_job, clock):
    vendor.repeatable = True
    desk = make_desk(vendor)
    job = advance(desk.jobs.add(new_job()), desk)
    decisions.cancel(job, desk.jobs, lambda _: desk, clock())
    clock.time = job.due_at
    with pytest.raises(Overtaken, match=job.id):
        advance(job, desk)
    assert desk.jobs.get(job.id).state is State.CANCELLED


def test_an_answer_at_once_needs_no_look(desk, vendor, new_job, clock):
    vendor.start_answers = [Finished(takes=(take(1),))]
    assert run(desk.jobs.add(new_job()), desk, clock).songs == ("job1-1",)
    assert vendor.looks == []
