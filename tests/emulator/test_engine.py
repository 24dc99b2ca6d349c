"""The emulator with the real band behind it."""

import threading
import time

import pytest

from studio.audio.files import read
from studio.emulator.band import Band
from studio.emulator.musicians import ENGINE, HouseBand, warm_worker
from studio.emulator.orders import OrderState, TakeState
from studio.emulator.works import Play
from studio.engine.brief import Brief
from studio.engine.pool import Pool

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,  # the server that forks workers is reached by a Unix socket
]
BRIEF = Brief(style="folk", lyrics="[Verse]\nRain on the rails tonight", length_seconds=15)


@pytest.fixture(scope="module")
def band(tmp_path_factory):
    band = Band(
        HouseBand(), tmp_path_factory.mktemp("orders"), Pool(2, warm_worker, preload=ENGINE)
    )
    band.open()
    yield band
    band.close()


def until(is_so):
    pause = threading.Event()
    end = time.monotonic() + 120
    while not is_so():
        assert time.monotonic() < end, "It never came to that."
        pause.wait(0.02)


@pytest.fixture(scope="module")
def order(band):
    """A finished take, whose first seconds could be heard before."""
    order = band.order([Play(BRIEF)], seed=1)
    until(lambda: band.find(order.id).takes[0].has_early or band.find(order.id).state.is_over)
    assert band.find(order.id).takes[0].state is TakeState.PLAYING
    until(lambda: band.find(order.id).state.is_over)
    return band.find(order.id)


def test_an_order_becomes_a_song(band, order):
    assert order.state is OrderState.FINISHED
    samples, rate = read(band.file(order.id, 1, "song.wav"))
    assert samples.shape[1] / rate == pytest.approx(order.takes[0].length_seconds, abs=0.2)
    assert abs(samples).max() > 0.1


def test_a_take_tells_what_was_really_played(order):
    take = order.takes[0]
    assert "Rain on the rails tonight" in take.lyrics
    assert 15 <= take.length_seconds <= 20
    assert take.key.endswith(("major", "minor"))


def test_the_first_seconds_are_real_sound(band, order):
    samples, rate = read(band.file(order.id, 1, "early.mp3"))
    assert samples.shape[1] / rate > 3
    assert abs(samples).max() > 0.1


def test_a_cancelled_song_is_stopped_within_a_second(band):
    order = band.order([Play(BRIEF)])
    until(lambda: band.find(order.id).progress > 0)
    began = time.monotonic()
    band.cancel(order.id)
    folder = band._take_folder(order.id, 1)
    until(lambda: not folder.exists())
    assert time.monotonic() - began < 1


def test_what_cannot_be_sung_is_played_or_explained(band):
    assert band.musicians.understand(Brief(lyrics="[Verse]\n[Chorus]"))
    assert "jazz" in band.musicians.understand(Brief(style="jazz"))
    assert {"folk", "jazz", "pop"} <= set(band.musicians.styles())
    assert band.musicians.voice()
