"""Reading: a body in each of the three forms in which a server takes it, files included."""

import json
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from studio.emulator.dialects.acestep.answers import refuse
from studio.emulator.door import LARGEST_BODY, read_json

PARTS: Mapping[str, tuple[str, ...]] = {
    "src": ("src_audio", "ctx_audio"),
    "reference": ("reference_audio", "ref_audio"),
}
"""Names under which files come."""
MOST_FILES = 4
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


@dataclass(frozen=True, slots=True)
class Body:
    """What a caller sent."""

    sent: Mapping[str, Any]
    files: Mapping[str, Path] = field(default_factory=dict)
    """By what they are for: `src`, `reference`. Whoever reads them removes them."""


async def read_body(request: Request, folder: Path) -> Body:
    """Read a body; files are laid in `folder`, and never whole in memory.

    Raises
    ------
    TurnedAway
        415 for another content type, 400 for what cannot be read.
    """
    kind = _kind(request)
    if kind in FORMS:
        return await _form(request, folder)
    if kind != "application/json":
        raise refuse(415, "Unsupported Content-Type. Use JSON, a form or multipart.")
    return Body(await _object(request))


async def read_fields(request: Request) -> dict[str, Any]:
    """Read a small body: JSON whatever its type says, or a form without files.

    Raises
    ------
    TurnedAway
        400 for what cannot be read.
    """
    is_form = _kind(request) in FORMS
    return dict((await _form(request, None)).sent) if is_form else await _object(request)


def parsed_list(value: Any) -> list[Any]:
    """Return a list that came as one, or as JSON in a text."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return []
    return value if isinstance(value, list) else []


def _kind(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def _object(request: Request) -> dict[str, Any]:
    if int(request.headers.get("content-length", 0)) > LARGEST_BODY:
        # Only files may be larger.
        raise refuse(413, "Request body too large")
    try:
        return await read_json(request)
    except ValueError as unreadable:
        raise refuse(400, f"Invalid JSON payload: {unreadable}") from unreadable


async def _form(request: Request, folder: Path | None) -> Body:
    """Read a form; files are laid in a folder, or left out where there is none."""
    try:
        async with request.form(max_files=MOST_FILES) as form:
            sent = {name: value for name, value in form.items() if isinstance(value, str)}
            files = await run_in_threadpool(_lay_down, form, folder) if folder else {}
            return Body(sent, files)
    except HTTPException as unreadable:
        raise refuse(unreadable.status_code, str(unreadable.detail)) from unreadable


def _lay_down(form: FormData, folder: Path) -> dict[str, Path]:
    files = {}
    for use, names in PARTS.items():
        part = next((form[name] for name in names if name in form), None)
        if isinstance(part, UploadFile) and part.filename:
            files[use] = folder / secrets.token_hex(16)
            with files[use].open("wb") as file:
                shutil.copyfileobj(part.file, file)
    return files
