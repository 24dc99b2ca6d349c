"""Parting: songs taken apart, one clip for each stem."""

import uuid
from collections.abc import Sequence
from typing import Any, Literal

from starlette.requests import Request
from starlette.responses import Response

from studio.emulator.dialects.aimusicapi.body import read_body
from studio.emulator.dialects.aimusicapi.clips import Clip
from studio.emulator.dialects.aimusicapi.desk import Desk
from studio.emulator.dialects.aimusicapi.sonic.minting import PLATFORM
from studio.emulator.dialects.aimusicapi.source import find_source
from studio.emulator.dialects.aimusicapi.task import Commission, Task
from studio.emulator.dialects.aimusicapi.webhooks import read_address
from studio.emulator.orders import Order
from studio.emulator.works import Use

BASIC, FULL = "sonic/stems/basic", "sonic/stems/full"
KINDS: dict[str, Literal["2", "12"]] = {BASIC: "2", FULL: "12"}
VOICE = "vocals"
SCHEDULE = (60.0, 90.0, 91.0)


class Parting:
    """Where stems are asked for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        for operation in KINDS:
            desk.tasks.unfold(operation, self._unfolded)

    async def basic(self, request: Request) -> Response:
        """Take voice and music apart."""
        return await self._part(request, BASIC)

    async def full(self, request: Request) -> Response:
        """Take every instrument apart."""
        return await self._part(request, FULL)

    async def _part(self, request: Request, operation: str) -> Response:
        body = await read_body(request)
        address = read_address(body.sent)
        source = find_source(self._desk.clips, body.needed("clip_id"), PLATFORM)
        options = {"kind": KINDS[operation], "silent": True, "separator": "auto"}
        times = self._desk.profile.full_stems // 12 if operation == FULL else 1
        asked = {
            "clip": source.clip.id,
            "title": source.title,
            "tags": source.tags,
            "lyrics": source.lyrics,
            "mv": source.clip.echo.get("mv"),
            "times": times,
        }
        commission = Commission(
            platform=PLATFORM,
            operation=operation,
            price=self._desk.profile.price(operation),
            works=(Use("stems", (source.sound,), options, title=source.title),),
            asked=asked,
            schedule=SCHEDULE,
        )
        return self._desk.submit(request, commission, address, operation=operation)

    def _unfolded(self, task: Task, order: Order) -> Sequence[Clip]:
        """Return a clip for each stem that was found.

        The autumn's 24 stems are the twelve twice: nobody tells what the other twelve are.
        """
        stems = [stem for stem in order.takes[0].facts["stems"] if stem["file"]]
        return [self._clip(task, order, stem) for _ in range(task.asked["times"]) for stem in stems]

    def _clip(self, task: Task, order: Order, stem: dict[str, Any]) -> Clip:
        name = stem["name"]
        return Clip(
            id=str(uuid.uuid4()),
            origin="stem",
            platform=PLATFORM,
            how=task.operation,
            made_at=task.made_at,
            order=order.id,
            take=1,
            file=stem["file"],
            parents=(task.asked["clip"],),
            title=f"{task.asked['title']} - {name.title()}",
            tags=task.asked["tags"],
            lyrics=task.asked["lyrics"] if name == VOICE else "",
            echo={"mv": task.asked["mv"], "stem_type": name},
        )
