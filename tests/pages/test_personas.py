"""Personas: a voice is taken from a song, named, asked to sing, and forgotten."""

import json

import pytest

from studio.jobs.model import State
from studio.songs import OWN, Ability, MakePersona, Window
from tests.pages.conftest import NASTY
from tests.pages.test_song import told


def shown(app):
    return [json.loads(each.proto.json) for each in app.get("bidi_component")]


@pytest.fixture
def personas(house, visit):
    house.put_song("Rain")
    house.put_persona("Ada")
    return visit("personas")


def test_persona_tells_who_knows_it_and_where_it_came_from(personas):
    assert "house band knows" in told(personas)
    assert "from Rain" in told(personas)


def test_persona_of_a_connection_that_is_gone_cannot_sing(house, visit):
    house.put_song("Rain")
    house.put_persona("Ada", connection="nowhere")
    app = visit("personas")
    assert "nowhere knows, a connection that was removed" in told(app)
    assert app.button(key="sing-persona1").disabled


def test_without_a_persona_the_page_says_what_one_is(visit):
    assert "No persona yet" in told(visit("personas"))


def test_persona_is_made_from_a_song_with_its_window(anybody, visit):
    anybody.put_song("Rain", length=20, connection="anybody", remote="there")
    app = visit("personas", song="song1")
    app.text_input(key="personas-name").input(" Ada ").run()
    next(each for each in app.button if each.label == "Make the persona").click().run()
    (job,) = anybody.studio.jobs()
    assert isinstance(job.request, MakePersona)
    assert (job.request.source, job.request.name) == ("song1", "Ada")
    assert job.request.window is not None


def test_persona_without_a_name_is_not_made(anybody, visit):
    anybody.put_song("Rain", length=20)
    app = visit("personas", song="song1")
    next(each for each in app.button if each.label == "Make the persona").click().run()
    assert anybody.studio.jobs() == []


def test_voice_is_made_from_a_recording_that_was_brought(anybody, visit):
    anybody.put_song("Memo", kind=OWN, connection="", request=None, length=20)
    app = visit("personas", song="song1")
    app.session_state["personas-way"] = "voice"
    app.run()
    app.text_input(key="personas-name").input("Grace").run()
    next(each for each in app.button if each.label == "Make the persona").click().run()
    wanted = anybody.studio.jobs(abilities={Ability.VOICE})
    assert [job.request.name for job in wanted] == ["Grace"]


def test_failed_persona_is_changed_on_this_page(anybody, visit):
    anybody.put_song("Rain", length=20)
    asked = MakePersona(source="song1", name="Ada", style="soul", window=Window(start=2, end=9))
    anybody.put_job(State.FAILED, request=asked, connection="anybody")
    app = visit("jobs")
    app.button(key="change-job1").click().run()
    app.switch_page("../pages/personas.py").run()
    assert app.text_input(key="personas-name").value == "Ada"
    (region,) = [each for each in shown(app) if each["view"] == "region"]
    assert (region["start"], region["end"]) == (2, 9)


def test_persona_is_renamed(house, personas):
    personas.session_state["more-persona1"] = True
    personas.run()
    field = next(each for each in personas.text_input if each.value == "Ada")
    field.input("Grace")
    next(each for each in personas.button if each.label == "Rename").click().run()
    assert house.studio.persona("persona1").name == "Grace"


def test_forgotten_persona_comes_back_by_undo(house, personas):
    personas.session_state["more-persona1"] = True
    personas.run()
    personas.button(key="forget-persona1").click().run()
    assert house.studio.personas() == ()
    personas.button(key="undo-delete").click().run()
    assert [each.name for each in house.studio.personas()] == ["Ada"]


def test_singing_with_it_opens_create_with_the_persona_chosen(house, personas):
    personas.button(key="sing-persona1").click().run()
    assert personas.session_state["create-singer"] == "persona:persona1"
    assert personas.session_state["create-to"] == "house band"


def test_strange_names_are_text(house, visit):
    nasty = " ".join(NASTY)
    house.put_song(nasty)
    house.put_persona(nasty[:80], description=nasty, style=nasty)
    app = visit("personas")
    assert not app.exception
    assert not [each for each in [*app.markdown, *app.caption] if "](" in each.value]
