"""Voices: taken out of clips, kept as personas, and made of recordings of somebody."""

import uuid
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from studio.emulator.books import Book, Record
from studio.emulator.dialects.aimusicapi.answers import data, flat
from studio.emulator.dialects.aimusicapi.body import Body, read_body
from studio.emulator.dialects.aimusicapi.desk import Desk
from studio.emulator.dialects.aimusicapi.errors import unfit
from studio.emulator.dialects.aimusicapi.sonic.bringing import Bringing
from studio.emulator.dialects.aimusicapi.sonic.minting import PLATFORM
from studio.emulator.dialects.aimusicapi.sonic.waveform import waveform_of
from studio.emulator.dialects.aimusicapi.source import find_source
from studio.emulator.dialects.aimusicapi.task import Commission, Look
from studio.emulator.dialects.aimusicapi.webhooks import read_address
from studio.emulator.works import Use
from studio.engine.persona import Persona

LONGEST_VOX_SECONDS = 30.0
SHORTEST_VOICE_SECONDS = 10.0
NAME = 80
DESCRIPTION = 200
USUAL_SECONDS = 10.0
VOICE = "sonic/create-voice"


class Vox(Record):
    """A voice that was taken out of a clip."""

    clip: str
    sound: str
    """Id at the house."""


class Kept(Record):
    """A persona, by the id that callers know."""

    name: str
    describe: str = ""
    styles: str = ""
    clip: str = ""
    task: str = ""
    """Of a voice: the task that made it."""
    house: str
    """Its id at the house."""


class Voices:
    """Where voices are asked for."""

    def __init__(self, desk: Desk, bringing: Bringing, folder: Path) -> None:
        self._desk = desk
        self._bringing = bringing
        self._lock = Lock()
        self._taken = Book(folder / "vox", Vox)
        self._personas = Book(folder / "personas", Kept)

    async def vox(self, request: Request) -> Response:
        """Take the voice out of a clip, in a window of up to 30 s."""
        body, operation = await read_body(request), "sonic/vox"
        source = find_source(self._desk.clips, body.needed("clip_id"), PLATFORM)
        start, end = body.window("vocal_start_s", "vocal_end_s")
        if end is not None and end - (start or 0.0) > LONGEST_VOX_SECONDS:
            # Guessed.
            raise unfit("The vocal window should be less than 30 seconds.")
        options = {"start_seconds": start, "end_seconds": end}
        with self._desk.ledger.charging(self._desk.profile.price(operation)):
            order = await self._desk.done(Use("vox", (source.sound,), options), operation)
            await self._desk.until_due(USUAL_SECONDS)
        sound = self._desk.house.sounds.of_take(order.id, 1)
        vox = Vox(id=str(uuid.uuid4()), clip=source.clip.id, sound=sound)
        self._taken.save(vox)
        return data(await run_in_threadpool(self._told, vox, order.takes[0].facts))

    async def persona(self, request: Request) -> Response:
        """Keep the voice of a clip."""
        body, operation = await read_body(request), "sonic/persona"
        name, describe = _names(body)
        source = find_source(self._desk.clips, body.text("clip_id"), PLATFORM)
        start, end = body.window("vocal_start_s", "vocal_end_s")
        vox = self._vox(body.text("vox_audio_id"))
        options: dict[str, Any] = {"name": name}
        options |= {"alone": True} if vox else {"start_seconds": start, "end_seconds": end}
        work = Use("persona", (vox.sound if vox else source.sound,), options)
        with self._desk.ledger.charging(self._desk.profile.price(operation)):
            order = await self._desk.done(work, operation)
            await self._desk.until_due(USUAL_SECONDS)
        persona = self._keep(
            order.id, name=name, describe=describe, styles=body.text("styles"), clip=source.clip.id
        )
        return flat(persona_id=persona.id)

    async def create_voice(self, request: Request) -> Response:
        """Make a voice of a recording of one speaker."""
        body = await read_body(request)
        address = read_address(body.sent)
        source = await self._bringing.bring(body.link("audio_url"), VOICE)
        if source.length_seconds <= SHORTEST_VOICE_SECONDS:
            raise unfit("The audio duration should be more than 10 seconds.")  # guessed
        name = source.title or "My voice"
        commission = Commission(
            platform=PLATFORM,
            operation=VOICE,
            price=self._desk.profile.price(VOICE),
            works=(Use("persona", (source.sound,), {"name": name, "alone": True}),),
            asked={"name": name, "clip": source.clip.id},
        )
        return self._desk.submit(request, commission, address, operation=VOICE)

    def made(self, look: Look) -> dict[str, str]:
        """Return the voice that a task made, as it is told: an object, not a list."""
        asked = look.task.asked
        # Whoever looks and whoever is told may come at the same time.
        with self._lock:
            known = next((p for p in self._personas if p.task == look.task.id), None)
            persona = known or self._keep(
                look.order.id, name=asked["name"], clip=asked["clip"], task=look.task.id
            )
        return {"persona_id": persona.id, "name": persona.name}

    def singer(self, persona_id: str) -> Persona:
        """Return a voice for the band.

        Raises
        ------
        TurnedAway
            If there is none of this id; the text is guessed.
        """
        kept = self._personas.find(persona_id)
        persona = self._desk.house.personas.find(kept.house) if kept else None
        if persona is None:
            raise unfit("persona not found.")
        return persona

    def _keep(self, order_id: str, **told: str) -> Kept:
        house = self._desk.house.personas.of_take(order_id)
        assert house is not None
        persona = Kept(id=str(uuid.uuid4()), house=house, **told)
        self._personas.save(persona)
        return persona

    def _vox(self, vox_id: str) -> Vox | None:
        vox = self._taken.find(vox_id) if vox_id else None
        if vox_id and (vox is None or self._desk.house.sounds.find(vox.sound) is None):
            raise unfit("vox audio not found.")  # guessed
        return vox

    def _told(self, vox: Vox, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is told of a vox; its shape is guessed after relays of the same upstream."""
        sound = self._desk.house.sounds.find(vox.sound)
        return {
            "vox_audio_id": vox.id,
            "status": "complete",
            "source_clip_id": vox.clip,
            "vocal_start_s": facts["start_seconds"],
            "vocal_end_s": facts["end_seconds"],
            "wave_response": waveform_of(sound.path) if sound else {},
        }


def _names(body: Body) -> tuple[str, str]:
    """Read the name of a persona and what is said of it."""
    name, describe = body.text("name").strip(), body.text("describe")
    if not name or not body.text("clip_id"):
        raise unfit("name and continue_clip_id are required fields.")
    if len(name) > NAME:
        raise unfit(f"The name character length should be less than {NAME}.")
    if len(describe) > DESCRIPTION:
        raise unfit(f"The description character length should be less than {DESCRIPTION}.")
    return name, describe
