"""Settings: connections come and go, and a key is never seen again."""

import json

import pytest

from studio.connections import Connection
from studio.jobs.model import State
from studio.providers.limits import Price
from studio.songs import Ability
from studio.ui.house import prices

SECRET = "sk-very-secret"  # a made-up one


def unfolded(app):
    """Open the box for a new connection."""
    app.session_state["add-connection"] = True
    return app.run()


@pytest.fixture
def settings(house, visit):
    house.close_the_door()
    return unfolded(visit("settings"))


def add(app, name="Mine", key=SECRET, url="http://127.0.0.1:9/aimusicapi"):
    app.text_input(key="new-name-aimusicapi").input(name)
    app.text_input(key="new-url-aimusicapi").input(url)
    app.text_input(key="new-key-aimusicapi").input(key)
    return next(each for each in app.button if each.label == "Add the connection").click().run()


def test_connection_is_added_with_its_key(house, settings):
    add(settings)
    connection = house.studio.connection("Mine")
    assert connection.kind == "aimusicapi"
    assert json.loads(house.settings.keys.read_text())["Mine"] == SECRET


def test_key_is_never_shown_again(house, settings, visit):
    add(settings)
    for app in (settings.run(), visit("settings"), visit("jobs")):
        assert SECRET not in str(app.main)
        assert SECRET not in str(app.session_state)


def test_key_is_not_in_the_database_nor_readable_by_others(house, settings):
    add(settings)
    assert house.settings.keys.stat().st_mode & 0o077 == 0
    others = [path for path in house.settings.data.rglob("*") if path.is_file()]
    others = [path for path in others if path != house.settings.keys]
    assert [path for path in others if SECRET.encode() in path.read_bytes()] == []


def test_connection_without_a_key_is_not_added(house, settings):
    add(settings, key=" ")
    assert "Mine" not in {each.name for each in house.studio.connections()}
    assert "needs a name, an address and a key" in settings.error[0].value


def test_practice_connection_is_one_click(house, settings):
    settings.button(key="practice-aimusicapi").click().run()
    added = [each for each in house.studio.connections() if each.kind == "aimusicapi"]
    assert [each.is_local for each in added] == [True]


def test_default_is_chosen_and_connection_removed(house, settings):
    settings.button(key="default-house band").click().run()
    assert house.studio.default().name == "house band"
    settings.button(key="forget-closed").click().run()
    assert [each.name for each in house.studio.connections()] == ["house band"]


def test_connection_that_does_not_answer_says_so(settings):
    settings.button(key="test-closed").click().run()
    assert settings.error[0].value.strip().endswith("\\.")


def test_data_folder_is_shown(house, settings):
    assert str(house.settings.data) in [each.value for each in settings.code]


def test_budget_and_variable_of_a_connection_are_changed_and_shown(house, visit):
    vendor = Connection(name="vendor", kind="aimusicapi", url="http://127.0.0.1:9")
    house.studio.connect(vendor, secret="none")
    app = visit("settings")
    app.session_state["change-vendor"] = True
    app.run()
    app.number_input(key="budget-vendor").set_value(200.0)
    app.text_input(key="key-env-vendor").input("VENDOR_KEY")
    next(each for each in app.button if each.label == "Save").click().run()
    changed = house.studio.connection("vendor")
    assert (changed.budget, changed.key_env) == (200, "VENDOR_KEY")
    assert any("at most 200 credits in 24 hours" in said.value for said in app.caption)


def test_connection_without_key_or_variable_is_not_added(house, visit):
    app = unfolded(visit("settings"))
    next(each for each in app.button if each.label == "Add the connection").click().run()
    assert "variable" in app.error[0].value
    assert [each.name for each in house.studio.connections()] == ["house band"]


def told(app):
    return "\n".join(each.value for each in [*app.markdown, *app.caption]).replace("\\", "")


def test_every_ability_stands_in_the_table_of_prices():
    assert {row.request.ability for row in prices.ROWS} == set(Ability)


def test_table_says_who_can_do_what_and_for_how_much(anybody, visit):
    app = visit("settings")
    app.session_state["open-prices"] = True
    table = next(each.value for each in app.run().markdown if each.value.startswith("|"))
    head, _, *rows = table.splitlines()
    at = [cell.strip() for cell in head.split("|")].index("anybody")
    said = {row.split("|")[1].strip(): row.split("|")[at].strip() for row in rows}
    assert (said["Cover"], said["Join"]) == ("10 credits", "2 credits")


def test_what_was_spent_and_given_back_is_told_for_each_connection(anybody, visit):
    anybody.put_job(State.DONE, 1, connection="anybody", cost=Price(amount=12))
    assert "12 credits in 24 hours · 12 credits in 30 days" in told(visit("settings"))


def test_nothing_spent_is_said(visit):
    assert "Nothing was spent" in told(visit("settings"))


def test_public_address_is_kept_and_can_be_tried(house, visit):
    app = visit("settings")
    app.text_input(key="public-url").input("https://studio.example/")
    next(each for each in app.button if each.label == "Save").click().run()
    assert house.studio.public_url() == "https://studio.example"
    assert "https://studio.example/health" in [each.proto.url for each in app.get("link_button")]


def test_address_that_nobody_could_call_is_explained(house, visit):
    app = visit("settings")
    app.text_input(key="public-url").input("studio example")
    next(each for each in app.button if each.label == "Save").click().run()
    assert "cannot be the public address" in app.error[0].value.replace("\\", "")
    assert house.studio.public_url() is None


def test_connection_that_calls_back_says_where_once_it_can(house, visit, monkeypatch):
    # Nobody far away is asked in a test.
    monkeypatch.setattr("studio.ui.house.connections.left_at", lambda _: "")
    vendor = Connection(name="vendor", kind="aimusicapi", url="http://203.0.113.1")
    house.studio.connect(vendor, secret="none")
    before = told(visit("settings"))
    assert "cannot reach this studio: it is asked instead" in before
    assert "by a link, so it needs the public address" in before
    house.studio.set_public_url("https://studio.example")
    app = visit("settings")
    assert "It calls back." in told(app)
    assert "needs the public address" not in told(app)
    assert [each for each in app.code if each.value.startswith("https://studio.example/callbacks/")]
