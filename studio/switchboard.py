"""The switchboard: from a connection to a provider that one can speak with."""

import threading

from studio.backstage import Backstage
from studio.connections import Connection, Connections
from studio.errors import ConnectionUnknown
from studio.providers import PROVIDERS, Vendor
from studio.providers.addresses import Addresses, home_of
from studio.providers.base import Provider
from studio.providers.wire import Turnstile, Turnstiles, Wire

LOCAL_PREFIXES = {"house_band": "band"}
"""Where a provider's counter is at the emulator, if not under its own kind."""
PATIENCE_SECONDS = 2.0
"""How long a person waits for a turn at a vendor that takes only so many calls."""


def vendor(connection: Connection) -> type[Vendor]:
    """Return who speaks at this connection, in its edition.

    Raises
    ------
    ConnectionUnknown
        If this version of the studio does not know such a provider, or no such edition.
    """
    try:
        who = PROVIDERS[connection.kind]
    except KeyError:
        raise ConnectionUnknown(
            f"The connection {connection.name!r} is of the kind {connection.kind!r}, which this "
            f"studio does not know. It knows: {', '.join(PROVIDERS)}."
        ) from None
    if connection.edition is not None and connection.edition not in who.editions:
        known = ", ".join(who.editions) or "one only"
        raise ConnectionUnknown(
            f"The connection {connection.name!r} speaks edition {connection.edition!r} of "
            f"{who.title}, which this studio does not know. It knows: {known}."
        )
    return who.edition(connection.edition)


class Switchboard:
    """Keeps one wire per address and key, for all jobs and pages."""

    def __init__(
        self,
        connections: Connections,
        backstage: Backstage,
        turnstiles: Turnstiles,
        *,
        private_links: bool = False,
    ) -> None:
        """Open it; with `private_links`, files may lie inside one's own network."""
        self._connections = connections
        self._turnstiles = turnstiles
        self._private_links = private_links
        self._backstage = backstage
        self._wires: dict[tuple[str, str, str], Wire] = {}
        self._lock = threading.Lock()

    def provider(self, connection: Connection) -> Provider:
        """Return a provider at this connection, for a person who waits for the answer.

        Raises
        ------
        ConnectionUnknown, NotTaken
            As `wire` does.
        """
        return vendor(connection)(self.wire(connection).patient(PATIENCE_SECONDS))

    def wire(self, connection: Connection) -> Wire:
        """Return the wire to this connection, starting the emulator if it is needed.

        Raises
        ------
        ConnectionUnknown
            If it has no key, or nobody of its kind is known.
        NotTaken
            If it is on this machine and does not start.
        """
        who = vendor(connection)
        url, key = self._where(connection, who)
        with self._lock:
            place = (connection.name, url, key)
            if place not in self._wires:
                self._hang_up(connection.name)
                self._wires[place] = Wire(
                    url,
                    key,
                    who=who.title,
                    addresses=Addresses(home_of(url), private=self._private_links),
                    key_header=who.key_header,
                    branches=who.branches if home_of(url) == home_of(who.home_url or "") else {},
                    turnstile=self._turnstile(connection, who, key),
                )
            return self._wires[place]

    def close(self) -> None:
        """Hang up everywhere."""
        with self._lock:
            for wire in self._wires.values():
                wire.close()
            self._wires.clear()

    def _where(self, connection: Connection, who: type[Vendor]) -> tuple[str, str]:
        if connection.url is None:
            address = self._backstage.address()
            prefix = LOCAL_PREFIXES.get(connection.kind, connection.kind)
            return f"{address.url}/{prefix}", address.key
        key = self._connections.key_of(connection)
        if not key and who.needs_key:
            place = f" in {connection.key_env}" if connection.key_env else ""
            raise ConnectionUnknown(
                f"There is no key for {connection.name!r} ({who.title}){place}. "
                "Add one under Settings, or choose the house band."
            )
        return connection.url, key or ""

    def _turnstile(self, connection: Connection, who: type[Vendor], key: str) -> Turnstile | None:
        """Return that of the account, which several connections may share."""
        if who.rate is None:
            return None
        # The emulator has another key with every start, and is still the same account.
        account = "" if connection.url is None else key or connection.url
        return self._turnstiles.of(f"{who.kind} {account}", who.rate, who=who.title)

    def _hang_up(self, name: str) -> None:
        """Forget the wires to where this connection was before; who still speaks may finish."""
        for place in [place for place in self._wires if place[0] == name]:
            del self._wires[place]
