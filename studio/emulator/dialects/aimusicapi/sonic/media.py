"""Media: what the links of sonic lead to. Whoever has a link may follow it, until it ends."""

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from studio.emulator.converting import converted
from studio.emulator.dialects.aimusicapi.clips import Clip
from studio.emulator.dialects.aimusicapi.desk import Desk
from studio.emulator.dialects.aimusicapi.sonic.finding import DOWNLOAD, MIDI, Finding


class Media:
    """Where files are handed out."""

    def __init__(self, desk: Desk, finding: Finding, folder: Path) -> None:
        self._desk = desk
        self._finding = finding
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    async def audio(self, request: Request) -> Response:
        """Hand out a whole clip as MP3."""
        clip = self._desk.clips.find(request.path_params["clip"])
        path = await run_in_threadpool(self._mp3, clip) if clip else None
        return self._hand_out(clip, path)

    async def wav(self, request: Request) -> Response:
        """Hand out a whole clip without loss."""
        clip = self._desk.clips.find(request.path_params["clip"])
        return self._hand_out(clip, self._desk.clips.file(clip, "wav") if clip else None)

    async def m4a(self, request: Request) -> Response:
        """Hand out a clip that was downloaded as M4A."""
        return self._found(request, DOWNLOAD, "m4a")

    async def midi(self, request: Request) -> Response:
        """Hand out the notes of a clip."""
        return self._found(request, MIDI, "mid")

    async def image(self, request: Request) -> Response:
        """Hand out a cover."""
        clip = self._desk.clips.find(request.path_params["clip"])
        return self._hand_out(clip, self._desk.clips.file(clip, "cover") if clip else None)

    async def stream(self, request: Request) -> Response:
        """Hand out what can be heard so far: the first seconds, later the whole."""
        clip = self._desk.clips.find(request.path_params["clip"])
        names = ("sound", "early")
        paths = (self._desk.clips.file(clip, name) for name in names) if clip else ()
        return self._hand_out(clip, next((path for path in paths if path), None))

    def _found(self, request: Request, operation: str, ending: str) -> Response:
        clip = self._desk.clips.find(request.path_params["clip"])
        return self._hand_out(
            clip, self._finding.file(operation, clip.id, ending) if clip else None
        )

    def _mp3(self, clip: Clip) -> Path | None:
        """Return a clip as MP3, which is made now of a stem or of what was brought."""
        path = self._desk.clips.file(clip, "sound")
        wav = None if path else self._desk.clips.file(clip, "wav")
        return converted(wav, self._folder / f"{clip.id}.mp3") if wav else path

    def _hand_out(self, clip: Clip | None, path: Path | None) -> Response:
        if clip is None or path is None:
            return PlainTextResponse("Not found", 404)
        if self._is_past(clip):
            return PlainTextResponse("This link has expired", 403)
        return FileResponse(path)

    def _is_past(self, clip: Clip) -> bool:
        lives, taken = self._desk.house.link_seconds, self._desk.clips.take(clip)
        over_at = taken[1].over_at if taken else clip.made_at
        if lives is None or over_at is None:
            return False
        return self._desk.house.clock() - over_at > lives
