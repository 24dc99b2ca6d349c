"""Pages: how long a rerun and a cold start take, beside those of Streamlit itself.

Measured where people are: in Chromium, from the key press to the end of the run, and from
starting the process to the first heading on the screen.
"""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

from bench.ground import STREAMLIT, STUDIO, free_port, machine, report, running
from studio.audio.files import write_mp3
from studio.audio.samples import RATE
from studio.gallery.table import Gallery
from studio.settings import Settings
from studio.songs import CreateSong, Song

PAGES = (
    "",
    "extend?song=bench-0",
    "cover?song=bench-0",
    "remix?song=bench-0",
    "lyrics",
    "gallery",
    "song?id=bench-0",
    "song_tools?song=bench-0",
    "personas?song=bench-0",
    "compare",
    "jobs",
    "settings",
)
SONGS = 24
TIMES = 20
STARTS = 3
NO_GC = ["--runner.postScriptGC", "false"]
"""Streamlit collects garbage after every run; the studio freezes what is there at its start."""
BAND_SECONDS = 12
"""How long the house band may take to come on stage."""
QUIET = ["--server.headless", "true", "--browser.gatherUsageStats", "false"]

# Streamlit reruns on the key "r", and says in an attribute whether a script is running.
WATCH = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  window.rerun = new Promise(done => {
    let start = null;
    addEventListener('keydown', () => { start = performance.now(); }, {capture: true, once: true});
    const look = new MutationObserver(() => {
      if (start === null || app.dataset.testScriptState !== 'notRunning') return;
      look.disconnect();
      done(performance.now() - start);
    });
    look.observe(app, {attributes: true, attributeFilter: ['data-test-script-state']});
  });
}"""
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
CHROMIUM = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def main() -> None:
    """Measure both, and print the tables."""
    print(machine())
    with chromium() as browser:
        compare_reruns(browser)
        compare_starts(browser)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open a Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        yield browser
        browser.close()


def compare_reruns(browser: Browser) -> None:
    """Rerun every page, and a page with one line of text."""
    rows = []
    port = free_port()
    words = [*STUDIO, "serve", "--port", str(port), "--no-browser"]
    health = f"http://127.0.0.1:{port}/health"
    with bare() as usual, bare(*NO_GC) as fast, running(words, health=health) as server:
        fill(Path(server.cwd(), "data"))
        settle(browser.new_page(), f"http://127.0.0.1:{port}/settings")
        time.sleep(BAND_SECONDS)  # noqa: TID251 - what is measured is the page, not the band
        for name in PAGES:
            ours, first, second = reruns(browser, f"http://127.0.0.1:{port}/{name}", usual, fast)
            row = [f"{ours:.0f}", f"{first:.0f}", f"{ours / first:.2f}"]
            row += [f"{second:.0f}", f"{ours / second:.2f}"]
            rows.append([name.partition("?")[0] or "create", *row])
    head = ("page", "ms", "bare page, ms", "ratio", "bare page without GC, ms", "ratio")
    report(f"Rerun of a page, with {SONGS} songs in the gallery", head, rows)


@contextmanager
def bare(*options: str) -> Iterator[str]:
    """Serve a page with one line of text, and give its address."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "bare.py")
        file.write_text("import streamlit as st\n\nst.title('Bare')\nst.write('One line.')\n")
        port = free_port()
        words = [*STREAMLIT, "run", str(file), "--server.port", str(port), *QUIET, *options]
        with running(words, health=f"http://127.0.0.1:{port}/_stcore/health"):
            yield f"http://127.0.0.1:{port}/"


def fill(data: Path) -> None:
    """Put songs of two seconds into the gallery of a studio that is running."""
    settings, request = Settings(data=data), CreateSong(style="pop, upbeat")
    settings.songs.mkdir(parents=True, exist_ok=True)
    tone = 0.2 * np.sin(np.arange(2 * RATE) * 2 * np.pi * 220 / RATE)
    sound = np.stack([tone, tone]).astype(np.float32)
    gallery = Gallery(settings.database)
    for number in range(SONGS):
        write_mp3(settings.songs / f"bench-{number}.mp3", sound, RATE)
        song = Song(
            id=f"bench-{number}",
            title=f"Song {number}",
            style=request.style,
            lyrics="[Verse]\nOne line of words\n" * 8,
            length=2,
            made_at=datetime.now(UTC),
            connection="house band",
            kind="house_band",
            job="bench",
            sound=f"bench-{number}.mp3",
            request=request,
        )
        gallery.put(song)
    gallery.close()


def reruns(browser: Browser, *urls: str) -> list[float]:
    """Return for every page the median milliseconds from the key to the end of the run.

    They take turns, so that whatever else the machine does troubles all of them alike.
    """
    pages = [browser.new_page() for _ in urls]
    for page, url in zip(pages, urls, strict=True):
        settle(page, url)
    pages[0].wait_for_timeout(1500)
    rounds = [[rerun(page) for page in pages] for _ in range(TIMES + 3)]
    for page in pages:
        page.close()
    return [statistics.median(times) for times in zip(*rounds[3:], strict=True)]


def rerun(page: Page) -> float:
    """Return the milliseconds from the key to the end of the run."""
    page.bring_to_front()
    page.wait_for_timeout(100)  # Streamlit overlooks a key that follows at once.
    page.evaluate(WATCH)
    page.keyboard.press("r")
    return float(page.evaluate("window.rerun"))


def compare_starts(browser: Browser) -> None:
    """Start `streamlit hello` and the studio in turns, until a heading is on the screen."""
    hello, ours = [], []
    for _ in range(STARTS):
        port = free_port()
        hello.append(
            start([*STREAMLIT, "hello", "--server.port", str(port), *QUIET], port, browser)
        )
        port = free_port()
        ours.append(start([*STUDIO, "serve", "--port", str(port), "--no-browser"], port, browser))
    first, second = statistics.median(hello), statistics.median(ours)
    rows = [
        ["streamlit hello", f"{first:.2f}", "1"],
        ["studio serve", f"{second:.2f}", f"{second / first:.2f}"],
    ]
    report("From the command to the first heading", ("", "s", "ratio"), rows)


def start(words: list[str], port: int, browser: Browser) -> float:
    """Return the seconds from starting a server to its first heading."""
    page = browser.new_page()
    begun = time.perf_counter()
    with running(words, health=f"http://127.0.0.1:{port}/_stcore/health"):
        page.goto(f"http://127.0.0.1:{port}/")
        page.get_by_role("heading").first.wait_for()
        taken = time.perf_counter() - begun
        page.close()
    return taken


def settle(page: Page, url: str) -> None:
    """Open `url` and wait until its script has run."""
    page.goto(url)
    page.locator("[data-testid=stMainBlockContainer] [data-testid]").first.wait_for()
    page.locator(IDLE).wait_for()


if __name__ == "__main__":
    main()
