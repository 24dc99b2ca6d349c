"""The client: everything that pages, commands and scripts ask of the studio, and the only door.

with open_studio() as studio:
    job = studio.submit(CreateSong(style="slow soul with brass"))
    for song in studio.wait(job.id, timeout=120):
        print(song.title, studio.sound_path(song))
"""

import os
import secrets
import threading
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from studio.comparing import Comparing
from studio.connections import Connection
from studio.counter import Counter
from studio.gallery.table import Shelf
from studio.jobs import decisions
from studio.jobs.books.comparisons import Comparison
from studio.jobs.books.ledger import Spent
from studio.jobs.model import Job, State
from studio.jobs.waiting import wait_for
from studio.library import Library
from studio.offer import Estimate, Health, Offer
from studio.providers.materials import Call
from studio.room import Room
from studio.settings import Settings
from studio.songs import Ability, Song, SongRequest

__all__ = ["Connection", "Estimate", "Health", "Offer", "Shelf", "Spent", "Studio", "open_studio"]


def now() -> datetime:
    """Tell the time."""
    return datetime.now(UTC)


def open_studio(settings: Settings | None = None, *, work: bool = True) -> "Studio":
    """Open the studio of a data folder.

    Parameters
    ----------
    settings
        Where it is; `None` asks the environment.
    work
        Whether to drive jobs in this process, whoever puts them down.
    """
    settings = settings or Settings.from_environment(os.environ)
    return Studio(Room(settings, now=now), work=work)


class Studio(Counter, Library, Comparing):
    """One open studio. May be used from any thread; close it, or use it in a `with`."""

    def __init__(self, room: Room, *, work: bool) -> None:
        Counter.__init__(self, room)
        Library.__init__(self, room, now)
        Comparing.__init__(self, room, now)
        self._work = work
        self._submitting = threading.Lock()
        if work:
            # Also with nothing to do yet: a command may put a job down for whoever works here.
            room.work()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop the worker and the emulator, if they were started here; jobs stay on disk."""
        self._room.close()

    def submit(self, request: SongRequest, *, to: str | None = None, key: str | None = None) -> Job:
        """Put a request on disk, to be sent by the worker; the page is free at once.

        Parameters
        ----------
        request
            What is asked for.
        to
            Name of the connection; `None` is the default one.
        key
            The same key twice is the same job, so that a double click buys once.

        Raises
        ------
        RequestUnfit, ConnectionUnknown, BudgetReached
            If it cannot be sent there, or not for that much.
        """
        connection = self.default() if to is None else self.connection(to)
        key = key or secrets.token_hex(16)
        if connection.url and not self._room.connections.key_of(connection):
            self._room.provider(connection)  # raises, with what to do
        with self._submitting:
            known = self._room.jobs.submitted(key)
            job = known or self._room.ordering.submit(request, connection, key)
        self._drive()
        return job

    def compare(
        self,
        request: SongRequest,
        to: Collection[str],
        *,
        blind: bool = False,
        key: str | None = None,
    ) -> Comparison:
        """Send one request to several connections, or to none of them.

        Parameters
        ----------
        request
            What is asked for; each gets what it takes of it, see `entries`.
        to
            Names of the connections, two or more.
        blind
            Whether nobody is to see who made what before one was chosen.
        key
            The same key twice is the same comparison.

        Raises
        ------
        RequestUnfit, ConnectionUnknown, BudgetReached
            If one of them cannot take it, or not for that much.
        """
        key = key or secrets.token_hex(16)
        if known := self.compared(key):
            return known
        entries = self.entries(request, to)
        self.check_entries(entries)
        jobs = [
            self.submit(entry.request, to=entry.connection, key=f"{key} at {entry.connection}")
            for entry in entries
        ]
        return self.keep_comparison(request, entries, jobs, key=key, is_blind=blind)

    def job(self, job_id: str) -> Job:
        """Return one job."""
        return self._room.jobs.get(job_id)

    def jobs(
        self,
        *,
        states: Collection[State] | None = None,
        abilities: Collection[Ability] | None = None,
        of_song: str | None = None,
        limit: int = 50,
    ) -> list[Job]:
        """Return the newest jobs, newest first: of some states, of some abilities, on one song."""
        return self._room.jobs.newest(states, limit, abilities=abilities, of_song=of_song)

    def parts(self, job_id: str) -> list[Job]:
        """Return the jobs that are done for the sake of one, before it and after it."""
        return self._room.jobs.parts(job_id)

    def cancel(self, job_id: str) -> Job:
        """Stop a job; raises `VendorRefused` when what was bought cannot be stopped any more."""
        return decisions.cancel(self.job(job_id), self._room.jobs, self._room.desk, now())

    def send_again(self, job_id: str) -> Job:
        """Send a job that failed, or whose fate nobody knows, once more.

        What it needs goes before it, if that failed too; what is done is not bought again.
        """
        job = decisions.send_chain_again(job_id, self._room.jobs, now())
        self._drive()
        return job

    def it_was_made(self, job_id: str, remote: str) -> Job:
        """Tell that an unsure job was taken, and under which id it is found at the vendor."""
        return self._decided(job_id, lambda job, at: decisions.it_was_made(job, at, remote))

    def give_up(self, job_id: str) -> Job:
        """Put an unsure job aside."""
        return self._decided(job_id, decisions.give_up)

    def do_again(self, job_id: str) -> Job:
        """Submit the request of a job as a new one."""
        job = self.job(job_id)
        return self.submit(job.request, to=job.connection)

    def wait(
        self,
        job_id: str,
        timeout: float | None = None,
        on_progress: Callable[[Job], None] | None = None,
    ) -> tuple[Song, ...]:
        """Wait until a job is over and return its songs.

        Somebody must drive it: this process, if it was opened to work, or another one.

        Raises
        ------
        JobStopped
            If it failed or was cancelled; `JobUnsure` if a person must decide.
        TimeoutError
            If it is not over after `timeout` seconds.
        """
        self._drive()
        wait_for(lambda: self.job(job_id), timeout=timeout, on_progress=on_progress)
        return tuple(self._room.gallery.of_job(job_id))

    def hear(self, connection: str, door: str, headers: Mapping[str, str], body: bytes) -> bool:
        """Listen to a call at the callback address of a connection.

        Parameters
        ----------
        connection
            Its name.
        door
            The secret part of the address.
        headers
            By their names in lower case.
        body
            What was sent.

        Returns
        -------
        Whether it was news of a job that waits for it.

        Raises
        ------
        NotFound
            If there is no such address.
        CallRefused
            If it is not surely from the vendor, or too old.
        """
        secret = self._room.publishing.signing_secret(connection, door)
        call = Call(headers=headers, body=body, secret=secret, at=now())
        return self._room.hear(self.connection(connection), call)

    def published(self, token: str) -> Path | None:
        """Return the sound that a signed link is for, if it is still home.

        Raises
        ------
        NotFound
            If the link is not one of ours, or its time is over.
        """
        return self._room.storeroom.published(token)

    def _decided(self, job_id: str, decision: Callable[[Job, datetime], Job]) -> Job:
        job = self._room.jobs.change(job_id, lambda job: decision(job, now()))
        self._drive()
        return job

    def _drive(self) -> None:
        if self._work:
            self._room.work()
