"""The power is cut at every point there is: nothing is bought twice, no take is lost.

A fuse sits in every write and in every call to the vendor, and blows once: just before the thing is
done, or just after. Then everything is opened anew, as after a restart, and runs to the end.
"""

from pathlib import Path

import pytest

from studio.gallery.attachments import Attachments
from studio.gallery.files import SongFiles
from studio.gallery.personas import Personas
from studio.gallery.table import Gallery
from studio.jobs import decisions
from studio.jobs.desk import Desk
from studio.jobs.model import State
from studio.jobs.steps import advance
from studio.jobs.table import JobTable
from studio.jobs.worker import LEASE
from studio.providers.materials import NOTHING
from tests.jobs.fakes import FakeVendor, probe

WATCHED = {
    "jobs": ("save",),
    "gallery": ("put",),
    "attachments": ("put",),
    "personas": ("put",),
    "files": ("bring_sound",),
    "provider": ("start", "check", "fetch"),
}
POINTS = 35
"""One more than there are in the life of a job, so that all are tried."""


class PowerCut(BaseException):
    """No `except Exception` survives a power cut either."""


class Fuse:
    """Counts the points at which the power may go, and cuts it at one of them."""

    def __init__(self, blows_at: int | None) -> None:
        self.blows_at = blows_at
        self.points = 0

    def point(self) -> None:
        self.points += 1
        if self.points == self.blows_at:
            raise PowerCut

    def watch(self, thing: object, *names: str) -> object:
        for name in names:
            setattr(thing, name, self._fused(getattr(type(thing), name).__get__(thing)))
        return thing

    def _fused(self, call):
        def fused(*args: object, **options: object) -> object:
            self.point()
            result = call(*args, **options)
            self.point()
            return result

        return fused


class House:
    """A data folder and a vendor; both outlive the processes that work with them."""

    def __init__(self, folder: Path, clock, vendor: FakeVendor) -> None:
        self.folder, self.clock, self.vendor = folder, clock, vendor

    def open(self, fuse: Fuse) -> Desk:
        parts = {
            "jobs": JobTable(self.folder / "studio.db"),
            "gallery": Gallery(self.folder / "studio.db"),
            "attachments": Attachments(self.folder / "studio.db"),
            "personas": Personas(self.folder / "studio.db"),
            "files": SongFiles(self.folder / "songs", self.folder / "early", probe=probe),
            "provider": self.vendor,
        }
        watched = {name: fuse.watch(part, *WATCHED[name]) for name, part in parts.items()}
        return Desk(**watched, materials=lambda _: NOTHING, now=self.clock, poll_seconds=10.0)

    def run(self, fuse: Fuse) -> None:
        """Work as a worker does: claim what is due, do it, let go."""
        desk = self.open(fuse)
        while (due := desk.jobs.next_due()) is not None:
            self.clock.time = max(self.clock.time, due)
            for job in desk.jobs.claim("me", now=self.clock(), lease=LEASE, limit=9):
                advance(job, desk)
                desk.jobs.release("me", [job.id])

    def cut_and_restart(self, blows_at: int) -> Fuse:
        fuse = Fuse(blows_at)
        try:
            self.run(fuse)
        except PowerCut:
            self.run(Fuse(None))
        return fuse


@pytest.fixture
def house(tmp_path, clock, vendor, new_job):
    house = House(tmp_path, clock, vendor)
    house.open(Fuse(None)).jobs.add(new_job())
    return house


def assert_all_home(desk: Desk) -> None:
    job = desk.jobs.get("job1")
    assert (job.state, job.songs) == (State.DONE, ("job1-1", "job1-2"))
    assert [song.title for song in desk.gallery.of_job("job1")] == ["One", "Two"]
    assert all(desk.files.path(song.sound) for song in desk.gallery.of_job("job1"))


def test_every_point_in_the_life_of_a_job_is_tried(house):
    points = house.cut_and_restart(10**6).points
    assert points == POINTS - 1


@pytest.mark.parametrize("point", range(1, POINTS + 1))
def test_nothing_is_bought_twice_and_no_take_is_lost(house, vendor, clock, point):
    house.cut_and_restart(point)
    desk = house.open(Fuse(None))
    bought = bool(vendor.starts)
    if desk.jobs.get("job1").state is State.UNSURE:
        # The person looks at the vendor, and says what is there.
        decide = (
            (lambda job: decisions.it_was_made(job, clock(), "order-1"))
            if bought
            else (lambda job: decisions.send_again(job, clock()))
        )
        desk.jobs.change("job1", decide)
        house.run(Fuse(None))
    assert_all_home(desk)
    assert len(vendor.starts) == 1


@pytest.mark.parametrize("point", range(1, POINTS + 1))
def test_the_band_needs_nobody_to_decide(house, vendor, point):
    vendor.repeatable = True
    house.cut_and_restart(point)
    assert_all_home(house.open(Fuse(None)))
    assert len(vendor.starts) <= 2


def test_only_a_cut_around_sending_leaves_a_doubt(tmp_path, clock, new_job):
    unsure = []
    for point in range(1, 9):
        house = House(tmp_path / str(point), clock, FakeVendor())
        house.open(Fuse(None)).jobs.add(new_job(id="job1", key="key1"))
        house.cut_and_restart(point)
        if house.open(Fuse(None)).jobs.get("job1").state is State.UNSURE:
            unsure.append(point)
    # After SENDING is written, before and after the call, and before its answer is written.
    assert unsure == [2, 3, 4, 5]
