"""The house band: the engine in the box, behind the emulator on this machine.

It speaks the studio's own words, so what is here is short. It is free, and the same seed is the
same song: after any doubt it is simply asked again.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar, Never
from urllib.parse import quote

from pydantic import BaseModel, ValidationError

from studio.errors import AnswerUnreadable, Doubtful, NotTaken, RemoteUnknown, VendorRefused
from studio.providers.base import Finished, Progress, Provider, Refused, Started, Working
from studio.providers.limits import Limits, Model, Price
from studio.providers.materials import NOTHING, Materials
from studio.providers.wire import Answer, Wire
from studio.songs import LONGEST_SECONDS, SHORTEST_SECONDS, Ability, SongRequest, Take

WHO = "The house band"


class Order(BaseModel):
    """What the band says of an order."""

    order: str
    state: str = "waiting"
    doing: str | None = ""
    progress: float | None = None
    left_seconds: float | None = None
    reason: str | None = None
    takes: "list[BandTake] | None" = None


class BandTake(BaseModel):
    """What the band says of one take."""

    number: int
    state: str = "waiting"
    title: str | None = ""
    style: str | None = ""
    lyrics: str | None = ""
    length_seconds: float | None = None
    seed: int | None = None
    early: str | None = None
    sound: str | None = None
    wav: str | None = None
    cover: str | None = None
    reason: str | None = None


class Reading(BaseModel):
    """How the band reads a request."""

    understood: str


class HouseBand(Provider):
    """The band on this machine."""

    kind: ClassVar[str] = "house_band"
    title: ClassVar[str] = "House band"
    abilities: ClassVar[frozenset[Ability]] = frozenset({Ability.CREATE})
    models: ClassVar[Mapping[str, Model]] = {
        "first line-up": Model(
            abilities=frozenset({Ability.CREATE}),
            limits=Limits(
                description=1000,
                exclude=500,
                shortest=SHORTEST_SECONDS,
                longest=LONGEST_SECONDS,
                seed=True,
            ),
        )
    }
    repeatable: ClassVar[bool] = True
    poll_seconds: ClassVar[float] = 0.25

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def start(self, request: SongRequest, materials: Materials) -> Started | Finished:  # noqa: ARG002 - for others
        """Order the song."""
        answer = self._wire.ask("POST", "v1/orders", request.model_dump(mode="json"))
        if answer.status != 201:  # noqa: PLR2004 - created
            _explain(answer)
        return Started(remote=answer.read(Order).order)

    def check(self, remote: str, request: SongRequest) -> Progress:  # noqa: ARG002 - the same for all
        """Look into the rehearsal room."""
        answer = self._wire.ask("GET", f"v1/orders/{quote(remote, safe='')}")
        if answer.status != 200:  # noqa: PLR2004 - OK
            _explain(answer)
        return to_progress(answer.read(Order))

    def fetch(self, link: str, into: Path, *, at_most: int | None = None) -> None:
        """Stream a file of the band to disk."""
        self._wire.download(link, into, at_most=at_most)

    def cancel(self, remote: str) -> bool:
        """Tell the band to stop."""
        answer = self._wire.ask("DELETE", f"v1/orders/{quote(remote, safe='')}")
        return answer.status in {200, 202, 204}

    @classmethod
    def price(cls, request: SongRequest, materials: Materials = NOTHING) -> Price:  # noqa: ARG003 - the same for all
        """Nothing, whatever is asked."""
        return Price(amount=0, unit="free")

    def voice(self) -> str:
        """Ask which voice sings on this machine."""
        answer = self._wire.ask("GET", "v1")
        told = answer.members().get("voice")
        return told if isinstance(told, str) else ""

    def understand(self, request: SongRequest) -> str:
        """Ask how the band reads the request."""
        answer = self._wire.ask("POST", "v1/read", request.model_dump(mode="json"))
        if answer.status != 200:  # noqa: PLR2004 - OK
            _explain(answer)
        return answer.read(Reading).understood


def to_progress(order: Order) -> Progress:
    """Say the band's order in the studio's words."""
    try:
        takes = tuple(_take(take) for take in order.takes or [])
        match order.state:
            case "waiting" | "playing":
                return _working(order, takes)
            case "finished":
                return Finished(takes=takes)
            case "refused":
                return Refused(reason=order.reason or f"{WHO} cannot play this.")
            case "cancelled":
                return Refused(reason=f"{WHO} was told to stop.")
            case unknown:
                return _working(order, takes).model_copy(update={"unknown": unknown})
    except ValidationError as problem:
        raise AnswerUnreadable(f"{WHO} tells of something impossible: {problem}.") from problem


def _working(order: Order, takes: tuple[Take, ...]) -> Working:
    return Working(
        doing=order.doing or "", progress=order.progress, left=order.left_seconds, takes=takes
    )


def _take(take: BandTake) -> Take:
    return Take(
        number=take.number,
        title=take.title or "",
        style=take.style or "",
        lyrics=take.lyrics or "",
        length=take.length_seconds,
        seed=take.seed,
        finished=take.state == "finished",
        failed=(take.reason or f"{WHO} could not finish this take.")
        if take.state == "failed"
        else None,
        sound=take.sound,
        wav=take.wav,
        cover=take.cover,
        early=take.early,
    )


def _explain(answer: Answer) -> Never:
    """Say what an answer that is not the wished one means."""
    told = answer.members().get("reason")
    reason = told if isinstance(told, str) and told else f"{WHO} answered {answer.status}."
    match answer.status:
        case 404:
            raise RemoteUnknown(f"{WHO} does not know this order any more.")
        case 401 | 422 | 400:
            raise VendorRefused(reason)
        case 429 | 503:
            raise NotTaken(f"{WHO} is busy ({answer.status}).", retry_after=answer.retry_after)
        case _:
            raise Doubtful(reason)
