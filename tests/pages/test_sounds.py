"""Sounds: on Create a sound is asked for as a song is, with what its maker takes."""

import pytest

from studio.jobs.model import State
from studio.providers.limits import Limits
from studio.songs import Ability, MakeSound
from studio.ui.form.blanks import SOUND
from tests.pages.anybody import RICH, Anybody
from tests.pages.conftest import maker_box
from tests.pages.test_create import press
from tests.pages.test_song import told

SOUNDS = RICH.model_copy(update={"tempos": (40, 200), "keys": ("C major", "A minor")})


@pytest.fixture
def sounds(anybody, visit, monkeypatch):
    """Open Create where a sound is asked for, of somebody who takes everything said of one."""
    rich = Anybody.models["rich"].model_copy(update={"exceptions": {Ability.SOUNDS: SOUNDS}})
    monkeypatch.setattr(Anybody, "models", {**Anybody.models, "rich": rich})
    app = visit("create")
    return app.button_group(key="create-way").set_value(SOUND).run()


def test_everything_that_is_said_of_a_sound_arrives(anybody, sounds):
    sounds.text_area(key="create-heard").input("rain on a tin roof").run()
    sounds.text_input(key="create-called").input("Roof").run()
    sounds.number_input(key="create-tempo_bpm").set_value(90).run()
    sounds.button_group(key="create-key").set_value("A minor").run()
    sounds.toggle(key="create-loop").set_value(True).run()
    press(sounds)
    assert [job.request for job in anybody.studio.jobs()] == [
        MakeSound(
            description="rain on a tin roof", title="Roof", tempo_bpm=90, key="A minor", loop=True
        )
    ]


def test_what_is_not_said_of_a_sound_is_left_open(anybody, sounds):
    sounds.text_area(key="create-heard").input("rain").run()
    press(sounds)
    assert anybody.studio.jobs()[0].request == MakeSound(description="rain")


def test_sound_and_song_are_two_drafts_of_one_page(sounds):
    sounds.text_area(key="create-heard").input("rain").run()
    sounds.button_group(key="create-way").set_value("Describe it").run()
    assert sounds.title[0].value == "Create a song"
    assert sounds.text_area(key="create-description").value == ""
    sounds.button_group(key="create-way").set_value(SOUND).run()
    assert sounds.text_area(key="create-heard").value == "rain"


def test_who_cannot_make_sounds_says_so_and_another_way_can_be_gone(anybody, sounds, monkeypatch):
    monkeypatch.setattr(Anybody, "abilities", frozenset({Ability.CREATE}))
    sounds.run()
    maker_box(sounds).set_value("anybody").run()
    assert "anybody cannot make single sounds." in told(sounds)
    assert sounds.text_area(key="create-heard").disabled
    sounds.button_group(key="create-way").set_value("Describe it").run()
    assert not sounds.text_area(key="create-description").disabled


def test_what_its_maker_does_not_take_is_grey_and_not_sent(anybody, sounds, monkeypatch):
    sounds.text_area(key="create-heard").input("rain").run()
    sounds.toggle(key="create-loop").set_value(True).run()
    poor = Anybody.models["poor"].model_copy(
        update={"exceptions": {Ability.SOUNDS: Limits(loops=False)}}
    )
    monkeypatch.setattr(Anybody, "models", {**Anybody.models, "poor": poor})
    sounds.session_state["create-model"] = "poor"
    sounds.run()
    assert sounds.toggle(key="create-loop").disabled
    press_one = next(each for each in sounds.button if each.label == "Make one take")
    press_one.click().run()
    assert anybody.studio.jobs()[0].request == MakeSound(description="rain", model="poor")


def test_sound_that_failed_is_changed_where_it_was_asked_for(anybody, visit):
    request = MakeSound(description="rain", tempo_bpm=80, loop=True)
    anybody.put_job(State.FAILED, request=request, connection="anybody", kind="anybody")
    app = visit("jobs")
    app.button(key="change-job1").click().run()
    app.switch_page("../pages/create.py").run()
    assert app.title[0].value == "Make a sound"
    assert app.text_area(key="create-heard").value == "rain"
    assert app.toggle(key="create-loop").value


def test_seed_nobody_wrote_stays_open(anybody, visit):
    app = visit("create")
    app.session_state["create-open-tuning"] = True
    app.run()
    app.text_area(key="create-description").input("rain").run()
    press(app)
    assert anybody.studio.jobs()[0].request.seed is None
