"""The desk: what every step of a job works with, and how long it waits."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from studio.errors import NotTaken, NoTurn, VendorTrouble
from studio.gallery.attachments import Attachments
from studio.gallery.files import SongFiles
from studio.gallery.personas import Personas
from studio.gallery.table import Gallery
from studio.jobs.books.table import JobTable
from studio.jobs.model import Job
from studio.jobs.traffic.lanes import Lane
from studio.jobs.traffic.line import Line
from studio.providers.base import Provider
from studio.providers.limits import Balance
from studio.providers.materials import Materials
from studio.songs import SongRequest

LONGEST_QUIET_SECONDS = 2.0
LONGEST_WAIT_SECONDS = 60.0
LONGEST_WISH_SECONDS = 300.0
"""What we grant a vendor that asks for patience."""


@dataclass(frozen=True)
class Desk:
    """What a step works with."""

    provider: Provider
    jobs: JobTable
    gallery: Gallery
    attachments: Attachments
    personas: Personas
    files: SongFiles
    materials: Callable[[SongRequest], Materials]
    """Finds what a request works with; raises a `StudioProblem` if a song of it is not there."""
    now: Callable[[], datetime]
    poll_seconds: float
    """How often this connection is to be looked at, as `Provider.poll_seconds`."""
    line: Line
    """What is known of the connection just now."""

    def save(self, job: Job, **changes: Any) -> Job:
        """Write `job` with `changes`, if it is still in the state in which we know it.

        `news=None` means that its news was read.
        """
        changed = job.model_copy(update=changes)
        heard = job.news is not None and changed.news is None
        self.jobs.save(changed, was=job.state, heard=heard)
        return changed

    def later(self, job: Job, seconds: float) -> datetime:
        """Return a moment in `seconds` or a little more, apart for every job and try."""
        return self.now() + timedelta(seconds=seconds * _spread(job))

    def pause(self, job: Job) -> float:
        """Return the seconds to leave between two looks at `job`, as advised or as chosen."""
        chosen = self.poll_seconds / self.provider.poll_seconds
        return self.provider.pause(job.request) * chosen

    def next_look(self, job: Job) -> datetime:
        """Return when to look at `job` again; less often while nothing has begun.

        Never sooner than the pause after the last look, whoever looked.
        """
        pause = self.pause(job)
        if not job.progress:
            quiet = (self.now() - (job.sent_at or self.now())).total_seconds() / 10
            pause = max(pause, min(quiet, LONGEST_QUIET_SECONDS))
        looked_at = job.looked_at or job.sent_at or self.now()
        return max(self.now(), looked_at + timedelta(seconds=pause * _spread(job)))

    def balance(self) -> Balance | None:
        """Ask what is left, where something is counted; not knowing it stops nothing."""
        if self.provider.repeatable or not self.line.can_spare_a_call:
            return None
        try:
            return self.knock()
        except VendorTrouble:
            return None

    def knock(self) -> Balance | None:
        """See whether anybody answers, by a question that costs nothing, and return the answer.

        Raises
        ------
        VendorTrouble
            If nobody answers, or not as they should.
        """
        with self.line.asking(Lane.LOOK, counts=False):
            left = self.provider.balance()
        if left is not None:
            self.line.answered(Lane.LOOK)
        return left

    def turn(self, trouble: NotTaken) -> datetime:
        """Return when to send again what the vendor surely did not take."""
        if isinstance(trouble, NoTurn):
            return self.now() + timedelta(seconds=trouble.retry_after or 0.0)
        opens_at = self.line.opens_at(Lane.START)
        soon = self.now() + timedelta(seconds=wait_seconds(self.line.troubles))
        return opens_at if opens_at > self.now() else soon


def wait_seconds(tries: int, wish: float | None = None) -> float:
    """Return how long to wait after so many tries, or as long as the vendor wishes."""
    if wish is not None:
        return min(max(wish, 1.0), LONGEST_WISH_SECONDS)
    return float(min(2**tries, LONGEST_WAIT_SECONDS))


def _spread(job: Job) -> float:
    """Return 1 to 1.1: never sooner than advised, and not everybody at once."""
    return 1 + 0.1 * zlib.crc32(f"{job.id} {job.tries} {job.due_at}".encode()) / 2**32
