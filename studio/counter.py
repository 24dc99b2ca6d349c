"""The counter: what the client tells of connections, of what they offer, and of what it costs."""

import time
from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from studio.address import public_url, set_public_url
from studio.checkup import look_at
from studio.connections import Connection
from studio.contracts import Result
from studio.jobs.books.ledger import Spent
from studio.jobs.traffic.lanes import Lane
from studio.offer import Estimate, Health, Offer, summed
from studio.providers.limits import Balance, Price
from studio.room import Room
from studio.songs import Ability, SongRequest
from studio.switchboard import vendor

BALANCE_SECONDS = 30.0


class Counter:
    """Connections, offers, prices and addresses. A part of `studio.client.Studio`."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._balances: dict[str, tuple[float, Balance | None]] = {}

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
        self._room.probes.ask_beside(connection)

    def forget(self, name: str) -> None:
        """Remove a connection and its key."""
        self._room.connections.forget(name)
        self._room.probes.forget(name)
        self._room.contracts.forget(name)

    def default(self) -> Connection:
        """Return the connection that is used when none is named."""
        return self._room.connections.default()

    def choose_default(self, name: str) -> None:
        """Use this connection when none is named."""
        self._room.connections.choose_default(name)

    def editions(self, kind: str) -> Mapping[str, str]:
        """Return the generations of a vendor's documents by name, each with what it is called."""
        return vendor(Connection(name=kind, kind=kind)).editions

    def reaches(self, name: str) -> bool:
        """Whether the vendor at a connection could fetch something from this studio."""
        return self._room.publishing.can_reach(self.connection(name))

    def add_practice(self, kind: str) -> Connection:
        """Add a connection to the emulated vendor `kind` on this machine."""
        title = vendor(Connection(name=kind, kind=kind)).title
        connection = Connection(name=f"{title} (practice)", kind=kind, poll_seconds=1.0)
        self.connect(connection)
        return connection

    def test(self, name: str) -> Health:
        """Ask a connection whether it is there, without ordering anything.

        What waits for somebody to answer there goes on then.
        """
        health = look_at(self.connection(name), self._room.provider, self._room.probes)
        if health.ok:
            self._room.lines.to(name).answered(Lane.LOOK)
        return health

    def find_out(self, name: str) -> bool:
        """Ask a server that may differ from others what it can do; return whether that is so."""
        return self._room.probes.ask(self.connection(name)) is not None

    def offer(self, name: str) -> Offer:
        """Return what can be had at a connection."""
        return self._room.ordering.offer(self.connection(name))

    def offers(self) -> tuple[Offer, ...]:
        """Return what can be had at all connections of a kind that is known."""
        return self._room.ordering.offers()

    def who_can(self, ability: Ability) -> tuple[str, ...]:
        """Return the names of the connections that have an ability."""
        return self._room.ordering.who_can(ability)

    def estimate(self, request: SongRequest, to: str) -> Estimate:
        """Return what `request` will take at a connection, with uploads and joins."""
        return self._room.ordering.estimate(request, self.connection(to))

    def ledger(self, since: datetime) -> tuple[Spent, ...]:
        """Return what each connection has cost since a moment; those without jobs are left out."""
        return self._room.ordering.spent(since)

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

    def price(self, request: SongRequest, to: str) -> Price:
        """Return what `request` alone costs at a connection, whatever it works on."""
        return vendor(self.connection(to)).price(request)

    def contract(self, name: str) -> tuple[Result, ...]:
        """Return what a connection's vendor claims, and what came of trying that last."""
        return self._room.contracts.of(self.connection(name))

    def examine(
        self,
        name: str,
        claims: Collection[str] | None = None,
        *,
        spend: bool = False,
        on_result: Callable[[Result], None] = lambda _: None,
    ) -> tuple[Result, ...]:
        """Hold a connection's vendor to its claims, and return all that is known of them.

        Parameters
        ----------
        name
            Of the connection.
        claims
            Names of the claims; `None` is all.
        spend
            Whether those that cost something are tried, too; else they stay as they were.
        on_result
            Told of each result as it comes.

        Raises
        ------
        StudioProblem
            If there is no such claim, nobody can be asked, or it would cost more than is allowed.
        """
        connection = self.connection(name)
        chosen = self._room.contracts.chosen(connection, claims, spend=spend)
        if chosen:
            price = summed(tuple(claim.price for claim in chosen))
            self._room.ordering.check_budget(connection, price)
        return self._room.contracts.examine(connection, chosen, on_result)

    def check(self, request: SongRequest, to: str) -> None:
        """Make sure that `request` can be sent there; raises `RequestUnfit` if not."""
        self._room.ordering.check(request, self.connection(to))

    def public_url(self) -> str | None:
        """Return the address under which the internet reaches this studio, if there is one."""
        return public_url(self._room.settings)

    def set_public_url(self, url: str | None) -> None:
        """Keep that address; `None` forgets it. Raises `StudioProblem` if it cannot be one."""
        set_public_url(self._room.settings, url)

    def be_at(self, address: str) -> None:
        """Remember where this process answers on this machine, for vendors on this machine."""
        self._room.publishing.be_at(address)

    def callback_url(self, connection: str) -> str | None:
        """Return where a connection may tell us of its work; `None` where it cannot or does not."""
        known = self.connection(connection)
        callback = self._room.publishing.callback(known) if vendor(known).calls_back else None
        return None if callback is None else callback.url
