"""Answers: what the gateway says, in its envelope and, of a query, without one.

Only the good answers are documented. That a refusal has a `code` other than 0 is recorded, and that
a wrong key is a 401; numbers and texts are guessed.
"""

import hmac
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from studio.emulator.door import TurnedAway
from studio.emulator.faults import Fault

UNFIT, POOR, UNKNOWN, FAILED = 1001, 1002, 1003, 1004
NO_SONGS = "Insufficient balance: no songs left."
NO_CLIP = "The clip does not exist."
BUSY = 429


def success(data: Any) -> Response:
    """Answer with what was asked for."""
    return JSONResponse({"code": 0, "msg": "success", "data": data})


def bare(content: Any) -> Response:
    """Answer with nothing around it."""
    return JSONResponse(content)


def refused(code: int, text: str) -> Response:
    """Say no; the status stays 200."""
    return JSONResponse({"code": code, "msg": text, "data": None})


def refuse(code: int, text: str) -> TurnedAway:
    """Return a refusal to be raised."""
    return TurnedAway(refused(code, text))


def too_poor() -> TurnedAway:
    """Return what is said when no songs are left."""
    return refuse(POOR, NO_SONGS)


def admit(request: Request, key: str) -> Response | None:
    """Look at the key: it stands in a header of its own, and nowhere else."""
    shown = request.headers.get("api-key", "")
    if hmac.compare_digest(shown.encode(), key.encode()):
        return None
    return JSONResponse({"detail": "Invalid api-key" if shown else "Missing api-key"}, 401)


def say_fault(fault: Fault) -> Response | None:
    """Say a fault as the vendor might."""
    match fault.kind:
        case "busy":
            return JSONResponse({"code": BUSY, "msg": "Too many requests."}, BUSY)
        case "refused":
            return refused(UNFIT, "The request was refused.")
        case "insufficient":
            return refused(POOR, NO_SONGS)
        case "500":
            return JSONResponse({"detail": "Internal Server Error"}, 500)
        case _:
            return None


def stray(_: Request, trouble: Exception) -> Response:
    """Answer what leads nowhere, and our own falls, as such servers do."""
    if isinstance(trouble, HTTPException):
        return JSONResponse({"detail": trouble.detail}, trouble.status_code)
    return JSONResponse({"detail": "Internal Server Error"}, 500)
