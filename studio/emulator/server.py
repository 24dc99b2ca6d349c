"""The emulator's server: every vendor's counter under its own prefix, with one band behind them.

`serve` runs it as a process of its own; `create_app` gives the same to tests.
"""

import asyncio
import contextlib
import os
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from studio.emulator.band import Band
from studio.emulator.dialects.acestep import open_acestep
from studio.emulator.dialects.aimusicapi import open_aimusicapi
from studio.emulator.dialects.gateway import open_gateway
from studio.emulator.dialects.house_band import open_house_band
from studio.emulator.dialects.sunoapi import open_sunoapi
from studio.emulator.door import Dialect, mount
from studio.emulator.faults import Faults
from studio.emulator.house import PROFILES, House
from studio.emulator.musicians import ENGINE, HouseBand, warm_worker
from studio.emulator.pace import read_pace
from studio.emulator.shelf import Shelf
from studio.emulator.switches import Switchboard
from studio.engine.pool import kill_workers
from studio.engine.workers import gather_workers
from studio.listening import listen

DIALECTS: tuple[Callable[[House], Dialect], ...] = (
    open_house_band,  # /band
    open_aimusicapi,  # /aimusicapi
    open_sunoapi,  # /sunoapi
    open_gateway,  # /gateway
    open_acestep,  # /acestep
)
"""Every counter. A vendor more is a line more."""

CREDITS = 500
LANES = max(1, min(2, (os.cpu_count() or 1) // 2))
"""Takes that are played at once; each keeps two processes busy."""
KEEP_SECONDS = 6 * 3600.0
_CLEAN_EVERY_SECONDS = 600.0


def serve(
    *,
    port: int,
    key: str,
    pace: str = "now",
    credits: int = CREDITS,  # noqa: A002 - the name of the option, too
    data: Path | None = None,
    parent_watch: bool = False,
    keep_seconds: float = KEEP_SECONDS,
    link_seconds: float | None = None,
    profile: str = PROFILES[0],
) -> None:
    """Run the emulator on this machine until it is told to stop.

    Parameters
    ----------
    port
        On the loopback address; 0 picks a free one. Printed as `Listening on http://...`.
    key
        The key of every dialect.
    pace
        `now`, `looks:N` or `real`.
    credits
        What each vendor's account begins with, unless `data` remembers it.
    data
        Folder of the books, which survive a restart; a temporary one if `None`.
    parent_watch
        Whether to stop when standard input closes, as it does when the parent is gone.
    keep_seconds
        How long songs that are over stay on disk.
    link_seconds
        How long vendors' links to sound live; `None` is as long as the songs.
    profile
        One of `house.PROFILES`: the date at which vendors are imitated.

    Raises
    ------
    OSError
        If nothing can listen at `port`.
    ValueError
        If there is no such pace or profile.
    """
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(listen("127.0.0.1", port))
        for wish_to_end in (signal.SIGTERM, signal.SIGINT):
            signal.signal(wish_to_end, _leave)
        folder = data or stack.enter_context(_scratch())
        stack.callback(kill_workers)
        house = House(
            band=_gather_band(folder / "orders"),
            pace=read_pace(pace),
            faults=Faults(),
            key=key,
            credits=credits,
            data=folder,
            clock=time.time,
            link_seconds=link_seconds,
            profile=profile,
        )
        threading.Thread(target=house.band.warm, daemon=True).start()
        server = _Server(configure(create_app(house, keep_seconds=keep_seconds)))
        if parent_watch:
            threading.Thread(target=_watch_parent, args=(server,), daemon=True).start()
        server.run(sockets=[listener])


def create_app(house: House, *, keep_seconds: float = KEEP_SECONDS) -> Starlette:
    """Return the application: `/health`, `/faults`, `/shelf` and every dialect."""

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        house.band.open()
        cleaning = asyncio.create_task(_keep_clean((house.band, shelf), keep_seconds))
        yield
        cleaning.cancel()
        house.band.close()

    dialects = [open_dialect(house) for open_dialect in DIALECTS]
    shelf = Shelf(house.data / "shelf", key=house.key, clock=house.clock)
    switchboard = Switchboard(house.faults, dialects, key=house.key)
    return Starlette(
        routes=[
            Route("/health", _health),
            Route("/faults", switchboard.answer, methods=["GET", "POST", "DELETE"]),
            *shelf.routes(),
            *(mount(dialect, house.faults) for dialect in dialects),
        ],
        lifespan=lifespan,
    )


def configure(app: Starlette) -> uvicorn.Config:
    """Return how the application is served: silently, and never long about stopping."""
    return uvicorn.Config(
        app,
        http=Line,
        ws="none",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=1,
    )


class Line(H11Protocol):
    """A connection that tells the application how to hang up, for faults that are real."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # uvicorn gives this one
        """Put `hang_up` into the scope of every call on this connection."""
        super().connection_made(transport)
        app = self.app

        async def call(scope: Scope, receive: Receive, send: Send) -> None:
            await app({**scope, "hang_up": transport.close}, receive, send)

        self.app = call


class _Server(uvicorn.Server):
    """Says where it listens as soon as it does."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        host, port = (sockets or [])[0].getsockname()
        print(f"Listening on http://{host}:{port}", flush=True)  # noqa: T201 - awaited by whoever started us


def _gather_band(folder: Path) -> Band:
    workers = gather_workers(os.environ, 2 * LANES, warm_worker, preload=ENGINE)
    return Band(HouseBand(), folder, workers, lanes=LANES)


@contextlib.contextmanager
def _scratch() -> Iterator[Path]:
    # A worker that is just being stopped may still write.
    with tempfile.TemporaryDirectory(prefix="woodshed-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


async def _health(_: Request) -> Response:
    return JSONResponse({"ok": True})


async def _keep_clean(stores: Sequence[Band | Shelf], keep_seconds: float) -> None:
    while True:
        for store in stores:
            await asyncio.to_thread(store.clean, keep_seconds=keep_seconds)
        await asyncio.sleep(_CLEAN_EVERY_SECONDS)


def _watch_parent(server: uvicorn.Server) -> None:
    # `os.read`, because a thread that waits in `sys.stdin` holds a lock which the exit needs.
    while os.read(sys.stdin.fileno(), 1024):
        pass
    server.should_exit = True


def _leave(_signal: int, _frame: FrameType | None) -> None:
    # uvicorn stops gracefully first, then raises the signal again, which ends up here.
    sys.exit(0)
