"""Refusals: how the band says no, always in a sentence."""

from collections.abc import Mapping

from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from studio.emulator.faults import Fault
from studio.songs import Ability

_SAYINGS = {
    "busy": (429, "The band is busy. Ask again in a moment."),
    "refused": (422, "The band does not play this."),
    "500": (500, "The band fell over its own feet."),
    "503": (503, "The band is not here yet. Ask again in a moment."),
}

NOT_NEEDED: Mapping[Ability, str] = {
    Ability.UPLOAD: "The band needs no uploads: it takes every sound as it is.",
    Ability.PHRASE: "The band asks nobody for a phrase: a recording of the voice is enough.",
    Ability.RECOVER: "The band has nothing to recover: what it plays is kept by the studio.",
}
"""What others do first, and the band never."""


def refuse(status: int, reason: str) -> Response:
    """Answer with a reason."""
    return JSONResponse({"reason": reason}, status)


def say(fault: Fault) -> Response | None:
    """Say a fault in the band's words, where it has any."""
    said = _SAYINGS.get(fault.kind)
    return refuse(*said) if said else None


def stray(_: Request, trouble: Exception) -> Response:
    """Answer a call that nobody expected, or a fall of our own."""
    if isinstance(trouble, HTTPException):
        return refuse(trouble.status_code, "The band knows no such request.")
    mistake = f"The band made a mistake of its own ({type(trouble).__name__}). Its log says more."
    return refuse(500, mistake)


def say_first(unfit: ValidationError) -> str:
    """Say what is wrong first with a request."""
    first = unfit.errors(include_url=False, include_input=False)[0]
    if first["type"] == "value_error":
        return first["msg"].removeprefix("Value error, ")
    steps = [step for step in first["loc"] if step not in set(Ability)]
    place = ".".join(repr(step) for step in steps) or "the request"
    return f"The band cannot read {place}: {first['msg']}."
