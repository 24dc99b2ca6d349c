"""Personas: the voice of a song, kept under a name; once for each song."""

from starlette.requests import Request
from starlette.responses import Response

from studio.emulator.dialects.sunoapi.desk import Desk
from studio.emulator.dialects.sunoapi.speech import CONFLICT
from studio.emulator.dialects.sunoapi.voice.singers import Singers
from studio.emulator.door import Operation
from studio.emulator.works import Use

PERSONA = "generate/generate-persona"
USUAL_END = 30.0
SHORTEST, LONGEST = 10.0, 30.0


class Personas:
    """Where personas are asked for."""

    def __init__(self, desk: Desk, singers: Singers) -> None:
        self._desk = desk
        self._singers = singers

    @property
    def operations(self) -> tuple[Operation, ...]:
        """The one call that makes one."""
        note = "the text of the refusal of a second one is guessed"
        return (Operation(PERSONA, "POST", f"/api/v1/{PERSONA}", self.make, takes=1, note=note),)

    async def make(self, request: Request) -> Response:
        """Keep the voice of a song."""
        desk, speech = self._desk, self._desk.speech
        body = await desk.read(request, PERSONA)
        start = body.number("vocalStart") or 0.0
        end = body.number("vocalEnd")
        end = USUAL_END if end is None else end
        if not SHORTEST <= round(end - start, 2) <= LONGEST:
            raise speech.unfit(
                f"The difference between vocalEnd and vocalStart must be {SHORTEST:g} to "
                f"{LONGEST:g} seconds"
            )
        source = desk.song(body, "Music does not exist")
        if self._singers.of_song(body.text("audioId")) is not None:
            raise speech.refused(CONFLICT.saying("The persona of this music already exists."))
        name = body.text("name")
        # A window that is usual may be longer than the song.
        options = {
            "name": name,
            "start_seconds": start,
            "end_seconds": min(end, source.length_seconds),
        }
        work = Use("persona", (source.sound,), options)
        order, _ = await desk.done(work, PERSONA)
        singer = self._singers.keep(order, song=body.text("audioId"))
        told = {"personaId": singer.id, "name": name, "description": body.text("description")}
        return speech.ok(told)
