"""The ground to measure on: this machine in words, servers in folders of their own, medians."""

import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]
STREAMLIT = [sys.executable, "-m", "streamlit"]
STUDIO = [sys.executable, "-m", "studio"]


def machine() -> str:
    """Say what kind of machine this is, without its name."""
    memory = psutil.virtual_memory().total / 2**30
    busy = os.getloadavg()[0]
    return (
        f"{time.strftime('%Y-%m-%d')}, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores, {memory:.0f} GB, load at the start {busy:.1f}"
    )


def report(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table that can be pasted into README.md."""
    print(f"\n### {title}\n\n| {' | '.join(head)} |\n|{'-|' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(str(cell) for cell in row)} |")


def median_seconds(act: Callable[[], object], *, times: int) -> float:
    """Time `act` and return the median."""
    return statistics.median(seconds(act) for _ in range(times))


def seconds(act: Callable[[], object]) -> float:
    """Time `act` once."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def free_port() -> int:
    """Find a port of this machine that nobody listens at."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def running(words: Sequence[str], *, health: str) -> Iterator[psutil.Process]:
    """Run a server in a folder of its own until the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        process = psutil.Popen(
            list(words),
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "STUDIO_DATA": f"{folder}/data"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            until(lambda: answers(health), within=60)
            yield process
        finally:
            process.terminate()
            process.wait(20)


def answers(url: str) -> bool:
    """Tell whether `url` answers at all."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own server
            return bool(answer.status == 200)
    except OSError:
        return False


def until(holds: Callable[[], bool], *, within: float) -> None:
    """Look every 5 ms until something holds."""
    deadline = time.monotonic() + within
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(f"This did not come to hold within {within:g} s.")
        time.sleep(0.005)  # noqa: TID251 - a stopwatch waits for real
