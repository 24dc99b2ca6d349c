"""Strangers: the two doors that others than our own pages may come to.

A vendor fetches what was published for it, and calls when something has happened. Who does not
hold what only a vendor was given learns nothing here, not even that there is something.
"""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from studio.errors import AnswerUnreadable, CallRefused, ConnectionUnknown, NotFound, StudioProblem
from studio.routes.answers import FRESH, nowhere, refusal
from studio.routes.incoming import body_of
from studio.routes.sounds import KINDS
from studio.ui.opened import studio

LARGEST_CALL_BYTES = 1_000_000
UNSIGNED = "This call is not signed as it should be."
TOO_LARGE = "This is too much for a call."
LATER = "The studio cannot listen now. Call again."


def published(request: Request) -> Response:
    """Send a sound to whom we gave a signed link, for as long as that is good."""
    try:
        path = studio().published(request.path_params["token"])
    except NotFound:
        return nowhere(request)
    if path is None:
        return nowhere(request)
    return FileResponse(path, media_type=KINDS.get(path.suffix), headers=FRESH)


async def called(request: Request) -> Response:
    """Listen to a vendor; what we knew already, or nobody waits for, is well received too."""
    body = await body_of(request, LARGEST_CALL_BYTES)
    if body is None:
        return refusal(TOO_LARGE, 413)
    told = request.path_params
    headers = {name.lower(): value for name, value in request.headers.items()}
    house = await run_in_threadpool(studio)
    try:
        await run_in_threadpool(house.hear, told["connection"], told["door"], headers, body)
    except (NotFound, ConnectionUnknown):
        return nowhere(request)
    except CallRefused:
        return refusal(UNSIGNED, 401)
    except AnswerUnreadable:
        # To call again with the same would help nobody, and looking goes on beside it.
        return JSONResponse({"ok": True}, headers=FRESH)
    except StudioProblem:
        return refusal(LATER, 503)
    return JSONResponse({"ok": True}, headers=FRESH)
