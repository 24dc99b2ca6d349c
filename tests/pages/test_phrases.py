"""A voice that needs a phrase: two steps, and whoever comes back finds the one they were at."""

from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from studio.jobs.model import State
from studio.songs import OWN, Ability, AskPhrase, MakeVoice, Text, Window
from studio.ui import opened
from tests.pages.anybody import RICH, Anybody
from tests.pages.conftest import APP
from tests.pages.test_song import links, told

ASKED = AskPhrase(source="song1", window=Window(start=2, end=9), language="de")


def press(app, label):
    return next(each for each in app.button if each.label == label).click().run()


def labels(app):
    return {each.label for each in app.button}


@pytest.fixture
def strict(anybody, monkeypatch):
    """Let a voice be made only of somebody who sings a phrase; with a song and a recording."""
    needs = RICH.model_copy(update={"needs": frozenset({"phrase"}), "skills": True})
    asks = RICH.model_copy(update={"languages": ("en", "de")})
    exceptions = {Ability.VOICE: needs, Ability.PHRASE: asks}
    rich = Anybody.models["rich"].model_copy(update={"exceptions": exceptions})
    monkeypatch.setattr(Anybody, "models", {"rich": rich})
    anybody.put_song("Rain", 1, length=20, connection="anybody", kind="anybody", remote="there")
    anybody.put_song("Me singing", 2, kind=OWN, connection="", request=None, length=20, remote=None)
    return anybody


@pytest.fixture
def voices(strict, visit):
    """Open the page where a voice is made."""

    def open_page(song="song1"):
        app = visit("personas", song=song)
        app.session_state["personas-way"] = "voice"
        return app.run()

    return open_page


def put_phrase(house, state=State.DONE, **told):
    texts = (Text(text="Vier Füchse singen"),) if state is State.DONE else ()
    there = {"connection": "anybody", "kind": "anybody", "remote": "phrase"}
    return house.put_job(state, 7, request=ASKED, texts=texts, **there, **told)


def test_first_a_phrase_is_asked_for_with_window_and_language(strict, voices):
    app = voices()
    app.session_state["personas-window-0-song1"] = {"window": {"start": 2, "end": 9}}
    app.button_group(key="personas-language").set_value("de").run()
    press(app, "Ask for the phrase")
    assert [job.request for job in strict.studio.jobs()] == [ASKED]
    assert "Make the voice" not in labels(app)


def test_phrase_is_shown_and_what_is_recorded_is_sent_with_it(strict, voices):
    put_phrase(strict)
    app = voices()
    assert "Vier Füchse singen" in told(app)
    app.session_state["personas-recording"] = "song2"
    app.run()
    app.text_input(key="personas-name").input("Ada").run()
    app.button_group(key="personas-skill").set_value("advanced").run()
    press(app, "Make the voice")
    (job,) = strict.studio.jobs(abilities={Ability.VOICE})
    assert job.request == MakeVoice(source="song2", name="Ada", skill="advanced", phrase="job7")


def test_step_outlives_a_reload_and_the_server(strict, voices):
    put_phrase(strict)
    voices()
    opened.studio.clear()
    app = AppTest.from_file(str(APP), default_timeout=20).run()
    app.switch_page("../pages/personas.py").run()
    assert "Vier Füchse singen" in told(app)
    assert "Make the voice" in labels(app)


def test_another_phrase_can_be_asked_for(strict, voices):
    put_phrase(strict)
    app = press(voices(), "Ask for another")
    assert "Vier Füchse singen" not in told(app)
    press(app, "Ask for the phrase")
    assert len(strict.studio.jobs(abilities={Ability.PHRASE})) == 2


def test_phrase_that_is_on_its_way_is_not_asked_for_twice(strict, voices):
    put_phrase(strict, State.WORKING)
    app = voices()
    assert "The phrase is on its way." in told(app)
    assert not {"Ask for the phrase", "Make the voice"} & labels(app)


def test_phrase_that_failed_is_asked_for_again(strict, voices):
    put_phrase(strict, State.FAILED, reason="Nobody sings there.")
    press(voices(), "Ask for the phrase")
    assert len(strict.studio.jobs()) == 2


def test_voice_without_a_recording_is_not_made(strict, voices):
    put_phrase(strict)
    app = press(voices(), "Make the voice")
    assert "Record yourself" in app.toast[0].value
    assert strict.studio.jobs(abilities={Ability.VOICE}) == []


def test_failed_voice_is_changed_with_its_phrase_and_its_recording(strict, visit):
    put_phrase(strict)
    request = MakeVoice(source="song2", name="Ada", phrase="job7")
    strict.put_job(State.FAILED, 8, request=request, connection="anybody", kind="anybody")
    app = visit("jobs")
    app.button(key="change-job8").click().run()
    app.switch_page("../pages/personas.py").run()
    assert "Vier Füchse singen" in told(app)
    assert app.session_state["personas-source"] == "song1"
    assert app.session_state["personas-recording"] == "song2"
    press(app, "Choose another")
    assert app.session_state["personas-source"] is None


def test_phrase_that_came_leads_back_to_where_it_is_sung(strict, visit):
    put_phrase(strict, over_at=datetime.now(UTC))
    app = visit("jobs")
    assert "Open Personas" in links(app)
