"""Separation: how far the stems of the band's songs are from the truth, exact ones and rough ones.

The songs are those of `testset.HELD_OUT`, and copies of them as they come from the world outside:
as an MP3, in one channel, with noise. SDR is plain: the power of the truth over that of the error.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from bench.ground import machine, report
from bench.testset import HELD_OUT, TUNING, song
from studio.audio.files import read, write
from studio.audio.samples import RATE, Samples
from studio.audio.separating.separation import (
    BASS,
    DRUMS,
    OTHER,
    STEMS,
    VOCALS,
    separate,
    separating,
)
from studio.engine.dividing.families import CHOIR, SINGER, sources_of
from studio.engine.dividing.stems import Console, alone, put_together
from studio.engine.played import played
from studio.engine.score import Score

SECONDS = 20
EXACT = 5
"""Songs whose exact stems are all made: they hardly differ."""
NOISE_DB = -20.0
LONG_SECONDS = 8 * 60
COLUMNS = (*STEMS, "accompaniment")
_HOMES = {SINGER: VOCALS, CHOIR: VOCALS, "drums": DRUMS, "percussion": DRUMS, "bass": BASS}

Copy = Callable[[Samples], Samples]


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tuning", action="store_true", help="the songs for choosing numbers")
    parser.add_argument("--songs", type=int, default=None, help="so many songs only")
    choice = parser.parse_args()
    print(machine())
    # First, while the process is still small.
    print_effort()
    chosen = (TUNING if choice.tuning else HELD_OUT)[: choice.songs]
    records = [(truth.name, console_of(truth.score)) for truth in (song(*one) for one in chosen)]
    print_exact(records[:EXACT])
    print_rough(records)


def console_of(score: Score) -> Console:
    """Play a song again, so that its stems can be had as they are in the record."""
    return put_together(played(score), score)


def print_exact(records: list[tuple[str, Console]]) -> None:
    """Tell what is missing from the sum of the band's own stems."""
    rows = []
    for name, console in records:
        begun = time.perf_counter()
        total = sum(alone(console, [stem]) for stem in console.stems)
        took = time.perf_counter() - begun
        missing = -sdr_db(console.record, np.asarray(total))
        seconds = console.record.shape[1] / RATE
        rows.append([name, len(console.stems), f"{missing:.0f}", f"{took / seconds:.3f}"])
    report("Exact stems of the band", ("", "stems", "sum less record, dB", "RTF"), rows)


def print_rough(records: list[tuple[str, Console]]) -> None:
    """Tell how near separation by ear comes, on each song and on worse copies of all."""
    truths = [(name, truth_of(console)) for name, console in records]
    rows = [[name, *map(_figure, _distances(truth, as_it_is))] for name, truth in truths]
    report("Separated by ear, SDR in dB", ("", *COLUMNS), rows)
    medians = [_median("the mix itself", [_distances(t, as_it_is, _nothing) for _, t in truths])]
    for name, copy in COPIES.items():
        medians.append(_median(name, [_distances(truth, copy) for _, truth in truths]))
    report("Median SDR in dB", ("", *COLUMNS), medians)


def print_effort() -> None:
    """Tell what separating takes; memory by blocks, as the tool does it."""
    rng = np.random.default_rng(0)
    noise = rng.standard_normal((2, LONG_SECONDS * RATE), dtype=np.float32) * np.float32(0.1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    begun = time.perf_counter()
    blocks = sum(1 for _ in separating(noise[:, : 60 * RATE]))
    rtf = (time.perf_counter() - begun) / 60
    for _ in separating(noise[:, -60 * RATE :]):
        pass
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows = [[f"{rtf:.3f}", blocks, f"{before:.0f}", f"{after:.0f}"]]
    report("Effort", ("RTF", "blocks a minute", "MB before", "MB at most"), rows)


def truth_of(console: Console) -> dict[str, Samples]:
    """Return the four true stems of the middle of a song, as they are in the record."""
    frames = console.record.shape[1]
    start = max(0, (frames - SECONDS * RATE) // 2)
    within = slice(start, min(frames, start + SECONDS * RATE))
    homes: dict[str, list[str]] = {name: [] for name in STEMS}
    for source, family in sources_of(console.score).items():
        homes[_HOMES.get(family, OTHER)].append(source)
    return {name: alone(console, names, within=within) for name, names in homes.items()}


def as_it_is(sound: Samples) -> Samples:
    """Return the sound itself."""
    return sound


def as_mp3(sound: Samples) -> Samples:
    """Return the sound after 192 kbit/s."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "copy.mp3")
        write(path, sound, RATE)
        back, _ = read(path)
    return back[:, : sound.shape[1]]


def in_one_channel(sound: Samples) -> Samples:
    """Return both sides alike."""
    return np.repeat(sound.mean(axis=0, keepdims=True), 2, axis=0)


def with_noise(sound: Samples) -> Samples:
    """Return the sound with noise 20 dB below it."""
    rng = np.random.default_rng(0)
    level = np.sqrt(np.square(sound).mean()) * 10 ** (NOISE_DB / 20)
    return sound + np.float32(level) * rng.standard_normal(sound.shape, dtype=np.float32)


COPIES: dict[str, Copy] = {
    "as mastered": as_it_is,
    "MP3, 192 kbit/s": as_mp3,
    "one channel": in_one_channel,
    "noise at -20 dB": with_noise,
}


def _nothing(mix: Samples) -> dict[str, Samples]:
    return dict.fromkeys(STEMS, mix)


def _distances(
    truth: dict[str, Samples],
    copy: Copy,
    method: Callable[[Samples], dict[str, Samples]] = separate,
) -> Iterator[float]:
    """Give the SDR of each stem, and of all but the voice; of what the copy lost too."""
    mix = sum(truth.values(), start=np.zeros_like(truth[OTHER]))
    given = copy(mix)
    wanted = {name: copy(stem) for name, stem in truth.items()} if copy is in_one_channel else truth
    found = method(given)
    for name in STEMS:
        yield sdr_db(wanted[name], found[name])
    whole = copy(mix) if copy is in_one_channel else mix
    yield sdr_db(whole - wanted[VOCALS], given - (found[VOCALS] if method is separate else 0))


def sdr_db(truth: Samples, found: Samples) -> float:
    """Return the signal-to-distortion ratio; NaN where there is nothing to find."""
    power = float(np.square(truth, dtype=np.float64).sum())
    error = float(np.square(truth - found, dtype=np.float64).sum())
    return 10 * float(np.log10(power / max(error, 1e-20))) if power > 1 else float("nan")


def _median(name: str, rows: list[Iterator[float]]) -> list[str]:
    return [name, *map(_figure, np.nanmedian([list(row) for row in rows], axis=0))]


def _figure(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.1f}"


if __name__ == "__main__":
    main()
