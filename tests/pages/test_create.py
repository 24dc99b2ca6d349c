"""Create: what is typed stays, what is asked is checked, and one press buys once."""

import json
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from studio.connections import Connection
from studio.jobs.model import State
from studio.songs import Voice
from studio.ui import opened
from studio.ui.form.writing.ideas import IDEAS
from tests.pages.conftest import APP, NASTY, maker_box


@pytest.fixture
def create(house, visit) -> AppTest:
    """Open Create with a connection that never answers, so that jobs stay where they are."""
    house.close_the_door()
    return visit("create")


def button(app, label):
    return next(each for each in app.button if each.label == label)


def unfold(app):
    app.session_state["create-open-sound"] = True
    app.session_state["create-open-tuning"] = True
    return app.run()


def store(house, text):
    """Let this have been written down as the draft of Create."""
    file = house.settings.data / "drafts" / "create.json"
    file.parent.mkdir()
    file.write_text(text)


def press(app):
    return button(app, "Make two takes").click().run()


def test_description_becomes_a_job(house, create):
    create.text_area(key="create-description").input("a slow song about rain").run()
    press(create)
    (job,) = house.studio.jobs()
    assert job.request.description == "a slow song about rain"
    assert job.connection == "closed"


def test_chosen_styles_are_added_to_the_description(house, create):
    create.text_area(key="create-description").input("about rain").run()
    create.button_group(key="create-styles").set_value(["soul", "jazz"]).run()
    press(create)
    assert house.studio.jobs()[0].request.description == "about rain, soul, jazz"


def test_everything_that_can_be_said_arrives(house, create):
    create.button_group(key="create-way").set_value("Write it").run()
    create.text_input(key="create-title").input("Leaving Lights").run()
    create.text_area(key="create-style").input("slow soul").run()
    create.text_area(key="create-lyrics").input("[Verse]\nlights").run()
    unfold(create)
    create.button_group(key="create-singer").set_value("male").run()
    create.button_group(key="create-length").set_value(30.0).run()
    create.button_group(key="create-weirdness").set_value(0.75).run()
    create.text_input(key="create-exclude").input("drums").run()
    create.number_input(key="create-seed").set_value(7).run()
    press(create)
    asked = house.studio.jobs()[0].request
    assert (asked.title, asked.style, asked.lyrics) == (
        "Leaving Lights",
        "slow soul",
        "[Verse]\nlights",
    )
    assert (asked.voice, asked.length, asked.exclude) == (Voice.MALE, 30.0, "drums")
    assert (asked.weirdness, asked.seed) == (0.75, 7)


def test_folded_fields_keep_what_was_said(house, create):
    create.text_area(key="create-description").input("rain").run()
    unfold(create)
    create.button_group(key="create-length").set_value(30.0).run()
    create.session_state["create-open-sound"] = False
    create.run()
    assert not [group for group in create.button_group if group.key == "create-length"]
    press(create)
    assert house.studio.jobs()[0].request.length == 30.0


def test_what_a_connection_does_not_offer_is_not_asked_of_it(house, create):
    vendor = Connection(name="vendor", kind="aimusicapi", url="http://127.0.0.1:9")
    house.studio.connect(vendor, secret="none")
    create.text_area(key="create-description").input("rain").run()
    unfold(create)
    create.number_input(key="create-seed").set_value(7).run()
    maker_box(create).set_value("vendor").run()
    press(create)
    assert [job.request.seed for job in house.studio.jobs()] == [None]


def test_instrumental_has_neither_words_nor_voice(house, create):
    create.button_group(key="create-way").set_value("Write it").run()
    create.text_area(key="create-style").input("folk").run()
    create.text_area(key="create-lyrics").input("[Verse]\nlights").run()
    unfold(create)
    create.button_group(key="create-singer").set_value("male").run()
    create.toggle(key="create-instrumental").set_value(True).run()
    press(create)
    asked = house.studio.jobs()[0].request
    assert asked.instrumental
    assert (asked.lyrics, asked.voice) == ("", None)


def test_section_button_adds_its_mark_to_the_words(create):
    create.button_group(key="create-way").set_value("Write it").run()
    create.text_area(key="create-lyrics").input("[Verse]\nlights").run()
    create.button(key="mark-Chorus").click().run()
    assert create.text_area(key="create-lyrics").value == "[Verse]\nlights\n\n[Chorus]\n"


def test_nothing_said_is_nothing_sent(house, create):
    press(create)
    assert house.studio.jobs() == []
    assert "Say what you want to hear" in create.toast[0].value


def test_second_press_on_the_same_form_buys_nothing(house, create):
    """What a double click or a repeated run does: the same press arrives twice."""
    create.text_area(key="create-description").input("rain").run()
    pressed = button(create, "Make two takes")
    pressed.click().run()
    nonce_before = pressed.key
    assert button(create, "Make two takes").key != nonce_before
    assert len(house.studio.jobs()) == 1


def test_two_tabs_with_the_same_draft_buy_once(house, create, visit):
    create.text_area(key="create-description").input("rain").run()
    other = visit("create")
    press(create)
    press(other)
    assert len(house.studio.jobs()) == 1


def test_two_tabs_with_different_words_buy_both(house, create, visit):
    create.text_area(key="create-description").input("rain").run()
    other = visit("create")
    other.text_area(key="create-description").input("sun").run()
    press(create)
    press(other)
    assert {job.request.description for job in house.studio.jobs()} == {"rain", "sun"}


def test_pressing_again_after_it_was_taken_makes_more(house, create):
    create.text_area(key="create-description").input("rain").run()
    press(create)
    press(create)
    assert len(house.studio.jobs()) == 2


def test_what_was_typed_outlives_another_page(create):
    create.text_area(key="create-description").input("rain").run()
    create.switch_page("../pages/gallery.py").run()
    create.switch_page("../pages/create.py").run()
    assert create.text_area(key="create-description").value == "rain"


def test_what_was_typed_outlives_a_press(create):
    create.text_area(key="create-description").input("rain").run()
    press(create)
    assert create.text_area(key="create-description").value == "rain"


def test_what_was_typed_outlives_the_server(house, create):
    create.text_area(key="create-description").input("rain").run()
    create.button_group(key="create-styles").set_value(["soul"]).run()
    opened.studio.clear()
    fresh = AppTest.from_file(str(APP), default_timeout=20).run()
    assert fresh.text_area(key="create-description").value == "rain"
    assert fresh.button_group(key="create-styles").value == ["soul"]


def test_what_was_typed_outlives_a_refusal(house, create):
    create.text_area(key="create-description").input("x" * 1001).run()
    press(create)
    assert house.studio.jobs() == []
    assert "1000 characters" in create.error[0].value.replace("\\", "")
    assert create.text_area(key="create-description").value == "x" * 1001


def test_broken_draft_file_is_no_reason_to_stop(house, visit):
    store(house, '{"description": ')
    assert not visit("create").exception


def test_draft_of_another_version_is_no_reason_to_stop(house, visit):
    draft = {"way": "Sing it", "styles": ["polka"], "length": 9999, "voice": "robot", "new": 1}
    store(house, json.dumps({**draft, "description": "rain"}))
    app = unfold(visit("create"))
    assert not app.exception
    assert app.text_area(key="create-description").value == "rain"


def test_letters_left_are_counted_by_the_chosen_models_limits(create):
    create.text_area(key="create-description").input("x" * 990).run()
    assert any("10 left" in caption.value for caption in create.caption)
    create.text_area(key="create-description").input("x" * 1003).run()
    assert any("3 too many" in caption.value for caption in create.caption)


def test_price_stands_beside_the_button(create):
    assert "free" in [caption.value for caption in create.caption]


@pytest.mark.parametrize("nasty", NASTY)
def test_strange_words_are_sent_as_they_are(house, create, nasty):
    create.text_area(key="create-description").input(nasty).run()
    press(create)
    assert house.studio.jobs()[0].request.description == nasty.strip()
    assert not create.exception


def test_job_is_shown_below_and_can_be_cancelled(house, create):
    create.text_area(key="create-description").input("rain").run()
    press(create)
    button(create, "Cancel").click().run()
    assert house.studio.jobs()[0].state is State.CANCELLED


def test_there_are_three_ready_made_ideas_and_the_band_can_play_each(house):
    assert len(IDEAS) == 3
    for request in IDEAS.values():
        house.studio.check(request, "house band")


@pytest.mark.parametrize(
    ("states", "title"),
    [
        ((State.DONE,), "Just made"),
        ((State.DONE, State.WORKING), "Being made"),
        ((State.WORKING, State.UNSURE), "For you to decide"),
        ((State.FAILED,), "Not made"),
        ((State.CANCELLED,), None),
    ],
)
def test_list_under_the_button_is_called_what_it_is(house, visit, states, title):
    for number, state in enumerate(states, start=1):
        over = datetime.now(UTC) if state.is_over else None
        house.put_job(state, number, over_at=over)
    titles = [each.value for each in visit("create").subheader]
    assert titles == ([title] if title else [])


def test_description_and_writing_are_one_song_and_nothing_is_lost_between(create):
    create.text_area(key="create-description").input("rain").run()
    create.button_group(key="create-way").set_value("Write it").run()
    create.button_group(key="create-way").set_value("Describe it").run()
    assert create.text_area(key="create-description").value == "rain"


def test_words_can_be_left_to_be_written_about_something(house, create):
    create.button_group(key="create-way").set_value("Write it").run()
    create.text_area(key="create-style").input("soul").run()
    create.button_group(key="create-words").set_value("Written for me").run()
    create.text_area(key="create-about").input("the last train").run()
    press(create)
    asked = house.studio.jobs()[0].request
    assert (asked.style, asked.description, asked.lyrics) == ("soul", "the last train", "")


def test_personas_of_the_connection_can_sing(anybody, visit):
    anybody.put_persona("Anna", 1, connection="anybody")
    anybody.put_persona("Else", 2, connection="elsewhere")
    app = unfold(visit("create"))
    singers = app.button_group(key="create-singer")
    assert singers.options == ["Any voice", "Female", "Male", "Anna"]
    singers.set_value("persona:persona1").run()
    app.text_area(key="create-description").input("rain").run()
    press(app)
    assert anybody.studio.jobs()[0].request.persona == "persona1"


def test_lists_and_form_are_those_of_the_model(anybody, visit):
    app = visit("create")
    app.session_state["create-open-lists"] = True
    app.run()
    app.text_area(key="create-description").input("rain").run()
    app.multiselect(key="create-choices-mood").set_value(["calm", "dark"]).run()
    app.button(key="create-add-verse").click().run()
    app.button(key="create-add-chorus").click().run()
    app.number_input(key="create-section-1").set_value(35.0).run()
    press(app)
    asked = anybody.studio.jobs()[0].request
    assert asked.choices == {"mood": ("calm", "dark")}
    assert [(part.name, part.seconds) for part in asked.sections] == [("verse", 20), ("chorus", 35)]


def test_part_of_the_form_is_left_out_again(anybody, visit):
    app = visit("create")
    app.session_state["create-open-lists"] = True
    app.run()
    for name in ("verse", "chorus", "verse"):
        app.button(key=f"create-add-{name}").click().run()
    app.button(key="create-drop-small-0").click().run()
    assert app.session_state["create-sections"] == [["chorus", 20.0], ["verse", 20.0]]


def test_three_examples_can_be_asked_for_before_create_was_ever_opened(house):
    house.close_the_door()
    fresh = AppTest.from_file(str(APP), default_timeout=20)
    fresh.run()
    # A first run always is one of Create: forget that it was.
    del fresh.session_state["form"], fresh.session_state["drafts"]
    fresh.switch_page("../pages/gallery.py").run()
    button(fresh, "or let the band play three examples").click().run()
    assert len(house.studio.jobs()) == 3
    assert not fresh.exception


def test_a_press_whose_run_was_cut_off_is_not_lost(house, visit):
    app = visit("create")
    app.text_area(key="create-description").input("a song about rain").run()
    # As it stands when another run begins after the press and before the submit.
    app.session_state["form-pressed"] = app.session_state["drafts"]["create"]["nonce"]
    app.run()
    assert len(house.studio.jobs()) == 1
    app.run()
    assert len(house.studio.jobs()) == 1


def test_a_press_is_forgotten_with_the_page_that_was_left(house, visit):
    app = visit("create")
    app.text_area(key="create-description").input("a song about rain").run()
    app.session_state["form-pressed"] = app.session_state["drafts"]["create"]["nonce"]
    app.session_state["form"] = "cover"
    app.run()
    assert not house.studio.jobs()
