"""Northwind: an invented vendor. This one file, and a line in `PROVIDERS`, is all that it takes."""

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from pydantic import BaseModel

from studio.errors import Doubtful, NotTaken, RemoteUnknown, VendorRefused
from studio.providers.base import Finished, Progress, Provider, Refused, Started, Working
from studio.providers.limits import Balance, Limits, Model, Price
from studio.providers.materials import NOTHING, Materials
from studio.providers.wire import Answer, Wire
from studio.songs import Ability, SongRequest, Take, Text

WHO = "Northwind"
PRICES = {Ability.CREATE: 3, Ability.LYRICS: 1}


class Gust(BaseModel):
    """How far a song is."""

    state: str
    links: tuple[str, ...] = ()
    why: str = ""


class Northwind(Provider):
    """Two songs for three shells, words for one."""

    kind: ClassVar[str] = "northwind"
    title: ClassVar[str] = WHO
    abilities: ClassVar[frozenset[Ability]] = frozenset(PRICES)
    models: ClassVar[Mapping[str, Model]] = {
        "breeze": Model(
            abilities=frozenset({Ability.CREATE}), limits=Limits(style=33, weights=False)
        ),
        "storm": Model(abilities=frozenset({Ability.CREATE}), limits=Limits(style=333)),
    }
    plain: ClassVar[Mapping[Ability, Limits]] = {Ability.LYRICS: Limits(description=50)}
    poll_seconds: ClassVar[float] = 2.0
    home_url: ClassVar[str | None] = "https://northwind.example"

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    @classmethod
    def price(cls, request: SongRequest, materials: Materials = NOTHING) -> Price:
        """Tell it in shells."""
        return Price(amount=PRICES[request.ability], unit="shells")

    def start(self, request: SongRequest, materials: Materials) -> Started | Finished:
        """Order it."""
        body = request.model_dump(mode="json", exclude_defaults=True)
        answer = self._wire.ask("POST", str(request.ability), body)
        told = answer.members()
        if answer.status == 200 and "words" in told:
            return Finished(texts=(Text(text=told["words"]),))
        if answer.status == 200 and "song" in told:
            return Started(remote=told["song"])
        raise _trouble(answer)

    def check(self, remote: str, request: SongRequest) -> Progress:
        """Look how far it is."""
        answer = self._wire.ask("GET", f"songs/{remote}")
        if answer.status != 200:
            raise _trouble(answer)
        gust = answer.read(Gust)
        if gust.state == "lost":
            return Refused(reason=f"{WHO} lost it: {gust.why} Send it again.", refunded=True)
        takes = [
            Take(number=number, finished=bool(link), sound=link or None, failed=gust.why or None)
            for number, link in enumerate(gust.links, 1)
        ]
        return Finished(takes=tuple(takes)) if gust.state == "done" else Working(doing="blowing")

    def fetch(self, link: str, into: Path, *, at_most: int | None = None) -> None:
        """Fetch a file."""
        self._wire.download(link, into, at_most=at_most)

    def balance(self) -> Balance | None:
        """Count the shells."""
        told = self._wire.ask("GET", "shells").members()
        return Balance(amount=told["shells"], unit="shells") if "shells" in told else None


def _trouble(answer: Answer) -> Exception:
    """Say what an answer means that is not the one that was wanted."""
    why = answer.members().get("why", f"{answer.status}.")
    match answer.status:
        case 429 | 503:
            return NotTaken(f"{WHO} is busy.", retry_after=answer.retry_after)
        case 402 | 403:
            return VendorRefused(f"{WHO} refused: {why}")
        case 404:
            return RemoteUnknown(f"{WHO} does not know this song.")
        case _:
            return Doubtful(f"{WHO} answered {why}")
