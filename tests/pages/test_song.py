"""Song: its words, its story, and the way to another like it."""

import json

import pytest

from studio.jobs.model import State
from studio.songs import OWN, Attached, CoverSong, CreateSong, ExtendSong, Part
from tests.pages.conftest import NASTY


def turn_to(tab, app, song="song1"):
    """Open one of the tabs, as a hand does."""
    app.session_state[f"part-{song}"] = tab
    return app.run()


def told(app):
    kinds = ("markdown", "caption", "text", "badge")
    return "\n".join(str(each.value) for kind in kinds for each in app.get(kind)).replace("\\", "")


def tracks(app):
    shown = [json.loads(each.proto.json) for each in app.get("bidi_component")]
    return [track for track in shown if track["view"] == "track"]


def links(app):
    """Give where each link to a page leads."""
    return {each.proto.label: each.proto.query_string for each in app.get("page_link")}


def test_words_are_shown_as_they_were_written(house, visit):
    house.put_song(lyrics="[Verse]\n**not bold** <b>nor this</b>")
    app = visit("song", id="song1")
    assert app.text[0].value == "[Verse]\n**not bold** <b>nor this</b>"


def test_song_tells_how_it_was_made(house, visit):
    house.put_song(seed=77)
    app = turn_to("Story", visit("song", id="song1"))
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


def test_song_tells_from_which_song_it_was_made_and_how(house, visit):
    house.put_song("Rain", 1)
    asked = ExtendSong(source="song1", at=12)
    house.put_song("Rain II", 2, parents=("song1",), request=asked, part=Part.TAIL)
    app = visit("song", id="song2")
    assert "by extending it" in told(app)
    assert "only the tail" in told(app)
    assert links(app)["Rain"] == "id=song1"


def test_strange_titles_of_parents_are_text_in_their_links(house, visit):
    house.put_song(" ".join(NASTY), 1)
    house.put_song("Rain II", 2, parents=("song1",), request=CoverSong(source="song1"))
    shown = [label for label in links(visit("song", id="song2")) if "bold" in label]
    assert len(shown) == 1
    assert "<b>" not in shown[0].replace("\\<b\\>", "")
    assert "](" not in shown[0]


def test_song_shows_what_was_made_from_it(house, visit):
    house.put_song("Rain", 1)
    house.put_song("Rain II", 2, parents=("song1",), request=CoverSong(source="song1"), job="job2")
    app = visit("song", id="song1")
    assert [track["title"] for track in tracks(app)] == ["Rain", "Rain II"]
    assert "cover · from Rain" in tracks(app)[1]["line"]


def test_song_that_was_brought_says_where_it_came_from(house, visit):
    facts = {"origin": "link", "from": "https://example.org/a.mp3", "format": "MP3"}
    house.put_song(kind=OWN, connection="", request=None, job="song1", facts=facts)
    app = turn_to("Story", visit("song", id="song1"))
    assert "brought by you" in told(app)
    assert "example.org/a.mp3" in told(app)
    assert not [each for each in app.button if each.key == "another"]


def test_song_leads_to_every_page_where_it_can_be_worked_on(house, visit):
    house.put_song()
    found = links(visit("song", id="song1"))
    ways = ("Extend", "Cover", "Remix", "Persona", "Tools")
    assert {way: found.get(way) for way in ways} == dict.fromkeys(ways, "song=song1")


def test_request_is_told_in_words_before_it_is_told_as_it_is_stored(house, visit):
    house.put_song("Rain", 1)
    asked = CoverSong(source="song1", style="jazz", audio_weight=0.7)
    house.put_song("Rain II", 2, parents=("song1",), request=asked)
    app = turn_to("Story", visit("song", id="song2"), song="song2")
    assert "Kept of the original: 70%" in told(app)
    assert "Made from: Rain" in told(app)


def test_stems_can_be_heard_and_silent_ones_are_called_empty(house, visit):
    house.put_song()
    house.put_found(Attached.STEM, 1, name="Drums", ending="wav")
    house.put_found(Attached.STEM, 2, name="Brass", facts={"is_silent": True})
    house.put_found(Attached.STEM, 3, name="Vocals", ending="wav", facts={"note": "By ear."})
    app = turn_to("Stems", visit("song", id="song1"))
    assert [track["title"] for track in tracks(app)][1:3] == ["Vocals", "Drums"]
    assert tracks(app)[1]["sound"] == "/app/static/attachments/found3"
    assert ":gray-badge[empty] Brass" in told(app)
    assert "By ear." in told(app)


def test_timed_words_stand_in_their_lines_with_their_moment(house, visit):
    house.put_song(lyrics="[Verse]\nrain *again*\nand sun")
    words = [
        {"word": word, "start": at, "end": at + 0.5}
        for at, word in enumerate(["rain", "*again*", "and", "sun"], start=61)
    ]
    house.put_found(Attached.TIMELINE, facts={"words": words})
    app = visit("song", id="song1")
    assert ":gray[1:01] &nbsp; rain *again*" in told(app)
    assert ":gray[1:03] &nbsp; and sun" in told(app)
    assert {"Download LRC", "Download SRT"} <= {
        each.proto.label for each in app.get("download_button")
    }


def test_tempo_that_may_be_counted_otherwise_says_how(house, visit):
    house.put_song(facts={"key": "C minor", "seam_seconds": 12.0}, part=Part.WHOLE)
    found = {"tempo_bpm": 72, "lowest_bpm": 60, "highest_bpm": 90}
    house.put_found(Attached.BPM, facts=found)
    shown = told(turn_to("Facts", visit("song", id="song1")))
    assert "Measured: 72 bpm. It goes from 60 to 90." in shown
    assert "Key: C minor" in shown
    assert "New from: 0:12" in shown


def test_whoever_taps_to_half_the_tempo_says_so_once(house, visit):
    house.put_song()
    house.put_found(Attached.BPM, facts={"tempo_bpm": 140, "beat_confidence": 0.4})
    app = turn_to("Facts", visit("song", id="song1"))
    app.button_group(key="felt-found1").set_value(70.0).run()
    assert house.studio.attachment("found1").facts["felt_bpm"] == 70
    again = turn_to("Facts", visit("song", id="song1"))
    assert again.session_state["felt-found1"] == 70


@pytest.mark.parametrize("facts", [{"beat_confidence": 0.95}, {"exact": True}])
def test_tempo_that_is_sure_is_not_asked_about(house, visit, facts):
    house.put_song()
    house.put_found(Attached.BPM, facts={"tempo_bpm": 140, **facts})
    app = turn_to("Facts", visit("song", id="song1"))
    assert "felt-found1" not in app.session_state
    assert "Measured: 140 bpm." in told(app)


def test_every_file_can_be_taken_away(house, visit):
    house.put_song()
    house.put_found(Attached.MIDI, 1, ending="mid")
    house.put_found(Attached.STEM, 2, name="Drums", ending="wav")
    app = visit("song", id="song1")
    app.session_state["away-song1"] = True
    app.run()
    addresses = {each.proto.url for each in app.get("link_button")}
    assert {
        "/app/static/songs/song1.mp3?download=1",
        "/app/static/attachments/found1?download=1",
        "/app/static/attachments/found2?download=1",
    } <= addresses


def test_what_was_found_can_be_removed(house, visit):
    house.put_song()
    house.put_found(Attached.MIDI, 1, ending="mid", facts={"instruments": ["Piano", "Bass"]})
    app = turn_to("Notes", visit("song", id="song1"))
    assert "Plays in it: Piano, Bass" in told(app).replace("*", "")
    app.session_state["remove-found1"] = True
    app.run().button(key="detach-found1").click().run()
    assert house.studio.attachments("song1") == ()


@pytest.mark.parametrize("tab", ["Words", "Stems", "Notes", "Facts", "Story"])
def test_strange_words_from_a_vendor_are_text_on_every_tab(house, visit, tab):
    nasty = " ".join(NASTY)
    house.put_song(nasty, style=nasty, facts={"note": nasty, "key": nasty})
    facts = {
        "note": nasty,
        "instruments": [nasty],
        "words": [{"word": nasty, "start": 1, "end": 2}],
    }
    for number, kind in enumerate(Attached, start=1):
        house.put_found(kind, number, name=nasty, facts=facts, link="https://example.org/x")
    app = turn_to(tab, visit("song", id="song1"))
    assert not app.exception
    assert not [each for each in [*app.markdown, *app.caption] if "](" in each.value]
    assert not [each for each in [*app.markdown, *app.caption] if "<b>" in each.value]


def test_finding_that_is_still_at_the_vendor_can_be_brought_home(house, visit):
    house.put_song()
    house.put_job(State.DONE, 1, connection="house band")
    house.put_found(Attached.STEM, 1, name="Drums", link="http://127.0.0.1:9/x.wav")
    app = turn_to("Stems", visit("song", id="song1"))
    app.button(key="home-part-found1").click().run()
    assert len(app.error) == 1
    assert house.studio.attachment("found1").file is None
