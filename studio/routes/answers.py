"""Answers: what all our addresses say when there is nothing, or something to take home."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

UNSAFE = frozenset('/\\:*?"<>|%')
LONGEST_NAME = 80
FRESH = {"cache-control": "no-store"}


def nowhere(_: Request) -> Response:
    """Say that there is nothing at this address."""
    return JSONResponse(
        {"reason": "There is nothing at this address."}, status_code=404, headers=FRESH
    )


def refusal(reason: str, status: int) -> Response:
    """Say in a sentence why not."""
    return JSONResponse({"reason": reason}, status_code=status, headers=FRESH)


def attachment(title: str, suffix: str) -> str:
    """Name a download after its song, in any script, safe on every disk (RFC 6266 and 5987)."""
    kept = (letter if letter.isprintable() and letter not in UNSAFE else "-" for letter in title)
    name = "".join(kept)[:LONGEST_NAME].strip(" .-") or "song"
    plain = name.encode("ascii", "ignore").decode().strip(" .-") or "song"
    encoded = quote(name + suffix, safe="")
    return f"attachment; filename=\"{plain}{suffix}\"; filename*=UTF-8''{encoded}"
