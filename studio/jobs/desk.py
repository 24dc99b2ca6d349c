"""The desk: what every step of a job works with, and how long it waits."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from studio.errors import VendorTrouble
from studio.gallery.files import SongFiles
from studio.gallery.table import Gallery
from studio.jobs.model import Job
from studio.jobs.table import JobTable
from studio.providers.base import Provider
from studio.providers.limits import Balance

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
    files: SongFiles
    now: Callable[[], datetime]
    poll_seconds: float

    def save(self, job: Job, **changes: Any) -> Job:
        """Write `job` with `changes`, if it is still in the state in which we know it."""
        changed = job.model_copy(update=changes)
        self.jobs.save(changed, was=job.state)
        return changed

    def later(self, job: Job, seconds: float) -> datetime:
        """Return a moment in about `seconds`, a little apart for every job and try."""
        spread = zlib.crc32(f"{job.id} {job.tries} {job.due_at}".encode()) / 2**32
        return self.now() + timedelta(seconds=seconds * (0.9 + 0.2 * spread))

    def next_look(self, job: Job) -> float:
        """Return in how many seconds to look again; less often while nothing has begun."""
        if job.progress:
            return self.poll_seconds
        quiet = (self.now() - (job.sent_at or self.now())).total_seconds() / 10
        return max(self.poll_seconds, min(quiet, LONGEST_QUIET_SECONDS))

    def balance(self) -> Balance | None:
        """Ask what is left, where something is counted; not knowing it stops nothing."""
        if self.provider.repeatable:
            return None
        try:
            return self.provider.balance()
        except VendorTrouble:
            return None


def wait_seconds(tries: int, wish: float | None = None) -> float:
    """Return how long to wait after so many tries, or as long as the vendor wishes."""
    if wish is not None:
        return min(max(wish, 1.0), LONGEST_WISH_SECONDS)
    return float(min(2**tries, LONGEST_WAIT_SECONDS))
