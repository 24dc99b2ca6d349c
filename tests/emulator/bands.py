"""Bands that play from the same books, one after the other, at a time of their own."""

import threading
import time

from studio.emulator.band import Band
from tests.emulator.desk import FakePool
from tests.emulator.fakes import FakeBand


class Bands:
    def __init__(self, folder):
        self.folder = folder / "orders"
        self.now = 1000.0
        self._opened = []

    def open(self, *, lanes=1, troubles=(), **fakes):
        self.musicians = FakeBand(troubles=list(troubles), **fakes)
        self.pool = FakePool()
        clock = lambda: self.now  # noqa: E731 - as short as a clock can be
        band = Band(self.musicians, self.folder, self.pool, lanes=lanes, clock=clock)
        band.open()
        self._opened.append(band)
        return band

    def close(self):
        for band in self._opened:
            band.close()


def until(is_so):
    pause = threading.Event()
    end = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < end, "It never came to that."
        pause.wait(0.005)


def finish(band, order):
    until(lambda: band.find(order.id).state.is_over)
    return band.find(order.id)
