"""An emulator in this process, behind a real socket, with the fake band."""

import socket
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
from studio.emulator.pool import Pool
from studio.emulator.server import configure, create_app
from tests.emulator.fakes import FakeBand, nothing

KEY = "a-key"
BEARER = {"Authorization": f"Bearer {KEY}"}


@dataclass
class Desk:
    """One emulator that is up."""

    url: str
    house: House
    musicians: FakeBand
    http: httpx.Client

    def until(self, look, is_enough):
        """Ask again until the answer will do; fails after five seconds."""
        pause = threading.Event()
        for _ in range(1000):
            if is_enough(answer := look()):
                return answer
            pause.wait(0.005)
        raise AssertionError(f"It never came to that; the last answer was {answer!r}.")

    def fault(self, dialect, operation, kind, **more):
        asked = {"dialect": dialect, "operation": operation, "kind": kind, **more}
        self.http.post("/faults", json=asked).raise_for_status()


class FakePool:
    """Workers that nobody needs."""

    executor = None

    def replace(self, broken):
        pass

    def close(self):
        pass


@contextmanager
def open_desk(folder, *, musicians=None, pace="now", credits=50, clock=time.time, **more):
    musicians = musicians or FakeBand()
    house = House(
        band=Band(musicians, folder / "orders", FakePool(), clock=clock),
        pace=read_pace(pace),
        faults=Faults(),
        key=KEY,
        credits=credits,
        data=folder,
        clock=clock,
        **more,
    )
    with serving(create_app(house)) as url, httpx.Client(base_url=url, headers=BEARER) as http:
        yield Desk(url, house, musicians, http)


@contextmanager
def serving(app):
    """Serve `app` in a thread as `serve` does in a process."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(configure(app))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
