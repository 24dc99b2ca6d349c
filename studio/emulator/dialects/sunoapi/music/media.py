"""Media: what links lead to. Whoever has a link may follow it, until it ends."""

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from studio.emulator.dialects.sunoapi.desk import Desk
from studio.emulator.dialects.sunoapi.task import Look
from studio.emulator.dialects.sunoapi.trade import Trade
from studio.emulator.door import Operation
from studio.emulator.orders import SONG_FILES

MUSIC = "music"


class Media:
    """Where files are handed out."""

    def __init__(self, desk: Desk, trades: tuple[Trade, ...]) -> None:
        self._desk = desk
        self._trades = {trade.name: trade for trade in trades if trade.file}

    @property
    def operations(self) -> tuple[Operation, ...]:
        """Every kind of link."""
        doors = (
            ("stream", "/media/stream/{song}", self.stream, "empty until something can be heard"),
            ("audio", "/media/{song}.mp3", self.audio, ""),
            ("image", "/media/{song}.png", self.image, "PNG, not JPEG"),
            ("file", "/files/{task}/{name}", self.file, ""),
        )
        return tuple(
            Operation(name, "GET", path, answer, "guessed", needs_key=False, note=note)
            for name, path, answer, note in doors
        )

    async def audio(self, request: Request) -> Response:
        """Hand out a whole song."""
        return self._song(request, "sound")

    async def image(self, request: Request) -> Response:
        """Hand out the cover of a song."""
        return self._song(request, "cover")

    async def stream(self, request: Request) -> Response:
        """Hand out what can be heard so far: nothing, the first seconds, later the whole."""
        look, place = self._look(request)
        if look is None:
            return _gone()
        is_early = self._desk.choices["stream"] == "early"
        names = ("sound", "early") if is_early or look.is_over else ()
        paths = (self._path(look, place, name) for name in names)
        path = next((path for path in paths if path), None)
        return self._hand_out(look, path) if path else Response(media_type="audio/mpeg")

    async def file(self, request: Request) -> Response:
        """Hand out what another task made."""
        look = self._desk.tasks.peek(request.path_params["task"], *self._trades, counts=False)
        find = self._trades[look.task.kind].file if look else None
        if look is None or find is None:
            return _gone()
        path = await run_in_threadpool(find, look, request.path_params["name"])
        return self._hand_out(look, path)

    def _song(self, request: Request, name: str) -> Response:
        look, place = self._look(request)
        return self._hand_out(look, self._path(look, place, name)) if look else _gone()

    def _look(self, request: Request) -> tuple[Look | None, int]:
        song = request.path_params["song"]
        task = self._desk.tasks.of_song(song)
        look = self._desk.tasks.peek(task.id, MUSIC, counts=False) if task else None
        return look, task.songs.index(song) if task else 0

    def _path(self, look: Look, place: int, name: str) -> Path | None:
        take = look.take(place)
        number = take.number if take else 0
        return self._desk.house.band.file(look.task.order, number, SONG_FILES[name])

    def _hand_out(self, look: Look, path: Path | None) -> Response:
        lives = self._desk.house.link_seconds
        if path is None:
            return _gone()
        if lives is not None and look.is_over and self._desk.house.clock() - look.over_at > lives:
            return PlainTextResponse("This link has expired", 403)
        return FileResponse(path)


def _gone() -> Response:
    return PlainTextResponse("Not found", 404)
