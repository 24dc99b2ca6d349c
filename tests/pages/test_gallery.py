"""Gallery: every song is found, and nothing on a card is more than text."""

import json

import pytest

from studio.songs import OWN, CoverSong, ExtendSong, Part
from tests.pages.conftest import NASTY


def titles(app):
    """Give the titles on the cards, from top to bottom."""
    told = [json.loads(each.proto.json) for each in app.get("bidi_component")]
    return [track["title"] for track in told if track["view"] == "track"]


def fill(house, count):
    for number in range(1, count + 1):
        house.put_song(f"Song {number}", number)


def test_newest_song_stands_first_and_a_page_holds_eight(house, visit):
    fill(house, 25)
    app = visit("gallery")
    assert titles(app) == [f"Song {number}" for number in range(25, 17, -1)]


def test_every_song_is_on_one_page(house, visit):
    fill(house, 25)
    app = visit("gallery")
    seen = titles(app)
    for page in (2, 3, 4):
        app.session_state["page"] = page
        seen += titles(app.run())
    assert sorted(seen) == sorted(f"Song {number}" for number in range(1, 26))


def test_search_finds_words_of_title_style_and_lyrics(house, visit):
    house.put_song("Rain on Glass", 1)
    house.put_song("Sun", 2, lyrics="[Verse]\nno rain at all")
    house.put_song("Moon", 3)
    app = visit("gallery")
    app.text_input(key="search").input("rain").run()
    assert titles(app) == ["Sun", "Rain on Glass"]


def test_search_begins_on_the_first_page(house, visit):
    fill(house, 25)
    app = visit("gallery")
    app.session_state["page"] = 3
    app.run()
    app.text_input(key="search").input("slow").run()
    assert titles(app)[0] == "Song 25"


def test_search_that_finds_nothing_leads_back(house, visit):
    fill(house, 3)
    app = visit("gallery")
    app.text_input(key="search").input("polka").run()
    assert titles(app) == []
    app.button(key="show-all").click().run()
    assert len(titles(app)) == 3


def test_keepers_can_be_marked_and_sifted(house, visit):
    fill(house, 3)
    app = visit("gallery")
    app.button(key="keep-small-song2").click().run()
    app.toggle(key="keepers").set_value(True).run()
    assert titles(app) == ["Song 2"]


def test_deleted_song_is_gone_and_comes_back(house, visit):
    fill(house, 2)
    house.studio.delete("song1")
    app = visit("gallery")
    assert titles(app) == ["Song 2"]
    app.session_state["undo"] = {"text": "x", "song": "song1", "until": 2**40}
    app.run()
    app.button(key="undo-delete").click().run()
    assert titles(app) == ["Song 2", "Song 1"]


@pytest.mark.parametrize("nasty", NASTY)
def test_title_travels_as_text(house, visit, nasty):
    house.put_song(nasty)
    app = visit("gallery")
    assert titles(app) == [nasty]
    assert not app.exception


def test_empty_gallery_offers_the_first_song(visit):
    app = visit("gallery")
    assert {"make-first", "play-three"} <= {button.key for button in app.button}


def test_three_examples_are_made_once_however_often_they_are_asked_for(house, visit):
    house.close_the_door()
    for _ in range(2):
        visit("gallery").button(key="play-three").click().run()
    assert len(house.studio.jobs()) == 3


def test_song_that_is_not_home_says_so_and_cannot_be_played(house, visit):
    house.put_song(sound=None, link="https://example.org/x.mp3")
    app = visit("gallery")
    told = [json.loads(each.proto.json) for each in app.get("bidi_component")]
    (track,) = [track for track in told if track["view"] == "track"]
    assert track["sound"] is None
    assert "still at the vendor" in track["line"]


def test_song_at_the_vendor_can_be_brought_home(house, visit):
    house.put_song("Here", 1)
    house.put_song("Far", 2, sound=None)
    app = visit("gallery")
    app.session_state["more-song1"] = app.session_state["more-song2"] = True
    app.run()
    offered = [each.key for each in app.button if each.label == "Bring it home"]
    assert offered == ["Bring it home-song2"]


def lines(app):
    """Give what stands below each title."""
    told = [json.loads(each.proto.json) for each in app.get("bidi_component")]
    return {track["title"]: track["line"] for track in told if track["view"] == "track"}


def test_card_says_from_which_song_it_came_and_who_brought_it(house, visit):
    house.put_song("Rain", 1, kind=OWN, request=None, connection="")
    house.put_song("Rain II", 2, parents=("song1",), request=CoverSong(source="song1"))
    asked = ExtendSong(source="song1")
    house.put_song("Rain III", 3, parents=("song1",), request=asked, part=Part.TAIL)
    shown = lines(visit("gallery"))
    assert "brought by you" in shown["Rain"]
    assert "cover · from Rain" in shown["Rain II"]
    assert "tail · from Rain" in shown["Rain III"]


def test_song_whose_parent_is_gone_for_good_is_shown_all_the_same(house, visit):
    house.put_song("Rain II", 2, parents=("gone",), request=CoverSong(source="gone"))
    assert "cover · from a song that is gone" in lines(visit("gallery"))["Rain II"]


def test_only_what_was_made_from_a_song_is_shown_until_all_are_wanted(house, visit):
    house.put_song("Rain", 1)
    house.put_song("Rain II", 2, parents=("song1",), request=CoverSong(source="song1"))
    app = visit("gallery", **{"from": "song1"})
    assert titles(app) == ["Rain II"]
    assert "Made from **Rain**" in [each.value for each in app.markdown]
    app.button(key="leave-parent").click().run()
    assert titles(app) == ["Rain II", "Rain"]


def test_sound_can_be_brought_here(house, visit):
    house.put_song("Rain")
    app = visit("gallery")
    app.session_state["bring-here"] = True
    views = [json.loads(each.proto.json)["view"] for each in app.run().get("bidi_component")]
    assert "bring" in views
