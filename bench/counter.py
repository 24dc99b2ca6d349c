"""A counter to measure at: a vendor that is slow, writes down who looks when, and makes nothing.

It runs in a process of its own (`python -m bench.counter PORT SOUND`), so that what it costs is not
counted; the provider that speaks with it is here too.
"""

import json
import sys
import time
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from studio.providers.base import Finished, Progress, Provider, Started, Working
from studio.providers.limits import Balance, Model, Price
from studio.providers.materials import NOTHING, Call, Materials, News
from studio.providers.wire import Wire
from studio.songs import Ability, SongRequest, Take

PAUSE_SECONDS = 20.0


class Counter(Provider):
    """The provider that speaks with it, through the same wire as every other."""

    kind: ClassVar[str] = "counter"
    title: ClassVar[str] = "Counter"
    abilities: ClassVar[frozenset[Ability]] = frozenset({Ability.CREATE})
    models: ClassVar[Mapping[str, Model]] = {
        "slow": Model(abilities=frozenset({Ability.CREATE}), takes=1)
    }
    poll_seconds: ClassVar[float] = PAUSE_SECONDS
    calls_back: ClassVar[bool] = True

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def start(self, request: SongRequest, materials: Materials) -> Started:  # noqa: ARG002 - nothing is made
        """Order something that will be done when the bench says so."""
        return Started(remote=self._wire.ask("POST", "tasks", {}).members()["task"])

    def check(self, remote: str, request: SongRequest) -> Progress:  # noqa: ARG002 - all are alike
        """Look at it."""
        return progress(self._wire.ask("GET", f"tasks/{remote}").members())

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
        return Balance(amount=self._wire.ask("GET", "credits").members()["credits"])


def progress(told: Mapping[str, Any]) -> Progress:
    """Say what the counter tells in the studio's words."""
    take = Take(
        number=1, remote=told["task"], sound=told.get("sound"), finished="sound" in told, length=2
    )
    return Finished(takes=(take,)) if take.finished else Working(doing="playing", takes=(take,))


class Books:
    """What was ordered, what is done, and who looked when."""

    def __init__(self, port: int, sound: Path) -> None:
        self._sounds = f"http://127.0.0.1:{port}/sounds"
        self._sound = sound
        self._looks: dict[str, list[float]] = {}
        self._done: set[str] = set()
        self._balances = 0

    def routes(self) -> list[Route]:
        """Return where what is asked."""
        return [
            Route("/tasks", self.order, methods=["POST"]),
            Route("/tasks/{task}", self.look),
            Route("/done/{task}", self.finish, methods=["POST"]),
            Route("/credits", self.count),
            Route("/report", self.report),
            Route("/sounds/{task}.mp3", self.hand_out),
        ]

    async def order(self, _: Request) -> Response:
        """Take an order."""
        task = f"t{len(self._looks) + 1}"
        self._looks[task] = []
        return JSONResponse({"task": task})

    async def look(self, request: Request) -> Response:
        """Tell of a task, and remember when."""
        task = request.path_params["task"]
        self._looks[task].append(time.monotonic())
        return JSONResponse(self._told(task))

    async def finish(self, request: Request) -> Response:
        """Be done with a task."""
        self._done.add(request.path_params["task"])
        return JSONResponse(self._told(request.path_params["task"]))

    async def count(self, _: Request) -> Response:
        """Count credits, and how often that is asked."""
        self._balances += 1
        return JSONResponse({"credits": 10_000.0})

    async def report(self, _: Request) -> Response:
        """Tell what was seen of the studio."""
        gaps = [b - a for moments in self._looks.values() for a, b in pairwise(moments)]
        told = {"gaps": gaps, "tasks": len(self._looks), "balances": self._balances}
        return JSONResponse(told)

    async def hand_out(self, _: Request) -> Response:
        """Send the same sound to everybody."""
        return FileResponse(self._sound)

    def _told(self, task: str) -> dict[str, str]:
        done = {"sound": f"{self._sounds}/{task}.mp3"} if task in self._done else {}
        return {"task": task, **done}


def main() -> None:
    """Serve until the process is told to stop."""
    port, sound = int(sys.argv[1]), Path(sys.argv[2])
    routes = Books(port, sound).routes()
    uvicorn.run(Starlette(routes=routes), port=port, log_level="warning")


if __name__ == "__main__":
    main()
