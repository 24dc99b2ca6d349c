"""The server: Streamlit's application with our addresses, our guards, our start and our stop."""

import asyncio
import gc
import logging
import os
import socket
import sys
import threading
import tomllib
import webbrowser
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import uvicorn
from starlette.middleware import Middleware
from streamlit import config

from studio.address import public_host
from studio.errors import StudioProblem
from studio.guards import KnownHosts, SafeAnswers, ShortRanges, ThisMachineOnly
from studio.listening import listen
from studio.settings import Settings
from studio.ui.opened import first_page, studio

log = logging.getLogger(__name__)

LOOPBACK = ("127.0.0.1", "localhost", "::1")
EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - only compared
# An open page holds its socket for as long as it likes; work is safe on disk, so do not wait.
GRACE_SECONDS = 1
CLOSE_SECONDS = 1.5
READY = (
    "empty",
    "form.press",
    "house.connections",
    "house.facts",
    "song.shelf",
    "song.story",
    "work.lists",
)
"""What pages stand on, imported before the first of them asks."""
FIRST_PAGE_SECONDS = 5
"""How long the band stays away when nobody opens a page."""
PAINT_SECONDS = 1
"""How long a browser takes to paint what was drawn."""
PACKAGED = "the packaged config.toml"


def serve(
    *,
    host: str = "127.0.0.1",
    port: int = 8501,
    data: Path | None = None,
    open_browser: bool = True,
) -> None:
    """Serve the studio until the process is told to stop.

    Parameters
    ----------
    host
        Address to listen at.
    port
        Port to listen at; 0 takes a free one.
    data
        Data folder; `None` leaves it to `STUDIO_DATA` or the platform.
    open_browser
        Whether to show the first page.

    Raises
    ------
    SystemExit
        If the port is taken.
    """
    if data is not None:
        os.environ["STUDIO_DATA"] = str(data.resolve())
    listening = _listen(host, port)
    port = listening.getsockname()[1]
    configure(os.environ, {"server.address": host, "server.port": port})

    url = _near(host, port)
    print(f"Woodshed is open at {url}", flush=True)  # noqa: T201  # the one line people wait for
    if open_browser:
        threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
    server = uvicorn.Server(
        uvicorn.Config(
            # By name: the application reads the options that were just set.
            "studio.app:app",
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
            ws="websockets-sansio",
        )
    )
    server.run(sockets=[listening])


def middleware() -> list[Middleware]:
    """Guards around every answer, the outermost first."""
    host = str(config.get_option("server.address") or "")
    public = partial(public_host, Settings.from_environment(os.environ))
    # Who opened the studio to others has opened it under every name.
    names = (
        Middleware(KnownHosts, names=LOOPBACK, public=public)
        if host in LOOPBACK
        else Middleware(KnownHosts, names=["*"])
    )
    guards = [Middleware(SafeAnswers), names, Middleware(ShortRanges)]
    if config.get_where_defined("server.address") == PACKAGED:
        # `streamlit run` from a strange folder binds before it reads our options: to everything.
        log.warning("Only this machine is answered. To let others in: studio serve --host 0.0.0.0")
        guards.insert(0, Middleware(ThisMachineOnly, public=public))
    return guards


@asynccontextmanager
async def lifespan(_: object) -> AsyncIterator[None]:
    """Open the studio beside the first page, and close it after the last."""
    over = threading.Event()
    _beside(lambda: _open(over))
    try:
        yield
    finally:
        over.set()
        closing = _beside(studio.clear)
        await asyncio.to_thread(closing.join, CLOSE_SECONDS)


def _beside(work: Callable[[], None]) -> threading.Thread:
    """Do `work` in a thread that cannot keep the house open.

    A band that is slow to leave the stage sees the lights go out, and goes by itself.
    """
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def _open(over: threading.Event) -> None:
    """Open the studio and call its own band on stage, so that the first song need not wait."""
    studio().be_at(_near(config.get_option("server.address"), config.get_option("server.port")))
    default = studio().default()
    for part in READY:
        import_module(f"studio.ui.{part}")
    # Streamlit collects garbage after every run of a script. Leaving out what was there at the
    # start makes that, and so every click, about ten times cheaper.
    gc.collect()
    gc.freeze()
    # The band needs both hands of the machine to come on stage; the first page goes before.
    first_page.wait(FIRST_PAGE_SECONDS)
    if default.is_local and not over.wait(PAINT_SECONDS):
        with suppress(StudioProblem):
            studio().voice(default.name)


def _near(host: str | None, port: int) -> str:
    """Return the address at which a program on this machine reaches us."""
    if not host or host in EVERYWHERE:
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def configure(environ: Mapping[str, str], chosen: Mapping[str, Any]) -> None:
    """Tell Streamlit the options `chosen`, then those in `environ`, then ours.

    Streamlit itself looks for its file in the working folder and reads variables only under
    `streamlit run`; the studio is started from anywhere.
    """
    for name, value in {**_from_environment(environ), **chosen}.items():
        config.set_option(name, value, "studio serve")
    configure_the_rest()


def configure_the_rest() -> None:
    """Tell Streamlit our options, where nobody has chosen otherwise."""
    for name, value in _packaged().items():
        if not config.is_manually_set(name):
            config.set_option(name, value, PACKAGED)


def _packaged() -> dict[str, Any]:
    here = Path(__file__).parent
    places = (here / ".streamlit", here.parent / ".streamlit")
    file = next(place / "config.toml" for place in places if (place / "config.toml").is_file())
    return _flat(tomllib.loads(file.read_text(encoding="utf-8")))


def _flat(table: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{name}.")
        else:
            flat[prefix + name] = value
    return flat


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    options = config.get_config_options()
    return {
        name: _typed(environ[option.env_var], option.type)
        for name, option in options.items()
        if option.env_var in environ
    }


def _typed(text: str, kind: type) -> Any:
    if kind is bool:
        return text.strip().lower() in {"1", "true", "yes", "on"}
    return kind(text) if kind in {int, float} else text


def _listen(host: str, port: int) -> socket.socket:
    try:
        return listen(host, port)
    except OSError as trouble:
        sys.exit(
            f"Port {port} at {host} cannot be used: {trouble.strerror or trouble}. "
            f"Choose another with --port, or --port 0 for any free one."
        )
