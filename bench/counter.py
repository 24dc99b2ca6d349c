"""Counters to measure at: vendors that are slow, write down who comes when, and make nothing.

They run in a process of their own (`python -m bench.counter PORT SOUND`), so that what they cost is
not counted; the providers that speak with them are here too. They differ in what they advise, in
how fast they answer, and one of them takes only so many calls and counts every one.
"""

import asyncio
import json
import sys
import time
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route

from studio.errors import NotTaken
from studio.providers.base import Finished, Progress, Provider, Started, Working
from studio.providers.limits import Balance, Model, Price, Rate
from studio.providers.materials import NOTHING, Call, Materials, News
from studio.providers.wire import Wire
from studio.songs import Ability, SongRequest, Take

TOO_MANY = 430


class Counter(Provider):
    """The provider that speaks with a counter, through the same wire as every other."""

    abilities: ClassVar[frozenset[Ability]] = frozenset({Ability.CREATE})
    models: ClassVar[Mapping[str, Model]] = {
        "slow": Model(abilities=frozenset({Ability.CREATE}), takes=1)
    }
    answer_seconds: ClassVar[float] = 0.0
    """How long the counter thinks before it answers."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def start(self, request: SongRequest, materials: Materials) -> Started:  # noqa: ARG002 - nothing is made
        """Order something that will be done when the bench says so."""
        return Started(remote=self._ask("POST", "tasks")["task"])

    def check(self, remote: str, request: SongRequest) -> Progress:  # noqa: ARG002 - all are alike
        """Look at it."""
        return progress(self._ask("GET", f"tasks/{remote}"))

    def hear(self, call: Call) -> News | None:
        """Believe everybody."""
        told = json.loads(call.body)
        return News(id=told["task"], remote=told["task"], told=call.body.decode())

    def read(self, told: str, request: SongRequest) -> Progress:  # noqa: ARG002 - all are alike
        """Read what it told, as an answer."""
        return progress(json.loads(told))

    def fetch(self, link: str, into: Path, *, at_most: int | None = None) -> None:
        """Stream the sound."""
        self._wire.download(link, into, at_most=at_most)

    @classmethod
    def price(cls, request: SongRequest, materials: Materials = NOTHING) -> Price:  # noqa: ARG003 - all are alike
        """Name a price, so that the balance is asked as at a real vendor."""
        return Price(amount=10)

    def balance(self) -> Balance:
        """Ask what is left."""
        return Balance(amount=self._ask("GET", "credits")["credits"])

    def _ask(self, method: str, path: str) -> dict[str, Any]:
        answer = self._wire.ask(method, path, {} if method == "POST" else None)
        if answer.status == TOO_MANY:
            raise NotTaken(f"{self.title} was asked too often.")
        return answer.members()


class Steady(Counter):
    """Advises what most do."""

    kind: ClassVar[str] = "steady"
    title: ClassVar[str] = "Steady"
    poll_seconds: ClassVar[float] = 20.0


class Slow(Counter):
    """Thinks before it answers."""

    kind: ClassVar[str] = "slow"
    title: ClassVar[str] = "Slow"
    poll_seconds: ClassVar[float] = 15.0
    answer_seconds: ClassVar[float] = 0.5


class Caller(Counter):
    """Calls when something is done, and need hardly be asked."""

    kind: ClassVar[str] = "caller"
    title: ClassVar[str] = "Caller"
    poll_seconds: ClassVar[float] = 30.0
    calls_back: ClassVar[bool] = True


class Strict(Counter):
    """Takes twenty calls in ten seconds, and not one more."""

    kind: ClassVar[str] = "strict"
    title: ClassVar[str] = "Strict"
    poll_seconds: ClassVar[float] = 30.0
    rate: ClassVar[Rate | None] = Rate(calls=20, seconds=10)


VENDORS: tuple[type[Counter], ...] = (Steady, Slow, Caller, Strict)


def progress(told: Mapping[str, Any]) -> Progress:
    """Say what the counter tells in the studio's words."""
    take = Take(
        number=1, remote=told["task"], sound=told.get("sound"), finished="sound" in told, length=2
    )
    return Finished(takes=(take,)) if take.finished else Working(doing="playing", takes=(take,))


class Books:
    """What was ordered at one vendor, when it is done, and who came when."""

    def __init__(self, vendor: type[Counter], sounds: str, sound: Path) -> None:
        self._vendor = vendor
        self._sounds = f"{sounds}/{vendor.kind}/sounds"
        self._sound = sound
        self._looks: dict[str, list[float]] = {}
        self._done_at: dict[str, float] = {}
        self._calls: list[float] = []
        self._balances = 0
        self._refused = 0

    def routes(self) -> list[Route]:
        """Return where what is asked."""
        return [
            Route("/tasks", self.order, methods=["POST"]),
            Route("/tasks/{task}", self.look),
            Route("/credits", self.count),
            Route("/finish", self.finish, methods=["POST"]),
            Route("/report", self.report),
            Route("/sounds/{task}.mp3", self.hand_out),
        ]

    async def order(self, _: Request) -> Response:
        """Take an order."""
        if refusal := await self._counted():
            return refusal
        task = f"{self._vendor.kind}{len(self._looks) + 1}"
        self._looks[task] = []
        return JSONResponse({"task": task})

    async def look(self, request: Request) -> Response:
        """Tell of a task, and remember when."""
        task = request.path_params["task"]
        self._looks[task].append(time.time())
        return await self._counted() or JSONResponse(self._told(task))

    async def count(self, _: Request) -> Response:
        """Count credits, and how often that is asked."""
        self._balances += 1
        return await self._counted() or JSONResponse({"credits": 10_000.0})

    async def finish(self, request: Request) -> Response:
        """Be done with everything one after the other within so many seconds; tell what is when."""
        within = float(request.query_params["within"])
        waiting = [task for task in self._looks if task not in self._done_at]
        moments = time.time() + np.random.default_rng(1).uniform(0, within, len(waiting))
        self._done_at |= dict(zip(waiting, moments.tolist(), strict=True))
        return JSONResponse(self._done_at)

    async def report(self, _: Request) -> Response:
        """Tell what was seen of the studio."""
        gaps = [b - a for moments in self._looks.values() for a, b in pairwise(moments)]
        seconds = self._vendor.rate.seconds if self._vendor.rate else 10.0
        return JSONResponse(
            {
                "gaps": gaps,
                "tasks": len(self._looks),
                "balances": self._balances,
                "calls": len(self._calls),
                "refused": self._refused,
                "most": most_within(self._calls, seconds),
            }
        )

    async def hand_out(self, _: Request) -> Response:
        """Send the same sound to everybody."""
        return FileResponse(self._sound)

    async def _counted(self) -> Response | None:
        """Count a call as it comes, and refuse what is too much."""
        self._calls.append(time.monotonic())
        rate = self._vendor.rate
        if rate and most_within(self._calls[-rate.calls - 1 :], rate.seconds) > rate.calls:
            self._refused += 1
            return JSONResponse({"error": "too often"}, TOO_MANY)
        if self._vendor.answer_seconds:
            await asyncio.sleep(self._vendor.answer_seconds)
        return None

    def _told(self, task: str) -> dict[str, str]:
        is_done = self._done_at.get(task, float("inf")) <= time.time()
        done = {"sound": f"{self._sounds}/{task}.mp3"} if is_done else {}
        return {"task": task, **done}


def most_within(moments: Sequence[float], seconds: float) -> int:
    """Return how many of these moments, in order, lie in the stretch that has most of them."""
    return max(
        (bisect_right(moments, at) - bisect_right(moments, at - seconds) for at in moments),
        default=0,
    )


def main() -> None:
    """Serve until the process is told to stop."""
    port, sound = int(sys.argv[1]), Path(sys.argv[2])
    own = f"http://127.0.0.1:{port}"
    mounts = [
        Mount(f"/{vendor.kind}", routes=Books(vendor, own, sound).routes()) for vendor in VENDORS
    ]
    uvicorn.run(Starlette(routes=mounts), port=port, log_level="warning")


if __name__ == "__main__":
    main()
