"""The AI Music API as it was in January 2026: creating songs, looking at them, credits, media.

Documentation: https://docs.aimusicapi.ai. What is not emulated says so.
"""

from functools import partial

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response

from studio.emulator.dialects.aimusicapi.clips import tell_clips
from studio.emulator.dialects.aimusicapi.create import not_emulated, read_creation
from studio.emulator.dialects.aimusicapi.errors import (
    NOT_READY,
    TIMED_OUT,
    admit,
    say,
    say_fault,
    stray,
    unfit,
)
from studio.emulator.dialects.aimusicapi.tasks import Task, Tasks
from studio.emulator.door import Dialect, Operation, TurnedAway, home_of, read_json
from studio.emulator.house import House
from studio.emulator.orders import Order, OrderState, TakeState

NAME = "aimusicapi"
NOT_YET = (
    "sonic/upload",
    "sonic/upload-extend",
    "sonic/upload-cover",
    "sonic/persona",
    "sonic/sample",
    "sonic/mashup",
    "sonic/replace-section",
    "sonic/bpm",
    "sonic/vox",
    "sonic/wav",
    "sonic/midi",
    "sonic/aligned-lyrics",
    "sonic/upsample-tags",
    "sonic/stems/basic",
    "sonic/stems/full",
    "sonic/lyrics",
    "producer/create",
    "producer/upload",
    "producer/download",
    "riffusion/create",
    "riffusion/upload",
    "nuro/create",
)
"""Paths that the vendor has and this emulator does not, yet."""


def open_aimusicapi(house: House) -> Dialect:
    """Open the counter of the AI Music API."""
    counter = Counter(house)
    media = partial(Operation, method="GET", fidelity="guessed", needs_key=False)
    return Dialect(
        name=NAME,
        operations=(
            Operation("create", "POST", "/api/v1/sonic/create", counter.create),
            Operation("task", "GET", "/api/v1/sonic/task/{task:path}", counter.task),
            Operation("get-credits", "GET", "/api/v1/get-credits", counter.credits),
            media("audio", path="/media/{clip}.mp3", answer=counter.audio),
            media("image", path="/media/{clip}.png", answer=counter.image),
            media("stream", path="/media/stream/{clip}", answer=counter.stream),
            Operation("top-up", "POST", "/top-up", counter.top_up, fidelity="ours"),
            *(_not_yet(path) for path in NOT_YET),
        ),
        admit=partial(admit, key=house.key),
        say=say_fault,
        stray=stray,
    )


class Counter:
    """Where callers talk to the vendor."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._tasks = Tasks(house, house.data / NAME)

    async def create(self, request: Request) -> Response:
        """Take a song to be made."""
        try:
            creation = read_creation(await read_json(request))
        except ValueError as unreadable:
            raise unfit(str(unreadable)) from unreadable
        self._tasks.settle()
        fault = self._house.faults.take(NAME, "create", at_work=True)
        task = self._tasks.take(creation, fault)
        return JSONResponse({"message": "success", "task_id": task.id})

    async def task(self, request: Request) -> Response:
        """Tell how far a task is."""
        task_id = request.path_params["task"]
        if not task_id:
            raise unfit("missing task id.")
        looked = self._tasks.look(task_id)
        if looked is None:
            raise unfit("task not found.")
        task, order = looked
        if task.seen.step == 0:
            body = {"code": 202, "type": "not_ready", "error": NOT_READY}
            return JSONResponse(body, 202)
        if order.state is OrderState.REFUSED:
            return _fail(task, order)
        clips = tell_clips(task, order, home_of(request))
        return JSONResponse({"code": 200, "data": clips, "message": "success"})

    async def credits(self, _: Request) -> Response:
        """Tell what is left."""
        self._tasks.settle()
        return JSONResponse(self._tasks.ledger.account.model_dump(exclude={"id"}))

    async def top_up(self, request: Request) -> Response:
        """Buy `extra_credits`, which costs nothing here: a tool of ours, for long practice."""
        bought = (await read_json(request)).get("extra_credits")
        if not isinstance(bought, int) or bought < 0:
            raise unfit("The 'extra_credits' field should be a whole number, 0 or more.")
        self._tasks.ledger.top_up(bought)
        return await self.credits(request)

    async def audio(self, request: Request) -> Response:
        """Hand out a whole song."""
        return self._hand_out(request, "song.mp3")

    async def image(self, request: Request) -> Response:
        """Hand out a cover."""
        return self._hand_out(request, "cover.png")

    async def stream(self, request: Request) -> Response:
        """Hand out what can be heard so far: the first seconds, later the whole."""
        return self._hand_out(request, "song.mp3", "early.mp3")

    def _hand_out(self, request: Request, *names: str) -> Response:
        found = self._tasks.clip(request.path_params["clip"])
        if found is None:
            raise TurnedAway(PlainTextResponse("Not found", 404))
        order, take = found
        if self._is_past(take.over_at):
            raise TurnedAway(PlainTextResponse("This link has expired", 403))
        names = names if take.state is TakeState.FINISHED else names[1:]
        paths = (self._house.band.file(order.id, take.number, name) for name in names)
        path = next((path for path in paths if path), None)
        return FileResponse(path) if path else PlainTextResponse("Not found", 404)

    def _is_past(self, over_at: float | None) -> bool:
        lives = self._house.link_seconds
        if lives is None or over_at is None:
            return False
        return self._house.clock() - over_at > lives


def _fail(task: Task, order: Order) -> Response:
    if task.fate == "timeout":
        return say(504, "timeout", TIMED_OUT)
    # The status of a failed task is not documented.
    body = {"type": "failed", "message": order.reason, "refund_processed": task.is_refunded}
    return JSONResponse(body, 500)


def _not_yet(path: str) -> Operation:
    async def answer(_: Request) -> Response:
        return not_emulated(f"'{path}'")

    return Operation(path, "POST", f"/api/v1/{path}", answer, fidelity="not emulated")
