"""Song tools: one press orders one thing, and what it brings is kept with the song."""

import pytest

from studio.jobs.model import State
from studio.songs import Ability, Attached, MakeMidi, MeasureBpm, SplitStems, TakeOutVoice, Window
from tests.pages.anybody import Anybody
from tests.pages.conftest import NASTY
from tests.pages.test_song import told, tracks

BPM = MeasureBpm(source="song1")


def presses(app):
    """Give the buttons that order something, by what stands on them."""
    return {each.label: each for each in app.button if str(each.key).startswith("press-")}


@pytest.fixture
def tools(anybody, visit):
    anybody.put_song(connection="anybody", kind="anybody", remote="there", length=40)
    app = visit("song_tools", song="song1")
    app.session_state["more-asks-song1"] = True
    return app.run()


def test_each_thing_has_one_press_and_its_price(tools):
    assert {
        "Split in two",
        "Split all",
        "Take it out",
        "Write them out",
        "Find them",
        "Measure",
    } <= (set(presses(tools)))
    assert "Tempo :gray[10 credits]" in told(tools).replace("*", "")


def test_press_orders_exactly_that_for_this_song_where_it_was_made(anybody, tools):
    presses(tools)["Split all"].click().run()
    (job,) = anybody.studio.jobs()
    assert job.request == SplitStems(source="song1", detail="full")
    assert job.connection == "anybody"


def test_window_of_the_voice_is_as_long_as_the_vendor_takes_it(anybody, tools):
    presses(tools)["Take it out"].click().run()
    (job,) = anybody.studio.jobs()
    assert isinstance(job.request, TakeOutVoice)
    assert job.request.window == Window(start=0, end=8)


def test_what_is_under_way_cannot_be_pressed_again(tools):
    presses(tools)["Measure"].click().run()
    assert "Measure" not in presses(tools)
    assert "under way" in told(tools)
    assert "Tempo of Leaving Lights" in told(tools)


def test_two_tabs_order_it_once(anybody, visit, tools):
    other = visit("song_tools", song="song1")
    presses(tools)["Measure"].click().run()
    presses(other)["Measure"].click().run()
    assert len(anybody.studio.jobs()) == 1


def test_what_is_here_already_can_be_had_again(anybody, tools):
    anybody.put_found(Attached.MIDI, ending="mid")
    anybody.put_job(State.DONE, request=MakeMidi(source="song1"))
    presses(tools.run())["Again"].click().run()
    jobs = anybody.studio.jobs(abilities={Ability.MIDI})
    assert [job.state.is_under_way for job in jobs] == [True, False]


def test_connection_that_cannot_says_who_can_and_leads_there(anybody, visit, monkeypatch):
    monkeypatch.setattr(Anybody, "abilities", frozenset(Ability) - {Ability.BPM})
    anybody.put_song(connection="anybody", kind="anybody", remote="there")
    app = visit("song_tools", song="song1")
    assert "Not at anybody. house band can." in told(app)
    next(each for each in app.button if each.label == "Ask house band").click().run()
    assert app.selectbox(key="asked-about-song1").value == "house band"


def test_sound_that_must_be_brought_there_first_is_counted_in(anybody, visit):
    anybody.put_song()
    app = visit("song_tools", song="song1")
    app.selectbox(key="asked-about-song1").set_value("anybody").run()
    assert "Tempo :gray[12 credits, with bringing it there]" in told(app).replace("*", "")


def test_failure_of_late_is_shown_where_it_was_asked_for(anybody, tools):
    anybody.put_job(State.FAILED, 2, request=BPM, reason="Nobody plays a beat.")
    assert "Nobody plays a beat." in told(tools.run())
    assert "Measure" in presses(tools)


def test_results_stand_below_what_can_be_asked(anybody, tools):
    anybody.put_found(Attached.STEM, 1, name="Drums", ending="wav")
    tools.session_state["part-song1"] = "Stems"
    assert "Drums" in [track["title"] for track in tracks(tools.run())]


def test_budget_that_is_spent_says_so_before_the_press(anybody, tools):
    known = anybody.studio.connection("anybody")
    anybody.studio.connect(known.model_copy(update={"budget": 1.0}), secret="none")
    tools.run()
    press = presses(tools)["Measure"]
    if not press.disabled:
        press.click().run()
    assert anybody.studio.jobs() == []


def test_without_a_song_one_is_asked_for(visit):
    app = visit("song_tools")
    assert presses(app) == {}
    assert not app.exception


def test_sound_that_is_still_at_the_vendor_is_no_trouble(anybody, visit):
    anybody.put_song(sound=None, length=None, connection="anybody")
    app = visit("song_tools", song="song1")
    assert not app.exception
    assert not [each for each in app.error if "did not foresee" in each.value]


def test_strange_titles_are_text(anybody, visit):
    anybody.put_song(" ".join(NASTY), connection="anybody")
    app = visit("song_tools", song="song1")
    assert not app.exception
    assert not [each for each in [*app.markdown, *app.caption] if "](" in each.value]


def test_of_several_others_who_can_one_is_chosen(anybody, visit, monkeypatch):
    anybody.put_song(connection="anybody", kind="anybody", remote="there")
    anybody.close_the_door()
    monkeypatch.setattr(Anybody, "abilities", frozenset(Ability) - {Ability.BPM})
    app = visit("song_tools", song="song1")
    assert "Not at anybody. house band or closed can." in told(app)
    (menu,) = app.get("menu_button")
    assert list(menu.proto.options) == ["house band", "closed"]
