"""The console: what a person does by hand at the vendor's, as tools of ours.

The vendor continues uploaded clips, but nothing says how one is uploaded: in its console, that is.
So a person who practises brings a sound here, and gets the id that the console would show.
"""

import uuid

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from studio.emulator.dialects.gateway.answers import UNFIT, refuse, success
from studio.emulator.dialects.gateway.asking.asked import Body, Text, read
from studio.emulator.dialects.gateway.clip import AT_ONCE, OVER, Clip
from studio.emulator.dialects.gateway.desk import Desk
from studio.emulator.pace import Seen
from studio.errors import StudioProblem


class Brought(Body):
    """A sound to be uploaded."""

    link: Text = ""
    title: Text = ""


class Bought(Body):
    """Songs to be bought."""

    songs: int = 0


class Console:
    """Where a person uploads a sound, and buys songs."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def upload(self, request: Request) -> Response:
        """Fetch a sound from a link, and tell the id of the clip that it is here."""
        asked = await read(request, Brought)
        house = self._desk.house
        try:
            sound = await run_in_threadpool(house.sounds.bring, asked.link, name=asked.title)
        except StudioProblem as unfit:
            raise refuse(UNFIT, str(unfit)) from unfit
        clip = Clip(
            id=str(uuid.uuid4()),
            generation=str(uuid.uuid4()),
            kind="upload",
            made_at=house.clock(),
            sound=sound.id,
            title=asked.title,
            schedule=AT_ONCE,
            seen=Seen(step=OVER),
        )
        self._desk.clips.keep(clip)
        return success({"clip_id": clip.id, "duration": round(sound.length_seconds, 2)})

    async def top_up(self, request: Request) -> Response:
        """Buy `songs`, which costs nothing here."""
        songs = (await read(request, Bought)).songs
        if songs < 0:
            raise refuse(UNFIT, "songs: it must be 0 or more")
        self._desk.ledger.top_up(songs)
        return success({"bought": songs})
