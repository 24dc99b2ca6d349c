"""What nuro says when it says no: kinds of its own, a message, and whether credits came back."""

from starlette.responses import JSONResponse, Response

from studio.emulator.dialects.aimusicapi.errors import REFUSALS
from studio.emulator.door import TurnedAway
from studio.emulator.faults import Fault

_FAULTS = {
    "busy": (403, "forbidden", "The QPS limit is exceeded. Please try again later."),
    "500": (500, "api_error", "Internal Server Error."),
    "504": (504, "timeout", "The request timed out."),
}


def refuse(status: int, kind: str, message: str, *, is_refunded: bool = False) -> Response:
    """Return an error in the shape of nuro."""
    body = {"type": kind, "message": message, "refund_processed": is_refunded}
    return JSONResponse(body, status)


def bad(message: str) -> TurnedAway:
    """Return the refusal of a field."""
    return TurnedAway(refuse(400, "bad_request", message))


def say_fault(fault: Fault) -> Response | None:
    """Say a fault as nuro would: too many calls are forbidden there."""
    if fault.kind == "refused":
        text = REFUSALS.get(fault.reason, REFUSALS["moderation"])
        return refuse(403, "forbidden", text.format(detail=fault.detail))
    said = _FAULTS.get(fault.kind)
    return refuse(*said) if said else None
