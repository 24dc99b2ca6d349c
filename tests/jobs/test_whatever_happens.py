"""Whatever happens in whatever order: nothing is bought twice, looked at too often, or lost."""

from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from studio.errors import Doubtful, NotTaken, VendorRefused
from studio.jobs import decisions
from studio.jobs.chains import chain
from studio.jobs.model import State
from studio.jobs.steps import advance
from studio.jobs.worker import LEASE
from studio.songs import Concat, ExtendSong, UploadSound
from tests.jobs.fakes import Clock, TailVendor, own
from tests.jobs.power import Fuse, House, PowerCut

LINK = "https://vendor.example/1.mp3"
TAIL = ExtendSong(source="own", style="slow soul")
UPLOAD = UploadSound(source="own")


class Watched(TailVendor):
    """Remembers when each order was looked at."""

    def check(self, remote, request):
        self.moments.setdefault(remote, []).append(self.clock())
        if self.cuts:
            raise PowerCut
        return super().check(remote, request)

    def read(self, told, request):
        return TailVendor.check(self, told, request)


class Life:
    """A chain in a house, and what may happen to it."""

    def __init__(self, folder: str) -> None:
        self.clock, self.vendor = Clock(), Watched()
        self.vendor.clock, self.vendor.moments, self.vendor.cuts = self.clock, {}, False
        self.house = House(Path(folder), self.clock, self.vendor)
        self.desk = self.house.open(Fuse(None))
        self.desk.gallery.put(own())
        where = {"connection": "vendor", "provider": self.vendor, "materials": self.desk.materials}
        jobs = chain(TAIL, job_id="job", key="form", now=self.clock(), **where)
        self.desk.jobs.add_all(jobs)

    def work(self) -> None:
        """Do what is due next."""
        if (due := self.desk.jobs.next_due()) is not None:
            self.clock.time = max(self.clock(), due)
        for job in self.desk.jobs.claim("me", now=self.clock(), lease=LEASE, limit=9):
            advance(job, self.desk)
            self.desk.jobs.release("me", [job.id])

    def pass_time(self) -> None:
        """Let a moment pass."""
        self.clock.tick(3)

    def die_at_work(self) -> None:
        """Let a worker take what is due, and be gone before it can write what it saw."""
        self.vendor.cuts = True
        for job in self.desk.jobs.claim("gone", now=self.clock(), lease=LEASE, limit=9):
            if job.state in {State.WORKING, State.FETCHING}:
                with suppress(PowerCut):
                    advance(job, self.desk)
        self.vendor.cuts = False
        self.clock.time += LEASE

    def tell(self) -> None:
        """Let the vendor tell that something is done."""
        for job in self.desk.jobs.newest({State.WORKING, State.FETCHING}):
            self.desk.jobs.told("vendor", job.remote, job.remote, self.clock())

    def break_links(self) -> None:
        """Let downloads fail from now on, or no longer."""
        links = self.vendor.broken_links
        links.pop(LINK) if LINK in links else links.update({LINK: Doubtful("It broke off.")})

    def be_busy(self) -> None:
        """Let the vendor not take the next order."""
        self.vendor.start_answers.append(NotTaken("Busy."))

    def refuse(self) -> None:
        """Let the vendor refuse the next order."""
        self.vendor.start_answers.append(VendorRefused("No."))

    def stumble(self) -> None:
        """Let the next look fail."""
        self.vendor.look_answers.append(Doubtful("502."))

    def cancel(self) -> None:
        """Let the person change their mind before it is sent."""
        job = self.desk.jobs.get("job")
        if job.state is State.QUEUED:
            decisions.cancel(job, self.desk.jobs, lambda _: self.desk, self.clock())

    def again(self) -> None:
        """Let the person send it once more."""
        if self.desk.jobs.get("job").state in {State.FAILED, State.CANCELLED}:
            decisions.send_chain_again("job", self.desk.jobs, self.clock())

    def end_well(self) -> None:
        """Let everything go as it should from now on."""
        self.vendor.broken_links.clear()
        self.vendor.start_answers.clear()
        self.vendor.look_answers.clear()
        for _ in range(5):
            self.house.run(Fuse(None))
            self.again()


EVENTS = [
    Life.work,
    Life.pass_time,
    Life.die_at_work,
    Life.tell,
    Life.break_links,
    Life.be_busy,
    Life.refuse,
    Life.stumble,
    Life.cancel,
    Life.again,
]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from([*EVENTS, Life.work, Life.work]), max_size=25))
def test_whatever_happens_a_chain_is_bought_once_and_comes_home(events):
    with TemporaryDirectory() as folder:
        life = Life(folder)
        for event in events:
            event(life)
        life.end_well()
        bought = life.vendor.orders
        assert [bought.count(UPLOAD), bought.count(TAIL)] == [1, 1]
        tails = life.desk.gallery.of_job("job")
        joins = [one for one in bought if isinstance(one, Concat)]
        refused = life.desk.jobs.newest({State.FAILED})
        assert [song.is_home or song.link is not None for song in tails] == [True]
        assert len(joins) + len(refused) == 1
        between = [
            (after - before).total_seconds()
            for moments in life.vendor.moments.values()
            for before, after in pairwise(moments)
        ]
        assert all(seconds >= 10 for seconds in between)
