"""The door: what a dialect declares of itself, and what every call passes on its way in.

A dialect is data: a list of operations. The checks of key and body, the faults and the table of
fidelity follow from the list.
"""

import hmac
import json
import re
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from studio.emulator.faults import Fault, Faults, fail

Answer: TypeAlias = Callable[[Request], Awaitable[Response]]
Fidelity = Literal["documented", "recorded", "guessed", "not emulated", "ours"]
LARGEST_BODY = 1_000_000
_SLASHES = re.compile("/{2,}")
_STATUS = {"busy": 429, "refused": 403, "insufficient": 402}


class TurnedAway(Exception):
    """An operation does not take this call; `response` says why in the vendor's words."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


@dataclass(frozen=True)
class Operation:
    """One thing that a vendor can be asked."""

    name: str
    method: str
    path: str
    answer: Answer
    fidelity: Fidelity = "documented"
    """How surely it answers as the vendor does."""
    needs_key: bool = True
    """Files are handed out without one."""
    takes: int | None = None
    """How many takes its work has; `None` for as many as it likes, 0 if it does no work."""
    note: str = ""
    """What else is to be known of its fidelity: a phrase."""
    say: Callable[[Fault], Response | None] | None = None
    """Words of its own for a fault, where they are not those of its dialect."""
    largest_body: int = LARGEST_BODY
    """Bytes: more is refused unread."""
    gives_file: bool = False
    """Whether it hands out a file although it needs the key."""

    @property
    def does_work(self) -> bool:
        """Whether it takes work, which can be lost or come to nothing."""
        return self.method == "POST" and self.fidelity != "ours" and self.takes != 0


@dataclass(frozen=True)
class Telling:
    """What a dialect tells callers by itself."""

    name: str
    to: str
    """The field of a request that says where."""
    fidelity: Fidelity = "documented"
    note: str = ""


@dataclass(frozen=True)
class Dialect:
    """How one vendor speaks."""

    name: str
    """Also its prefix."""
    operations: tuple[Operation, ...]
    admit: Callable[[Request], Response | None]
    """Look at the key; the vendor's refusal when it is not good."""
    say: Callable[[Fault], Response | None]
    """The vendor's own words for a fault, where it has any."""
    stray: Callable[[Request, Exception], Response]
    """The answer to a path or method that nobody knows, or to a fall of our own."""
    tellings: tuple[Telling, ...] = ()
    reasons: Collection[str] = ()
    """Why it refuses a song: what can be asked of the fault `refused`."""
    merges_slashes: bool = False
    """Whether `//` in a path is as good as `/`."""

    def fidelity(self) -> list[dict[str, str]]:
        """Return how sure everything is, as it is told to callers."""
        told = [
            {
                "operation": telling.name,
                "method": "POST",
                "path": telling.to,
                "fidelity": telling.fidelity,
                "note": telling.note,
            }
            for telling in self.tellings
        ]
        return [*map(_tell, self.operations), *told]


def mount(dialect: Dialect, faults: Faults) -> Mount:
    """Open a dialect under its prefix."""

    async def fidelity(_: Request) -> Response:
        return JSONResponse({"operations": dialect.fidelity()})

    doors = [
        Route(
            operation.path,
            Door(dialect, operation, faults),
            methods=[operation.method],
            max_body_size=operation.largest_body,
        )
        for operation in dialect.operations
    ]
    strays: Mapping[Any, Any] = dict.fromkeys((404, 405, 413, 500), dialect.stray)
    counter = Starlette(routes=[*doors, Route("/fidelity", fidelity)], exception_handlers=strays)
    app = _merging_slashes(counter) if dialect.merges_slashes else counter
    return Mount(f"/{dialect.name}", app)


class Door:
    """Looks at the key, then for a fault, then lets the call in."""

    def __init__(self, dialect: Dialect, operation: Operation, faults: Faults) -> None:
        self._dialect = dialect
        self._operation = operation
        self._faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one call."""
        refusal = self._dialect.admit(Request(scope)) if self._operation.needs_key else None
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        fault = self._faults.take(self._dialect.name, self._operation.name, at_work=False)
        if fault is None:
            await self._answer(scope, receive, send)
        else:
            say = self._operation.say or self._dialect.say
            answer = say(fault) or _say_plainly(fault)
            await fail(fault, self._answer, answer)(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            response = await self._operation.answer(Request(scope, receive))
        except TurnedAway as turned:
            response = turned.response
        await response(scope, receive, send)


def has_key(request: Request, key: str) -> bool:
    """Whether the call shows `key` as its bearer."""
    shown = request.headers.get("authorization", "")
    return hmac.compare_digest(shown.encode(), f"Bearer {key}".encode())


async def read_json(request: Request) -> dict[str, Any]:
    """Return the body as a JSON object.

    Raises
    ------
    ValueError
        If it is anything else, or holds text that cannot be written down.
    """
    try:
        body = json.loads(await request.body())
        json.dumps(body, ensure_ascii=False).encode()
    except RecursionError as deep:
        raise ValueError("The body is nested too deep.") from deep
    match body:
        case dict():
            return body
        case _:
            raise ValueError("The body is not a JSON object.")


def home_of(request: Request) -> str:
    """Return the address of the dialect, as the caller knows it."""
    return f"{str(request.base_url).rstrip('/')}{request.scope['root_path']}"


def _merging_slashes(app: ASGIApp) -> ASGIApp:
    async def merged(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, "path": _SLASHES.sub("/", scope["path"])}, receive, send)

    return merged


def _tell(operation: Operation) -> dict[str, str]:
    return {
        "operation": operation.name,
        "method": operation.method,
        "path": operation.path,
        "fidelity": operation.fidelity,
        "note": operation.note,
    }


def _say_plainly(fault: Fault) -> Response:
    status = int(fault.kind) if fault.kind.isdecimal() else _STATUS.get(fault.kind, 500)
    return PlainTextResponse(f"{status} from the gateway", status)
