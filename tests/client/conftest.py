"""A studio with the emulator of the tests behind it, at a real socket, and time that flies."""

import threading

import pytest

from studio import database
from studio.backstage import Address
from studio.client import Studio
from studio.providers.wire import Turnstiles
from studio.room import Room
from studio.settings import Settings
from tests.emulator.conftest import desk, open_one, street
from tests.emulator.desk import KEY
from tests.jobs.fakes import Clock

__all__ = ["desk", "open_one", "street"]


@pytest.fixture(autouse=True)
def hasty_disk(monkeypatch):
    monkeypatch.setattr(database, "DURABLE", "OFF")


class OpenStage:
    """The emulator is up already."""

    def __init__(self, url: str) -> None:
        self.url = url

    def address(self) -> Address:
        return Address(self.url, KEY)

    def close(self) -> None:
        pass


class Rehearsal:
    """One studio under test, driven by hand."""

    def __init__(self, folder, desk, clock=None) -> None:
        self.desk, self.clock = desk, clock or Clock()
        self.settings = Settings(data=folder / "data", environ={"AURORA_KEY": KEY})
        self.open()

    def open(self) -> None:
        """Open the studio, as after a restart."""
        turnstiles = Turnstiles(self.settings.turns, lambda: self.clock().timestamp())
        self.room = Room(
            self.settings,
            now=self.clock,
            backstage=OpenStage(self.desk.url),
            turnstiles=turnstiles,
        )
        self.studio = Studio(self.room, work=False)

    def drive(self, job_id: str):
        """Do what is due until nothing more happens by itself; the waits are not waited for."""
        pause = threading.Event()
        for _ in range(500):
            job = self.studio.job(job_id)
            if not job.state.is_under_way:
                return job
            self.clock.time = max(self.clock.time, self.room.worker.next_due())
            self.room.worker.run_due()
            pause.wait(0.005)
        raise AssertionError(f"It never ended: {job!r}")


@pytest.fixture
def rehearsal(tmp_path, desk):
    rehearsal = Rehearsal(tmp_path, desk)
    yield rehearsal
    rehearsal.studio.close()


@pytest.fixture
def studio(rehearsal):
    return rehearsal.studio


@pytest.fixture
def practice(studio):
    return studio.add_practice("aimusicapi").name
