"""Jobs: what waits for a person comes first, and every decision is carried out."""

from datetime import UTC, datetime

import pytest

from studio.jobs.model import State
from studio.providers.limits import Balance, Price
from studio.songs import Take
from tests.pages.conftest import NASTY


def headings(app):
    return [each.value for each in app.subheader]


def told(app):
    return "\n".join(each.value for each in [*app.markdown, *app.caption]).replace("\\", "")


@pytest.fixture
def unsure(house):
    house.close_the_door()
    return house.put_job(
        State.UNSURE,
        reason="The vendor fell silent.",
        estimate=Price(amount=14),
        balance_before=Balance(amount=100),
        balance_after=Balance(amount=86),
    )


def test_what_waits_for_a_decision_stands_first(house, visit):
    for number, state in enumerate((State.DONE, State.FAILED, State.WORKING, State.UNSURE)):
        house.put_job(state, number)
    assert headings(visit("jobs")) == ["For you to decide", "Under way", "Failed", "Done today"]


def test_unsure_job_shows_what_is_known(unsure, visit):
    shown = told(visit("jobs"))
    assert "The vendor fell silent." in shown
    assert "balance 100 before, 86 after" in shown


def test_person_says_that_it_was_made(house, unsure, visit):
    app = visit("jobs")
    app.text_input(key="remote-job1").input("task-7").run()
    app.button(key="made-job1").click().run()
    job = house.studio.job("job1")
    assert (job.remote, job.state.is_under_way) == ("task-7", True)


def test_person_has_it_sent_again(house, unsure, visit):
    visit("jobs").button(key="send-job1").click().run()
    assert house.studio.job("job1").state.is_under_way


def test_person_lets_it_go(house, unsure, visit):
    visit("jobs").button(key="let-go-job1").click().run()
    assert house.studio.job("job1").state is State.CANCELLED


def test_failed_job_says_why_and_its_id_can_be_copied(house, visit):
    house.put_job(State.FAILED, reason="The words are too long.", remote="task-7")
    app = visit("jobs")
    assert "The words are too long." in told(app)
    assert "job1" in app.code[0].value
    assert "task-7" in app.code[0].value


def test_failed_job_can_be_done_again(house, visit):
    house.close_the_door()
    house.put_job(State.FAILED)
    visit("jobs").button(key="again-job1").click().run()
    assert {job.state for job in house.studio.jobs()} >= {State.FAILED, State.QUEUED}


def test_failed_job_can_be_changed_and_done_again(house, visit):
    house.close_the_door()
    house.put_job(State.FAILED)
    app = visit("jobs")
    app.button(key="change-job1").click().run()
    app.switch_page("../pages/create.py").run()
    assert app.text_input(key="create-title").value == "Song 1"
    assert app.text_area(key="create-style").value == "slow soul"


def test_job_under_way_shows_what_is_done_and_how_long_it_takes(house, visit):
    house.put_job(
        State.WORKING,
        doing="singing the second verse",
        progress=0.4,
        left=6.0,
        takes=(Take(number=1),),
    )
    app = visit("jobs")
    assert "singing the second verse · 6 s left" in told(app)
    assert app.get("progress")[0].proto.value == 40


@pytest.mark.parametrize("nasty", NASTY)
def test_strange_words_of_a_vendor_are_text(house, visit, nasty):
    house.put_job(State.FAILED, reason=nasty, connection=nasty[:60], remote=nasty)
    app = visit("jobs")
    assert not app.exception
    assert not [each for each in app.markdown if "](" in each.value]


def test_nothing_to_show_leads_to_create(visit):
    assert "make-song" in {button.key for button in visit("jobs").button}


def test_done_job_says_what_is_missing(house, visit):
    house.put_job(State.DONE, over_at=datetime.now(UTC), reason="One of two takes was made.")
    assert any("One of two takes" in said.value for said in visit("jobs").markdown)
