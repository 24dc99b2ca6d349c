"""The shelf: where somebody on this machine lays a file, and gets a link that anyone may follow.

It stands in for a public address, which a studio at home does not have: laid here, a person's own
sound can be fetched by every dialect of this emulator, as a vendor would fetch it.
"""

import re
import secrets
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from studio.emulator.door import has_key

LARGEST_BYTES = 500_000_000
_NAME = re.compile(r"[0-9a-f]{32}\.[a-z0-9]{1,5}")
_ENDINGS = {
    "audio/mpeg": "mp3",
    "audio/wav": "wav",
    "audio/x-wav": "wav",
    "audio/flac": "flac",
    "audio/ogg": "ogg",
    "audio/mp4": "m4a",
}


class Shelf:
    """Files by random names, for some hours."""

    def __init__(self, folder: Path, *, key: str, clock: Callable[[], float]) -> None:
        self._folder = folder
        self._key = key
        self._clock = clock
        folder.mkdir(parents=True, exist_ok=True)

    def routes(self) -> tuple[Route, ...]:
        """Return its two doors: the first needs the key."""
        return (
            Route("/shelf", self.put, methods=["PUT"], max_body_size=LARGEST_BYTES),
            Route("/shelf/{name}", self.get, methods=["GET"]),
        )

    async def put(self, request: Request) -> Response:
        """Stream a body to disk, and answer with its link.

        Its ending comes from `?ending=mp3`, or from the content type.
        """
        if not has_key(request, self._key):
            return JSONResponse({"reason": "This needs the emulator's key."}, 401)
        name = f"{secrets.token_hex(16)}.{_ending(request)}"
        aside = self._folder / f"{name}.part"
        try:
            await _save(request.stream(), aside)
            aside.replace(self._folder / name)
        except ClientDisconnect:
            return JSONResponse({"reason": "The file did not arrive as a whole."}, 400)
        finally:
            aside.unlink(missing_ok=True)
        return JSONResponse({"link": f"{str(request.base_url).rstrip('/')}/shelf/{name}"}, 201)

    async def get(self, request: Request) -> Response:
        """Hand out a file; its name is as good as a key."""
        name = request.path_params["name"]
        path = self._folder / name
        if not _NAME.fullmatch(name) or not path.is_file():
            return JSONResponse({"reason": "There is no such file on the shelf (any more)."}, 404)
        return FileResponse(path)

    def clean(self, *, keep_seconds: float) -> None:
        """Throw away what lies here longer than `keep_seconds`."""
        for path in self._folder.iterdir():
            if self._clock() - path.stat().st_mtime > keep_seconds:
                path.unlink(missing_ok=True)


async def _save(blocks: AsyncIterator[bytes], path: Path) -> None:
    with path.open("wb") as file:
        async for block in blocks:
            await run_in_threadpool(file.write, block)


def _ending(request: Request) -> str:
    wished = request.query_params.get("ending", "").lstrip(".").lower()
    if _NAME.fullmatch(f"{'0' * 32}.{wished}"):
        return wished
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return _ENDINGS.get(kind, "bin")
