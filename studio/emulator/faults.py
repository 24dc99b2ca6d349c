"""Faults: what goes wrong between a client and a vendor, at a switch.

A fault waits at an operation of a dialect for the next calls. Some are done at the door, on the
socket itself; others (`AT_WORK`) are asked for by the dialect when it takes the work.
"""

import asyncio
from collections.abc import Callable, Iterator
from threading import Lock
from typing import Literal

from pydantic import Field
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from studio.songs import Value

Kind = Literal[
    "slow",  # answers after `seconds`
    "silent",  # never answers
    "closed",  # closes the connection without a word
    "broken",  # answers with half of its JSON
    "half",  # sends half of a file, then closes
    "busy",  # the vendor's rate limit
    "refused",  # the vendor's refusal, for `reason`
    "insufficient",  # the vendor's word for too few credits
    "500",
    "502",
    "503",
    "504",
    "partial",  # the second take fails
    "failure",  # the whole task fails, and is refunded
    "timeout",  # the same, as the vendor says it of a task that took too long
    "twice",  # what the vendor tells by itself comes twice
    "lost",  # it never comes
    "stale",  # it is dated an hour ago
    "forged",  # it is signed by somebody else
    "old-signature",  # it is signed as the vendor's oldest guide says
]
AT_WORK: frozenset[Kind] = frozenset({"partial", "failure", "timeout"})
TOLD: frozenset[Kind] = frozenset({"twice", "lost", "stale", "forged", "old-signature"})
"""What can happen to that which a vendor tells by itself; `slow` can, too."""


class Fault(Value):
    """A switch that is on for the next `count` calls of one operation."""

    dialect: str
    operation: str
    kind: Kind
    count: int = Field(default=1, ge=1)
    seconds: float = Field(default=5.0, ge=0)
    """How long `slow` waits."""
    taken: bool = False
    """Whether the work is really done before the fault, as when only the answer is lost."""
    reason: str = ""
    """Which of the vendor's refusals, for `refused`."""
    detail: str = "..."
    """What the refusal quotes."""


class Faults:
    """The switches that are on."""

    def __init__(self) -> None:
        self._on: list[Fault] = []
        self._lock = Lock()

    def __iter__(self) -> Iterator[Fault]:
        return iter(tuple(self._on))

    def add(self, fault: Fault) -> None:
        """Switch `fault` on, behind those that wait already."""
        self._on.append(fault)

    def clear(self) -> None:
        """Switch everything off."""
        self._on.clear()

    def take(self, dialect: str, operation: str, *, at_work: bool) -> Fault | None:
        """Return the fault that this call meets, and count it down."""
        return self._take(dialect, operation, lambda fault: (fault.kind in AT_WORK) == at_work)

    def take_told(self, dialect: str, operation: str) -> Fault | None:
        """Return the fault that happens to what a dialect tells by itself, and count it down."""
        return self._take(dialect, operation, lambda _: True)

    def _take(
        self, dialect: str, operation: str, is_meant: Callable[[Fault], bool]
    ) -> Fault | None:
        with self._lock:
            for place, fault in enumerate(self._on):
                is_here = (fault.dialect, fault.operation) == (dialect, operation)
                if is_here and is_meant(fault):
                    rest = fault.model_copy(update={"count": fault.count - 1})
                    self._on[place : place + 1] = [rest] if rest.count else []
                    return fault
        return None


def fail(fault: Fault, app: ASGIApp, answer: Response) -> ASGIApp:
    """Return `app` as it is with `fault`; `answer` is what the vendor says of it."""

    async def call(scope: Scope, receive: Receive, send: Send) -> None:
        if fault.taken:
            await app(scope, receive, _to_nobody)
        match fault.kind:
            case "slow":
                await asyncio.sleep(fault.seconds)
                await app(scope, receive, send)
            case "silent":
                await _until_gone(receive)
            case "closed":
                await _hang_up(scope, receive)
            case "broken":
                await _break(app, scope, receive, send)
            case "half":
                await _halve(app, scope, receive, send)
            case _:
                await answer(scope, receive, send)

    return call


async def _break(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    start: Message = {}
    body = b""

    async def gather(message: Message) -> None:
        nonlocal start, body
        if message["type"] == "http.response.start":
            start = message
        else:
            body += message.get("body", b"")

    await app(scope, receive, gather)
    half = body[: len(body) // 2]
    broken = Response(half, start["status"], media_type="application/json")
    await broken(scope, receive, send)


async def _halve(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    left = 0

    async def send_half(message: Message) -> None:
        nonlocal left
        if message["type"] == "http.response.start":
            left = int(dict(message["headers"])[b"content-length"]) // 2
            await send(message)
        elif left > 0:
            body = message.get("body", b"")[:left]
            left -= len(body)
            await send({"type": "http.response.body", "body": body, "more_body": True})

    await app(scope, receive, send_half)
    await _hang_up(scope, receive)


async def _hang_up(scope: Scope, receive: Receive) -> None:
    # `hang_up` closes the socket; it is put there by `studio.emulator.server.Line`.
    scope["hang_up"]()
    await _until_gone(receive)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _to_nobody(message: Message) -> None:
    """Drop an answer that is lost on its way."""
