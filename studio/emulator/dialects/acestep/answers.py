"""Answers: the envelope of an ACE-Step server, and how it says no.

Framework errors have no envelope, only a `detail`. Some routes answer 200 and say 500 in the body.
"""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from studio.emulator.door import TurnedAway, has_key
from studio.emulator.faults import Fault

MISSING_KEY = "Missing ai_token or Authorization header"
WRONG_KEY = "Invalid API key"  # guessed
NO_LM = "LLM is not initialized."
FULL = "Server busy: queue is full"  # guessed


def wrap(data: Any, now: float, *, code: int = 200, error: str | None = None) -> Response:
    """Answer with what was asked for; `now` is in seconds since 1970."""
    told = {"data": data, "code": code, "error": error}
    return JSONResponse({**told, "timestamp": int(now * 1000), "extra": None})


def fail(text: str, now: float) -> TurnedAway:
    """Return the failure that only the body tells of: the status is 200."""
    return TurnedAway(wrap(None, now, code=500, error=text))


def detail(status: int, text: str) -> Response:
    """Say no as the framework does."""
    return JSONResponse({"detail": text}, status)


def refuse(status: int, text: str) -> TurnedAway:
    """Return a refusal to be raised."""
    return TurnedAway(detail(status, text))


def admit(request: Request, key: str) -> Response | None:
    """Look at the key, in the header only, as the newest servers do."""
    if "authorization" not in request.headers:
        return detail(401, MISSING_KEY)
    return None if has_key(request, key) else detail(401, WRONG_KEY)


def say_fault(fault: Fault) -> Response | None:
    """Say a fault as the server would."""
    match fault.kind:
        case "busy":
            return detail(429, FULL)
        case "refused":
            return detail(400, "Invalid request")
        case "500":
            return detail(500, "Internal Server Error")
        case _:
            return None


def stray(_: Request, trouble: Exception) -> Response:
    """Answer what leads nowhere, and our own falls."""
    if isinstance(trouble, HTTPException):
        return detail(trouble.status_code, str(trouble.detail))
    return detail(500, "Internal Server Error")
