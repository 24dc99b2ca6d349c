"""Compare: what all of it costs is said before, blind is blind, and a vote is kept."""

import json
from datetime import UTC, datetime

import numpy as np
import pytest

from studio.audio.files import write_mp3
from studio.connections import Connection
from studio.jobs.books.comparisons import Comparison, Comparisons
from studio.jobs.model import State
from studio.providers.limits import Price
from studio.songs import CreateSong, MakeSound
from studio.ui.compare import levels
from studio.ui.form.comparing import REQUEST
from tests.pages.conftest import NASTY

WISH = CreateSong(style="slow soul", title="Rain", seed=7)
TELLTALES = ("house band", "anybody", "Anybody", "Alpha", "rich", "Secret", "10 credits")


def told(app):
    kinds = ("markdown", "caption", "error", "subheader", "toast")
    return "\n".join(str(each.value) for kind in kinds for each in app.get(kind)).replace("\\", "")


def button(app, label):
    return next(each for each in app.button if each.label == label)


def labels(app):
    return [each.label for each in [*app.button, *app.checkbox]]


def tracks(app):
    shown = [json.loads(each.proto.json) for each in app.get("bidi_component")]
    return [each for each in shown if each.get("number")]


@pytest.fixture
def wish(anybody, visit):
    """Open Compare with a wish, and three who could grant it: one is free, two cost ten each."""
    anybody.studio.connect(
        Connection(name="somebody", kind="anybody", url="http://127.0.0.1:9"), secret="none"
    )

    def open_page(request=WISH):
        app = visit("create")
        app.session_state[REQUEST] = request.model_dump_json()
        return app.switch_page("../pages/compare.py").run()

    return open_page


@pytest.fixture
def compared(anybody):
    """Put a comparison down: two takes of each of two makers, as far as `states` say."""

    def put(*states, songs=True, **more):
        for number, state in enumerate(states, 1):
            ids = tuple(f"song{number}{take}" for take in (1, 2)) if songs else ()
            if state is not State.DONE:
                ids = ()
            for song in ids:
                anybody.put_song(
                    f"Secret {song}",
                    int(song[4:]),
                    job=f"job{number}",
                    style="Secret style",
                    connection=("house band", "anybody")[number - 1],
                )
            anybody.put_job(
                state,
                number,
                connection=("house band", "anybody")[number - 1],
                kind=("house_band", "anybody")[number - 1],
                songs=ids,
                estimate=Price(amount=(0, 10)[number - 1]),
                reason=None if state is State.DONE else "Its credits are used up. Fill them up.",
            )
        made = {"request": WISH, "jobs": ("job1", "job2"), "made_at": datetime.now(UTC), **more}
        Comparisons(anybody.settings.database).add(Comparison(id="first", **made))

    return put


def test_without_a_wish_the_page_says_where_one_begins(visit):
    app = visit("compare")
    assert labels(app) == ["Say what to make"]
    assert "Earlier comparisons" not in told(app)


def test_all_costs_are_said_beside_the_one_button(wish):
    app = wish()
    app.checkbox(key="compare-with-house band").uncheck().run()
    app.checkbox(key="compare-with-anybody").check().run()
    app.checkbox(key="compare-with-somebody").check().run()
    assert "Compare 2 makers" in labels(app)
    # One maker's credits are not another's.
    assert "10 credits at anybody and 10 credits at somebody · 4 takes" in told(app)
    assert "20 credits" not in told(app)


def test_a_comparison_takes_two(wish):
    app = wish()
    app.checkbox(key="compare-with-anybody").uncheck().run()
    assert button(app, "Compare makers").disabled
    assert "Choose two or more." in told(app)


def test_who_leaves_something_out_says_so_and_who_cannot_is_grey(house, wish):
    house.studio.connect(
        Connection(name="vendor", kind="aimusicapi", url="http://127.0.0.1:9"), secret="none"
    )
    assert "Leaves out the seed." in told(wish())
    app = wish(MakeSound(description="a door"))
    assert app.checkbox(key="compare-with-vendor").disabled
    assert "It cannot make single sounds." in told(app)


def test_what_was_chosen_outlives_the_tab(wish, visit):
    app = wish()
    app.checkbox(key="compare-with-somebody").check().run()
    app.toggle(key="compare-blind").set_value(True).run()
    again = visit("compare")
    assert "Compare 3 makers" in labels(again)
    assert again.toggle(key="compare-blind").value


def test_two_tabs_that_press_the_same_button_buy_once(house, wish, visit):
    app, other = wish(), visit("compare")
    for tab in (app, other):
        button(tab, "Compare 2 makers").click().run()
    assert len(house.studio.comparisons()) == 1
    assert len(house.studio.jobs()) == 2
    assert not visit("compare").checkbox


def test_a_refusal_is_a_sentence_and_nothing_is_lost(house, wish):
    house.studio.connect(house.studio.connection("anybody").model_copy(update={"budget": 1}))
    app = button(wish(), "Compare 2 makers").click().run()
    assert "budget" in told(app).lower()
    assert house.studio.jobs() == []
    assert "Compare 2 makers" in labels(app)
    assert "slow soul" in told(app)


def test_takes_stand_beside_who_made_them(compared, visit):
    compared(State.DONE, State.DONE, left_out={"job2": ("the seed",)})
    app = visit("compare", id="first")
    assert [track["title"] for track in tracks(app)] == [
        f"Secret song{number}" for number in (11, 12, 21, 22)
    ]
    assert "**anybody**" in told(app)
    assert "rich · 10 credits" in told(app)
    assert "without the seed" in told(app)


def test_who_fails_says_why_and_does_not_stand_in_the_way(compared, house, visit):
    compared(State.DONE, State.FAILED)
    app = visit("compare", id="first")
    assert "Its credits are used up. Fill them up." in told(app)
    assert len(tracks(app)) == 2
    button(app, "Try once more").click().run()
    assert house.studio.job("job2").state.is_under_way


def test_blind_nothing_says_who_made_what(compared, visit):
    compared(State.DONE, State.DONE, is_blind=True)
    app = visit("compare", id="first")
    shown = [told(app), *labels(app), *(str(each.key) for each in app.button)]
    shown += [json.dumps(track) for track in tracks(app)]
    main = "\n".join(shown).replace("Songs go to **anybody**", "")
    assert [name for name in TELLTALES if name in main] == []
    assert [track["title"] for track in tracks(app)] == ["Take A", "Take B", "Take C", "Take D"]


def test_blind_takes_wait_for_each_other_unless_somebody_cannot_wait(compared, visit):
    compared(State.DONE, State.WORKING, is_blind=True)
    app = visit("compare", id="first")
    assert tracks(app) == []
    button(app, "Listen to the 2 that are here").click().run()
    assert len(tracks(app)) == 2
    assert "rich · 10 credits" not in told(app)
    app.button(key="vote-song11").click().run()
    assert "rich · 10 credits\nbeing made" in told(app)


def test_a_blind_vote_is_kept_and_says_who_was_who(compared, house, visit):
    compared(State.DONE, State.DONE, is_blind=True)
    app = visit("compare", id="first")
    app.button(key="vote-song21").click().run()
    assert house.studio.comparison("first").choice == "song21"
    shown = told(visit("compare", id="first"))
    assert "made by **anybody**" in shown
    assert "**anybody** · rich · 10 credits: Take" in shown


def test_a_vote_can_be_changed(compared, house, visit):
    compared(State.DONE, State.DONE)
    app = visit("compare", id="first")
    app.button(key="vote-song11").click().run()
    app.button(key="vote-song22").click().run()
    assert house.studio.comparison("first").choice == "song22"
    assert "You chose **“Secret song22”**" in told(app)


def test_louder_takes_are_turned_down_only_where_that_is_wanted(compared, house, visit):
    compared(State.DONE, State.DONE)
    noise = np.random.default_rng(1).standard_normal((2, 48000)).astype(np.float32)
    for number, level in enumerate((0.05, 0.2)):
        path = house.settings.songs / f"song{(11, 12)[number]}.mp3"
        write_mp3(path, noise * level, 48000)
    house.studio.level_gains([house.studio.song(f"song1{take}") for take in (1, 2)])
    app = visit("compare", id="first")
    assert [round(track["gain"]) for track in tracks(app)][:2] == [0, -12]
    app.toggle(key=levels.LOUD).set_value(False).run()
    assert [track["gain"] for track in tracks(app)] == [0, 0, 0, 0]
    assert {track["beside"] for track in tracks(app)} == {"first"}


def test_earlier_comparisons_lead_back_and_keep_blind_what_is_blind(compared, visit):
    compared(State.DONE, State.DONE, is_blind=True)
    app = visit("compare")
    assert "2 makers, blind · not chosen yet · just now" in told(app)
    app.button(key="open-first").click().run()
    assert len(tracks(app)) == 4


def test_jobs_lead_to_the_comparisons(compared, visit):
    assert "All comparisons" not in labels(visit("jobs"))
    compared(State.DONE, State.WORKING)
    assert "Earlier comparisons" in told(button(visit("jobs"), "All comparisons").click().run())


def test_the_same_can_be_compared_once_more(compared, visit):
    compared(State.DONE, State.DONE)
    app = button(visit("compare", id="first"), "Compare once more…").click().run()
    assert "Compare 2 makers" in labels(app)


@pytest.mark.parametrize("nasty", NASTY)
def test_strange_words_are_text(compared, wish, visit, nasty):
    request = CreateSong(style=nasty, title=nasty[:80])
    app = wish(request)
    compared(State.DONE, State.DONE, request=request)
    later = visit("compare", id="first")
    assert not [each for page in (app, later) for each in page.markdown if "](" in each.value]
    assert not app.exception
    assert not later.exception


def test_a_comparison_that_is_not_there_is_said_to_be_gone(visit):
    assert "There is no comparison" in told(visit("compare", id="gone"))


def test_changing_the_wish_leads_back_to_what_was_typed(wish, visit):
    app = wish()
    app.session_state["create-styles"] = ["jazz"]
    button(app, "Change it").click().run()
    assert app.session_state["create-styles"] == ["jazz"]


def test_changing_the_wish_of_an_earlier_comparison_fills_its_form(compared, visit):
    compared(State.DONE, State.DONE)
    button(visit("compare", id="first"), "Compare once more…").click().run()
    app = button(visit("compare"), "Change it").click().run()
    assert app.text_input(key="create-title").value == "Rain"
