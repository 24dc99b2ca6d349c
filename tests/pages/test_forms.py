"""Every form: who does it, with what, for how much; what is typed stays; one press buys once."""

import pytest
from streamlit.testing.v1 import AppTest

from studio.connections import Connection
from studio.jobs.model import State
from studio.providers.house_band import HouseBand
from studio.songs import (
    OWN,
    Ability,
    AddInstrumental,
    AddVocals,
    CoverSong,
    ExtendSong,
    MashUp,
    Part,
    Remaster,
    ReplaceSection,
    SampleSong,
    SwapSound,
    SwapVocals,
    VarySong,
    Window,
)
from studio.ui import opened
from studio.ui.words import plain
from tests.pages.anybody import Anybody
from tests.pages.conftest import APP, CLOSED, NASTY, maker_box
from tests.pages.test_song import links, told

PAGES = ("extend", "cover", "remix")
WORDS = "[Verse]\nthe platform lights"


@pytest.fixture
def shelf(anybody):
    """Put two songs on the shelf."""
    for number, title in enumerate(("Rain", "Sun"), start=1):
        anybody.put_song(title, number, length=20)
    return anybody


def button(app, label):
    return next(each for each in app.button if each.label == label)


def primary(app):
    return next(each for each in app.button if each.key and each.key.startswith("make-"))


def ways(app):
    """Give the ways to remix a song."""
    return next(each for each in app.button_group if each.label == "What to do")


def said(app):
    """Give all small print."""
    return "\n".join(each.value.replace("\\", "") for each in app.caption)


def asked(house):
    """Give the requests that were submitted, but for what must be done first."""
    jobs = house.studio.jobs()
    return [job.request for job in jobs if job.request.ability is not Ability.UPLOAD]


def fill(app, **fields):
    """Say something in the form that is open."""
    for key, value in fields.items():
        app.session_state[key.replace("__", "-")] = value
    return app.run()


@pytest.mark.parametrize("page", PAGES)
def test_form_begins_with_the_song_of_its_address(shelf, visit, page):
    app = visit(page, song="song2")
    assert app.session_state[f"{page}-source"] == "song2"
    assert button(app, "Choose another")


def test_song_that_is_not_there_is_said_and_another_can_be_chosen(shelf, visit):
    app = visit("cover", song="gone")
    assert len(app.error) == 1
    assert button(app, "Choose Rain")


def test_song_is_chosen_from_the_gallery_and_changed_again(shelf, visit):
    app = visit("cover")
    button(app, "Choose Sun").click().run()
    assert app.session_state["cover-source"] == "song2"
    button(app, "Choose another").click().run()
    assert app.session_state["cover-source"] is None


def test_gallery_is_searched_where_a_song_is_chosen(shelf, visit):
    app = visit("cover")
    app.text_input(key="cover-source-search").input("sun").run()
    offered = [each.label for each in app.button if each.label.startswith("Choose ")]
    assert offered == ["Choose Sun"]


@pytest.mark.parametrize("page", PAGES)
def test_empty_gallery_says_what_to_do(anybody, visit, page):
    assert "Make a song first, or bring a sound of your own" in said(visit(page))


def test_pressing_too_early_says_what_is_missing(shelf, visit):
    app = visit("cover")
    primary(app).click().run()
    assert "Choose a song to work on first" in app.toast[0].value
    assert shelf.studio.jobs() == []


def test_deleted_song_is_asked_for_anew(shelf, visit):
    app = visit("cover", song="song1")
    shelf.studio.delete("song1")
    app.run()
    assert app.session_state["cover-source"] is None


@pytest.mark.parametrize("page", PAGES)
def test_what_is_typed_outlives_other_pages_a_press_and_the_server(shelf, visit, page):
    app = visit(page, song="song1")
    app.text_area(key=f"{page}-style").input("brass").run()
    app.switch_page("../pages/jobs.py").run()
    app.switch_page(f"../pages/{page}.py").run()
    primary(app).click().run()
    opened.studio.clear()
    fresh = AppTest.from_file(str(APP), default_timeout=20).run()
    fresh.switch_page(f"../pages/{page}.py").run()
    assert fresh.text_area(key=f"{page}-style").value == "brass"
    assert fresh.session_state[f"{page}-source"] == "song1"


def test_forms_do_not_write_into_each_other(shelf, visit):
    app = visit("cover", song="song1")
    app.text_area(key="cover-style").input("brass").run()
    for other in {*PAGES} - {"cover"}:
        app.switch_page(f"../pages/{other}.py").run()
        assert app.text_area(key=f"{other}-style").value == ""


@pytest.mark.parametrize("page", PAGES)
def test_one_press_buys_once_also_from_two_tabs(shelf, visit, page):
    tabs = [visit(page, song="song1"), visit(page, song="song1")]
    for tab in tabs:
        primary(tab).click().run()
    assert len(asked(shelf)) == 1


@pytest.mark.parametrize("page", PAGES)
def test_price_is_the_sum_of_all_steps_and_these_are_named(shelf, visit, page):
    terms = said(visit(page, song="song1"))
    assert "12 credits" in terms or "16 credits" in terms
    assert "steps: " in terms


@pytest.fixture
def only_create(shelf, monkeypatch):
    """Let new songs go to a connection that can do nothing else."""
    shelf.close_the_door()
    monkeypatch.setattr(HouseBand, "abilities", frozenset({Ability.CREATE}))
    return shelf


def everything_to_fill(app):
    kinds = ("text_area", "text_input", "toggle", "number_input", "button_group")
    fields = [each for kind in kinds for each in app.get(kind)]
    return [each for each in fields if each.label not in {"What to do", "Where from"}]


def test_until_somebody_picks_it_goes_to_who_can_and_that_is_said(only_create, visit):
    app = visit("cover", song="song1")
    assert maker_box(app).value == "anybody"
    assert "closed cannot cover songs." in said(app)


def test_connection_that_cannot_is_marked_and_greys_the_form(only_create, visit):
    app = visit("cover", song="song1")
    app.text_area(key="cover-style").input("brass").run()
    marks = ["anybody", "house band · cannot cover", "closed · cannot cover"]
    assert maker_box(app).options == marks
    maker_box(app).set_value("closed").run()
    assert all(each.disabled for each in everything_to_fill(app))
    assert primary(app).disabled
    assert app.text_area(key="cover-style").value == "brass"


def test_grey_form_says_why_and_goes_to_who_can_with_one_press(only_create, visit):
    app = visit("cover", song="song1")
    maker_box(app).set_value("closed").run()
    assert "closed cannot cover songs. This one can:" in told(app)
    button(app, "anybody").click().run()
    assert maker_box(app).value == "anybody"
    assert not primary(app).disabled


def test_what_is_typed_outlives_a_grey_form(only_create, visit):
    app = visit("extend", song="song1")
    app.text_area(key="extend-lyrics").input("[Outro]\nhome").run()
    fill(app, **{"extend-open-sound": True, "extend-open-tuning": True})
    app.button_group(key="extend-length").set_value(120.0).run()
    app.number_input(key="extend-seed").set_value(7).run()
    maker_box(app).set_value("closed").run()
    maker_box(app).set_value("anybody").run()
    primary(app).click().run()
    (request,) = asked(only_create)
    assert (request.lyrics, request.length, request.seed) == ("[Outro]\nhome", 120.0, 7)


def test_pick_that_cannot_stays_picked_and_only_a_grey_way_says_so(shelf, visit, monkeypatch):
    shelf.close_the_door()
    monkeypatch.setattr(HouseBand, "abilities", frozenset({Ability.CREATE, Ability.REPLACE}))
    app = visit("remix", song="song1")
    maker_box(app).set_value("house band").run()
    grey = [each for each in ways(app).options if each.startswith(":gray")]
    assert len(grey) == len(ways(app).options) - 1
    ways(app).set_value("vary").run()
    assert primary(app).disabled
    assert "house band cannot vary songs." in told(app)
    ways(app).set_value("replace").run()
    assert not primary(app).disabled


def test_nobody_who_can_is_said_with_the_way_to_settings(shelf, visit, monkeypatch):
    nobody = frozenset({Ability.CREATE})
    for who in (HouseBand, Anybody):
        monkeypatch.setattr(who, "abilities", nobody)
    app = visit("cover", song="song1")
    assert "None of your connections can cover songs. Add one that can" in told(app)
    assert "Open Settings" in links(app)
    assert primary(app).disabled


def test_models_stand_by_family_and_a_deprecated_one_says_so(shelf, visit):
    app = fill(visit("extend"), **{"extend-open-sound": True})
    model = app.button_group(key="extend-model")
    assert model.options == [
        "Usual: rich",
        "Alpha · rich",
        "Beta · poor · deprecated",
    ]
    model.set_value("poor").run()
    assert "it may be gone tomorrow" in said(app)


def test_fields_that_a_model_does_not_take_are_grey_and_say_who_takes_them(shelf, visit):
    folded = {"cover-open-sound": True, "cover-open-tuning": True}
    app = fill(visit("cover", song="song1"), **{"cover-model": "poor", **folded})
    singer = app.button_group(key="cover-singer")
    assert singer.disabled
    assert singer.help == plain(
        "anybody does not let one choose who sings. These models of it do: rich."
    )
    assert app.number_input(key="cover-seed").disabled
    assert not app.get("button_group")[0].disabled


def test_what_stands_in_a_grey_field_is_kept_and_not_sent(shelf, visit):
    app = fill(visit("cover", song="song1"), **{"cover-open-sound": True})
    app.button_group(key="cover-length").set_value(180.0).run()
    fill(app, **{"cover-model": "poor"})
    primary(app).click().run()
    assert asked(shelf)[0].length is None
    assert app.button_group(key="cover-length").disabled
    assert app.button_group(key="cover-length").value == 180.0


def test_main_path_shows_only_what_the_model_takes(shelf, visit):
    app = fill(visit("cover", song="song1"), **{"cover-model": "poor"})
    keys = {each.key for each in app.get("button_group")}
    assert "cover-audio_weight" not in keys


def test_field_that_nobody_takes_is_not_shown(shelf, visit):
    app = fill(visit("cover", song="song1"), **{"cover-open-tuning": True})
    assert "cover-variety" not in {each.key for each in app.get("button_group")}


def test_letters_are_counted_by_the_limits_of_the_chosen_model(shelf, visit):
    app = visit("cover", song="song1")
    app.text_area(key="cover-style").input("x" * 23).run()
    assert "style: 977 left" in said(app)
    fill(app, **{"cover-model": "poor"})
    assert "style: 3 too many" in said(app)


def test_what_does_not_fit_is_said_before_it_is_sent(shelf, visit):
    app = fill(visit("cover", song="song1"), **{"cover-model": "poor", "cover-style": "x" * 23})
    assert "20 characters" in app.warning[0].value.replace("\\", "")
    primary(app).click().run()
    assert shelf.studio.jobs() == []
    assert app.text_area(key="cover-style").value == "x" * 23


@pytest.mark.parametrize("page", PAGES)
def test_connection_without_a_key_says_so_and_keeps_what_was_typed(shelf, visit, page):
    keyless = Connection(
        name="keyless", kind="anybody", url="http://127.0.0.1:9", key_env="NO_SUCH_KEY"
    )
    shelf.studio.connect(keyless)
    shelf.studio.choose_default("keyless")
    app = fill(visit(page, song="song1"), **{f"{page}-section_lyrics": "new"})
    app.text_area(key=f"{page}-style").input("brass").run()
    primary(app).click().run()
    assert not app.exception
    assert app.error or shelf.studio.jobs()[0].reason
    assert app.text_area(key=f"{page}-style").value == "brass"


def test_extension_says_everything(shelf, visit):
    app = fill(
        visit("extend", song="song1"), **{"extend-at-0-song1": {"window": {"start": 5, "end": 20}}}
    )
    app.text_area(key="extend-style").input("strings").run()
    app.text_area(key="extend-lyrics").input("[Outro]\nhome").run()
    app.toggle(key="extend-joined").set_value(False).run()
    primary(app).click().run()
    assert asked(shelf) == [
        ExtendSong(source="song1", at=5, style="strings", lyrics="[Outro]\nhome", joined=False)
    ]


def test_point_nobody_moves_is_the_end(shelf, visit):
    app = visit("extend", song="song1")
    primary(app).click().run()
    assert asked(shelf)[0].at is None


def test_point_of_one_song_is_not_that_of_another(shelf, visit):
    app = fill(
        visit("extend", song="song1"), **{"extend-at-0-song1": {"window": {"start": 5, "end": 20}}}
    )
    assert app.session_state["extend-at"] == 5
    button(app, "Choose another").click().run()
    button(app, "Choose Sun").click().run()
    assert app.session_state["extend-at"] is None


def test_cover_keeps_the_words_or_takes_new_ones(shelf, visit):
    app = visit("cover", song="song1")
    app.text_area(key="cover-style").input("jazz").run()
    primary(app).click().run()
    app.button_group(key="cover-words").set_value("New ones").run()
    app.text_area(key="cover-lyrics").input("[Verse]\nsun").run()
    app.button_group(key="cover-audio_weight").set_value(0.8).run()
    primary(app).click().run()
    assert asked(shelf) == [
        CoverSong(source="song1", style="jazz", lyrics="[Verse]\nsun", audio_weight=0.8),
        CoverSong(source="song1", style="jazz", lyrics=WORDS),
    ]


WINDOW = {"remix-window-0-song1": {"window": {"start": 2, "end": 8}}}
REMIXES = {
    "replace": (
        {**WINDOW, "remix-section_lyrics": "new", "remix-style": "soul"},
        ReplaceSection(source="song1", window=Window(start=2, end=8), lyrics="new", style="soul"),
    ),
    "mashup": (
        {"remix-second": "song2", "remix-style": "soul"},
        MashUp(songs=("song1", "song2"), style="soul"),
    ),
    "sample": (
        {**WINDOW, "remix-style": "soul"},
        SampleSong(source="song1", window=Window(start=2, end=8), style="soul"),
    ),
    "add vocals": (
        {"remix-lyrics": "la la", "remix-audio_weight": 0.2},
        AddVocals(source="song1", lyrics="la la", audio_weight=0.2),
    ),
    "add instrumental": (
        {**WINDOW, "remix-everywhere": False, "remix-style": "folk"},
        AddInstrumental(source="song1", window=Window(start=2, end=8), style="folk"),
    ),
    "remaster": ({"remix-variation": "high"}, Remaster(source="song1", variation="high")),
    "swap vocals": (
        {"remix-style": "choir"},
        SwapVocals(source="song1", style="choir", lyrics=WORDS),
    ),
    "swap sound": (
        {"remix-style": "synth"},
        SwapSound(source="song1", style="synth", lyrics=WORDS),
    ),
    "vary": ({}, VarySong(source="song1", lyrics=WORDS)),
}


@pytest.mark.parametrize("way", REMIXES)
def test_every_way_to_remix_says_what_it_needs(shelf, visit, way):
    fields, request = REMIXES[way]
    app = visit("remix", song="song1")
    ways(app).set_value(way).run()
    fill(app, **fields)
    primary(app).click().run()
    assert not app.exception
    assert asked(shelf) == [request]


def test_second_song_of_a_mashup_cannot_be_the_first(shelf, visit):
    app = visit("remix", song="song1")
    ways(app).set_value("mashup").run()
    offered = [each.label for each in app.button if each.label.startswith("Choose ")]
    assert offered == ["Choose another", "Choose Sun"]


def test_tail_is_joined_once(anybody, visit):
    anybody.put_song(
        "Rain", 1, length=20, part=Part.TAIL, connection="anybody", kind="anybody", remote="tail"
    )
    app = visit("extend", song="song1")
    button(app, "Join it to the song").click().run()
    joining = [job.request.ability for job in anybody.studio.jobs()]
    assert joining == [Ability.CONCAT]
    assert not [each for each in app.button if each.label == "Join it to the song"]


def test_tail_with_its_whole_is_not_joined_again(anybody, visit):
    anybody.put_song("Tail", 1, length=20, part=Part.TAIL, connection="anybody", kind="anybody")
    anybody.put_song("Whole", 2, length=40, part=Part.WHOLE, parents=("song1",))
    app = visit("extend", song="song1")
    assert not [each for each in app.button if each.label == "Join it to the song"]


def test_sound_of_ones_own_is_worked_on_like_any_song(anybody, visit):
    anybody.put_song("Hum", 1, length=20, kind=OWN, connection="", request=None, lyrics="")
    app = visit("cover", song="song1")
    app.text_area(key="cover-lyrics").input("[Verse]\nhum").run()
    primary(app).click().run()
    assert asked(anybody) == [CoverSong(source="song1", lyrics="[Verse]\nhum")]


def test_change_and_do_it_again_opens_the_page_of_that_ability(shelf, visit):
    request = CoverSong(source="song1", style="jazz", lyrics="new", persona="anna", model="poor")
    shelf.put_job(State.FAILED, request=request, connection="anybody", kind="anybody")
    app = visit("jobs")
    button(app, "Change and do it again").click().run()
    assert app.title[0].value == "Cover a song"
    assert app.session_state["cover-source"] == "song1"
    assert app.text_area(key="cover-style").value == "jazz"


def test_request_can_be_compared_where_two_can_and_is_taken_along(shelf, visit):
    app = fill(visit("cover", song="song1"), **{"cover-style": "bossa nova"})
    app.button(key="compare").click().run()
    assert not app.exception
    assert app.title[0].value == "Compare"
    taken = CoverSong.model_validate_json(app.session_state["compare-request"])
    assert taken == CoverSong(source="song1", style="bossa nova", lyrics=WORDS)


def test_nothing_to_compare_is_said_and_with_one_maker_not_offered(shelf, visit, monkeypatch):
    app = visit("cover")
    app.button(key="compare").click().run()
    assert "Choose a song to work on first" in app.toast[0].value
    monkeypatch.setattr(HouseBand, "abilities", frozenset({Ability.CREATE}))
    assert "compare" not in {each.key for each in app.run().button}


def test_strange_names_of_connections_are_text(shelf, visit, monkeypatch):
    for nasty in NASTY[:3]:
        name = nasty[:60]
        shelf.studio.connect(CLOSED.model_copy(update={"name": name}), secret="none")
    monkeypatch.setattr(HouseBand, "abilities", frozenset({Ability.CREATE}))
    app = visit("cover", song="song1")
    maker_box(app).set_value(NASTY[1][:60]).run()
    tools = visit("song_tools", song="song1")
    tools.selectbox(key="asked-about-song1").set_value(NASTY[1][:60]).run()
    said = [*app.markdown, *app.caption, *tools.markdown, *tools.caption]
    assert not app.exception
    assert not [each for each in said if "](" in each.value or "<b>" in each.value]
    assert not [each for each in [*app.button, *tools.button] if "](" in each.label]
