import threading
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from studio.emulator.orders import OrderState, TakeState
from studio.emulator.works import Play
from studio.engine.brief import Brief
from studio.errors import BriefUnplayable
from tests.emulator.bands import Bands, finish, until

PLAY = Play(Brief(style="folk"))


@pytest.fixture
def house(tmp_path):
    bands = Bands(tmp_path)
    yield bands
    bands.close()


def test_a_take_that_breaks_down_is_failed_and_the_lane_plays_on(house, caplog):
    band = house.open(troubles=[KeyError("x")])
    order = finish(band, band.order([PLAY, PLAY]))
    assert [take.state for take in order.takes] == [TakeState.FAILED, TakeState.FINISHED]
    assert "KeyError" not in order.takes[0].reason
    assert "KeyError" in caplog.text


def test_a_worker_that_dies_is_replaced_and_its_take_played_again(house):
    band = house.open(troubles=[BrokenProcessPool()])
    broken = house.pool.executor
    order = finish(band, band.order([PLAY], seed=5))
    assert order.state is OrderState.FINISHED
    assert house.pool.executor is not broken
    assert [seed for _, seed, _ in house.musicians.played] == [5, 5]


def test_a_take_that_kills_its_worker_twice_is_given_up(house):
    band = house.open(troubles=[BrokenProcessPool(), BrokenProcessPool()])
    order = finish(band, band.order([PLAY]))
    assert order.state is OrderState.REFUSED
    assert len(house.musicians.played) == 2


def test_unfinished_work_is_done_again_after_a_restart_with_the_same_seed(house):
    steps = threading.Semaphore(4)
    band = house.open(steps=steps)
    order = band.order([PLAY, PLAY], seed=5)
    until(lambda: len(house.musicians.played) == 2)
    band.close()
    again = house.open()
    assert finish(again, order).state is OrderState.FINISHED
    assert [seed for _, seed, _ in house.musicians.played] == [6]


def test_what_was_half_played_before_a_restart_is_told_as_waiting(house):
    steps = threading.Semaphore(2)
    band = house.open(steps=steps)
    order = band.order([PLAY])
    until(lambda: band.find(order.id).takes[0].has_early)
    band.close()
    take = house.open(steps=threading.Semaphore(0)).find(order.id).takes[0]
    assert (take.has_early, take.progress) == (False, 0.0)


def test_a_cancelled_order_is_not_played_after_a_restart(house):
    band = house.open(steps=threading.Semaphore(0))
    order = band.order([PLAY, PLAY])
    band.cancel(order.id)
    band.close()
    again = house.open()
    finish(again, again.order([PLAY, PLAY]))
    assert again.find(order.id).state is OrderState.CANCELLED
    assert len(house.musicians.played) == 2


def test_a_cancelled_take_leaves_no_files(house):
    band = house.open(steps=threading.Semaphore(2))
    order = band.order([PLAY])
    until(lambda: band.file(order.id, 1, "early.mp3"))
    band.cancel(order.id)
    until(lambda: not (house.folder / order.id / "1").exists())


def test_lanes_play_side_by_side(house):
    band = house.open(steps=threading.Semaphore(0), lanes=2)
    order = band.order([PLAY, PLAY])
    playing = [TakeState.PLAYING] * 2
    until(lambda: [take.state for take in band.find(order.id).takes] == playing)


def test_orders_that_are_long_over_are_forgotten_with_their_sound(house):
    band = house.open()
    order = finish(band, band.order([PLAY, PLAY]))
    house.now += 99
    band.clean(keep_seconds=100)
    assert band.file(order.id, 1, "song.mp3")
    house.now += 2
    band.clean(keep_seconds=100)
    assert band.find(order.id) is None
    assert list(house.folder.iterdir()) == []


def test_sound_that_belongs_to_no_order_is_cleared_away(house):
    band = house.open()
    (house.folder / "stray" / "1").mkdir(parents=True)
    order = finish(band, band.order([PLAY, PLAY]))
    band.clean(keep_seconds=100)
    kept = {order.id, f"{order.id}.json"}
    until(lambda: {path.name for path in house.folder.iterdir()} == kept)


@pytest.mark.parametrize(
    ("trouble", "part"),
    [
        (BriefUnplayable("The band cannot play this."), "The band cannot play this."),
        (OSError(28, "No space left on device"), "No space left on device"),
        (RuntimeError("internal"), "Try it again"),
    ],
)
def test_a_failed_take_says_why_in_a_sentence(house, trouble, part):
    band = house.open(troubles=[trouble])
    assert part in finish(band, band.order([PLAY])).reason


def test_a_lane_plays_on_when_nothing_can_be_written_down(house, monkeypatch):
    steps = threading.Semaphore(2)
    band = house.open(steps=steps)
    order = band.order([PLAY])
    until(lambda: band.find(order.id).takes[0].has_early)
    full = OSError(28, "No space left on device")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(full))
    steps.release(4)
    assert finish(band, order).state is OrderState.FINISHED
    monkeypatch.undo()
    assert finish(band, band.order([PLAY])).state is OrderState.FINISHED


def test_orders_under_way_are_never_forgotten(house):
    band = house.open(steps=threading.Semaphore(0))
    order = band.order([PLAY, PLAY])
    house.now += 1000
    band.clean(keep_seconds=100)
    assert band.find(order.id)


def test_spoiled_takes_are_never_played(house):
    band = house.open()
    order = finish(band, band.order([PLAY, PLAY], spoiled={2: "No."}))
    assert [take.reason for take in order.takes] == [None, "No."]
    assert len(house.musicians.played) == 1
