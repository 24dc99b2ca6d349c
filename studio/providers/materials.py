"""What a request works with, as its provider can get at it; and what a vendor tells us."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from studio.songs import Attachment, Song, Value


@dataclass(frozen=True, slots=True)
class Material:
    """One song that a request works on, as the provider can get at it."""

    song: Song
    remote: str | None = None
    """The vendor's own id of it, where this connection made it or was given it."""
    is_upload: bool = False
    """Whether that id came from an upload."""
    there_since: datetime | None = None
    """Since when the vendor has it."""
    file: Path | None = None
    """Where its sound lies here."""
    publish: Callable[[], str] = field(default=lambda: "", repr=False)
    """Gives a link from which the vendor can fetch the sound; raises `RequestUnfit` with what to do
    where there is none. Nothing is published before this is called."""
    attachments: tuple[Attachment, ...] = ()
    """What this connection has found out about the song, newest first."""


@dataclass(frozen=True, slots=True)
class Callback:
    """Where a vendor may tell us that something has happened."""

    url: str
    secret: str = field(repr=False)
    """With which it signs what it tells."""


@dataclass(frozen=True, slots=True)
class Materials:
    """What a request works with."""

    songs: tuple[Material, ...] = ()
    """In the order of `request.sources`."""
    persona: str | None = None
    """The vendor's own id of the persona that is to sing."""
    phrase: str | None = None
    """The vendor's own id of the phrase that was asked for."""
    callback: Callback | None = None
    gathered_at: datetime | None = None
    """When, for vendors who insist on fresh sounds; `None` where age does not matter."""


NOTHING = Materials()


@dataclass(frozen=True, slots=True)
class Call:
    """What somebody told us at our callback address."""

    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes
    secret: str = field(repr=False)
    at: datetime


class News(Value):
    """A call that is genuine."""

    id: str
    """The same twice is the same news."""
    remote: str
    """Of which job of the vendor it tells."""
    told: str
    """What it tells, for `Provider.read`."""
