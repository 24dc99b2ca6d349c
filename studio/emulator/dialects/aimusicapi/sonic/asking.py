"""Asking: what is answered at once, in words or numbers."""

from starlette.requests import Request
from starlette.responses import Response

from studio.emulator.dialects.aimusicapi.answers import data, flat
from studio.emulator.dialects.aimusicapi.body import Body, read_body
from studio.emulator.dialects.aimusicapi.desk import Desk
from studio.emulator.dialects.aimusicapi.errors import say, unfit
from studio.emulator.dialects.aimusicapi.moderation import moderate
from studio.emulator.dialects.aimusicapi.sonic.minting import PLATFORM
from studio.emulator.dialects.aimusicapi.source import find_source
from studio.emulator.door import TurnedAway
from studio.emulator.orders import BandTake
from studio.emulator.works import Use

DESCRIPTION = 120
"""Characters: of two documented limits the smaller."""
TAGS = 1000
"""Characters, as the largest of `create`."""
UPSAMPLED = 1000
USUAL_SECONDS = 5.0
TEMPO = {"avg_bpm": "tempo_bpm", "max_bpm": "fastest_bpm", "min_bpm": "slowest_bpm"}
"""What is told, and the band's word for it."""
NO_BEAT = "The tempo of this clip could not be detected."  # guessed


class Asking:
    """Where questions are answered."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def bpm(self, request: Request) -> Response:
        """Tell how fast a clip is."""
        body = await read_body(request)
        source = find_source(self._desk.clips, body.needed("clip_id"), PLATFORM)
        with self._desk.ledger.charging(self._desk.profile.price("sonic/bpm")):
            take = await self._made("sonic/bpm", Use("measure", (source.sound,)))
            tempo = {name: take.facts.get(fact) for name, fact in TEMPO.items()}
            if None in tempo.values():
                raise TurnedAway(say(502, "upstream_error", NO_BEAT))
        return data(tempo)

    async def upsample_tags(self, request: Request) -> Response:
        """Make a rich description of a few words."""
        body = await read_body(request)
        tags = body.needed("tags")
        if len(tags) > TAGS:
            raise unfit(f"The tags character length should be less than {TAGS}.")
        moderate(tags=tags)
        work = Use("upsample-tags", options={"tags": tags, "limit": UPSAMPLED})
        take = await self._answered("sonic/upsample-tags", work)
        return data({"upsampled_tags": take.facts["versions"][0]["tags"]})

    async def lyrics(self, request: Request) -> Response:
        """Write words about something, in two versions."""
        body = await read_body(request)
        description = _description(body)
        moderate(description=description)
        work = Use("make-lyrics", options={"about": description})
        take = await self._answered("sonic/lyrics", work)
        versions = take.facts["versions"]
        return flat(results=[{"title": v["title"], "lyrics": v["lyrics"]} for v in versions])

    async def _answered(self, operation: str, work: Use) -> BandTake:
        """Charge for a work of the band and do it; if nothing comes of it, nothing is charged."""
        with self._desk.ledger.charging(self._desk.profile.price(operation)):
            return await self._made(operation, work)

    async def _made(self, operation: str, work: Use) -> BandTake:
        order = await self._desk.done(work, operation)
        await self._desk.until_due(USUAL_SECONDS)
        return order.takes[0]


def _description(body: Body) -> str:
    description = body.text("description").strip()
    if not description:
        raise unfit("description is required.")
    if len(description) > DESCRIPTION:
        raise unfit(f"The description character length should be less than {DESCRIPTION}.")
    return description
