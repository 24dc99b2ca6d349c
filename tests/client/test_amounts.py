"""Amounts: each vendor's money is said as it is counted there, and never added to another's."""

from datetime import timedelta

import pytest

from studio.client import Connection
from studio.errors import BudgetReached
from studio.jobs.books.ledger import Spent
from studio.offer import amount_in_words, in_words, left_in_words, summed
from studio.providers import PROVIDERS
from studio.providers.limits import Balance, Price
from tests.client.borealis import Borealis

CENTS = Price(amount=0.055, unit="dollars")


@pytest.mark.parametrize(
    ("price", "said"),
    [
        (CENTS, "$0.055"),
        (Price(amount=0.04, unit="dollars", approximate=True), "about $0.04"),
        (Price(amount=12, unit="dollars"), "$12.00"),
        (Price(amount=0, unit="dollars"), "free"),
        (Price(amount=0, unit="dollars", approximate=True), "price not known"),
        (Price(amount=1), "1 credit"),
        (Price(amount=2.5, approximate=True), "about 2.5 credits"),
        (Price(amount=1234567), "1,234,567 credits"),
    ],
)
def test_a_price_is_said_in_the_vendors_own_unit(price, said):
    assert in_words(price) == said


@pytest.mark.parametrize(
    ("balance", "said"),
    [
        (Balance(amount=3.2, unit="dollars"), "$3.20 is left."),
        (Balance(amount=-0.5, unit="dollars"), "-$0.50 is left."),
        (Balance(amount=1000, unit="songs"), "1,000 songs are left."),
        (Balance(amount=1, unit="songs"), "1 song is left."),
        (Balance(amount=499.6), "499.6 credits are left."),
    ],
)
def test_what_is_left_is_said_alike(balance, said):
    assert left_in_words(balance) == said
    assert amount_in_words(balance.amount, balance.unit) in said


def test_prices_of_one_unit_are_added_and_what_is_free_has_none():
    free = Price(amount=0, unit="free")
    assert summed((free, CENTS, CENTS)) == Price(amount=0.11, unit="dollars")
    assert summed((free, free)) == free


def test_prices_of_two_units_are_never_added():
    assert summed((CENTS, Price(amount=12))) == CENTS.model_copy(update={"approximate": True})


def test_a_budget_counts_only_what_was_spent_in_its_own_unit(studio, rehearsal, monkeypatch):
    monkeypatch.setitem(PROVIDERS, "borealis", Borealis)
    monkeypatch.setattr(Borealis, "differs", False)
    attic = Connection(name="attic", kind="borealis", url="http://127.0.0.1:9", budget=0.1)
    ordering = rehearsal.room.ordering
    # From a time when another vendor went by this name.
    credits_ = Spent(connection="attic", spent=50, refunded=0, jobs=4, unit="credits")
    monkeypatch.setattr(type(ordering.ledger), "since", lambda *_: (credits_,))
    ordering.check_budget(attic, CENTS)
    cents = credits_.model_copy(update={"spent": 0.05, "unit": "dollars"})
    monkeypatch.setattr(type(ordering.ledger), "since", lambda *_: (credits_, cents))
    with pytest.raises(BudgetReached, match=r"costs \$0.055; \$0.05 of the \$0.10 "):
        ordering.check_budget(attic, CENTS)
    assert {one.unit for one in studio.ledger(rehearsal.clock() - timedelta(days=1))} == {
        "credits",
        "dollars",
    }
