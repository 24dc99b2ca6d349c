"""Contracts: a vendor is held to what it claims; what costs needs a yes and is counted."""

from datetime import timedelta

import pytest

from studio.client import Connection
from studio.errors import BudgetReached, Doubtful, RequestUnfit
from studio.providers import PROVIDERS
from tests.client.borealis import DEAR, FREE, SILENT, SMALL, Borealis

HOME = Connection(name="attic", kind="borealis", url="http://127.0.0.1:9", budget=0.1)


@pytest.fixture(autouse=True)
def attic(monkeypatch, studio):
    monkeypatch.setitem(PROVIDERS, "borealis", Borealis)
    monkeypatch.setattr(Borealis, "there", [SMALL])
    monkeypatch.setattr(Borealis, "asked", [])
    monkeypatch.setattr(Borealis, "differs", False)
    studio.connect(HOME)


def told(results):
    return {one.claim.name: one.verdict and one.verdict.holds for one in results}


def test_claims_are_told_with_their_prices_before_anyone_is_asked(studio):
    assert [one.claim for one in studio.contract("attic")] == [FREE, SILENT, DEAR]
    assert Borealis.asked == []


def test_nothing_that_costs_is_tried_without_a_yes(studio):
    assert told(studio.examine("attic")) == {"greeting": True, "silence": False, "song": None}
    assert told(studio.examine("attic", ["song"]))["song"] is None
    assert Borealis.asked == ["greeting", "silence"]
    assert studio.examine("attic", ["song"], spend=True)[-1].verdict.holds
    assert Borealis.asked[-1] == "song"


def test_what_it_cost_stands_in_the_ledger_and_counts_for_the_budget(rehearsal, studio):
    since = rehearsal.clock() - timedelta(hours=1)
    for _ in range(2):
        studio.examine("attic", ["song"], spend=True)
    [spent] = studio.ledger(since)
    assert (spent.connection, spent.spent, spent.unit) == ("attic", 0.08, "dollars")
    with pytest.raises(BudgetReached, match=r"\$0.08 of the \$0.10 "):
        studio.examine("attic", ["song"], spend=True)
    assert Borealis.asked == ["song", "song"]


def test_the_last_result_is_kept_with_its_date_over_a_restart(rehearsal, studio):
    studio.examine("attic", ["greeting"])
    then = rehearsal.clock()
    rehearsal.clock.time += timedelta(days=3)
    studio.close()
    rehearsal.open()
    results = rehearsal.studio.contract("attic")
    assert told(results) == {"greeting": True, "silence": None, "song": None}
    assert results[0].at == then


def test_results_come_one_by_one(studio):
    heard = []
    studio.examine("attic", on_result=heard.append)
    assert [one.claim.name for one in heard] == ["greeting", "silence"]


def test_who_does_not_answer_is_neither_right_nor_wrong(studio, monkeypatch):
    def silent(self, claim):
        raise Doubtful("Borealis fell silent.")

    monkeypatch.setattr(Borealis, "examine", silent)
    [result, *_] = studio.examine("attic", ["greeting"])
    assert (result.verdict.holds, result.verdict.found) == (None, "Borealis fell silent.")


def test_what_may_have_cost_is_counted_even_if_nobody_answered(rehearsal, studio, monkeypatch):
    def silent(self, claim):
        raise Doubtful("Borealis fell silent.")

    monkeypatch.setattr(Borealis, "examine", silent)
    studio.examine("attic", spend=True)
    assert [one.spent for one in studio.ledger(rehearsal.clock() - timedelta(hours=1))] == [0.04]


def test_a_claim_that_nobody_makes_is_told_with_those_there_are(studio):
    with pytest.raises(RequestUnfit, match=r"no claim .farewell.\. It makes: greeting, silence"):
        studio.examine("attic", ["farewell"])
    assert studio.contract("house band") == studio.examine("house band") == ()


def test_at_another_address_nothing_is_known(studio):
    studio.examine("attic")
    studio.connect(HOME.model_copy(update={"url": "http://127.0.0.1:10"}))
    assert told(studio.contract("attic"))["greeting"] is None


def test_results_of_another_version_are_found_out_anew(studio, rehearsal):
    studio.examine("attic")
    rehearsal.settings.contracts.write_text('{"attic": {"place": 7, "colour": "red"}}')
    assert told(studio.contract("attic"))["greeting"] is None
    assert told(studio.examine("attic", ["greeting"]))["greeting"] is True
