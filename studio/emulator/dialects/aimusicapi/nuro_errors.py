"""What nuro says when it says no: kinds of its own, a message, and whether credits came back."""

from starlette.responses import JSONResponse, Response

from studio.emulator.door import TurnedAway


def refuse(status: int, kind: str, message: str, *, is_refunded: bool = False) -> Response:
    """Return an error in the shape of nuro."""
    body = {"type": kind, "message": message, "refund_processed": is_refunded}
    return JSONResponse(body, status)


def bad(message: str) -> TurnedAway:
    """Return the refusal of a field."""
    return TurnedAway(refuse(400, "bad_request", message))
