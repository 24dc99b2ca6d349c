"""The room: everything one open studio is made of, put together in one place."""

import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

from studio.backstage import Backstage
from studio.connections import Connection, Connections
from studio.contracts import Contracts
from studio.errors import (
    ConnectionUnknown,
    NotFound,
    SoundUnreadable,
    StudioProblem,
    VendorTrouble,
)
from studio.gallery.files import SongFiles
from studio.gallery.incoming import Incoming, is_page
from studio.gallery.names import name_in
from studio.gallery.own import OwnSounds
from studio.jobs.desk import Desk
from studio.jobs.model import Job, State
from studio.jobs.steps import advance, hindered
from studio.jobs.traffic.lines import Lines
from studio.jobs.worker import Worker
from studio.ordering import Ordering
from studio.probes import Probes
from studio.providers.base import Provider
from studio.providers.limits import Balance
from studio.providers.links import fetch_link, web_link, without_login
from studio.providers.materials import Call
from studio.providers.wire import Turnstiles
from studio.publishing import Publishing
from studio.settings import Settings
from studio.songs import Ability, Song
from studio.storeroom import Phrase, Storeroom
from studio.switchboard import Switchboard, vendor
from studio.tables import Tables


class Room(Tables):
    """Tables, files, wires and the worker of one data folder.

    Parameters
    ----------
    settings
        Which folder.
    now
        Tells the time.
    backstage
        The emulator; `None` is the one of the folder.
    turnstiles
        Keep calls within the rates of vendors; `None` are those of the folder.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        now: Callable[[], datetime],
        backstage: Backstage | None = None,
        turnstiles: Turnstiles | None = None,
    ) -> None:
        super().__init__(settings.database)
        self.settings = settings
        self._now = now
        self._backstage = backstage or Backstage(settings)
        self.connections = Connections(settings)
        self.files = SongFiles(settings.songs, settings.early)
        self.incoming = Incoming(settings.incoming)
        self.own = OwnSounds(self.gallery, self.files, self.incoming, now)
        self.publishing = Publishing(settings, self.connections, self._backstage, now)
        self.storeroom = Storeroom(
            self.gallery,
            self.attachments,
            self.personas,
            self.files,
            self.publishing,
            now,
            self._phrase_of,
        )
        self._switchboard = Switchboard(
            self.connections,
            self._backstage,
            turnstiles or Turnstiles(settings.turns),
            private_links=settings.private_links,
        )
        self.probes = Probes(settings.probes, self.provider, now)
        self.contracts = Contracts(settings.contracts, self.provider, now)
        self.ordering = Ordering(
            self.connections,
            self.jobs,
            self.ledger,
            self.storeroom,
            self.probes,
            self.contracts,
            now,
        )
        self.lines = Lines(now, self.notices)
        self.worker = Worker(self.jobs, self.step, lines=self.lines, now=now)
        self._starting = threading.Lock()
        self._tidied = False

    def close(self) -> None:
        """Stop the worker, hang up, and stop the emulator if it was started here."""
        self.probes.close()
        if self.worker.stop():
            # Not under somebody's hands: what is being sent may still be answered.
            self._switchboard.close()
        self._backstage.close()
        super().close()

    def work(self) -> None:
        """Drive jobs in this process, from now on and now."""
        with self._starting:
            if not self._tidied:
                self._tidy()
            self.worker.start()
        self.worker.wake()

    def provider(self, connection: Connection) -> Provider:
        """Return who can be spoken with at a connection."""
        return self._switchboard.provider(connection)

    def desk(self, job: Job) -> Desk:
        """Return the desk at which the steps of `job` are done."""
        connection = self.connections.get(job.connection)
        wire = self._switchboard.wire(connection)
        provider = vendor(connection)(wire)
        line = self.lines.to(connection.name)
        line.turns = wire.turnstile
        return Desk(
            provider=provider,
            jobs=self.jobs,
            gallery=self.gallery,
            attachments=self.attachments,
            personas=self.personas,
            files=self.files,
            materials=partial(self.storeroom.materials, connection=connection),
            now=self._now,
            poll_seconds=connection.poll_seconds or provider.poll_seconds,
            line=line,
        )

    def step(self, job: Job) -> Job:
        """Do the next thing for `job`."""
        try:
            desk = self.desk(job)
        except StudioProblem as problem:
            reason = str(problem)
            return self.jobs.change(job.id, lambda job: hindered(job, self._now(), reason))
        return advance(job, desk)

    def bring_link(self, url: str, title: str) -> Song:
        """Keep the sound behind a link as a song; see `Studio.bring_link`."""
        link = web_link(url)
        source = without_login(link)
        with self.incoming.place(name_in(link)) as path:
            fetch_link(link, path, private=self.settings.private_links)
            try:
                return self.own.bring(path, title=title, origin="link", source=source)
            except SoundUnreadable as problem:
                if not is_page(path):
                    raise
                raise _page_at(link) from problem

    def hear(self, connection: Connection, call: Call) -> bool:
        """Pass on what a vendor has told by itself; return whether anybody waited for it.

        Raises
        ------
        CallRefused
            If it is not surely from the vendor.
        """
        news = self.provider(connection).hear(call)
        if news is None or not self.calls.is_new(connection.name, news.id, call.at):
            return False
        is_awaited = self.jobs.told(connection.name, news.remote, news.told, call.at)
        if is_awaited:
            self.worker.wake()
        return is_awaited

    def balance(self, connection: Connection) -> Balance | None:
        """Ask what is left; `None` where nothing is counted or nobody answers."""
        if vendor(connection).repeatable:
            return None
        try:
            return self.provider(connection).balance()
        except (VendorTrouble, ConnectionUnknown):
            return None

    def _phrase_of(self, job_id: str) -> Phrase:
        job = self.jobs.get(job_id)
        if job.request.ability is not Ability.PHRASE:
            raise NotFound(f"The job {job_id} did not ask for a phrase.")
        return Phrase(job.connection, job.remote if job.state is State.DONE else None)

    def _tidy(self) -> None:
        """Clear away what nobody needs any more, once in the life of a worker."""
        self._tidied = True
        self.files.sweep()
        self.incoming.sweep(self._now())
        gone = self.gallery.purge(now=self._now())
        for song_id in gone:
            self.files.remove(song_id)
        for attachment in self.attachments.detach_all(gone):
            self.files.remove_file(attachment.file)


def _page_at(link: str) -> SoundUnreadable:
    return SoundUnreadable(
        f"{urlsplit(link).hostname} shows a page under this link, not a sound. Paste the link of "
        "the sound itself, which often ends in .mp3, or download it and bring the file."
    )
