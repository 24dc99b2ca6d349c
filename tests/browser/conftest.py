"""A real server on a free port, and a real Chromium in front of it."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from studio.audio.files import write_mp3
from studio.client import open_studio
from studio.settings import Settings
from tests.pages.conftest import NASTY, House

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--autoplay-policy=no-user-gesture-required",
    # A microphone that hums, and a person who lends it.
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)
START_SECONDS = 30
PATIENCE_MS = 20_000
LOOK_MS = 50

expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Server:
    """A studio that is being served."""

    url: str
    process: subprocess.Popen[str]
    house: House


@pytest.fixture(scope="session")
def long_sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Twenty seconds of real MP3, so that there is something to seek in."""
    path = tmp_path_factory.mktemp("sound") / "long.mp3"
    rng = np.random.default_rng(1)
    write_mp3(path, rng.normal(0, 0.05, (2, 20 * 48000)).astype(np.float32), 48000)
    return path.read_bytes()


# For one file, not for the session: Playwright keeps an event loop running in this thread until
# it is left, and other tests want to run their own.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("STUDIO_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("There is no Chromium here. Install one, or name it in STUDIO_CHROMIUM.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGS))
        yield browser
        browser.close()


Serve = Callable[..., Server]


@contextmanager
def serving(data: Path, sound: bytes) -> Iterator[Serve]:
    """Serve the folder `data` as often as asked, after `fill` has put something into it."""
    settings = Settings(data=data)
    servers: list[Server] = []

    def start(fill: Callable[[House], object] = lambda _: None, *, band: bool = False) -> Server:
        with open_studio(settings, work=False) as studio:
            house = House(settings, sound, studio)
            if not band:
                house.send_the_band_home()
            fill(house)
        command = [sys.executable, "-m", "studio", "serve", "--port", "0", "--no-browser"]
        process = subprocess.Popen(
            [*command, "--data", str(data)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found, "The server does not say where it listens."
        servers.append(Server(found[0], process, house))
        return servers[-1]

    yield start
    for server in servers:
        stop(server)


@pytest.fixture
def serve(tmp_path: Path, long_sound: bytes) -> Iterator[Serve]:
    """Serve a data folder of one's own."""
    with serving(tmp_path / "data", long_sound) as serve:
        yield serve


def fill_shelf(house: House) -> None:
    """Put two plain songs on the shelf, and those with strange titles."""
    for number, title in enumerate((*NASTY, "Second", "First"), start=1):
        house.put_song(title, number, length=20)
    house.close_the_door()


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory, long_sound: bytes) -> Iterator[Server]:
    """Serve a well-filled studio that is shared by all who leave it as it is."""
    with serving(tmp_path_factory.mktemp("library"), long_sound) as serve:
        yield serve(fill_shelf)


def until(page: Page, condition: str) -> None:
    """Wait until the script `condition` is true; our policy forbids Playwright's own way."""
    for _ in range(PATIENCE_MS // LOOK_MS):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(LOOK_MS)
    raise AssertionError(f"It did not come true: {condition}")


def stop(server: Server) -> None:
    """End a server as a person would, and wait for it."""
    if server.process.poll() is None:
        server.process.send_signal(signal.SIGTERM)
    server.process.wait(START_SECONDS)
    if server.process.stdout is not None:
        server.process.stdout.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
