"""Making: the calls that ask for music, and the looks at what came of it."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from studio.emulator.dialects.sunoapi.body import read_body
from studio.emulator.dialects.sunoapi.desk import Desk
from studio.emulator.dialects.sunoapi.music.asked import (
    SECTION,
    SOUNDS,
    Asked,
    read_asked,
)
from studio.emulator.dialects.sunoapi.music.sources import Source
from studio.emulator.dialects.sunoapi.music.told import Told
from studio.emulator.dialects.sunoapi.music.works import Wanted, plan_of
from studio.emulator.dialects.sunoapi.objecting import object_to
from studio.emulator.dialects.sunoapi.task import (
    FAILED,
    SCHEDULE,
    Commission,
    Failed,
    Look,
    Plan,
    Task,
)
from studio.emulator.dialects.sunoapi.voice.singers import Singers
from studio.emulator.door import Operation, home_of

MUSIC = "music"
PRICES: Mapping[str, float] = {SECTION: 5, SOUNDS: 2.5}
USUAL_PRICE = 12
SONGS = 2
_NOTES: Mapping[str, str] = {
    "generate": "pictures, films and sounds to be inspired by are counted, not heard",
    "generate/extend": "that it gives the whole song is guessed, and its form for V6",
    "generate/upload-extend": "that it gives the whole song is guessed, and its form for V6",
    "generate/upload-cover": "what the prompt of a plain cover does is guessed",
    "generate/add-instrumental": "",
    "generate/add-vocals": "which prompts are words is guessed",
    "generate/mashup": "that each voice is laid over the other music is guessed",
    SECTION: "texts about its window are guessed",
    SOUNDS: "its callback is guessed; grabLyrics changes nothing",
}
"""What else is to be known of each endpoint's fidelity."""


class Music:
    """Where music is asked for."""

    def __init__(self, desk: Desk, singers: Singers) -> None:
        self._desk = desk
        self._singers = singers
        self._told = Told(desk)

    @property
    def operations(self) -> tuple[Operation, ...]:
        """All that makes music, and how it is looked at."""
        making = (
            Operation(
                endpoint,
                "POST",
                f"/api/v1/{endpoint}",
                self._asking(endpoint),
                takes=SONGS,
                note=note,
            )
            for endpoint, note in _NOTES.items()
        )
        details = Operation(
            "generate/record-info",
            "GET",
            "/api/v1/generate/record-info",
            self.look,
            note="live members are recorded at the twin; what stands before a song is guessed",
        )
        return (*making, details)

    async def look(self, request: Request) -> Response:
        """Tell how far music is; of a task that nobody knows, nothing."""
        look = self._desk.tasks.look(request.query_params.get("taskId", ""), MUSIC)
        told = self._told.record(look, home_of(request)) if look else None
        return self._desk.speech.ok(told)

    def plan(self, task: Task) -> Plan:
        """Say what the band has to do; blocks.

        Raises
        ------
        Failed
            If a word, a sound or an id will not do.
        """
        asked = Asked.model_validate(task.asked)
        object_to(f"{asked.about}\n{asked.style}\n{asked.title}", asked.lyrics)
        persona = self._singers.find(asked.persona) if asked.persona else None
        if asked.persona and persona is None:
            raise Failed(FAILED, "The persona does not exist.")
        sources = self._sources(asked)
        known = {source.model for source in sources if source.model}
        if asked.endpoint == "generate/extend" and known - {asked.model}:
            raise Failed(FAILED, "The model must be consistent with the source music.")
        return plan_of(Wanted(asked, sources, persona, self._desk.house))

    def stage(self, look: Look) -> str:
        """Return what is to be told of music that goes well."""
        return self._told.stage(look)

    def letter(self, look: Look, stage: str, home: str) -> Mapping[str, Any]:
        """Return the body of a callback."""
        return self._told.letter(look, stage, home)

    def _asking(self, endpoint: str) -> Any:
        async def ask(request: Request) -> Response:
            body = await read_body(request, self._desk.speech)
            asked = read_asked(body, endpoint, self._desk.choices["edition"])
            if endpoint == SECTION and not asked.links:
                self._desk.song(body)
            commission = Commission(
                kind=MUSIC,
                operation=endpoint,
                price=PRICES.get(endpoint, USUAL_PRICE),
                asked=asked.model_dump(),
                sent=body.sent,
                callback=body.text("callBackUrl"),
                schedule=SCHEDULE,
                songs=SONGS,
            )
            task = self._desk.submit(request, commission)
            return self._desk.speech.ok({"taskId": task.id})

        return ask

    def _sources(self, asked: Asked) -> tuple[Source, ...]:
        """Return all that a request is made of; blocks while sounds are fetched."""
        if asked.links:
            return tuple(self._desk.sources.brought(link, asked.model) for link in asked.links)
        return (self._desk.sources.made(asked.song),) if asked.song else ()
