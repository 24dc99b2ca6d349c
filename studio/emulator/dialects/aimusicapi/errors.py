"""What the AI Music API says when it says no.

The texts are facts of the vendor's contract, word for word; the few that nobody has documented are
marked as guessed.
"""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from studio.emulator.door import TurnedAway, has_key
from studio.emulator.faults import Fault

NO_CREDITS = (
    "The remaining credits are not enough. You can buy more one-time credit packs or subscribe."
)
NOT_READY = "Task is still processing. Please wait a few seconds and try again."
TIMED_OUT = "Task failed due to timeout. Credits were previously refunded."
REFUSALS = {
    "moderation": "The song description needs moderation review.",
    "artist": "The song description contains artist names: '{detail}' which is not allowed.",
    "producer": "The song description contains producer tags: '{detail}' which is not allowed.",
    "format": "The lyrics format is invalid. Please check and try again.",
    "copyright": (
        "The lyrics contain copyrighted content: '{detail}'. Please use original lyrics."
    ),
    "inappropriate": "The lyrics contain inappropriate content: '{detail}'.",
    "subscription": (
        "You do not have an active subscription. Please check whether your renewal was successful."
    ),
}
"""Why a song is refused, by the `reason` of the fault `refused`; the first is the usual one."""
FAILED = "The upstream provider failed."  # guessed
_FAULTS = {
    "busy": (429, "rate_limited", "Too many requests. Please try again later."),  # guessed
    "insufficient": (403, "insufficient_credits", NO_CREDITS),
    "500": (500, "api_error", "Internal Server Error."),
}


def say(status: int, kind: str, text: str) -> Response:
    """Return an error in the vendor's main shape."""
    return JSONResponse({"type": kind, "error": text}, status)


def unfit(text: str) -> TurnedAway:
    """Return the refusal of a field."""
    return TurnedAway(say(400, "validation_error", text))


def no_credits() -> TurnedAway:
    """Return the refusal of work that nobody can pay."""
    return TurnedAway(say(403, "insufficient_credits", NO_CREDITS))


def refuse(reason: str, detail: str = "") -> TurnedAway:
    """Return the refusal of what is said in a song, for one of the `REFUSALS`."""
    return TurnedAway(say(403, "forbidden", REFUSALS[reason].format(detail=detail)))


def admit(request: Request, key: str) -> Response | None:
    """Look at the key, and say what is wrong with it."""
    shown = request.headers.get("authorization")
    if shown is None:
        return say(401, "unauthorized", "Authorization header is missing.")
    scheme, _, token = shown.partition(" ")
    if scheme != "Bearer" or not token:
        return say(401, "unauthorized", "Invalid authorization format.")
    return None if has_key(request, key) else say(401, "unauthorized", "Invalid API key")


def say_fault(fault: Fault) -> Response | None:
    """Say a fault as the vendor would."""
    if fault.kind == "refused":
        text = REFUSALS.get(fault.reason, REFUSALS["moderation"])
        return say(403, "forbidden", text.format(detail=fault.detail))
    said = _FAULTS.get(fault.kind)
    return say(*said) if said else None


def say_lost(fault: Fault) -> Response:
    """Say of work that answers at once that it came to nothing."""
    if fault.kind == "timeout":
        return say(504, "timeout", TIMED_OUT)
    return say(502, "upstream_error", FAILED)


def stray(_: Request, trouble: Exception) -> Response:
    """Answer what leads nowhere, and our own falls."""
    if isinstance(trouble, HTTPException):
        return say(trouble.status_code, "not_found", "Not found.")  # guessed
    return say(500, "api_error", "Internal Server Error.")
