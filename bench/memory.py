"""Memory: what the server holds after making ten songs and showing every page.

The band works in processes of its own, which are counted apart.
"""

import json
import os
import subprocess

import psutil

from bench.ground import ROOT, STUDIO, free_port, machine, report, running, until
from pages import PAGES, chromium, settle

SONGS = 10
LIMIT = 200


def main() -> None:
    """Measure before, between and after, and print the table."""
    print(machine())
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    words = [*STUDIO, "serve", "--port", str(port), "--no-browser"]
    with running(words, health=f"{url}/health") as server:
        rows = [weigh("after the start", server)]
        make_songs(server.cwd())
        rows.append(weigh(f"after {SONGS} songs of two takes each", server))
        with chromium() as browser:
            page = browser.new_page()
            for name in PAGES:
                settle(page, f"{url}/{name}")
            rows.append(weigh("after showing every page", server))
    report("Memory", ("", "server MB", f"of {LIMIT} MB", "the band's processes MB"), rows)


def make_songs(folder: str) -> None:
    """Put down all jobs at once, which the server then carries out."""
    for seed in range(SONGS):
        tell(folder, "create", "--style", "pop, upbeat", "--length", "60", "--seed", str(seed))
    until(lambda: all(job["state"] == "DONE" for job in jobs(folder)), within=900)


def jobs(folder: str) -> list[dict[str, object]]:
    """Return the jobs as the command line tells of them."""
    told: list[dict[str, object]] = json.loads(tell(folder, "jobs", "--json"))
    return told


def tell(folder: str, *words: str) -> str:
    """Run a command on the server's data folder."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "STUDIO_DATA": f"{folder}/data"}
    done = subprocess.run(
        [*STUDIO, *words], env=environ, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def weigh(when: str, server: psutil.Process) -> list[str]:
    """Tell what the server and its children hold now."""
    held = server.memory_info().rss / 1e6
    children = sum(child.memory_info().rss for child in server.children(recursive=True)) / 1e6
    return [when, f"{held:.0f}", f"{held / LIMIT:.2f}", f"{children:.0f}"]


if __name__ == "__main__":
    main()
