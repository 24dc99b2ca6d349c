"""A desk with fakes around it, and jobs to lay on it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from studio import database
from studio.gallery.attachments import Attachments
from studio.gallery.files import SongFiles
from studio.gallery.personas import Personas
from studio.gallery.table import Gallery
from studio.jobs.books.table import JobTable
from studio.jobs.desk import Desk
from studio.jobs.model import Job
from studio.jobs.traffic.lines import Lines
from studio.jobs.traffic.notices import Notices
from studio.jobs.worker import Worker
from studio.providers.limits import Price
from studio.songs import CreateSong
from tests.jobs.fakes import Clock, FakeVendor, probe, storeroom


@pytest.fixture(autouse=True)
def hasty_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait for the disk: what these tests cut off is a process, not a machine."""
    monkeypatch.setattr(database, "DURABLE", "OFF")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def vendor() -> FakeVendor:
    return FakeVendor()


@pytest.fixture
def lines(tmp_path: Path, clock: Clock) -> Lines:
    return Lines(clock, Notices(tmp_path / "studio.db"))


@pytest.fixture
def make_desk(tmp_path: Path, clock: Clock, lines: Lines) -> Callable[..., Desk]:
    def make(vendor: object, **others: object) -> Desk:
        parts = {
            "provider": vendor,
            "jobs": JobTable(tmp_path / "studio.db"),
            "gallery": Gallery(tmp_path / "studio.db"),
            "attachments": Attachments(tmp_path / "studio.db"),
            "personas": Personas(tmp_path / "studio.db"),
            "files": SongFiles(tmp_path / "songs", tmp_path / "early", probe=probe),
            "now": clock,
            "poll_seconds": 10.0,
            "line": lines.to("vendor"),
        }
        parts["materials"] = storeroom(parts["gallery"], parts["attachments"])
        return Desk(**{**parts, **others})

    return make


@pytest.fixture
def desk(make_desk, vendor: FakeVendor) -> Desk:
    return make_desk(vendor)


@pytest.fixture
def new_worker(clock: Clock, lines: Lines) -> Callable[..., Worker]:
    return partial(Worker, lines=lines, now=clock)


@pytest.fixture
def new_job(clock: Clock) -> Callable[..., Job]:
    made = []

    def make(**told: object) -> Job:
        made.append(told)
        usual = {
            "id": f"job{len(made)}",
            "key": f"key{len(made)}",
            "connection": "vendor",
            "kind": "fake",
            "request": CreateSong(style="slow soul"),
            "due_at": clock(),
            "created_at": clock(),
            "estimate": Price(amount=10),
        }
        return Job(**{**usual, **told})

    return make
