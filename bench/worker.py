"""The worker: what a thousand jobs in flight at four vendors cost, and how soon all are home.

The vendors are a process of their own that does nothing but count; between them and the table on
disk is everything there is in a real studio: the client, the wire, the steps. One advises to look
often, one thinks before it answers, one calls, and one takes twenty calls in ten seconds.
"""

import json
import statistics
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from bench.counter import VENDORS, Caller, Strict
from bench.ground import free_port, machine, report, running
from studio.audio.files import write_mp3
from studio.audio.samples import RATE
from studio.client import Connection, Studio, open_studio
from studio.jobs.model import Job, State
from studio.providers import PROVIDERS
from studio.settings import Settings
from studio.songs import CreateSong

JOBS: Mapping[str, int] = {"steady": 300, "slow": 300, "caller": 300, "strict": 100}
"""A thousand."""
IDLE_SECONDS = 10
SETTLING_SECONDS = 20
WINDOW_SECONDS = 60
FINISHING_SECONDS = 60
"""Over how long the vendors finish everything."""
REQUEST = CreateSong(style="pop, upbeat", lyrics="[Verse]\nOne line of words\n" * 8)


def main() -> None:
    """Measure at rest, in flight and at the end, and print the tables."""
    print(machine())
    PROVIDERS.update({vendor.kind: vendor for vendor in VENDORS})
    with tempfile.TemporaryDirectory() as folder:
        sound, port = Path(folder, "two.mp3"), free_port()
        tone = 0.2 * np.sin(np.arange(2 * RATE) * 2 * np.pi * 220 / RATE)
        write_mp3(sound, np.stack([tone, tone]).astype(np.float32), RATE)
        words = [sys.executable, "-m", "bench.counter", str(port), str(sound)]
        url = f"http://127.0.0.1:{port}"
        data = Path(folder, "data")
        with running(words, health=f"{url}/steady/report"), opened(data, url) as studio:
            measure(studio, url)


@contextmanager
def opened(data: Path, url: str) -> Iterator[Studio]:
    """Open a studio whose only vendors are the counters."""
    with open_studio(Settings(data=data)) as studio:
        studio.be_at("http://127.0.0.1:9")
        for vendor in VENDORS:
            connection = Connection(name=vendor.kind, kind=vendor.kind, url=f"{url}/{vendor.kind}")
            studio.connect(connection, secret=f"key of {vendor.kind}")
        yield studio


def measure(studio: Studio, url: str) -> None:
    """Send a thousand jobs, watch them being made, let them end, and say what that took."""
    me = psutil.Process()
    idle, idle_memory = share(IDLE_SECONDS), me.memory_info().rss
    begin = time.perf_counter()
    jobs = {name: [studio.submit(REQUEST, to=name) for _ in range(JOBS[name])] for name in JOBS}
    submitted = time.perf_counter() - begin
    sent = all_sent(studio, begin)
    # The first looks come in a crowd, as the jobs were put down.
    share(SETTLING_SECONDS)
    busy, memory = share(WINDOW_SECONDS), me.memory_info().rss
    told = {name: get(f"{url}/{name}/report") for name in JOBS}
    before, begin = used(), time.perf_counter()
    late = landing(studio, url, jobs)
    landed = (used() - before) / (time.perf_counter() - begin)
    rows = [
        ["core at rest", f"{idle:.1%}", ""],
        ["core with 1,000 in flight", f"{busy:.1%}", "≤ 10 %"],
        ["core while they come home", f"{landed:.1%}", ""],
        ["more memory, MB", f"{(memory - idle_memory) / 1e6:.0f}", "≤ 50"],
        ["putting 1,000 down, s", f"{submitted:.1f}", ""],
        ["home", f"{sum(map(len, late.values())):,} of 1,000", "all"],
    ]
    report("1,000 jobs in flight at four vendors", ("", "", "hold"), rows)
    last = {name: get(f"{url}/{name}/report") for name in JOBS}
    at_each(told, last, sent, late)


def all_sent(studio: Studio, begin: float) -> dict[str, float]:
    """Return after how many seconds each vendor had all of its jobs."""
    sent: dict[str, float] = {}

    def are_sent() -> bool:
        waiting = studio.jobs(states={State.QUEUED, State.SENDING}, limit=9999)
        for name in JOBS.keys() - sent.keys() - {job.connection for job in waiting}:
            sent[name] = time.perf_counter() - begin
        return len(sent) == len(JOBS)

    while not are_sent():
        time.sleep(1)  # noqa: TID251 - to look often would be measured too
    return sent


def landing(
    studio: Studio, url: str, jobs: Mapping[str, Sequence[Job]]
) -> dict[str, dict[str, float]]:
    """Let everything end; return how late each job was home, by vendor."""
    within = f"finish?within={FINISHING_SECONDS}"
    done = {name: get(f"{url}/{name}/{within}", "POST") for name in JOBS}
    calls = threading.Thread(target=call, args=(studio, url, done[Caller.kind]), daemon=True)
    calls.start()
    while studio.jobs(states={State.WORKING, State.FETCHING}, limit=1):
        time.sleep(1)  # noqa: TID251 - as above
    late: dict[str, dict[str, float]] = {}
    for name, submitted in jobs.items():
        ended = [studio.job(job.id) for job in submitted]
        late[name] = {
            job.id: job.over_at.timestamp() - done[name][job.remote]
            for job in ended
            if job.state is State.DONE and job.over_at and job.remote
        }
    return late


def call(studio: Studio, url: str, done: Mapping[str, float]) -> None:
    """Tell the studio of each job of the vendor that calls, as it is done."""
    door = str(studio.callback_url(Caller.kind)).rsplit("/", 1)[-1]
    for task, moment in sorted(done.items(), key=lambda one: one[1]):
        time.sleep(max(0.0, moment - time.time()))  # noqa: TID251 - the vendor's time is real
        told = {"task": task, "sound": f"{url}/{Caller.kind}/sounds/{task}.mp3"}
        studio.hear(Caller.kind, door, {}, json.dumps(told).encode())


def at_each(
    told: Mapping[str, Any],
    last: Mapping[str, Any],
    sent: Mapping[str, float],
    late: Mapping[str, Mapping[str, float]],
) -> None:
    """Say how each vendor was treated."""
    head = (
        *("vendor", "jobs", "advised, s", "shortest and median gap, s"),
        *("most calls in 10 s", "refused", "sent after, s", "home after p50, p95, s"),
    )
    rows = [
        [
            vendor.title,
            JOBS[vendor.kind],
            f"{vendor.poll_seconds:g}",
            "{:.2f}, {:.2f}".format(*gaps(told[vendor.kind])),
            f"{last[vendor.kind]['most']}{' of 20' if vendor is Strict else ''}",
            last[vendor.kind]["refused"],
            f"{sent[vendor.kind]:.0f}",
            f"{quantile(late[vendor.kind], 0.5):.1f}, {quantile(late[vendor.kind], 0.95):.1f}",
        ]
        for vendor in VENDORS
    ]
    report("What each vendor saw", head, rows)


def gaps(told: Mapping[str, Any]) -> tuple[float, float]:
    """Return the shortest and the median time between two looks at one job."""
    return min(told["gaps"]), statistics.median(told["gaps"])


def share(seconds: float) -> float:
    """Return which share of a core this process takes for so many seconds."""
    before, begin = used(), time.perf_counter()
    time.sleep(seconds)  # noqa: TID251 - what is measured is what others do meanwhile
    return (used() - before) / (time.perf_counter() - begin)


def used() -> float:
    """Return the processor time that this process has taken, in seconds."""
    return float(sum(psutil.Process().cpu_times()[:2]))


def get(url: str, method: str = "GET") -> dict[str, Any]:
    """Read what a server of ours tells."""
    request = urllib.request.Request(url, method=method)  # noqa: S310 - our own server
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - as above
        told: dict[str, Any] = json.load(answer)
    return told


def quantile(late: Mapping[str, float], share_of: float) -> float:
    """Return the time that `share_of` of all do not exceed."""
    return float(np.quantile(list(late.values()), share_of))


if __name__ == "__main__":
    main()
