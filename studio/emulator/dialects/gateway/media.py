"""Media: what the links of clips lead to. Whoever has a link may follow it, until it ends."""

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from studio.emulator.converting import converted
from studio.emulator.dialects.gateway.clip import Clip
from studio.emulator.dialects.gateway.desk import NAME, Desk
from studio.emulator.waiting import made
from studio.emulator.works import Use


class Media:
    """Where files are handed out."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._folder = desk.house.data / NAME / "media"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._films: dict[str, tuple[str, str]] = {}
        """By clip: the order that made it, and the name of its file."""

    async def audio(self, request: Request) -> Response:
        """Hand out a clip as MP3."""
        clip = self._found(request)
        path = await run_in_threadpool(self._mp3, clip) if clip else None
        return self._hand_out(clip, path)

    async def stream(self, request: Request) -> Response:
        """Hand out what can be heard so far: the first seconds, later the whole."""
        clip = self._found(request)
        paths = (self._desk.clips.file(clip, name) for name in ("sound", "early")) if clip else ()
        return self._hand_out(clip, next((path for path in paths if path), None))

    async def image(self, request: Request) -> Response:
        """Hand out a cover."""
        clip = self._found(request)
        return self._hand_out(clip, self._desk.clips.file(clip, "cover") if clip else None)

    async def video(self, request: Request) -> Response:
        """Hand out a film, which is made when somebody first asks for it."""
        clip = self._found(request)
        sound = self._desk.clips.sound(clip) if clip else None
        if clip is None or sound is None:
            return self._hand_out(None, None)
        if clip.id not in self._films:
            done = await made(self._desk.house.band, Use("video", (sound,), {}))
            if done is None or not done[1].files:
                why = (done and done[1].reason) or "It took too long."
                return PlainTextResponse(f"not_emulated: {why}", 501)
            self._films[clip.id] = (done[0], done[1].files["mp4"])
        order, name = self._films[clip.id]
        return self._hand_out(clip, self._desk.house.band.file(order, 1, name))

    def _found(self, request: Request) -> Clip | None:
        return self._desk.clips.find(request.path_params["clip"])

    def _mp3(self, clip: Clip) -> Path | None:
        """Return a clip as MP3, which is made now of what was brought."""
        path = self._desk.clips.file(clip, "sound")
        wav = None if path else self._desk.clips.file(clip, "wav")
        return converted(wav, self._folder / f"{clip.id}.mp3") if wav else path

    def _hand_out(self, clip: Clip | None, path: Path | None) -> Response:
        if clip is None or path is None:
            return PlainTextResponse("Not found", 404)
        lives, taken = self._desk.house.link_seconds, self._desk.clips.taken(clip)
        over_at = taken[1].over_at if taken else clip.made_at
        if lives is not None and over_at and self._desk.house.clock() - over_at > lives:
            return PlainTextResponse("This link has expired", 403)
        return FileResponse(path)
