"""Song: its words, its story, and the way to another like it."""

import json

from studio.jobs.model import State
from studio.songs import CreateSong


def test_words_are_shown_as_they_were_written(house, visit):
    house.put_song(lyrics="[Verse]\n**not bold** <b>nor this</b>")
    app = visit("song", id="song1")
    assert app.text[0].value == "[Verse]\n**not bold** <b>nor this</b>"


def test_song_tells_how_it_was_made(house, visit):
    house.put_song(seed=77)
    app = visit("song", id="song1")
    told = "\n".join(each.value for each in app.markdown)
    assert "Seed: 77" in told
    assert "house band" in told
    assert "slow soul" in app.code[0].value


def test_unknown_song_is_explained(visit):
    app = visit("song", id="nothing")
    assert "There is no song nothing" in app.error[0].value


def test_deleted_song_is_explained(house, visit):
    house.put_song("Leaving Lights")
    house.studio.delete("song1")
    app = visit("song", id="song1")
    assert "was deleted" in app.error[0].value


def test_other_takes_of_the_same_job_are_shown(house, visit):
    house.put_song("First", 1)
    house.put_song("Second", 2)
    house.put_job(State.DONE, 1, songs=("song1", "song2"))
    app = visit("song", id="song1")
    shown = [json.loads(each.proto.json) for each in app.get("bidi_component")]
    assert [track["title"] for track in shown if track["view"] == "track"] == ["First", "Second"]


def test_another_like_it_fills_create_with_the_same_request(house, visit):
    asked = CreateSong(style="folk", lyrics="[Verse]\nla", length=75, seed=5, weirdness=0.3)
    house.put_song(request=asked)
    app = visit("song", id="song1")
    app.button(key="another").click().run()
    app.switch_page("../pages/create.py").run()
    next(each for each in app.button if each.label == "Make two takes").click().run()
    (job,) = house.studio.jobs()
    assert job.request == asked


def test_song_can_be_kept_and_deleted_from_its_page(house, visit):
    house.put_song()
    app = visit("song", id="song1")
    app.button(key="keep-large-song1").click().run()
    assert house.studio.song("song1").kept
    app.session_state["more-song1"] = True
    app.run().button(key="Delete-song1").click().run()
    assert house.studio.song("song1").deleted_at is not None
