"""A trade: one kind of task that is no music, from how it is asked for to how it is told.

What all of them share stands here once: the call that takes it, the look at it, and its callback.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from studio.emulator.dialects.sunoapi.body import Body
from studio.emulator.dialects.sunoapi.desk import Desk
from studio.emulator.dialects.sunoapi.speech import OK, Refusal
from studio.emulator.dialects.sunoapi.task import Commission, Look, Plan, Task
from studio.emulator.door import Fidelity, Operation, home_of

Letter: TypeAlias = tuple[str, Any]
"""The message of a callback, and its `data`."""
FAILURE = Refusal(400, 500, "")


@dataclass(frozen=True)
class Trade:
    """One kind of task."""

    name: str
    path: str
    """Where it is asked for, the end of it."""
    details: str
    """Where it is looked at."""
    read: Callable[[Body], tuple[float, Mapping[str, Any]]]
    """Checks a request, and returns its price and what is to be remembered of it."""
    plan: Callable[[Task], Plan]
    tell: Callable[[Look, str], Any]
    """What a look shows, with links below an address."""
    letter: Callable[[Look, str], Letter]
    """What is told by itself when it is over, well or not."""
    takes: int = 1
    schedule: tuple[float, ...] = (10.0,)
    failure: Refusal = FAILURE
    """The codes of its callback when it came to nothing."""
    id_in: str = "taskId"
    """What its id is called in a look's query."""
    id_out: str = "taskId"
    """What its id is called in the answer to the request."""
    file: Callable[[Look, str], Path | None] | None = None
    """Finds a file that it made by the name in its link; may convert it, and blocks then."""
    answer: Callable[[Request, Look | None], Response] | None = None
    """Answers a look where that has an envelope of its own."""
    envelope: Callable[[int, str, Any], dict[str, Any]] | None = None
    """Puts a callback together where it has a shape of its own."""
    fidelity: Fidelity = "documented"
    note: str = ""
    note_of_details: str = ""


class Counter:
    """Where the tasks of one trade are asked for and looked at."""

    def __init__(self, desk: Desk, trade: Trade) -> None:
        self._desk = desk
        self.trade = trade

    @property
    def operations(self) -> Iterator[Operation]:
        """How it is asked for, and how it is looked at."""
        trade = self.trade
        yield Operation(
            trade.path,
            "POST",
            f"/api/v1/{trade.path}",
            self.ask,
            fidelity=trade.fidelity,
            takes=trade.takes,
            note=trade.note,
        )
        yield Operation(
            trade.details,
            "GET",
            f"/api/v1/{trade.details}",
            self.look,
            fidelity=trade.fidelity,
            note=trade.note_of_details,
        )

    async def ask(self, request: Request) -> Response:
        """Take a task."""
        body = await self._desk.read(request, self.trade.path)
        price, asked = self.trade.read(body)
        commission = Commission(
            kind=self.trade.name,
            operation=self.trade.path,
            price=price,
            asked=asked,
            sent=body.sent,
            callback=body.text("callBackUrl"),
            schedule=self.trade.schedule,
        )
        task = self._desk.submit(request, commission)
        return self._desk.speech.ok({self.trade.id_out: task.id})

    async def look(self, request: Request) -> Response:
        """Tell how far a task is; of one that nobody knows, nothing."""
        task_id = request.query_params.get(self.trade.id_in, "")
        look = self._desk.tasks.look(task_id, self.trade.name)
        if self.trade.answer is not None:
            return self.trade.answer(request, look)
        told = await run_in_threadpool(self.trade.tell, look, home_of(request)) if look else None
        return self._desk.speech.ok(told)

    def plan(self, task: Task) -> Plan:
        """Say what the band has to do; blocks."""
        return self.trade.plan(task)

    def stage(self, look: Look) -> str:
        """Return what is to be told of a task that goes well: only its end."""
        return "complete" if look.is_over else ""

    def letter(self, look: Look, _stage: str, home: str) -> Mapping[str, Any]:
        """Return the body of a callback."""
        text, data = self.trade.letter(look, home)
        trouble = look.trouble
        code = OK if trouble is None else self._desk.speech.code(self.trade.failure)
        text = text if trouble is None else trouble.text
        if self.trade.envelope is not None:
            return self.trade.envelope(code, text, data)
        return {"code": code, "msg": text, "data": data}
