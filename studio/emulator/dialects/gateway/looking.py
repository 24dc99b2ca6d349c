"""Looking: how far clips are, in a bare list, or one of them in the envelope."""

from starlette.requests import Request
from starlette.responses import Response

from studio.emulator.dialects.gateway.answers import NO_CLIP, UNFIT, UNKNOWN, bare, refuse, success
from studio.emulator.dialects.gateway.clip import Clip
from studio.emulator.dialects.gateway.desk import Desk
from studio.emulator.dialects.gateway.telling import queried
from studio.emulator.door import home_of

MIXED = "The ids must be returned from the same task."


class Looking:
    """Where clips are looked at."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def query(self, request: Request) -> Response:
        """Tell of one clip, or of both that came of one request; unknown ids are left out."""
        ids = [each.strip() for each in request.query_params.get("ids", "").split(",")]
        found = [clip for clip in map(self._desk.clips.find, dict.fromkeys(ids)) if clip]
        return bare([self._told(clip, request) for clip in self._allowed(found)])

    async def feed(self, request: Request) -> Response:
        """Tell of one clip."""
        clip = self._desk.clips.find(request.path_params["clip"])
        if clip is None:
            raise refuse(UNKNOWN, NO_CLIP)
        told = self._told(clip, request)
        return success([told] if self._desk.choices["feed"] == "list" else told)

    async def limit(self, _: Request) -> Response:
        """Tell how many songs are left."""
        self._desk.clips.settle()
        return success({"songs_left": int(self._desk.ledger.account.credits), "points": 0})

    def _told(self, clip: Clip, request: Request) -> dict[str, object]:
        seen = self._desk.clips.look(clip.id) or clip
        return queried(seen, self._desk.clips, home_of(request))

    def _allowed(self, clips: list[Clip]) -> list[Clip]:
        """Return what of it may be asked about at once; what happens otherwise is guessed."""
        if len({clip.generation for clip in clips}) <= 1 or self._desk.choices["mixed"] == "served":
            return clips
        if self._desk.choices["mixed"] == "refused":
            raise refuse(UNFIT, MIXED)
        return [clip for clip in clips if clip.generation == clips[0].generation]
