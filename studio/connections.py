"""The connections of this studio, and the keys to them, kept apart from them."""

import secrets
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator

from studio.disk import locked, read_json, write_json
from studio.errors import ConnectionUnknown
from studio.settings import Settings
from studio.songs import Value


class Connection(Value):
    """A provider at an address."""

    name: str = Field(min_length=1, max_length=60)
    kind: str
    """Which provider speaks there."""
    url: str | None = None
    """Its address; `None` is the emulator on this machine."""
    edition: str | None = None
    """Which generation of its documents is spoken; `None` is the usual one."""
    key_env: str | None = None
    """Environment variable that holds the key, if it is not kept here."""
    poll_seconds: float | None = Field(default=None, gt=0, le=3600)
    """How often to look at work there; `None` is as often as the vendor advises."""
    budget: float | None = Field(default=None, ge=0)
    """Most that may be spent there in 24 hours, in the vendor's unit; `None` is no limit."""

    @field_validator("url")
    @classmethod
    def _is_an_address(cls, url: str | None) -> str | None:
        if url is None:
            return None
        try:
            parts = urlsplit(url.strip())
            usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
        except ValueError:
            usable = False
        if not usable:
            raise ValueError(f"{url!r} is not an address. Write one such as https://api.example.")
        return url.strip()

    @property
    def is_local(self) -> bool:
        """Whether it is the emulator on this machine."""
        return self.url is None


def place_of(connection: Connection) -> str:
    """Say where and as what a connection speaks: elsewhere it is another server."""
    return " ".join((connection.kind, connection.edition or "", connection.url or "here"))


OURS = ""
"""Under which the studio's own secrets lie beside the keys: no connection is called so."""

HOUSE_BAND = Connection(name="house band", kind="house_band")
"""The connection that every studio begins with."""


class Connections:
    """All connections. Every call reads the files anew: other processes write them too."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = settings.connections.with_suffix(".lock")

    def all(self) -> tuple[Connection, ...]:
        """Return the connections in the order they were added."""
        book = self._book()
        return tuple(_readable(book["connections"]))

    def get(self, name: str) -> Connection:
        """Return one connection.

        Raises
        ------
        ConnectionUnknown
            If there is none of this name.
        """
        for connection in self.all():
            if connection.name == name:
                return connection
        known = ", ".join(connection.name for connection in self.all())
        raise ConnectionUnknown(
            f"There is no connection called {name!r}. There are: {known}. "
            "Add one under Settings, or with `studio connect`."
        )

    def put(self, connection: Connection, secret: str | None = None) -> None:
        """Add a connection or change the one of this name; `secret` is its key, if it is new."""
        if secret is not None:
            self._change_keys(lambda keys: keys | {connection.name: secret})

        def changed(book: dict[str, Any]) -> dict[str, Any]:
            told = {entry["name"]: entry for entry in book["connections"]}
            told[connection.name] = connection.model_dump(mode="json")
            return book | {"connections": list(told.values())}

        self._change_book(changed)

    def forget(self, name: str) -> None:
        """Remove a connection and its key."""
        self.get(name)

        def without(book: dict[str, Any]) -> dict[str, Any]:
            rest = [entry for entry in book["connections"] if entry["name"] != name]
            return book | {"connections": rest}

        self._change_book(without)
        self._change_keys(lambda keys: {who: key for who, key in keys.items() if who != name})

    def default(self) -> Connection:
        """Return the connection that is used when none is named."""
        connections = self.all()
        if not connections:
            raise ConnectionUnknown("There is no connection. Add one under Settings.")
        chosen = self._book().get("default")
        return next((one for one in connections if one.name == chosen), connections[0])

    def choose_default(self, name: str) -> None:
        """Use this connection when none is named."""
        self.get(name)
        self._change_book(lambda book: book | {"default": name})

    def key_of(self, connection: Connection) -> str | None:
        """Return the key of a connection: from its environment variable, or the one kept here."""
        if connection.key_env and (key := self._settings.environ.get(connection.key_env, "")):
            return key.strip()
        kept = read_json(self._settings.keys, {}).get(connection.name)
        return kept if isinstance(kept, str) else None

    def secret(self, purpose: str) -> str:
        """Return the studio's own secret for `purpose`, made when it is first needed."""
        if known := self._own_secrets().get(purpose):
            return known
        fresh = secrets.token_hex(32)

        def with_one(keys: dict[str, Any]) -> dict[str, Any]:
            # Another process may have been first.
            return keys | {OURS: {purpose: fresh} | keys.get(OURS, {})}

        self._change_keys(with_one)
        return self._own_secrets()[purpose]

    def _own_secrets(self) -> dict[str, str]:
        kept = read_json(self._settings.keys, {}).get(OURS)
        return kept if isinstance(kept, dict) else {}

    def _book(self) -> dict[str, Any]:
        book: dict[str, Any] = read_json(self._settings.connections, None) or {
            "default": HOUSE_BAND.name,
            "connections": [HOUSE_BAND.model_dump(mode="json")],
        }
        return book

    def _change_book(self, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        with locked(self._lock):
            write_json(self._settings.connections, change(self._book()))

    def _change_keys(self, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        with locked(self._lock):
            keys = change(read_json(self._settings.keys, {}))
            write_json(self._settings.keys, keys, private=True)


def _readable(entries: list[dict[str, Any]]) -> list[Connection]:
    """Return the entries that this version understands; the file may be of a newer one."""
    connections = []
    for entry in entries:
        try:
            connections.append(Connection.model_validate(entry))
        except ValidationError:
            continue
    return connections
