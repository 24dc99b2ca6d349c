"""Uploading: three ways to lay a file down, and the link under which it can be fetched.

Errors of this host have their real status, as its documents print it: guessed.
"""

import base64
import binascii
import re
import tempfile
from collections.abc import AsyncIterator, Mapping
from mimetypes import guess_extension
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response

from studio.emulator.dialects.sunoapi.speech import Speech
from studio.emulator.dialects.sunoapi.uploads.loft import Loft, Unplaceable
from studio.emulator.door import Operation, TurnedAway, home_of, read_json
from studio.emulator.faults import Fault
from studio.emulator.links import fetch
from studio.errors import SoundUnreadable

LARGEST_STREAM = 500_000_000
LARGEST_BASE64 = 20_000_000
LARGEST_FETCHED = 100_000_000
LONGEST_FETCH_SECONDS = 30.0
AT_ONCE = 1 << 18
UPLOADS = "/api/file-"
UPLOADED = "File uploaded successfully"
_DATA_URL = re.compile(r"data:([\w.+/-]+);base64,")
_FAULTS = {
    "busy": (429, "Too many requests"),
    "500": (500, "Server internal error"),
}


class Uploading:
    """Where files are laid down."""

    def __init__(self, loft: Loft) -> None:
        self._loft = loft

    @property
    def operations(self) -> tuple[Operation, ...]:
        """The three ways, and the link."""
        note = "the status of a refusal is guessed"
        ways = (
            ("file-base64-upload", self.base64, LARGEST_BASE64),
            ("file-stream-upload", self.stream, LARGEST_STREAM),
            ("file-url-upload", self.url, 100_000),
        )
        doors = (
            Operation(
                name,
                "POST",
                f"/api/{name}",
                answer,
                "recorded",
                takes=0,
                note=note,
                say=say_fault,
                largest_body=largest,
            )
            for name, answer, largest in ways
        )
        link = Operation(
            "upload", "GET", "/temp/{path:path}", self.fetch, "recorded", needs_key=False
        )
        return (*doors, link)

    async def base64(self, request: Request) -> Response:
        """Lay down what stands in the body."""
        body = await _body(request)
        data = _needed(body, "base64Data")
        kind = _DATA_URL.match(data)
        try:
            content = base64.b64decode(data[kind.end() :] if kind else data, validate=True)
        except (binascii.Error, ValueError) as broken:
            raise _no("Base64 decoding failed: Invalid Base64 format") from broken
        path = self._placed(body, (guess_extension(kind[1]) if kind else None) or ".mp3")
        return self._told(request, path, await self._loft.lay(path, _once(content)))

    async def stream(self, request: Request) -> Response:
        """Lay down what comes as a form, block by block."""
        try:
            async with request.form(max_files=1, max_part_size=AT_ONCE) as form:
                file = form.get("file")
                if not isinstance(file, UploadFile):
                    raise _no("Missing required parameter: file")
                named = {name: form.get(name) for name in ("uploadPath", "fileName")}
                path = self._placed(named, PurePosixPath(file.filename or "").suffix)
                size = await self._loft.lay(path, _blocks(file))
        except MultiPartException as broken:
            raise _no(f"Invalid form data: {broken.message}") from broken
        return self._told(request, path, size)

    async def url(self, request: Request) -> Response:
        """Fetch what is to be laid down."""
        body = await _body(request)
        link = _needed(body, "fileUrl")
        path = self._placed(body, PurePosixPath(unquote(urlsplit(link).path)).suffix)
        try:
            size = await run_in_threadpool(self._fetched, link, path)
        except SoundUnreadable as unreachable:
            raise _no(f"Failed to download file: {unreachable}") from unreachable
        return self._told(request, path, size)

    async def fetch(self, request: Request) -> Response:
        """Hand out a file."""
        path = self._loft.find(request.path_params["path"])
        return FileResponse(path) if path else PlainTextResponse("Not found", 404)

    def _fetched(self, link: str, path: str) -> int:
        with tempfile.TemporaryDirectory(prefix="woodshed-") as folder:
            into = Path(folder) / "file"
            fetch(link, into, largest_bytes=LARGEST_FETCHED, longest_seconds=LONGEST_FETCH_SECONDS)
            return self._loft.lay_file(path, into)

    def _placed(self, named: Mapping[str, Any], ending: str) -> str:
        self._loft.clean()
        try:
            name = str(named.get("fileName") or "").strip()
            return self._loft.place(_needed(named, "uploadPath"), name, ending or ".bin")
        except Unplaceable as unplaceable:
            raise _no(str(unplaceable)) from unplaceable

    def _told(self, request: Request, path: str, size: int) -> Response:
        link = f"{home_of(request)}/temp/{quote(path)}"
        told = self._loft.tell(path, size, link)
        body = {"success": True, "code": 200, "msg": UPLOADED, "data": told}
        return JSONResponse(body, headers={"Access-Control-Allow-Origin": "*"})


def say_fault(fault: Fault) -> Response | None:
    """Say a fault as this host would."""
    said = _FAULTS.get(fault.kind)
    return _say(*said) if said else None


def admit(request: Request, speech: Speech) -> Response | None:
    """Look at the key as the host of the uploads does, and elsewhere as the others do."""
    refusal = speech.admit(request)
    if refusal is not None and UPLOADS in request.url.path:
        return _say(401, "Authentication failed: Invalid API Key")
    return refusal


async def _body(request: Request) -> dict[str, Any]:
    try:
        return await read_json(request)
    except ValueError as unreadable:
        raise _no("Invalid JSON format") from unreadable


def _needed(named: Mapping[str, Any], name: str) -> str:
    value = named.get(name)
    if not isinstance(value, str) or not value.strip():
        raise _no(f"Missing required parameter: {name}")
    return value.strip()


def _no(text: str) -> TurnedAway:
    return TurnedAway(_say(400, text))


def _say(code: int, text: str) -> Response:
    return JSONResponse({"success": False, "code": code, "msg": text}, code)


async def _once(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def _blocks(file: UploadFile) -> AsyncIterator[bytes]:
    while block := await file.read(AT_ONCE):
        yield block
