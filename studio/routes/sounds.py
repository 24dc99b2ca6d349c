"""Sounds: songs and what was found out about them, as files, in ranges, with names to download.

Served from disk, because Streamlit's own media store would hold every song of a page in memory.
"""

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from studio.errors import NotFound, StudioProblem
from studio.routes.answers import FRESH, LONGEST_NAME, attachment, nowhere
from studio.ui.opened import studio

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.songs import Song

# A song's sound never changes; its id does when it is made anew.
FOREVER = {"cache-control": "private, max-age=31536000, immutable"}
PICTURES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}
KINDS = {
    ".mp3": "audio/mpeg",
    ".wav": "audio/wav",
    ".flac": "audio/flac",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".m4a": "audio/mp4",
    ".aac": "audio/aac",
    ".mid": "audio/midi",
    ".mp4": "video/mp4",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".json": "application/json",
}
"""By the endings of what is attached; anything else is bytes to a browser."""


def sound(request: Request) -> Response:
    """Send a song as it is played: MP3, but for what only browsers can read."""
    return _file(request, studio().sound_path)


def wav(request: Request) -> Response:
    """Send a song without loss."""
    return _file(request, studio().wav_path)


def cover(request: Request) -> Response:
    """Send a song's picture; whatever its name says, vendors send what they like."""
    song = _song(request)
    path = studio().cover_path(song) if song else None
    kind = picture_kind(path) if path and path.is_file() else None
    return nowhere(request) if kind is None else _file(request, studio().cover_path, kind)


def peaks(request: Request) -> Response:
    """Send the outline of a song's loudness, 0 to 1."""
    song = _song(request)
    if song is None or not song.is_home:
        return nowhere(request)
    try:
        return JSONResponse(list(studio().peaks(song)), headers=FOREVER)
    except (StudioProblem, OSError):
        return nowhere(request)


def early(request: Request) -> Response:
    """Send the first seconds of a take that is still being made."""
    path = studio().early_path(request.path_params["job"], request.path_params["number"])
    if path is None or not path.is_file():
        return nowhere(request)
    return FileResponse(path, media_type="audio/mpeg", headers=FRESH)


def take(request: Request) -> Response:
    """Tell a player whether the whole of a take is there by now."""
    try:
        job = studio().job(request.path_params["job"])
    except NotFound:
        return nowhere(request)
    made = map(studio().song, job.songs)
    song = next((song for song in made if song.take == request.path_params["number"]), None)
    if song is None or not song.is_home:
        return JSONResponse({"over": job.state.is_over, "song": None}, headers=FRESH)
    return JSONResponse(
        {
            "over": True,
            "song": song.id,
            "title": song.title,
            "length": song.length,
            "sound": f"/app/static/songs/{song.id}.mp3",
            "peaks": f"/app/static/peaks/{song.id}.json",
            "cover": f"/app/static/covers/{song.id}.png" if song.cover else None,
        },
        headers=FRESH,
    )


def picture_kind(path: "Path") -> str | None:
    """Tell by its first bytes what kind of picture lies at `path`; `None` if it is none."""
    with path.open("rb") as file:
        head = file.read(12)
    if head.startswith(b"RIFF") and head[8:] == b"WEBP":
        return "image/webp"
    return next((kind for mark, kind in PICTURES.items() if head.startswith(mark)), None)


def attached(request: Request) -> Response:
    """Send a file that is attached to a song."""
    try:
        found = studio().attachment(request.path_params["id"])
        song = studio().song(found.song)
    except NotFound:
        return nowhere(request)
    path = studio().attachment_path(found)
    if path is None:
        return nowhere(request)
    what = found.name or found.kind.value.title()
    # However long the title is, the stems of a song must not end up under one name.
    name = f"{song.title[: max(0, LONGEST_NAME - len(what) - 3)].strip()} - {what}"
    return _sent(request, path, KINDS.get(path.suffix, "application/octet-stream"), name)


def attached_peaks(request: Request) -> Response:
    """Send the outline of an attached sound's loudness, 0 to 1."""
    try:
        outline = studio().attachment_peaks(studio().attachment(request.path_params["id"]))
    except (StudioProblem, OSError):
        return nowhere(request)
    return JSONResponse(outline, headers=FOREVER) if outline else nowhere(request)


def _file(
    request: Request, path_of: "Callable[[Song], Path | None]", kind: str | None = None
) -> Response:
    song = _song(request)
    path = path_of(song) if song else None
    if song is None or path is None or not path.is_file():
        return nowhere(request)
    return _sent(request, path, kind or KINDS[path.suffix], song.title)


def _sent(request: Request, path: "Path", kind: str, name: str) -> Response:
    headers = dict(FOREVER)
    if "download" in request.query_params:
        headers["content-disposition"] = attachment(name, path.suffix)
    return FileResponse(path, media_type=kind, headers=headers)


def _song(request: Request) -> "Song | None":
    try:
        return studio().song(request.path_params["id"])
    except NotFound:
        return None
