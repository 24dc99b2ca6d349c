"""Takes come home: each as soon as it is finished, whole, once, and never forgotten."""

import pytest

from studio.errors import Doubtful, RemoteUnknown, SoundUnreadable
from studio.jobs import decisions
from studio.jobs.home.takes import fetched_again, merged
from studio.jobs.model import State
from studio.providers.base import Finished, Working
from studio.songs import Take
from tests.jobs.fakes import PNG, take
from tests.jobs.test_money import run, step

FIRST, SECOND = "https://vendor.example/1.mp3", "https://vendor.example/2.mp3"


def test_a_take_comes_home_while_its_sibling_is_still_being_made(desk, vendor, new_job, clock):
    job = step(step(desk.jobs.add(new_job()), desk, clock), desk, clock)
    assert (job.state, job.songs) == (State.WORKING, ("job1-1",))
    assert desk.gallery.get("job1-1").is_home


def test_no_take_is_fetched_twice(desk, vendor, new_job, clock):
    run(desk.jobs.add(new_job()), desk, clock)
    assert vendor.fetched == [FIRST, SECOND]


def test_a_song_tells_where_it_came_from_and_how_long_it_really_is(desk, vendor, new_job, clock):
    run(desk.jobs.add(new_job()), desk, clock)
    song = desk.gallery.get("job1-2")
    assert (song.title, song.length, song.take, song.job) == ("Two", 61.5, 2, "job1")
    assert (song.sound, song.link, song.connection) == ("job1-2.mp3", None, "vendor")


def test_what_is_not_sound_does_not_become_a_song_file(desk, vendor, new_job, clock):
    vendor.broken_links[FIRST] = b"<html>busy</html>"
    job = run(desk.jobs.add(new_job()), desk, clock)
    song = desk.gallery.get("job1-1")
    assert (song.is_home, song.link) == (False, FIRST)
    assert "Take 1 is still at Fake vendor" in job.reason


def test_a_take_that_cannot_be_fetched_is_kept_with_its_link(desk, vendor, new_job, clock):
    vendor.broken_links[SECOND] = RemoteUnknown("Gone.")
    job = run(desk.jobs.add(new_job()), desk, clock)
    assert (job.state, job.songs) == (State.DONE, ("job1-1", "job1-2"))
    assert desk.gallery.get("job1-2").link == SECOND


def test_a_download_that_breaks_off_is_tried_again(desk, vendor, new_job, clock):
    vendor.broken_links[SECOND] = Doubtful("It broke off.")
    job = desk.jobs.add(new_job())
    for _ in range(3):
        job = step(job, desk, clock)
    assert (job.state, job.tries, job.reason) == (State.FETCHING, 1, "It broke off.")
    vendor.broken_links.clear()
    assert run(job, desk, clock).state is State.DONE
    assert desk.gallery.get("job1-2").is_home


def test_partial_success_is_success_for_that_part(desk, vendor, new_job, clock):
    takes = (take(1), Take(number=2, failed="The vendor lost it."))
    vendor.look_answers = [Finished(takes=takes)]
    job = run(desk.jobs.add(new_job()), desk, clock)
    assert (job.state, job.songs) == (State.DONE, ("job1-1",))
    assert job.reason == "Take 2: The vendor lost it."


def test_no_take_at_all_is_a_failure_with_the_reasons(desk, vendor, new_job, clock):
    takes = tuple(Take(number=n, failed="Moderation.") for n in (1, 2))
    vendor.look_answers = [Finished(takes=takes)]
    job = run(desk.jobs.add(new_job()), desk, clock)
    assert (job.state, job.reason) == (State.FAILED, "Take 1: Moderation. Take 2: Moderation.")


def test_the_first_seconds_are_here_until_the_whole_is(desk, vendor, new_job, clock):
    early = Working(takes=(take(1, finished=False, early="https://vendor.example/early"),))
    vendor.look_answers = [early]
    job = step(step(desk.jobs.add(new_job()), desk, clock), desk, clock)
    assert desk.files.early("job1", 1).read_bytes().endswith(b"/early")
    run(job, desk, clock)
    assert desk.files.early("job1", 1) is None


def test_without_the_first_seconds_the_song_comes_all_the_same(desk, vendor, new_job, clock):
    link = "https://vendor.example/early"
    vendor.broken_links[link] = Doubtful("Silent.")
    vendor.look_answers = [Working(takes=(take(1, finished=False, early=link),))]
    assert run(desk.jobs.add(new_job()), desk, clock).state is State.DONE


def test_cover_and_lossless_sound_come_along(desk, vendor, new_job, clock):
    told = take(1, cover="https://vendor.example/c", wav="https://vendor.example/w")
    vendor.broken_links["https://vendor.example/c"] = PNG
    vendor.look_answers = [Finished(takes=(told,))]
    run(desk.jobs.add(new_job()), desk, clock)
    song = desk.gallery.get("job1-1")
    assert (song.cover, song.wav) == ("job1-1.png", "job1-1.wav")


def test_a_song_stands_without_its_cover_and_its_lossless_sound(desk, vendor, new_job, clock):
    told = take(1, cover="https://vendor.example/c", wav="https://vendor.example/w")
    vendor.broken_links["https://vendor.example/c"] = b"no picture"
    vendor.broken_links["https://vendor.example/w"] = Doubtful("Silent.")
    vendor.look_answers = [Finished(takes=(told,))]
    run(desk.jobs.add(new_job()), desk, clock)
    song = desk.gallery.get("job1-1")
    assert (song.is_home, song.cover, song.wav) == (True, None, None)


def test_a_song_at_the_vendor_is_fetched_again_by_a_fresh_link(desk, vendor, new_job, clock):
    vendor.broken_links[SECOND] = RemoteUnknown("Gone.")
    job = run(desk.jobs.add(new_job()), desk, clock)
    fresh = take(2).model_copy(update={"sound": "https://vendor.example/fresh.mp3"})
    vendor.look_answers = [Finished(takes=(take(1), fresh))]
    song = fetched_again(desk.gallery.get("job1-2"), job, desk)
    assert (song.is_home, song.link) == (True, None)
    assert vendor.fetched[-1] == "https://vendor.example/fresh.mp3"


def test_what_a_person_changed_stays_when_the_sound_comes_home(desk, vendor, new_job, clock):
    vendor.broken_links[SECOND] = RemoteUnknown("Gone.")
    job = run(desk.jobs.add(new_job()), desk, clock)
    desk.gallery.rename("job1-2", "Mine")
    desk.gallery.keep("job1-2", kept=True)
    vendor.broken_links.clear()
    song = fetched_again(desk.gallery.get("job1-2"), job, desk)
    assert (song.title, song.kept, song.is_home) == ("Mine", True, True)


def test_a_song_that_still_cannot_be_fetched_says_why(desk, vendor, new_job, clock):
    vendor.broken_links[SECOND] = b"not sound"
    job = run(desk.jobs.add(new_job()), desk, clock)
    with pytest.raises(SoundUnreadable):
        fetched_again(desk.gallery.get("job1-2"), job, desk)


def test_a_take_keeps_its_number_in_whatever_order_it_is_told():
    known = merged((), (take(1, remote="a"), take(2, remote="b")))
    swapped = merged(known, (take(1, remote="b", title="B"), take(2, remote="a", title="A")))
    assert [(one.number, one.remote, one.title) for one in swapped] == [
        (1, "a", "A"),
        (2, "b", "B"),
    ]


def test_a_take_that_is_no_longer_told_of_is_not_forgotten():
    known = merged((), (take(1, remote="a"), take(2, remote="b")))
    again = merged(known, (take(1, remote="b", title="B"),))
    assert [(one.number, one.remote, one.title) for one in again] == [(1, "a", ""), (2, "b", "B")]


def test_a_take_that_was_never_told_of_before_takes_nobodys_place():
    known = merged((), (take(1, remote="a"),))
    assert [one.remote for one in merged(known, (take(1, remote="c"),))] == ["a", "c"]


def test_a_take_gets_its_name_when_the_vendor_tells_it_later():
    known = merged((), (take(1, finished=False),))
    assert merged(known, (take(1, remote="a"),)) == (take(1, remote="a"),)


def test_what_was_finished_stays_so_whatever_is_told_later():
    known = merged((), (take(1),))
    assert merged(known, (take(1, finished=False),)) == known


def test_a_vendor_that_takes_back_what_was_finished_loses_us_nothing(desk, vendor, new_job, clock):
    vendor.broken_links[SECOND] = Doubtful("It broke off.")
    takes = (take(1), take(2))
    back = Working(takes=(take(1, finished=False), take(2, finished=False)))
    vendor.look_answers = [Finished(takes=takes), back]
    job = run(desk.jobs.add(new_job()), desk, clock)
    assert (job.state, job.songs) == (State.DONE, ("job1-1", "job1-2"))


def test_what_is_sent_again_takes_no_place_of_a_song_that_is_there(desk, vendor, new_job, clock):
    vendor.look_answers = [
        Working(progress=0.5, takes=(take(1, remote="a"), take(2, remote="b", finished=False)))
    ]
    job = step(step(desk.jobs.add(new_job()), desk, clock), desk, clock)
    desk.jobs.change(job.id, lambda job: job.model_copy(update={"state": State.UNSURE}))
    decisions.send_chain_again(job.id, desk.jobs, clock())
    vendor.look_answers = [Finished(takes=(take(1, remote="c"), take(2, remote="d")))]
    job = run(job, desk, clock)
    songs = [(song.id, song.remote) for song in desk.gallery.of_job(job.id)]
    assert songs == [("job1-1", "a"), ("job1-2", "c"), ("job1-3", "d")]
