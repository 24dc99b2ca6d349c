"""Units: every vendor counts in its own, and nothing is made of two of them."""

from datetime import timedelta

import pytest

from studio.jobs.books.ledger import Ledger
from studio.jobs.model import State
from studio.jobs.steps import advance
from studio.providers.limits import Balance, Price

CREDITS, DOLLARS = Price(amount=10), Price(amount=0.055, unit="dollars")


@pytest.fixture
def ledger(tmp_path, desk):
    return Ledger(tmp_path / "studio.db")


def test_a_balance_in_songs_says_nothing_of_a_price_in_dollars(desk, vendor, new_job):
    vendor.balance = lambda: Balance(amount=100 - len(vendor.starts) * 0.01, unit="songs")
    job = advance(desk.jobs.add(new_job(estimate=DOLLARS)), desk)
    assert job.cost == DOLLARS
    assert (job.balance_before.unit, job.balance_after.unit) == ("songs", "songs")


def test_a_vendor_that_changes_its_unit_in_between_is_not_believed(desk, vendor, new_job):
    told = [Balance(amount=100), Balance(amount=95, unit="songs")]
    vendor.balance = lambda: told.pop(0)
    assert advance(desk.jobs.add(new_job()), desk).cost == CREDITS


def test_the_ledger_adds_no_dollars_to_credits(desk, new_job, clock, ledger):
    for cost in (CREDITS, CREDITS, DOLLARS):
        desk.jobs.add(new_job(state=State.DONE, cost=cost, estimate=cost))
    told = [(one.unit, one.spent, one.jobs) for one in ledger.since(clock() - timedelta(hours=1))]
    assert told == [("credits", 20, 2), ("dollars", 0.055, 1)]


def test_what_was_free_is_counted_with_the_rest_of_its_connection(desk, new_job, clock, ledger):
    free = Price(amount=0, unit="free")
    refund = {"cost": Price(amount=0), "sent_at": clock(), "reason": "It was given back."}
    desk.jobs.add(new_job(state=State.DONE, cost=free, estimate=free))
    desk.jobs.add(new_job(state=State.FAILED, estimate=DOLLARS, **refund))
    desk.jobs.add(new_job(connection="band", state=State.DONE, cost=free, estimate=free))
    there, band = ledger.since(clock() - timedelta(hours=1))
    assert (there.unit, there.spent, there.refunded, there.jobs) == ("dollars", 0, 0.055, 2)
    assert (band.unit, band.spent, band.jobs) == ("free", 0, 1)
