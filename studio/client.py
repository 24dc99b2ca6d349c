"""The client: everything that pages, commands and scripts ask of the studio, and the only door.

with open_studio() as studio:
    job = studio.submit(CreateSong(style="slow soul with brass"))
    for song in studio.wait(job.id, timeout=120):
        print(song.title, studio.sound_path(song))
"""

import os
import secrets
import threading
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from studio.connections import Connection
from studio.gallery.table import Shelf
from studio.jobs import decisions
from studio.jobs.model import Job, State
from studio.jobs.takes import fetched_again
from studio.jobs.waiting import wait_for
from studio.offer import Estimate, Health, Offer, Spent, offer_of
from studio.providers.limits import Balance, Price
from studio.providers.materials import Call
from studio.room import Room
from studio.settings import Settings
from studio.songs import Ability, Attached, Attachment, Persona, Song, SongRequest
from studio.switchboard import vendor

__all__ = ["Connection", "Estimate", "Health", "Offer", "Shelf", "Spent", "Studio", "open_studio"]

BALANCE_SECONDS = 30.0


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


class Studio:
    """One open studio. May be used from any thread; close it, or use it in a `with`."""

    def __init__(self, room: Room, *, work: bool) -> None:
        self._room = room
        self._work = work
        self._balances: dict[str, tuple[float, Balance | None]] = {}
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

    def connections(self) -> tuple[Connection, ...]:
        """Return all connections."""
        return self._room.connections.all()

    def connection(self, name: str) -> Connection:
        """Return one connection."""
        return self._room.connections.get(name)

    def connect(self, connection: Connection, secret: str | None = None) -> None:
        """Add a connection, or change the one of this name; `secret` is its key, if it is new."""
        vendor(connection)
        self._room.connections.put(connection, secret)
        self._balances.pop(connection.name, None)

    def forget(self, name: str) -> None:
        """Remove a connection and its key."""
        self._room.connections.forget(name)

    def default(self) -> Connection:
        """Return the connection that is used when none is named."""
        return self._room.connections.default()

    def choose_default(self, name: str) -> None:
        """Use this connection when none is named."""
        self._room.connections.choose_default(name)

    def add_practice(self, kind: str) -> Connection:
        """Add a connection to the emulated vendor `kind` on this machine."""
        title = vendor(Connection(name=kind, kind=kind)).title
        connection = Connection(name=f"{title} (practice)", kind=kind, poll_seconds=1.0)
        self.connect(connection)
        return connection

    def test(self, name: str) -> Health:
        """Ask a connection whether it is there, without ordering anything."""
        return self._room.health(self.connection(name))

    def offer(self, name: str) -> Offer:
        """Return what can be had at a connection."""
        connection = self.connection(name)
        return offer_of(connection, vendor(connection))

    def offers(self) -> tuple[Offer, ...]:
        """Return what can be had at all connections."""
        return tuple(offer_of(one, vendor(one)) for one in self.connections())

    def who_can(self, ability: Ability) -> tuple[str, ...]:
        """Return the names of the connections that have an ability."""
        return self._room.ordering.who_can(ability)

    def price(self, request: SongRequest, to: str) -> Price:
        """Return what `request` alone will cost at a connection; see `estimate`."""
        return vendor(self.connection(to)).price(request)

    def estimate(self, request: SongRequest, to: str) -> Estimate:
        """Return what `request` will take at a connection, with uploads and joins."""
        return self._room.ordering.estimate(request, self.connection(to))

    def ledger(self, since: datetime) -> tuple[Spent, ...]:
        """Return what each connection has cost since a moment; those without jobs are left out."""
        return self._room.ordering.ledger(since)

    def balance(self, to: str) -> Balance | None:
        """Return what is left at a connection, as it was within the last half minute."""
        moment, balance = self._balances.get(to, (-BALANCE_SECONDS, None))
        if time.monotonic() - moment >= BALANCE_SECONDS:
            balance = self._room.balance(self.connection(to))
            self._balances[to] = (time.monotonic(), balance)
        return balance

    def understand(self, request: SongRequest, to: str) -> str:
        """Return in a short line how a connection reads `request`."""
        return self._room.provider(self.connection(to)).understand(request)

    def voice(self, name: str) -> str:
        """Say who sings at a connection, in a sentence; empty where nobody tells."""
        return self._room.provider(self.connection(name)).voice()

    def check(self, request: SongRequest, to: str) -> None:
        """Make sure that `request` can be sent there; raises `RequestUnfit` if not."""
        self._room.ordering.check(request, self.connection(to))

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

    def cancel(self, job_id: str) -> Job:
        """Stop a job; raises `VendorRefused` when what was bought cannot be stopped any more."""
        return decisions.cancel(self.job(job_id), self._room.jobs, self._room.desk, now())

    def send_again(self, job_id: str) -> Job:
        """Send a job that failed, or whose fate nobody knows, once more."""
        return self._decided(job_id, decisions.send_again)

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

    def songs(
        self,
        search: str = "",
        *,
        kept: bool | None = None,
        made_from: str | None = None,
        after: int | None = None,
        skip: int = 0,
        limit: int = 20,
    ) -> Shelf:
        """Return one page of the songs that match every word of `search`, newest first.

        Go on with `after=shelf.next`, or jump with `skip`. With `made_from`, only those that were
        made from the song of this id.
        """
        return self._room.gallery.shelf(
            search, kept=kept, made_from=made_from, after=after, skip=skip, limit=limit
        )

    def song(self, song_id: str) -> Song:
        """Return one song, also a deleted one."""
        return self._room.gallery.get(song_id)

    def parents(self, song_id: str) -> tuple[Song, ...]:
        """Return the songs that a song was made from; its `request` says how."""
        return tuple(self._room.gallery.parents(song_id))

    def children(self, song_id: str) -> tuple[Song, ...]:
        """Return the newest songs that were made from a song; the `request` of each says how."""
        return tuple(self._room.gallery.children(song_id))

    def rename(self, song_id: str, title: str) -> Song:
        """Give a song another title."""
        return self._room.gallery.rename(song_id, title)

    def keep(self, song_id: str, kept: bool) -> Song:
        """Mark a song as a keeper, or no longer."""
        return self._room.gallery.keep(song_id, kept)

    def delete(self, song_id: str) -> Song:
        """Take a song off the shelf; it can be restored for 30 days."""
        return self._room.gallery.delete(song_id, now=now())

    def restore(self, song_id: str) -> Song:
        """Put a deleted song back on the shelf."""
        return self._room.gallery.restore(song_id)

    def fetch_again(self, song_id: str) -> Song:
        """Bring the sound of a song home that is still at the vendor."""
        if self.song(song_id).is_own:
            return self.song(song_id)
        job = self.job(self.song(song_id).job)
        return fetched_again(self.song(song_id), job, self._room.desk(job))

    def sound_path(self, song: Song) -> Path | None:
        """Return where the MP3 of a song lies, if it is home."""
        return self._room.files.path(song.sound)

    def wav_path(self, song: Song) -> Path | None:
        """Return where the WAV of a song lies, if there is one."""
        return self._room.files.path(song.wav)

    def cover_path(self, song: Song) -> Path | None:
        """Return where the picture of a song lies, if there is one."""
        return self._room.files.path(song.cover)

    def peaks(self, song: Song) -> list[float]:
        """Return the outline of a song, 0 to 1; empty while it is not home."""
        sound = self.sound_path(song)
        return [] if sound is None else self._room.files.peaks(song.id, sound)

    def early_path(self, job_id: str, take_number: int) -> Path | None:
        """Return where the first seconds of a take lie, while the whole is not home."""
        return self._room.files.early(job_id, take_number)

    def bring(self, path: Path, *, title: str = "", origin: str = "file") -> Song:
        """Keep a sound of one's own as a song; the file itself stays where it is.

        Parameters
        ----------
        path
            MP3, WAV, FLAC, OGG, AIFF, and with the extra `media` M4A or a video with sound: 1 s to
            8 minutes.
        title
            What to call it; empty takes the title that it carries, or the name of the file.
        origin
            Where it came from: `file` or `microphone`.

        Raises
        ------
        SoundUnreadable, ExtraMissing
            If it cannot be used, with what to do.
        """
        return self._room.own.bring(path, title=title, origin=origin, source=path.name)

    def bring_link(self, url: str, *, title: str = "") -> Song:
        """Keep the sound behind a link as a song.

        Raises
        ------
        StudioProblem
            If the link cannot be followed, or what is there cannot be used; with what to do.
        """
        return self._room.bring_link(url, title)

    def incoming(self, name: str) -> AbstractContextManager[Path]:
        """Give a path for a file that is on its way in; it is gone at the end of the `with`."""
        return self._room.incoming.place(name)

    def attachments(self, song_id: str, kind: Attached | None = None) -> tuple[Attachment, ...]:
        """Return what is attached to a song, newest first; of one kind, if it is given."""
        return tuple(self._room.attachments.of_song(song_id, kind=kind))

    def attachment(self, attachment_id: str) -> Attachment:
        """Return one attachment."""
        return self._room.attachments.get(attachment_id)

    def attachment_path(self, attachment: Attachment) -> Path | None:
        """Return where the file of an attachment lies, if it has one that is home."""
        return self._room.files.path(attachment.file)

    def detach(self, attachment_id: str) -> Attachment:
        """Remove an attachment from its song, with its file, and return what it was."""
        attachment = self._room.attachments.detach(attachment_id)
        self._room.files.remove_file(attachment.file)
        return attachment

    def personas(self, to: str | None = None) -> tuple[Persona, ...]:
        """Return the personas that can be chosen, newest first; at one connection, if named."""
        return tuple(self._room.personas.all(to))

    def persona(self, persona_id: str) -> Persona:
        """Return one persona, also a forgotten one."""
        return self._room.personas.get(persona_id)

    def rename_persona(self, persona_id: str, name: str) -> Persona:
        """Give a persona another name; at the vendor it keeps its own."""
        return self._room.personas.rename(persona_id, name)

    def forget_persona(self, persona_id: str) -> Persona:
        """Offer a persona no longer; the songs that it has sung stay."""
        return self._room.personas.forget(persona_id, now=now())

    def public_url(self) -> str | None:
        """Return the address under which the internet reaches this studio, if there is one."""
        return self._room.publishing.public_url()

    def set_public_url(self, url: str | None) -> None:
        """Keep that address; `None` forgets it. Raises `StudioProblem` if it cannot be one."""
        self._room.publishing.set_public_url(url)

    def be_at(self, address: str) -> None:
        """Remember where this process answers on this machine, for vendors on this machine."""
        self._room.publishing.be_at(address)

    def callback_url(self, connection: str) -> str | None:
        """Return where a connection may tell us of its work; `None` where it cannot or does not."""
        known = self.connection(connection)
        callback = self._room.publishing.callback(known) if vendor(known).calls_back else None
        return callback and callback.url

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
