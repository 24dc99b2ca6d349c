"""Answers: what the band tells of an order, said in the studio's words."""

from collections.abc import Mapping
from typing import Any, Never

from pydantic import BaseModel, ValidationError

from studio.errors import AnswerUnreadable, Doubtful, NotTaken, RemoteUnknown, VendorRefused
from studio.providers.base import Finished, Progress, Refused, Working
from studio.providers.wire import Answer
from studio.songs import Finding, Part, Take, Text

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
    findings: list[dict[str, Any]] | None = None
    texts: list[dict[str, Any]] | None = None
    persona: str | None = None


class BandTake(BaseModel):
    """What the band says of one take."""

    number: int
    state: str = "waiting"
    part: str | None = None
    title: str | None = ""
    style: str | None = ""
    lyrics: str | None = ""
    length_seconds: float | None = None
    seed: int | None = None
    remote: str | None = None
    early: str | None = None
    sound: str | None = None
    wav: str | None = None
    cover: str | None = None
    facts: Mapping[str, Any] | None = None
    reason: str | None = None


class Reading(BaseModel):
    """How the band reads a request."""

    understood: str


def to_progress(order: Order) -> Progress:
    """Say the band's order in the studio's words."""
    try:
        takes = tuple(_take(take) for take in order.takes or [])
        match order.state:
            case "waiting" | "playing":
                return _working(order, takes)
            case "finished":
                return _finished(order, takes)
            case "refused":
                return Refused(reason=order.reason or f"{WHO} cannot play this.")
            case "cancelled":
                return Refused(reason=f"{WHO} was told to stop.")
            case unknown:
                return _working(order, takes).model_copy(update={"unknown": unknown})
    except ValidationError as problem:
        raise AnswerUnreadable(f"{WHO} tells of something impossible: {problem}.") from problem


def explain(answer: Answer) -> Never:
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


def _working(order: Order, takes: tuple[Take, ...]) -> Working:
    return Working(
        doing=order.doing or "", progress=order.progress, left=order.left_seconds, takes=takes
    )


def _finished(order: Order, takes: tuple[Take, ...]) -> Finished:
    return Finished(
        takes=takes,
        findings=tuple(Finding.model_validate(told) for told in order.findings or ()),
        texts=tuple(Text.model_validate(told) for told in order.texts or ()),
        persona=order.persona,
    )


def _take(take: BandTake) -> Take:
    return Take(
        number=take.number,
        part=Part(take.part) if take.part in set(Part) else Part.SONG,
        title=take.title or "",
        style=take.style or "",
        lyrics=take.lyrics or "",
        length=take.length_seconds,
        seed=take.seed,
        remote=take.remote,
        facts=take.facts or {},
        finished=take.state == "finished",
        failed=(take.reason or f"{WHO} could not finish this take.")
        if take.state == "failed"
        else None,
        sound=take.sound,
        wav=take.wav,
        cover=take.cover,
        early=take.early,
    )
