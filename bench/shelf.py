"""Shelf: how long the gallery takes to stand there, with 20 songs and with 20,000.

From asking for the address to the last card of the first page, in Chromium, turn and turn about in
one run, so that both see the same machine.
"""

import statistics
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from bench.ground import STUDIO, free_port, machine, report, running
from studio.gallery.table import Gallery
from studio.settings import Settings
from studio.songs import CreateSong, Song

FEW, MANY = 20, 20_000
TIMES = 15
CARDS = 8


def main() -> None:
    """Print the table."""
    with TemporaryDirectory(prefix="bench-shelf-") as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        few, many = (_filled(Path(folder) / str(count), count) for count in (FEW, MANY))
        ports = free_port(), free_port()
        with (
            running(_command(ports[0], few), health=_health(ports[0])),
            running(_command(ports[1], many), health=_health(ports[1])),
        ):
            times = _in_turn(browser, [f"http://127.0.0.1:{port}/gallery" for port in ports])
        browser.close()
    medians = [statistics.median(one) for one in times]
    rows = [
        [f"{count:,} songs", f"{1000 * median:.0f}", f"{median / medians[0]:.2f}"]
        for count, median in zip((FEW, MANY), medians, strict=True)
    ]
    report(f"The gallery, {machine()}", ["first paint with", "ms", "ratio"], rows)


def _command(port: int, data: Path) -> list[str]:
    return [*STUDIO, "serve", "--port", str(port), "--data", str(data), "--no-browser"]


def _health(port: int) -> str:
    return f"http://127.0.0.1:{port}/health"


def _in_turn(browser: Browser, addresses: list[str]) -> list[list[float]]:
    pages = [browser.new_page() for _ in addresses]
    for page, address in zip(pages, addresses, strict=True):
        _paint(page, address)
    times: list[list[float]] = [[] for _ in addresses]
    for _ in range(TIMES):
        for page, address, one in zip(pages, addresses, times, strict=True):
            one.append(_paint(page, address))
    return times


def _paint(page: Page, address: str) -> float:
    begin = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(".track .title").nth(CARDS - 1).wait_for()
    return time.perf_counter() - begin


def _filled(data: Path, count: int) -> Path:
    gallery = Gallery(Settings(data=data).database)
    now = datetime.now(UTC)
    for number in range(count):
        gallery.put(_song(number, now - timedelta(minutes=count - number)))
    gallery.close()
    return data


def _song(number: int, made_at: datetime) -> Song:
    return Song(
        id=f"song-{number}",
        title=f"Leaving Lights {number}",
        style="slow soul with brass",
        lyrics="[Verse]\nThe platform lights are thinning out\nMy ticket says a quarter past\n",
        length=120.0,
        made_at=made_at,
        connection="house band",
        kind="house_band",
        job=f"job-{number}",
        request=CreateSong(style="slow soul with brass"),
        link="https://vendor.example/song.mp3",
    )


if __name__ == "__main__":
    main()
