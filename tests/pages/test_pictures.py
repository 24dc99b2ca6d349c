"""Films and pictures of a song: seen where they are home, had where they can be made."""

from datetime import UTC, datetime, timedelta

import pytest

from studio.jobs.model import State
from studio.providers.limits import Limits
from studio.songs import Ability, Attached, MakeVideo, PaintCovers, RecoverSong, SplitStems
from tests.pages.anybody import Anybody
from tests.pages.test_song import told, tracks, turn_to
from tests.pages.test_song_tools import presses

HERE = {"connection": "anybody", "kind": "anybody", "remote": "there"}


@pytest.fixture
def song(anybody, visit):
    """Open the page of a song that was made by somebody who can everything."""
    anybody.put_song(**HERE, length=40)
    return lambda tab: turn_to(tab, visit("song", id="song1"))


def limit(monkeypatch, ability, **limits):
    """Let all models of anybody take this for one ability."""
    exceptions = {ability: Limits(**limits)}
    models = {
        name: model.model_copy(update={"exceptions": exceptions})
        for name, model in Anybody.models.items()
    }
    monkeypatch.setattr(Anybody, "models", models)


def test_film_that_is_home_plays_in_the_page_and_can_be_taken_away(anybody, song):
    anybody.put_found(Attached.VIDEO, ending="mp4")
    app = song("Video")
    (video,) = app.get("video")
    assert video.proto.url == "/app/static/attachments/found1"
    (link,) = [each for each in app.get("link_button") if "found1" in each.proto.url]
    assert link.proto.url.endswith("?download=1")


def test_names_are_shown_in_a_film_as_far_as_they_can_be(anybody, song, monkeypatch):
    limit(monkeypatch, Ability.VIDEO, author=50)
    app = song("Video")
    app.session_state["video-names-song1"] = True
    app.run()
    assert [each.label for each in app.text_input] == ["Your name"]
    app.text_input(key="video-author-song1").input(" Ada ").run()
    app.session_state["video-names-song1"] = False
    presses(app.run())["Film it"].click().run()
    assert anybody.studio.jobs()[0].request == MakeVideo(source="song1", author="Ada")


def test_pictures_stand_side_by_side_and_one_press_makes_one_the_cover(anybody, song):
    for number in (1, 2):
        anybody.put_found(Attached.COVER, number, ending="png")
    app = song("Covers")
    addresses = [one.url for each in app.get("image") for one in each.proto.imgs]
    assert sorted(addresses) == [f"/app/static/attachments/found{number}" for number in (1, 2)]
    app.button(key="cover-found2").click().run()
    assert tracks(app)[0]["cover"] == "/app/static/covers/song1.png?of=song1.found2.png"
    assert [each.key for each in app.button if str(each.key).startswith("cover-")] == [
        "cover-found1"
    ]


def test_pictures_are_asked_for_with_one_press(anybody, song):
    presses(song("Covers"))["Paint them"].click().run()
    assert anybody.studio.jobs()[0].request == PaintCovers(source="song1")


def test_one_instrument_is_asked_for_by_the_makers_name_of_it(anybody, song, monkeypatch):
    limit(monkeypatch, Ability.STEMS, details=("one",), instruments=("Bass", "Drums"))
    app = song("Stems")
    assert set(presses(app)) == {"Take it out"}
    app.selectbox(key="instrument-song1-anybody").set_value("Drums").run()
    press = next(each for each in app.button if each.label == "Take it out")
    press.click().run()
    wanted = SplitStems(source="song1", detail="one", instrument="Drums")
    assert anybody.studio.jobs()[0].request == wanted


def test_size_of_stems_that_a_maker_does_not_sell_is_grey(anybody, song, monkeypatch):
    limit(monkeypatch, Ability.STEMS, details=("basic",))
    app = song("Stems")
    assert "Split in two" in presses(app)
    assert "Split all" not in presses(app)
    assert "Not at anybody. house band can." in told(app)


def test_what_is_had_only_of_their_own_songs_says_so_of_others(anybody, visit, monkeypatch):
    limit(monkeypatch, Ability.BPM, origin="made")
    anybody.put_song(length=40)
    app = visit("song_tools", song="song1")
    app.selectbox(key="asked-about-song1").set_value("anybody").run()
    assert "Measure" not in presses(app)
    assert "Only for songs that were made at anybody. house band can." in told(app)


@pytest.mark.parametrize("ended", [datetime.now(UTC) - timedelta(days=1), None])
def test_sound_whose_link_has_ended_can_be_recovered_where_it_was_made(anybody, visit, ended):
    anybody.put_song(**HERE, sound=None, length=None, link_ends_at=ended)
    app = visit("song", id="song1")
    presses(app)["Recover it"].click().run()
    (job,) = anybody.studio.jobs()
    assert (job.request, job.connection) == (RecoverSong(source="song1"), "anybody")
    assert "under way" in told(app)


def test_sound_whose_link_lives_is_fetched_and_not_bought_again(anybody, visit):
    ends = datetime.now(UTC) + timedelta(days=1)
    anybody.put_song(**HERE, sound=None, length=None, link_ends_at=ends)
    app = visit("song", id="song1")
    assert "Recover it" not in presses(app)
    assert app.button(key="fetch")


def test_failed_film_is_shown_with_the_song(anybody, song):
    request = MakeVideo(source="song1")
    anybody.put_job(State.FAILED, 3, request=request, reason="Nobody draws.", connection="anybody")
    assert "Nobody draws." in told(song("Video"))
