"""Settings: connections come and go, and a key is never seen again."""

import json

import pytest

from studio.connections import Connection
from studio.emulator.server import DIALECTS
from studio.jobs.model import State
from studio.providers import PROVIDERS
from studio.providers.limits import Price
from studio.songs import Ability
from studio.ui.house import adding, contract, prices
from tests.client.borealis import SMALL, Borealis

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


def test_practising_is_offered_for_every_vendor_that_is_played_here_and_not_yet_there(settings):
    assert set(offered(settings)) == set(adding.PRACTISED)
    settings.button(key="practice-gateway").click().run()
    assert set(offered(settings)) == set(adding.PRACTISED) - {"gateway"}


def offered(app):
    keys = [each.key for each in app.button if each.key]
    return [key.removeprefix("practice-") for key in keys if key.startswith("practice-")]


def test_vendors_that_can_be_practised_with_are_those_the_emulator_plays():
    played = {dialect.__name__.removeprefix("open_") for dialect in DIALECTS}
    theirs = {kind for kind, who in PROVIDERS.items() if not who.repeatable}
    assert set(adding.PRACTISED) == played & theirs


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


def test_what_cost_nothing_was_not_spent(anybody, visit):
    anybody.put_job(State.DONE, 1, connection="anybody", cost=Price(amount=0, unit="free"))
    assert "Nothing was spent" in told(visit("settings"))


def test_what_was_spent_stands_in_each_vendors_own_unit(anybody, visit):
    dollars, coins = Price(amount=0.055, unit="dollars"), Price(amount=12)
    anybody.put_job(State.DONE, 1, connection="one", estimate=dollars, cost=dollars)
    anybody.put_job(State.DONE, 2, connection="two", estimate=coins, cost=coins)
    shown = told(visit("settings"))
    assert "**one**  \n$0.055 in 24 hours" in shown
    assert "**two**  \n12 credits in 24 hours" in shown


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


@pytest.fixture
def attic(house, monkeypatch):
    """A server of one's own, which is off; nothing is asked beside the page."""
    monkeypatch.setitem(PROVIDERS, "borealis", Borealis)
    monkeypatch.setattr(adding, "KINDS", [*adding.KINDS, "borealis"])
    monkeypatch.setitem(adding.TITLES, "borealis", "Borealis")
    monkeypatch.setattr(Borealis, "there", [])
    monkeypatch.setattr(Borealis, "asked", [])
    house.send_the_band_home()
    house.studio.connect(Connection(name="attic", kind="borealis", url="http://127.0.0.1:9"))
    return house


def test_connection_that_needs_no_key_is_added_without_one_and_in_its_edition(attic, visit):
    app = unfolded(visit("settings"))
    app.selectbox(key="new-kind").select("borealis").run()
    app.text_input(key="new-name-borealis").input("cellar")
    app.text_input(key="new-url-borealis").input("http://127.0.0.1:10")
    app.selectbox(key="new-edition-borealis").select("1")
    next(each for each in app.button if each.label == "Add the connection").click().run()
    cellar = attic.studio.connection("cellar")
    assert (cellar.url, cellar.edition) == ("http://127.0.0.1:10", "1")


def test_edition_is_changed_beside_what_else_may_differ(attic, visit):
    app = visit("settings")
    assert "Budget, key and edition" in [each.label for each in app.expander]
    app.session_state["change-attic"] = True
    app.run().selectbox(key="edition-attic").select("1")
    next(each for each in app.button if each.label == "Save").click().run()
    assert attic.studio.connection("attic").edition == "1"
    assert "First, of last year" in told(app)


def test_server_that_was_never_reached_says_so_until_it_answers(attic, visit):
    app = visit("settings")
    assert "attic has not been reached yet" in app.warning[0].value.replace("\\", "")
    Borealis.there.append(SMALL)
    app.button(key="test-attic").click().run()
    assert not app.warning
    assert SMALL.note in app.success[0].value.replace("\\", "")


def at_once(monkeypatch):
    """Let a contract be looked at before the page goes on."""
    hands = contract._hands()
    monkeypatch.setattr(contract, "_hands", lambda: AtOnce(hands))


class AtOnce:
    def __init__(self, hands):
        self.hands = hands

    def submit(self, ask):
        asked = self.hands.submit(ask)
        asked.exception(10)
        return asked


def test_contract_is_looked_at_for_nothing_and_what_costs_says_its_price(attic, visit, monkeypatch):
    at_once(monkeypatch)
    app = visit("settings")
    app.session_state["contract-attic"] = True
    app.run().button(key="examine-attic").click().run()
    assert {"greeting", "silence"} == {each for each in Borealis.asked if "probe" not in each}
    assert "1 of 3 differ" in told(app)
    assert "It talks." in told(app)
    assert app.button(key="examine-attic-song").label == "Ask for $0.04"
    app.button(key="examine-attic-song").click().run()
    assert Borealis.asked[-1] == "song"
    assert "$0.04 in 24 hours" in told(visit("settings"))


def test_contract_that_cannot_be_looked_at_says_why(attic, visit, monkeypatch):
    at_once(monkeypatch)
    attic.studio.connect(attic.studio.connection("attic").model_copy(update={"budget": 0.01}))
    app = visit("settings")
    app.session_state["contract-attic"] = True
    app.run().button(key="examine-attic-song").click().run()
    assert "Raise the budget" in app.error[0].value
    assert "song" not in Borealis.asked


def test_stems_are_priced_in_the_sizes_that_are_sold(house):
    offer = house.studio.offer("house band").model_copy(update={"plain": {}, "models": {}})
    shown = prices.table([offer])
    assert "| Stems\\, two | free |" in shown
    assert "| Stems\\, one | — |" in shown


def test_pages_say_of_a_default_that_was_never_reached_what_to_do(attic, visit):
    attic.studio.choose_default("attic")
    shown = told(visit("create"))
    assert "attic has not been reached yet" in shown
    assert "attic cannot" not in shown
