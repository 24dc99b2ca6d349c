"""The counter: where the studio talks to the band."""

from collections.abc import Sequence
from dataclasses import replace

from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from studio.emulator.dialects.house_band.asked import Asked, bring, read_asked
from studio.emulator.dialects.house_band.asking import ASKING
from studio.emulator.dialects.house_band.music import MUSIC
from studio.emulator.dialects.house_band.refusals import NOT_NEEDED, refuse, say_first
from studio.emulator.dialects.house_band.telling import Telling
from studio.emulator.dialects.house_band.wishes import to_brief
from studio.emulator.door import TurnedAway, has_key, home_of
from studio.emulator.faults import Fault
from studio.emulator.house import House
from studio.emulator.orders import Order
from studio.emulator.works import Use, Work
from studio.errors import StudioProblem, ToolUnfit
from studio.songs import LONGEST_SECONDS, SHORTEST_SECONDS, Concat, CreateSong, Wish

NAME = "band"


class Counter:
    """Answers each kind of call."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._band = house.band

    def admit(self, request: Request) -> Response | None:
        """Refuse a call without the key."""
        if has_key(request, self._house.key):
            return None
        return refuse(401, "The band does not know this key. Check the key of this connection.")

    async def about(self, _: Request) -> Response:
        """Tell what the band plays, and who sings."""
        musicians = self._band.musicians
        return JSONResponse(
            {
                "styles": await run_in_threadpool(musicians.styles),
                "shortest_seconds": SHORTEST_SECONDS,
                "longest_seconds": LONGEST_SECONDS,
                "voice": await run_in_threadpool(musicians.voice),
            }
        )

    async def read(self, request: Request) -> Response:
        """Tell how a request is understood, without playing it."""
        return JSONResponse({"understood": (await self._understand(request))[1]})

    async def order(self, request: Request) -> Response:
        """Take an order."""
        asked, _ = await self._understand(request)
        try:
            works = await run_in_threadpool(self._works, asked)
        except StudioProblem as unfit:
            raise TurnedAway(refuse(422, str(unfit))) from unfit
        fault = self._house.faults.take(NAME, "order", at_work=True)
        seed = getattr(asked.request, "seed", None)
        order = self._band.order(works, seed=seed, spoiled=_spoil(fault, len(works)))
        return JSONResponse({"order": order.id}, 201)

    async def look(self, request: Request) -> Response:
        """Tell how far an order is."""
        telling = Telling(self._house, self._find(request), home_of(request))
        return JSONResponse(await run_in_threadpool(telling.look))

    async def cancel(self, request: Request) -> Response:
        """Stop playing an order."""
        order = self._band.cancel(self._find(request).id)
        return JSONResponse({"state": order.state if order else "cancelled"}, 202)

    async def file(self, request: Request) -> Response:
        """Hand out a file of a take; the order's id is as good as a key."""
        asked = request.path_params
        path = self._band.file(asked["order"], asked["take"], asked["name"])
        return FileResponse(path) if path else refuse(404, "The band has no such file (any more).")

    async def _understand(self, request: Request) -> tuple[Asked, str]:
        """Read a call, and say how the band understands it; nothing is brought yet."""
        try:
            asked = read_asked(await request.body(), self._house)
            line = await run_in_threadpool(self._say_back, asked)
        except ValidationError as unfit:
            raise TurnedAway(refuse(422, say_first(unfit))) from unfit
        except StudioProblem as unplayable:
            raise TurnedAway(refuse(422, str(unplayable))) from unplayable
        return asked, line

    def _say_back(self, asked: Asked) -> str:
        wish = asked.request
        if not isinstance(wish, Wish):
            return ""
        says_nothing = not (wish.style or wish.description or wish.voice)
        if says_nothing and not isinstance(wish, CreateSong):
            return ""
        return self._band.musicians.understand(to_brief(wish, asked.persona))

    def _works(self, asked: Asked) -> Sequence[Work]:
        """Bring what a request works on, and say what the band has to do for it."""
        request, ability = asked.request, asked.request.ability
        if not isinstance(request, Concat):
            asked = replace(asked, sources=bring(asked, self._house))
        if ability in MUSIC:
            works = MUSIC[ability](request, asked, self._house)
        elif ability in ASKING:
            works = ASKING[ability](request, asked)
        else:
            raise ToolUnfit(NOT_NEEDED[ability])
        for work in works:
            if isinstance(work, Use):
                self._band.musicians.check(work)
        return works

    def _find(self, request: Request) -> Order:
        order_id = request.path_params["order"]
        order = self._band.find(order_id)
        if order is None:
            raise TurnedAway(refuse(404, f"The band knows no order {order_id!r} (any more)."))
        return order


def _spoil(fault: Fault | None, count: int) -> dict[int, str]:
    """Return which takes fail: all, or all but the first."""
    if fault is None:
        return {}
    first = min(2, count) if fault.kind == "partial" else 1
    reason = "The band lost its place in this take. Order it again."
    return dict.fromkeys(range(first, count + 1), reason)
