"""The worker: what a thousand jobs in flight cost, how often it looks, how soon songs are home.

The vendor is a process of its own that does nothing but count; between it and the table on disk is
everything there is in a real studio: the client, the wire, the steps.
"""

import json
import statistics
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from bench.counter import PAUSE_SECONDS, Counter
from bench.ground import free_port, machine, report, running, until
from studio.audio.files import write_mp3
from studio.audio.samples import RATE
from studio.client import Connection, Studio, open_studio
from studio.jobs.model import Job, State
from studio.providers import PROVIDERS
from studio.settings import Settings
from studio.songs import CreateSong

JOBS = 1000
IDLE_SECONDS = 15
WINDOW_SECONDS = 90
CALLED = 100
"""How many jobs end with a call."""
LOOKED_AT = 40
"""How many end without one."""
LATEST = f"≤ {1.1 * PAUSE_SECONDS:g}, and the download"
REQUEST = CreateSong(style="pop, upbeat", lyrics="[Verse]\nOne line of words\n" * 8)


def main() -> None:
    """Measure at rest, in flight and at the end, and print the tables."""
    print(machine())
    PROVIDERS["counter"] = Counter
    with tempfile.TemporaryDirectory() as folder:
        sound, port = Path(folder, "two.mp3"), free_port()
        tone = 0.2 * np.sin(np.arange(2 * RATE) * 2 * np.pi * 220 / RATE)
        write_mp3(sound, np.stack([tone, tone]).astype(np.float32), RATE)
        words = [sys.executable, "-m", "bench.counter", str(port), str(sound)]
        url = f"http://127.0.0.1:{port}"
        with running(words, health=f"{url}/report"), opened(Path(folder, "data"), url) as studio:
            in_flight(studio, url)
            landing(studio, url)


@contextmanager
def opened(data: Path, url: str) -> Iterator[Studio]:
    """Open a studio whose only vendor is the counter, warm from a first song."""
    with open_studio(Settings(data=data)) as studio:
        studio.be_at("http://127.0.0.1:9")
        studio.connect(Connection(name="counter", kind="counter", url=url), secret="none")  # noqa: S106 - it believes everybody
        job = studio.submit(REQUEST, to="counter")
        until(lambda: studio.job(job.id).remote is not None, within=10)
        finish(url, studio.job(job.id))
        until(lambda: studio.job(job.id).state is State.DONE, within=3 * PAUSE_SECONDS)
        yield studio


def in_flight(studio: Studio, url: str) -> None:
    """Measure a thousand jobs that are being made, beside none."""
    me = psutil.Process()
    idle, idle_memory = share(IDLE_SECONDS), me.memory_info().rss
    begin = time.perf_counter()
    jobs = [studio.submit(REQUEST, to="counter") for _ in range(JOBS)]
    submitted = time.perf_counter() - begin
    until(lambda: not studio.jobs(states={State.QUEUED, State.SENDING}), within=600)
    started = time.perf_counter() - begin
    # The first looks come in a crowd, as the jobs were put down.
    share(PAUSE_SECONDS)
    busy, memory = share(WINDOW_SECONDS), me.memory_info().rss
    told = get(f"{url}/report")
    rows = [
        ["core at rest", f"{idle:.1%}", ""],
        [f"core with {JOBS:,} in flight", f"{busy:.1%}", "≤ 10 %"],
        ["more memory, MB", f"{(memory - idle_memory) / 1e6:.0f}", "≤ 50"],
        [
            "shortest time between two looks at one task, s",
            f"{min(told['gaps']):.2f}",
            f"≥ {PAUSE_SECONDS:g}",
        ],
        ["median, s", f"{statistics.median(told['gaps']):.2f}", ""],
        [
            "looks per task and advised interval",
            f"{PAUSE_SECONDS / statistics.mean(told['gaps']):.2f}",
            "≤ 1",
        ],
        ["questions for the balance per job", f"{told['balances'] / told['tasks']:.2f}", "2"],
        [f"putting {JOBS:,} down, s", f"{submitted:.1f}", ""],
        [f"until all {JOBS:,} were sent, s", f"{started:.1f}", ""],
    ]
    report(
        f"{len(jobs):,} jobs in flight, looked at every {PAUSE_SECONDS:g} s", ("", "", "hold"), rows
    )


def landing(studio: Studio, url: str) -> None:
    """Measure how soon finished takes are home: told by a call, and found by looking."""
    working = studio.jobs(states={State.WORKING}, limit=JOBS)
    # From all over the interval, as they come in a crowd otherwise.
    called, looked_at = working[:CALLED], working[CALLED :: (JOBS - CALLED) // LOOKED_AT]
    by_call = [home(studio, job, lambda job: call(studio, url, job)) for job in called]
    begin = {job.id: time.perf_counter() for job in looked_at if finish(url, job)}
    by_look = all_home(studio, begin)
    rows = [
        [name, len(times), f"{quantile(times, 0.5):.2f}", f"{quantile(times, 0.95):.2f}", hold]
        for name, times, hold in (
            ("told by a call", by_call, "≤ 1"),
            (f"found by looking, every {PAUSE_SECONDS:g} s", by_look, LATEST),
        )
    ]
    report("From finished at the vendor to home, s", ("", "jobs", "p50", "p95", "hold"), rows)


def call(studio: Studio, url: str, job: Job) -> None:
    """Finish a job at the counter, and tell the studio."""
    told = finish(url, job)
    door = str(studio.callback_url("counter")).rsplit("/", 1)[-1]
    studio.hear("counter", door, {}, json.dumps(told).encode())


def home(studio: Studio, job: Job, act: Callable[[Job], None]) -> float:
    """Return in how many seconds after `act` the job is done."""
    begin = time.perf_counter()
    act(job)
    return all_home(studio, {job.id: begin})[0]


def all_home(studio: Studio, begin: Mapping[str, float]) -> list[float]:
    """Return how long each job took from its beginning until it was done."""
    times: dict[str, float] = {}

    def are_home() -> bool:
        for job_id in begin.keys() - times.keys():
            if studio.job(job_id).state is State.DONE:
                times[job_id] = time.perf_counter() - begin[job_id]
        return len(times) == len(begin)

    until(are_home, within=4 * PAUSE_SECONDS)
    return list(times.values())


def share(seconds: float) -> float:
    """Return which share of a core this process takes for so many seconds."""
    me = psutil.Process()
    before, begin = sum(me.cpu_times()[:2]), time.perf_counter()
    time.sleep(seconds)  # noqa: TID251 - what is measured is what others do meanwhile
    return (sum(me.cpu_times()[:2]) - before) / (time.perf_counter() - begin)


def finish(url: str, job: Job) -> dict[str, Any]:
    """Let the counter be done with a job, and return what it would tell."""
    request = urllib.request.Request(f"{url}/done/{job.remote}", method="POST")  # noqa: S310 - our own server
    with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 - as above
        told: dict[str, Any] = json.load(answer)
    return told


def get(url: str) -> dict[str, Any]:
    """Read what a server of ours tells."""
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - our own server
        told: dict[str, Any] = json.load(answer)
    return told


def quantile(times: Sequence[float], share_of: float) -> float:
    """Return the time that `share_of` of all do not exceed."""
    return float(np.quantile(times, share_of))


if __name__ == "__main__":
    main()
