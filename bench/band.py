"""The band: how fast it makes a song, beside FluidSynth's command line playing the same notes."""

import json
import os
import shutil
import statistics
import subprocess
import urllib.request
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.ground import STUDIO, free_port, machine, report, running, seconds, until
from studio.engine import session
from studio.engine.brief import Brief
from studio.engine.playing.bank import find_bank
from studio.engine.recording import compose
from studio.engine.writing import midi

WORDS = """[Verse]
Morning on the river, nothing left to say
Every light we followed slowly slips away
[Chorus]
Hold on to the summer, hold on to the sound
Everything we ever lost is waiting to be found
"""
BRIEF = Brief(style="pop, upbeat", lyrics=WORDS, length_seconds=120)
SEED = 7
TIMES = 3
KEY = "bench"


def main() -> None:
    """Measure both, and print the tables."""
    print(machine())
    compare_with_fluidsynth()
    time_first_sound()


def compare_with_fluidsynth() -> None:
    """Make a song of two minutes in one process, in two, and let FluidSynth play its notes."""
    recording = compose(BRIEF, SEED)
    length = recording.mix.shape[1] / 44_100
    with TemporaryDirectory() as folder, two_processes() as executor:
        file = Path(folder, "song.mid")
        file.write_bytes(midi.to_midi(recording.score))
        times = {
            "fluidsynth -F, the notes alone": [
                seconds(lambda: fluidsynth(file)) for _ in range(TIMES)
            ],
            "the band in one process, with voice, mix and master": [
                seconds(lambda: compose(BRIEF, SEED)) for _ in range(TIMES)
            ],
            "the band in two processes, files written": [
                seconds(partial(record, Path(folder, str(turn)), executor)) for turn in range(TIMES)
            ],
        }
    yardstick = statistics.median(next(iter(times.values())))
    rows = [
        [who, f"{taken:.2f}", f"{length / taken:.1f} x", f"{taken / yardstick:.2f}"]
        for who, taken in ((who, statistics.median(each)) for who, each in times.items())
    ]
    report(f"A song of {length:.0f} s", ("", "s", "real time", "ratio"), rows)


def two_processes() -> ProcessPoolExecutor:
    """Open the pool as the emulator does."""
    pool = ProcessPoolExecutor(2, get_context("spawn"), initializer=session.warm)
    for _ in range(4):
        pool.submit(int).result()
    return pool


def record(folder: Path, executor: ProcessPoolExecutor) -> None:
    """Make the song as the emulator has it made."""
    folder.mkdir()
    session.record(
        BRIEF, SEED, folder, executor=executor, report=lambda _: None, cancelled=lambda: False
    )


def fluidsynth(file: Path) -> None:
    """Play the notes with the same sounds, as fast as that goes."""
    program = shutil.which("fluidsynth")
    if program is None:
        raise SystemExit("The yardstick is missing. On Debian: apt-get install fluidsynth")
    words = [program, "-ni", "-q", "-r", "44100", "-F", str(file.with_suffix(".wav"))]
    subprocess.run([*words, str(find_bank(os.environ)), str(file)], check=True, capture_output=True)


def time_first_sound() -> None:
    """Order songs from a warm emulator; stop the clock when their first sound can be fetched."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    words = [*STUDIO, "emulator", "--port", str(port), "--key", KEY]
    with running(words, health=f"{url}/health"):
        first_sound(f"{url}/band/v1")  # the first order also waits for the workers to warm up
        early = [first_sound(f"{url}/band/v1") for _ in range(TIMES)]
    rows = [[f"{statistics.median(early):.2f}", f"{min(early):.2f} to {max(early):.2f}"]]
    report("From the order to the first sound", ("median s", "range s"), rows)


def first_sound(counter: str) -> float:
    """Order a song, wait for its first seconds, cancel the rest."""
    order = ""

    def play() -> None:
        nonlocal order
        wish = {"style": BRIEF.style, "lyrics": WORDS, "length": 120, "seed": SEED}
        order = ask("POST", f"{counter}/orders", wish)["order"]
        until(lambda: early_link(f"{counter}/orders/{order}") is not None, within=60)
        link = early_link(f"{counter}/orders/{order}")
        with urllib.request.urlopen(link, timeout=5) as sound:  # noqa: S310 - our own server
            sound.read()

    taken = seconds(play)
    ask("DELETE", f"{counter}/orders/{order}")
    return taken


def early_link(order: str) -> Any:
    """Return where the first seconds are, as soon as they are anywhere."""
    takes = ask("GET", order)["takes"]
    return next(
        (take["early"] or take["sound"] for take in takes if take["early"] or take["sound"]), None
    )


def ask(method: str, url: str, body: object = None) -> dict[str, Any]:
    """Speak to the emulator."""
    request = urllib.request.Request(  # noqa: S310 - our own server
        url,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - the same
        told: dict[str, Any] = json.load(answer)
        return told


if __name__ == "__main__":
    main()
