"""Traffic in a whole studio: accounts share their turns; a person's question goes through."""

from contextlib import suppress

import pytest

from studio.client import Connection
from studio.errors import Unreachable
from studio.jobs.model import State
from studio.jobs.traffic.lanes import Lane
from studio.providers import PROVIDERS
from studio.providers.limits import Rate
from studio.songs import CreateSong
from tests.client.aurora import Aurora


class Counted(Aurora):
    rate = Rate(calls=20, seconds=10)


@pytest.fixture
def house(rehearsal, studio, monkeypatch):
    monkeypatch.setitem(PROVIDERS, "aurora", Counted)
    for name, key in (("one", "key-1234"), ("two", "key-1234"), ("three", "key-5678")):
        studio.connect(Connection(name=name, kind="aurora", url="https://aurora.example"), key)
    return rehearsal


def wire(house, name):
    return house.room._switchboard.wire(house.studio.connection(name))


def fall_quiet(house, name):
    line = house.room.lines.to(name)
    for _ in range(3):
        with suppress(Unreachable), line.asking(Lane.LOOK):
            raise Unreachable("Aurora cannot be reached.")
    return line


def test_connections_with_one_key_share_its_turns_and_others_do_not(house):
    one, two, three = (wire(house, name).turnstile for name in ("one", "two", "three"))
    assert one is two
    assert one is not three


def test_the_worker_never_waits_for_a_turn_and_a_person_does_for_a_moment(house):
    provider = house.room.provider(house.studio.connection("one"))
    job = house.studio.submit(CreateSong(style="pop"), to="one")
    assert provider.wire.patience_seconds > 0
    assert house.room.desk(job).provider.wire.patience_seconds == 0


def test_what_waits_for_a_silent_vendor_goes_on_when_a_person_found_it_answering(house):
    job = house.studio.submit(CreateSong(style="pop"), to="one")
    line = fall_quiet(house, "one")
    assert house.room.worker.run_due() == 0
    assert "cannot be reached" in house.studio.job(job.id).reason
    assert house.studio.test("one").ok
    assert not line.is_quiet
    house.room.worker.run_due()
    assert house.studio.job(job.id).state is State.WORKING


def test_the_silence_of_one_connection_is_that_of_no_other(house):
    waiting, other = (
        house.studio.submit(CreateSong(style="pop"), to=name) for name in ("one", "three")
    )
    fall_quiet(house, "one")
    house.room.worker.run_due()
    states = [house.studio.job(job.id).state for job in (waiting, other)]
    assert states == [State.QUEUED, State.WORKING]
