"""An emulator in this process, behind a real socket, with the fake band."""

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
import uvicorn

from studio.emulator.band import Band
from studio.emulator.faults import Faults
from studio.emulator.house import House
from studio.emulator.pace import read_pace
from studio.emulator.server import configure, create_app
from studio.listening import listen
from tests.emulator.fakes import FakeBand

KEY = "a-key"


class Street:
    """One server for a whole run of tests; each test puts its own application behind it."""

    app = None

    async def __call__(self, scope, receive, send):
        await self.app(scope, receive, send)

    @contextmanager
    def open(self):
        listener = listen("127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        config = configure(self)
        config.lifespan = "off"
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield self
        finally:
            server.should_exit = True
            thread.join(10)


@dataclass
class Desk:
    """One emulator that is up."""

    url: str
    house: House
    musicians: FakeBand
    http: httpx.Client
    """Shows the key."""
    anyone: httpx.Client
    """Does not."""

    def until(self, look, is_enough):
        """Ask again until the answer will do; fails after half a minute."""
        pause = threading.Event()
        end = time.monotonic() + 30
        while time.monotonic() < end:
            if is_enough(answer := look()):
                return answer
            pause.wait(0.005)
        raise AssertionError(f"It never came to that; the last answer was {answer!r}.")

    def fault(self, dialect, operation, kind, **more):
        asked = {"dialect": dialect, "operation": operation, "kind": kind, **more}
        self.http.post("/faults", json=asked).raise_for_status()


class FakePool:
    """Workers that nobody needs; the band may break them."""

    def __init__(self):
        self.executor = object()

    def replace(self, broken):
        self.executor = object()

    def close(self):
        pass


@contextmanager
def open_desk(
    street,
    folder,
    *,
    musicians=None,
    workers=None,
    pace="now",
    credits=50,  # noqa: A002 - as `serve` calls it
    clock=time.time,
    **more,
):
    musicians = musicians or FakeBand()
    house = House(
        band=Band(musicians, folder / "orders", workers or FakePool(), clock=clock),
        pace=read_pace(pace),
        faults=Faults(),
        key=KEY,
        credits=credits,
        data=folder,
        clock=clock,
        **more,
    )
    street.app = create_app(house)
    house.band.open()
    try:
        with _caller(street.url) as http, _caller(street.url) as anyone:
            http.headers["Authorization"] = f"Bearer {KEY}"
            yield Desk(street.url, house, musicians, http, anyone)
    finally:
        house.band.close()


def _caller(url):
    # Without certificates, whose reading takes longer than most tests here.
    return httpx.Client(base_url=url, timeout=30, verify=False)
