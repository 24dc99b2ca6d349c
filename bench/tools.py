"""The tools: how fast each works, how much memory it takes, and how soon it stops.

Speed on three minutes of sound: a song of the band, and the same as a stranger's MP3. Memory on
eight minutes of stereo, over all processes. Stopping from the wish until the worker is free again.
"""

import os
import sys
import threading
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import psutil

from bench.ground import machine, report, seconds
from studio.audio.files import read, write
from studio.audio.work import Cancelled
from studio.engine import session, workshop
from studio.engine.brief import Brief
from studio.engine.played import PlayedTool
from studio.engine.pool import Pool
from studio.engine.workshop import Errand
from studio.errors import StudioProblem

SECONDS, LONG_SECONDS = 180, 480
HOLD = 10.0
HOLD_MB, HOLD_STOP = 800, 0.5
WORDS = "[Verse]\nThe lights go out along the bay\nand we are half a world away\n"


@dataclass(frozen=True, slots=True)
class Case:
    """One way to use a tool."""

    options: Mapping[str, Any] = field(default_factory=dict)
    sounds: tuple[str, ...] = ("song",)
    """`song`, `other` (another song), `band` (without a voice), `voice` (alone)."""
    ending: str | None = None
    apart: bool = False
    """Whether its speed is stated apart."""
    when_long: Mapping[str, Any] = field(default_factory=dict)
    """Options besides, on the long sound."""


CASES: dict[str, Case] = {
    "add-band": Case({"style": "folk"}, ("voice",)),
    "add-vocals": Case({"lyrics": WORDS}, ("band",)),
    "concat": Case(sounds=("song", "other")),
    "convert": Case(ending=".mp3"),
    "cover": Case({"style": "bossa nova"}),
    "extend": Case({"length_seconds": 60.0}, when_long={"from_seconds": 400.0}),
    "fade": Case({"fade_out_seconds": 5.0}),
    "make-lyrics": Case({"about": "the sea at night"}, ()),
    "mashup": Case(sounds=("song", "other")),
    "measure": Case(),
    "midi": Case(apart=True),
    "normalise": Case(),
    "peaks": Case(),
    "persona": Case(),
    "pitch": Case({"semitones": 3.0}),
    "remaster": Case(),
    "replace": Case({"start_seconds": 60.0, "end_seconds": 90.0}),
    "sample": Case({"start_seconds": 30.0, "end_seconds": 38.0, "style": "house"}),
    "stems": Case({"kind": "12"}, apart=True),
    "stretch": Case({"factor": 1.15}),
    "timeline": Case({"lyrics": WORDS}, apart=True),
    "trim": Case({"start_seconds": 10.0, "end_seconds": 170.0}),
    "upsample-tags": Case({"tags": "sad piano"}, ()),
    "video": Case(apart=True),
    "vox": Case({"start_seconds": 40.0, "end_seconds": 60.0}, apart=True),
}


def main() -> None:
    """Measure the tools that are named, or all of them."""
    print(machine())
    wanted = sys.argv[1:] or list(workshop.names())
    with TemporaryDirectory() as folder, _warm_pool() as pool:
        sounds = Sounds(Path(folder), pool)
        rows = [_row(name, CASES[name], sounds, pool) for name in wanted]
    report(
        f"Tools on {SECONDS} s of stereo, two processes; memory on {LONG_SECONDS} s",
        (
            "tool",
            "a song of the band, x real time",
            "any other sound, x real time",
            f"of {HOLD:.0f} x",
            "MB, all processes",
            "MB, the largest",
            f"of {HOLD_MB} MB",
            "stops in s",
            f"of {HOLD_STOP} s",
        ),
        rows,
    )


class Sounds:
    """What the tools are used on, made when it is asked for."""

    def __init__(self, folder: Path, pool: Pool) -> None:
        self.folder = folder
        self._pool = pool

    def of_the_band(self, kind: str, length: float) -> Path:
        """Return a WAV with its score: `song`, `other`, `band` or `voice`."""
        path = self.folder / f"{kind}-{length:.0f}.wav"
        if path.exists():
            return path
        if kind == "voice":
            options = workshop.find("stems").options.model_validate({"only": "vocals"})
            made = self.folder / f"stems-{length:.0f}"
            song = self.of_the_band("song", length)
            self.use(Errand("stems", (song,), options, made))
            next(made.glob("*.wav")).replace(path)
            return path
        self._record(kind, min(length, 240.0), path)
        return path

    def of_a_stranger(self, kind: str, length: float) -> Path:
        """Return the same as an MP3 that nobody has the score of."""
        path = self.folder / f"stranger-{kind}-{length:.0f}.mp3"
        if not path.exists():
            samples, rate = read(self.of_the_band(kind, length))
            while samples.shape[1] < length * rate:
                samples = np.concatenate((samples, samples), axis=1)
            # A little longer, so that no score of this length is believed either.
            write(path, samples[:, : round((length - 1) * rate)], rate)
        return path

    def use(self, errand: Errand) -> None:
        """Use a tool for the sake of its result."""
        workshop.use(errand, workers=self._pool)

    def _record(self, kind: str, length: float, path: Path) -> None:
        brief = Brief(
            style="rock, 130 bpm" if kind == "other" else "pop, 110 bpm",
            instrumental=kind == "band",
            length_seconds=length,
        )
        take = self.folder / f"take-{kind}-{length:.0f}"
        take.mkdir()
        recorded = session.record(
            brief,
            11 + len(kind),
            take,
            executor=self._pool.executor,
            report=lambda _: None,
            cancelled=lambda: False,
        )
        recorded.wav.replace(path)


def _row(name: str, case: Case, sounds: Sounds, pool: Pool) -> Sequence[object]:
    band = _speed(name, case, [sounds.of_the_band(k, SECONDS) for k in case.sounds], pool)
    other = _speed(name, case, [sounds.of_a_stranger(k, SECONDS) for k in case.sounds], pool)
    slowest = min((speed for speed in (band, other) if speed), default=None)
    long = [sounds.of_a_stranger(kind, LONG_SECONDS) for kind in case.sounds]
    together, peak = _memory(name, case, long)
    stop = _stop(name, case, [sounds.of_a_stranger(k, SECONDS) for k in case.sounds])
    told = "apart" if case.apart else slowest and f"{slowest / HOLD:.1f}"
    row = (
        name,
        band and f"{band:.0f}",
        other and f"{other:.0f}",
        told,
        f"{together:.0f}",
        f"{peak:.0f}",
        f"{peak / HOLD_MB:.2f}",
        "too fast to stop" if stop is None else f"{stop:.2f}",
        "" if stop is None else f"{stop / HOLD_STOP:.2f}",
    )
    print(*row, file=sys.stderr)
    return row


def _errand(name: str, case: Case, sounds: Sequence[Path], folder: Path) -> Errand:
    tool = workshop.find(name)
    options = tool.options.model_validate(dict(case.options))
    out = folder / ("many" if tool.many else f"out{case.ending or tool.makes}")
    return Errand(name, tuple(sounds), options, out if tool.makes or tool.many else None)


def _speed(name: str, case: Case, sounds: Sequence[Path], pool: Pool) -> float | None:
    """Return seconds of sound for a second of work."""
    with TemporaryDirectory() as folder:
        errand = _errand(name, case, sounds, Path(folder))
        try:
            took = seconds(lambda: workshop.use(errand, workers=pool))
        except StudioProblem as problem:
            print(name, problem, file=sys.stderr)
            return None
    return SECONDS / took


def _memory(name: str, case: Case, sounds: Sequence[Path]) -> tuple[float, float]:
    """Return the most that all processes, and that one of them held at once, in MB."""
    players = 2 if isinstance(workshop.find(name), PlayedTool) else 1
    case = replace(case, options={**case.options, **case.when_long})
    others = {process.pid for process in psutil.Process().children(recursive=True)}
    with _warm_pool(players) as pool, TemporaryDirectory() as folder:
        errand = _errand(name, case, sounds, Path(folder))
        with _watching(others) as peaks:
            try:
                workshop.use(errand, workers=pool)
            except StudioProblem as problem:
                print(name, problem, file=sys.stderr)
    return max(together for together, _ in peaks), max(alone for _, alone in peaks)


@contextmanager
def _watching(others: Collection[int]) -> Iterator[list[tuple[float, float]]]:
    """Collect what workers other than `others` hold, all and the largest, in MB."""
    peaks, over = [(0.0, 0.0)], threading.Event()

    def watch() -> None:
        while not over.wait(0.05):
            ours = (p for p in psutil.Process().children(recursive=True) if p.pid not in others)
            held = [_held(process) / 2**20 for process in ours]
            peaks.append((sum(held), max(held, default=0.0)))

    watcher = threading.Thread(target=watch)
    watcher.start()
    yield peaks
    over.set()
    watcher.join()


def _held(process: psutil.Process) -> int:
    """Return the bytes that a process holds of its own; mapped files are the disk's cache."""
    try:
        told = Path(f"/proc/{process.pid}/smaps_rollup").read_text("utf-8")
    except OSError:
        return 0
    return int(told.partition("Anonymous:")[2].split()[0]) << 10 if "Anonymous:" in told else 0


def _stop(name: str, case: Case, sounds: Sequence[Path]) -> float | None:
    """Return how long after the wish to stop the worker is free; `None` if it was done."""
    with _warm_pool(workers=1) as pool, TemporaryDirectory() as folder:
        errand = _errand(name, case, sounds, Path(folder))
        wish = threading.Event()
        threading.Timer(1.0, wish.set).start()
        try:
            workshop.use(errand, workers=pool, cancelled=wish.is_set)
        except Cancelled:
            began = time.perf_counter()
            pool.executor.submit(os.getpid).result()
            return time.perf_counter() - began + 0.1
        except StudioProblem:
            return None
    return None


@contextmanager
def _warm_pool(workers: int = 2) -> Iterator[Pool]:
    pool = Pool(workers, session.warm, preload=("studio.engine.workshop",))
    with ThreadPoolExecutor(workers) as waiting:
        list(waiting.map(lambda _: pool.executor.submit(os.getpid).result(), range(workers)))
    yield pool
    pool.close()


if __name__ == "__main__":
    main()
