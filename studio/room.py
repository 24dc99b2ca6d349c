"""The room: everything one open studio is made of, put together in one place."""

import secrets
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from studio.backstage import Backstage
from studio.connections import Connection, Connections
from studio.errors import BudgetReached, ConnectionUnknown, StudioProblem, VendorTrouble
from studio.gallery.files import SongFiles
from studio.gallery.table import Gallery
from studio.jobs.desk import Desk
from studio.jobs.model import Job, State
from studio.jobs.steps import advance, hindered
from studio.jobs.table import JobTable
from studio.jobs.worker import Worker
from studio.offer import Health, check_fit, in_words, offer_of
from studio.providers.base import Provider
from studio.providers.limits import Balance
from studio.settings import Settings
from studio.songs import CreateSong, SongRequest
from studio.switchboard import Switchboard, vendor

BUDGET_SPAN = timedelta(hours=24)
EXAMPLE = CreateSong(style="pop")


class Room:
    """Tables, files, wires and the worker of one data folder.

    Parameters
    ----------
    settings
        Which folder.
    now
        Tells the time.
    backstage
        The emulator; `None` is the one of the folder.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        now: Callable[[], datetime],
        backstage: Backstage | None = None,
    ) -> None:
        self.connections = Connections(settings)
        self.jobs = JobTable(settings.database)
        self.gallery = Gallery(settings.database)
        self.files = SongFiles(settings.songs, settings.early)
        self._now = now
        self._backstage = backstage or Backstage(settings)
        self._switchboard = Switchboard(self.connections, self._backstage)
        self.worker = Worker(self.jobs, self.step, now=now)
        self._starting = threading.Lock()
        self._tidied = False

    def close(self) -> None:
        """Stop the worker, hang up, and stop the emulator if it was started here."""
        if self.worker.stop():
            # Not under somebody's hands: what is being sent may still be answered.
            self._switchboard.close()
        self._backstage.close()
        self.jobs.close()
        self.gallery.close()

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
        provider = self.provider(connection)
        return Desk(
            provider=provider,
            jobs=self.jobs,
            gallery=self.gallery,
            files=self.files,
            now=self._now,
            poll_seconds=connection.poll_seconds or provider.poll_seconds,
        )

    def step(self, job: Job) -> Job:
        """Do the next thing for `job`."""
        try:
            desk = self.desk(job)
        except StudioProblem as problem:
            reason = str(problem)
            return self.jobs.change(job.id, lambda job: hindered(job, self._now(), reason))
        return advance(job, desk)

    def submit(self, request: SongRequest, connection: Connection, key: str) -> Job:
        """Put a request on disk, if it can be sent and paid for."""
        who = vendor(connection)
        check_fit(request, offer_of(connection, who))
        if connection.url and not self.connections.key_of(connection):
            self.provider(connection)  # raises, with what to do
        estimate = who.price(request)
        self._check_budget(connection, estimate.amount)
        moment = self._now()
        job = Job(
            id=secrets.token_hex(8),
            key=key,
            connection=connection.name,
            kind=connection.kind,
            request=request,
            due_at=moment,
            created_at=moment,
            estimate=estimate,
        )
        return self.jobs.add(job)

    def balance(self, connection: Connection) -> Balance | None:
        """Ask what is left; `None` where nothing is counted or nobody answers."""
        if vendor(connection).repeatable:
            return None
        try:
            return self.provider(connection).balance()
        except (VendorTrouble, ConnectionUnknown):
            return None

    def health(self, connection: Connection) -> Health:
        """Ask a connection for something that costs nothing, and take the time."""
        try:
            provider = self.provider(connection)
            begin = time.perf_counter()
            balance = provider.balance()
            if provider.repeatable:
                provider.understand(EXAMPLE)
        except StudioProblem as problem:
            return Health(ok=False, sentence=str(problem))
        latency = (time.perf_counter() - begin) * 1000
        left = "" if balance is None else f" {balance.amount:g} {balance.unit} are left."
        sentence = f"{provider.title} answers in {latency:.0f} ms.{left}"
        return Health(ok=True, sentence=sentence, latency_ms=latency, balance=balance)

    def _check_budget(self, connection: Connection, amount: float) -> None:
        if connection.budget is None or amount == 0:
            return
        jobs = self.jobs.since(connection.name, self._now() - BUDGET_SPAN)
        spent = sum(map(_spent, jobs))
        if spent + amount > connection.budget:
            price = in_words(
                vendor(connection).price(EXAMPLE).model_copy(update={"amount": amount})
            )
            raise BudgetReached(
                f"This costs {price}; {spent:g} of the {connection.budget:g} for 24 hours at "
                f"{connection.name!r} are spent. Raise the budget under Settings, or wait."
            )

    def _tidy(self) -> None:
        """Clear away what nobody needs any more, once in the life of a worker."""
        self._tidied = True
        self.files.sweep()
        for song_id in self.gallery.purge(now=self._now()):
            self.files.remove(song_id)


def _spent(job: Job) -> float:
    """Return what a job has cost, or still may."""
    if job.cost is not None:
        return job.cost.amount
    never_sent = job.state in {State.FAILED, State.CANCELLED}
    return 0.0 if never_sent or job.estimate is None else job.estimate.amount
