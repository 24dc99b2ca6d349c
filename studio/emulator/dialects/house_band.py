"""The house band's own dialect, in the studio's words: real progress, cancel, seeds, early sound.

The band costs nothing and is always as fast as it can be: pace and credits do not apply.
"""

from typing import Any

from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from studio.emulator.door import Dialect, Operation, TurnedAway, has_key, home_of
from studio.emulator.faults import Fault
from studio.emulator.house import House
from studio.emulator.orders import BandTake, Order
from studio.emulator.works import Play
from studio.engine.brief import Brief
from studio.errors import BriefUnplayable
from studio.songs import LONGEST_SECONDS, SHORTEST_SECONDS, CreateSong

NAME = "band"
TAKES = 2
_SAYINGS = {
    "busy": (429, "The band is busy. Ask again in a moment."),
    "refused": (422, "The band does not play this."),
    "500": (500, "The band fell over its own feet."),
    "503": (503, "The band is not here yet. Ask again in a moment."),
}


def open_house_band(house: House) -> Dialect:
    """Open the band's own counter."""
    counter = Counter(house)
    return Dialect(
        name=NAME,
        operations=(
            Operation("about", "GET", "/v1", counter.about),
            Operation("read", "POST", "/v1/read", counter.read),
            Operation("order", "POST", "/v1/orders", counter.order),
            Operation("look", "GET", "/v1/orders/{order}", counter.look),
            Operation("cancel", "DELETE", "/v1/orders/{order}", counter.cancel),
            Operation(
                "file", "GET", "/v1/files/{order}/{take:int}/{name}", counter.file, needs_key=False
            ),
        ),
        admit=counter.admit,
        say=_say,
        stray=_stray,
    )


class Counter:
    """Where the studio talks to the band."""

    def __init__(self, house: House) -> None:
        self._band = house.band
        self._faults = house.faults
        self._key = house.key

    def admit(self, request: Request) -> Response | None:
        """Refuse a call without the key."""
        if has_key(request, self._key):
            return None
        return _refuse(401, "The band does not know this key. Check the key of this connection.")

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
        fault = self._faults.take(NAME, "order", at_work=True)
        works = [Play(to_brief(asked))] * TAKES
        order = self._band.order(works, seed=asked.seed, spoiled=_spoil(fault))
        return JSONResponse({"order": order.id}, 201)

    async def look(self, request: Request) -> Response:
        """Tell how far an order is."""
        order = self._find(request)
        now = self._band.now()
        takes = [_tell_take(order, take, home_of(request)) for take in order.takes]
        return JSONResponse(
            {
                "order": order.id,
                "state": order.state,
                "doing": order.doing,
                "progress": round(order.progress, 4),
                "left_seconds": order.left_seconds(now),
                "reason": order.reason,
                "takes": takes,
            }
        )

    async def cancel(self, request: Request) -> Response:
        """Stop playing an order."""
        order = self._band.cancel(self._find(request).id)
        return JSONResponse({"state": order.state if order else "cancelled"}, 202)

    async def file(self, request: Request) -> Response:
        """Hand out a file of a take; the order's id is as good as a key."""
        asked = request.path_params
        path = self._band.file(asked["order"], asked["take"], asked["name"])
        return FileResponse(path) if path else _refuse(404, "The band has no such file (any more).")

    async def _understand(self, request: Request) -> tuple[CreateSong, str]:
        try:
            asked = CreateSong.model_validate_json(await request.body())
            _check_length(asked.length)
            line = await run_in_threadpool(self._band.musicians.understand, to_brief(asked))
        except ValidationError as unfit:
            raise TurnedAway(_refuse(422, _say_first(unfit))) from unfit
        except BriefUnplayable as unplayable:
            raise TurnedAway(_refuse(422, str(unplayable))) from unplayable
        return asked, line

    def _find(self, request: Request) -> Order:
        order_id = request.path_params["order"]
        order = self._band.find(order_id)
        if order is None:
            raise TurnedAway(_refuse(404, f"The band knows no order {order_id!r} (any more)."))
        return order


def to_brief(asked: CreateSong) -> Brief:
    """Say a request as a brief."""
    return Brief(
        style=asked.style,
        lyrics=asked.lyrics,
        description=asked.description,
        title=asked.title,
        instrumental=asked.instrumental,
        voice=asked.voice.value if asked.voice else None,
        length_seconds=asked.length,
        exclude=asked.exclude,
        style_weight=asked.style_weight,
        weirdness=asked.weirdness,
    )


def _check_length(length: float | None) -> None:
    if length is not None and not SHORTEST_SECONDS <= length <= LONGEST_SECONDS:
        raise BriefUnplayable(
            f"The band plays songs of {SHORTEST_SECONDS:.0f} to {LONGEST_SECONDS:.0f} seconds, "
            f"not of {length:.0f}. Choose a length in between, or none."
        )


def _tell_take(order: Order, take: BandTake, home: str) -> dict[str, Any]:
    links = dict.fromkeys(("early", "sound", "wav", "cover"))
    return {
        "number": take.number,
        "state": take.state,
        "title": take.title,
        "style": take.style,
        "lyrics": take.lyrics,
        "length_seconds": take.length_seconds,
        "seed": take.seed,
        "tempo_bpm": take.tempo_bpm,
        "key": take.key,
        **links,
        **{n: f"{home}/v1/files/{order.id}/{take.number}/{f}" for n, f in take.files.items()},
        "reason": take.reason,
    }


def _say_first(unfit: ValidationError) -> str:
    first = unfit.errors(include_url=False, include_input=False)[0]
    place = ".".join(repr(part) for part in first["loc"]) or "the request"
    if first["type"] == "value_error":
        return first["msg"].removeprefix("Value error, ")
    return f"The band cannot read {place}: {first['msg']}."


def _spoil(fault: Fault | None) -> dict[int, str]:
    if fault is None:
        return {}
    takes = (2,) if fault.kind == "partial" else (1, 2)
    return dict.fromkeys(takes, "The band lost its place in this take. Order it again.")


def _say(fault: Fault) -> Response | None:
    said = _SAYINGS.get(fault.kind)
    return _refuse(*said) if said else None


def _stray(_: Request, trouble: Exception) -> Response:
    if isinstance(trouble, HTTPException):
        return _refuse(trouble.status_code, "The band knows no such request.")
    mistake = f"The band made a mistake of its own ({type(trouble).__name__}). Its log says more."
    return _refuse(500, mistake)


def _refuse(status: int, reason: str) -> Response:
    return JSONResponse({"reason": reason}, status)
