"""Incoming: sounds that somebody brings, from a disk or a microphone, or behind a link.

The bytes go to disk as they come. Only our own pages may bring something: another page that is
open in the same browser can send no request with our header unless we allowed it, and we do not.
"""

import json
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from studio.errors import StudioProblem
from studio.routes.answers import FRESH, refusal
from studio.ui.opened import studio

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_BYTES = 500_000_000
LARGEST_LINK_BYTES = 20_000
ORIGINS = {"file", "microphone"}
STRANGER = "Only the studio's own pages may bring sounds. Open it and bring this there."
TOO_LARGE = "This is larger than 500 MB. Trim it, or save it as MP3 first."
NO_ROOM = "The studio cannot write it to its disk ({}). Make room there and bring it again."
NO_LINK = "There is no link in this. Paste one that begins with https://."


async def bring(request: Request) -> Response:
    """Take a sound in as a song: its bytes are the body."""
    if not is_ours(request):
        return refusal(STRANGER, 403)
    if int(request.headers.get("content-length", "0")) > LARGEST_BYTES:
        return refusal(TOO_LARGE, 413)
    told = request.query_params
    title, name = told.get("title", ""), told.get("name", "")
    if title == PurePath(name).stem:
        # Nobody chose it: what the sound calls itself is better.
        title = ""
    origin = told.get("origin", "file")
    house = await run_in_threadpool(studio)
    with house.incoming(name or title or "The sound") as path:
        try:
            if not await _save(request, path):
                return refusal(TOO_LARGE, 413)
            song = await run_in_threadpool(
                house.bring, path, title=title, origin=origin if origin in ORIGINS else "file"
            )
        except StudioProblem as problem:
            return refusal(str(problem), 422)
        except ClientDisconnect:
            return refusal("It did not arrive as a whole. Bring it again.", 400)
        except OSError as problem:
            return refusal(NO_ROOM.format(problem.strerror or problem), 507)
    return JSONResponse({"song": song.id}, 201, headers=FRESH)


async def bring_link(request: Request) -> Response:
    """Take the sound behind a link in as a song: `{"url": ..., "title": ...}`."""
    if not is_ours(request):
        return refusal(STRANGER, 403)
    body = await body_of(request, LARGEST_LINK_BYTES)
    told = _read(body or b"")
    if told is None:
        return refusal(NO_LINK, 422)
    house = await run_in_threadpool(studio)
    try:
        song = await run_in_threadpool(house.bring_link, told[0], title=told[1])
    except StudioProblem as problem:
        return refusal(str(problem), 422)
    return JSONResponse({"song": song.id}, 201, headers=FRESH)


def is_ours(request: Request) -> bool:
    """Tell whether one of our own pages asks, or a program that is no browser."""
    headers = request.headers
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if headers.get("x-woodshed") != "1" or site not in {None, "same-origin"}:
        return False
    # A browser too old to say which site asks still says where the page is from.
    return site is not None or origin is None or urlsplit(origin).netloc == headers.get("host")


async def body_of(request: Request, at_most: int) -> bytes | None:
    """Return the body, or `None` if it is larger than `at_most` bytes."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > at_most:
            return None
        parts.append(part)
    return b"".join(parts)


async def _save(request: Request, path: "Path") -> bool:
    """Write the body to `path` as it comes; return whether it was small enough."""
    size = 0
    with path.open("wb") as file:
        async for part in request.stream():
            size += len(part)
            if size > LARGEST_BYTES:
                return False
            await run_in_threadpool(file.write, part)
    return True


def _read(body: bytes) -> tuple[str, str] | None:
    """Return link and title out of what was sent, if there is a link in it."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return None
    url = told.get("url") if isinstance(told, dict) else None
    if not isinstance(url, str) or not url.strip():
        return None
    title = told.get("title")
    return url, title if isinstance(title, str) else ""
