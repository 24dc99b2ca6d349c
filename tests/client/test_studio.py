"""The client: from a request to songs on disk, at the band and at a practice vendor."""

import subprocess
import sys
import threading

import pytest

from studio.client import Connection
from studio.errors import (
    BudgetReached,
    ConnectionUnknown,
    JobStopped,
    JobUnsure,
    NotFound,
    RequestUnfit,
    StudioProblem,
)
from studio.jobs.model import State
from studio.songs import CreateSong

SOUL = CreateSong(style="slow soul", seed=7)
POP = CreateSong(style="pop", lyrics="[Verse]\nRain on the rails")


def test_a_studio_begins_with_the_house_band(studio):
    assert [connection.name for connection in studio.connections()] == ["house band"]
    assert studio.default().name == "house band"


def test_a_song_of_the_band_comes_home_whole(rehearsal, studio):
    job = rehearsal.drive(studio.submit(SOUL).id)
    songs = studio.wait(job.id)
    assert [(song.take, song.seed, song.length) for song in songs] == [
        (1, 7, pytest.approx(1.0, abs=0.2)),
        (2, 8, pytest.approx(1.0, abs=0.2)),
    ]
    for song in songs:
        assert studio.sound_path(song).stat().st_size > 0
        assert studio.wav_path(song).read_bytes().startswith(b"RIFF")
        assert studio.cover_path(song).read_bytes().startswith(b"\x89PNG")


def test_a_submit_only_writes_it_down(rehearsal, studio):
    job = studio.submit(SOUL)
    assert job.state is State.QUEUED
    assert rehearsal.desk.musicians.played == []


def test_a_job_goes_on_after_a_restart(rehearsal, studio):
    job = studio.submit(SOUL)
    studio.close()
    rehearsal.open()
    assert rehearsal.drive(job.id).state is State.DONE


def test_a_practice_vendor_is_paid_and_delivers(rehearsal, studio, practice):
    job = rehearsal.drive(studio.submit(POP, to=practice).id)
    assert (job.state, len(studio.wait(job.id))) == (State.DONE, 2)
    assert job.cost.amount == job.balance_before.amount - job.balance_after.amount > 0
    assert studio.balance(practice) == job.balance_after


def test_the_same_key_twice_is_one_job_and_one_order(rehearsal, studio, practice):
    jobs = []
    submits = [
        threading.Thread(target=lambda: jobs.append(studio.submit(POP, to=practice, key="form")))
        for _ in range(2)
    ]
    for submit in submits:
        submit.start()
    for submit in submits:
        submit.join()
    job = rehearsal.drive(jobs[0].id)
    assert {job.id for job in jobs} == {job.id}
    assert len(rehearsal.desk.musicians.played) == 2


def test_an_answer_that_was_lost_is_left_to_a_person(rehearsal, studio, practice):
    rehearsal.desk.fault("aimusicapi", "create", "closed", taken=True)
    job = rehearsal.drive(studio.submit(POP, to=practice).id)
    assert job.state is State.UNSURE
    assert job.balance_before.amount > job.balance_after.amount
    with pytest.raises(JobUnsure, match="may or may not have been taken"):
        studio.wait(job.id)


def test_a_person_who_gives_up_ends_it(rehearsal, studio, practice):
    rehearsal.desk.fault("aimusicapi", "create", "closed")
    job = rehearsal.drive(studio.submit(POP, to=practice).id)
    assert studio.give_up(job.id).state is State.CANCELLED


def test_a_person_who_sends_it_again_gets_songs(rehearsal, studio, practice):
    rehearsal.desk.fault("aimusicapi", "create", "closed")
    job = rehearsal.drive(studio.submit(POP, to=practice).id)
    studio.send_again(job.id)
    assert rehearsal.drive(job.id).state is State.DONE


@pytest.mark.parametrize("kind", ["busy", "503"])
def test_a_busy_vendor_is_asked_again(rehearsal, studio, practice, kind):
    rehearsal.desk.fault("aimusicapi", "create", kind, count=2)
    assert rehearsal.drive(studio.submit(POP, to=practice).id).state is State.DONE


@pytest.mark.parametrize("kind", ["500", "502", "504", "closed", "broken"])
def test_a_doubtful_answer_is_never_sent_again(rehearsal, studio, practice, kind):
    rehearsal.desk.fault("aimusicapi", "create", kind, count=9)
    assert rehearsal.drive(studio.submit(POP, to=practice).id).state is State.UNSURE


@pytest.mark.parametrize("kind", ["insufficient", "refused"])
def test_a_refusal_fails_with_the_vendors_words(rehearsal, studio, practice, kind):
    rehearsal.desk.fault("aimusicapi", "create", kind)
    job = rehearsal.drive(studio.submit(POP, to=practice).id)
    assert job.state is State.FAILED
    with pytest.raises(JobStopped, match="AI Music API"):
        studio.wait(job.id)


@pytest.mark.parametrize("kind", ["busy", "500", "503", "closed", "broken"])
def test_the_band_is_asked_again_after_anything(rehearsal, studio, kind):
    rehearsal.desk.fault("band", "order", kind)
    assert rehearsal.drive(studio.submit(SOUL).id).state is State.DONE


@pytest.mark.parametrize("operation", ["task", "get-credits"])
def test_trouble_with_looks_and_credits_stops_nothing(rehearsal, studio, practice, operation):
    rehearsal.desk.fault("aimusicapi", operation, "502", count=2)
    assert rehearsal.drive(studio.submit(POP, to=practice).id).state is State.DONE


def test_half_a_file_is_fetched_again(rehearsal, studio):
    rehearsal.desk.fault("band", "file", "half", count=3)
    job = rehearsal.drive(studio.submit(SOUL).id)
    assert all(song.is_home for song in studio.wait(job.id))


def test_a_take_that_failed_leaves_the_other(rehearsal, studio, practice):
    rehearsal.desk.fault("aimusicapi", "create", "partial")
    job = rehearsal.drive(studio.submit(POP, to=practice).id)
    assert (job.state, len(studio.wait(job.id))) == (State.DONE, 1)
    assert "Take 2" in job.reason


def test_a_task_that_failed_was_refunded(rehearsal, studio, practice):
    rehearsal.desk.fault("aimusicapi", "create", "failure")
    job = rehearsal.drive(studio.submit(POP, to=practice).id)
    assert (job.state, job.cost.amount) == (State.FAILED, 0)


def test_a_budget_stops_a_submit_before_it_is_sent(studio, practice):
    studio.connect(studio.connection(practice).model_copy(update={"budget": 20.0}))
    studio.submit(POP, to=practice)
    with pytest.raises(BudgetReached, match="14 of the 20"):
        studio.submit(POP, to=practice)
    assert len(studio.jobs()) == 1


def test_the_same_form_again_is_no_matter_of_budget(studio, practice):
    studio.connect(studio.connection(practice).model_copy(update={"budget": 20.0}))
    job = studio.submit(POP, to=practice, key="form")
    assert studio.submit(POP, to=practice, key="form") == job


@pytest.mark.parametrize(
    ("wishes", "sentence"),
    [
        ({"style": "x" * 1001}, "at most 1000 characters of style, this has 1001. Leave out 1"),
        ({"style": "x", "title": "t" * 81}, "at most 80 characters of title"),
        ({"style": "x", "model": "sonic-v9"}, "has no model 'sonic-v9'"),
        ({"style": "x", "model": "sonic-v4", "voice": "male"}, "who sings"),
        ({"style": "x", "seed": 1}, "cannot repeat a seed"),
        ({"style": "x", "length": 5}, "10 to 360 seconds, not 5"),
    ],
)
def test_what_a_vendor_cannot_take_is_explained_before_it_is_sent(
    studio, practice, *, wishes, sentence
):
    with pytest.raises(RequestUnfit, match=sentence):
        studio.submit(CreateSong(**wishes), to=practice)
    assert studio.jobs() == []


def test_without_a_key_nothing_is_put_down(studio):
    studio.connect(Connection(name="mine", kind="aimusicapi", url="https://api.example"))
    with pytest.raises(ConnectionUnknown, match="no key for 'mine'"):
        studio.submit(POP, to="mine")
    assert studio.jobs() == []


@pytest.mark.parametrize("forgotten", ["QUEUED", "WORKING"])
def test_a_connection_that_was_forgotten_is_named_in_the_job(
    rehearsal, studio, practice, forgotten
):
    job = studio.submit(POP, to=practice)
    studio._room.jobs.change(job.id, lambda j: j.model_copy(update={"state": State(forgotten)}))
    studio.forget(practice)
    job = rehearsal.drive(job.id)
    assert job.state in {State.FAILED, State.UNSURE}
    assert "no connection called" in job.reason


def test_waiting_tells_of_every_change_and_ends(rehearsal, studio):
    job = studio.submit(SOUL)
    driver = threading.Thread(target=rehearsal.drive, args=(job.id,))
    seen = []
    driver.start()
    songs = studio.wait(job.id, timeout=20, on_progress=seen.append)
    driver.join()
    assert len(songs) == 2
    assert seen[-1].state is State.DONE


def test_waiting_ends_when_time_is_up(studio):
    job = studio.submit(SOUL)
    with pytest.raises(TimeoutError):
        studio.wait(job.id, timeout=0)


def test_a_cancelled_job_is_waited_for_no_more(rehearsal, studio):
    job = studio.submit(SOUL)
    studio.cancel(job.id)
    with pytest.raises(JobStopped, match="was cancelled"):
        studio.wait(job.id)
    assert rehearsal.desk.musicians.played == []


def test_a_job_can_be_done_again(rehearsal, studio):
    first = rehearsal.drive(studio.submit(SOUL).id)
    second = rehearsal.drive(studio.do_again(first.id).id)
    assert first.id != second.id
    assert studio.songs("slow").total == studio.songs().total == 4


def test_an_empty_id_was_not_made(rehearsal, studio, practice):
    rehearsal.desk.fault("aimusicapi", "create", "closed")
    job = rehearsal.drive(studio.submit(POP, to=practice).id)
    with pytest.raises(StudioProblem, match="Give the id"):
        studio.it_was_made(job.id, "  ")
    assert studio.job(job.id).state is State.UNSURE


def test_a_connection_tells_how_it_is(studio, practice):
    health = studio.test(practice)
    assert (health.ok, health.balance.amount) == (True, 50)
    assert "50 credits are left" in health.sentence
    assert studio.test("house band").ok


def test_a_connection_that_does_not_answer_says_so(studio):
    dead = Connection(name="dead", kind="aimusicapi", url="http://127.0.0.1:9")
    studio.connect(dead, secret="key-for-nobody")
    health = studio.test("dead")
    assert (health.ok, health.sentence) == (False, "AI Music API cannot be reached.")


def test_a_wrong_key_is_told_and_not_shown(studio, rehearsal):
    url = f"{rehearsal.desk.url}/aimusicapi"
    studio.connect(Connection(name="x", kind="aimusicapi", url=url), secret="wrong-key-000")
    health = studio.test("x")
    assert "does not accept the key" in health.sentence
    assert "wrong-key-000" not in health.sentence


def test_the_key_of_the_environment_comes_first(studio, rehearsal):
    url = f"{rehearsal.desk.url}/aimusicapi"
    connection = Connection(name="aurora", kind="aimusicapi", url=url, key_env="AURORA_KEY")
    studio.connect(connection, secret="an-old-wrong-key")
    assert studio.test("aurora").ok


def test_a_kind_that_nobody_knows_cannot_be_connected(studio):
    with pytest.raises(ConnectionUnknown, match="'theremin'"):
        studio.connect(Connection(name="x", kind="theremin", url="https://x.example"))


def test_an_offer_is_data(studio, practice):
    band, vendor = studio.offer("house band"), studio.offer(practice)
    assert (band.price, band.repeatable, band.is_local) == ("free", True, True)
    assert (vendor.price, vendor.repeatable) == ("about 14 credits", False)
    assert next(iter(vendor.models)) == "sonic-v5"


def test_the_band_says_how_it_understands(studio):
    assert studio.understand(SOUL, "house band") == "slow soul · 96 bpm"


def test_what_is_not_there_is_named(studio):
    with pytest.raises(NotFound):
        studio.song("nothing")
    with pytest.raises(ConnectionUnknown, match="There are: house band"):
        studio.connection("nobody")


def test_closing_twice_is_fine(studio):
    studio.close()
    studio.close()


def test_the_client_is_light_to_import():
    heavy = "{'numpy', 'scipy', 'pandas', 'streamlit', 'soundfile'}"
    code = f"import sys, studio.client; sys.exit(str(sorted({heavy} & set(sys.modules))))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.stderr.strip() == "[]"
