"""A fuse in every write and every call to a vendor, and a house that outlives its processes."""

from pathlib import Path

from studio.gallery.attachments import Attachments
from studio.gallery.files import SongFiles
from studio.gallery.personas import Personas
from studio.gallery.table import Gallery
from studio.jobs.books.table import JobTable
from studio.jobs.desk import Desk
from studio.jobs.needs import UNHEARD
from studio.jobs.steps import advance
from studio.jobs.traffic.lines import Lines
from studio.jobs.traffic.notices import Notices
from studio.jobs.worker import LEASE
from tests.jobs.fakes import FakeVendor, probe, storeroom

WATCHED = {
    "jobs": ("save", "change", "add_all"),
    "gallery": ("put",),
    "attachments": ("put",),
    "personas": ("put",),
    "files": ("bring_song", "bring_sound", "bring"),
    "provider": ("start", "check", "fetch"),
}


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
        materials = storeroom(parts["gallery"], parts["attachments"])
        lines = Lines(self.clock, Notices(self.folder / "studio.db"))
        return Desk(
            **watched,
            materials=materials,
            now=self.clock,
            poll_seconds=10.0,
            line=lines.to("vendor"),
        )

    def run(self, fuse: Fuse) -> None:
        """Work as a worker does until nothing goes on by itself: claim what is due, let go."""
        desk = self.open(fuse)
        while (due := desk.jobs.next_due()) is not None and due < self.clock() + UNHEARD:
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
