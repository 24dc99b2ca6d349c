"""Media: the sounds of tasks, by the paths that they would have on the server."""

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from studio.emulator.converting import converted
from studio.emulator.dialects.acestep.answers import detail
from studio.emulator.dialects.acestep.desk import Desk
from studio.emulator.dialects.acestep.paths import FOLDER, Place, is_within, place_of
from studio.errors import StudioProblem

TYPES = {
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "flac": "audio/flac",
    "opus": "audio/ogg",
}
"""By ending; everything else is said to be MP3."""
_WRITTEN_AS = {"opus": "ogg", "aac": "m4a"}


class Media:
    """Where sounds are handed out."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def audio(self, request: Request) -> Response:
        """Hand out one sound, if it lies in the one folder from which that is done."""
        path = request.query_params.get("path", "")
        if not is_within(path, FOLDER):
            return detail(403, "Access denied: path outside allowed directory")
        place = place_of(path)
        try:
            file = await run_in_threadpool(self._file, place) if place else None
        except StudioProblem as unwritable:
            return detail(500, str(unwritable))
        if place is None or file is None:
            return detail(404, "Audio file not found")
        return FileResponse(file, media_type=TYPES.get(place.ending, TYPES["mp3"]))

    def _file(self, place: Place) -> Path | None:
        heard = self._desk.heard(place)
        sound = self._desk.house.sounds.find(heard[0]) if heard else None
        if heard is None or sound is None or place.ending == "wav":
            return sound.path if sound else None
        mp3 = heard[1].files.get("sound") if place.ending == "mp3" else None
        if mp3 is not None:
            return sound.path.with_name(mp3)
        ending = _WRITTEN_AS.get(place.ending, place.ending)
        return converted(sound.path, self._desk.audio / f"{place.task}-{place.number}.{ending}")
