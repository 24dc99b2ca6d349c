"""Seams: how well a song goes on, from its score or by ear, in figures.

For each sound: the largest sample step in the fade relative to the 99.9th percentile around it,
the loudness step over 3 s, how far the beat after the seam is from the beat before it, whether
all before the seam is the same to the sample, and how long one core worked for a result of that
length.
"""

import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.ground import machine, report
from bench.testset import HELD_OUT, Truth, song
from studio.audio.ear.listening import hear
from studio.audio.files import read, write
from studio.audio.samples import RATE, Samples
from studio.audio.shaping.stretching import warp
from studio.engine.brief import Brief
from studio.engine.papers import keep_score
from studio.engine.played import perform_alone
from studio.engine.score import Score
from studio.engine.tools.extend import TOOL, ExtendOptions

FROM_SECONDS = 24.0
NEW_SECONDS = 20.0
NEAR_BEATS = 6
BENT_SONGS = 2


@dataclass(frozen=True, slots=True)
class Case:
    """A sound that goes on."""

    name: str
    samples: Samples
    score: Score | None


def cases(truth: Truth) -> Iterator[Case]:
    """Give a song as the band knows it, and as sounds that it does not know."""
    mix = np.asarray(truth.mix)
    yield Case(f"{truth.name}, score", mix, truth.score)
    yield Case(f"{truth.name}, by ear", mix, None)


def _cases(briefs: Sequence[tuple[Brief, int]]) -> Iterator[Case]:
    for number, (brief, seed) in enumerate(briefs):
        truth = song(brief, seed)
        yield from cases(truth)
        if number < BENT_SONGS:
            yield from bent(truth)


def bent(truth: Truth) -> Iterator[Case]:
    """Give a song detuned by 30 cents, and with a tempo that drifts by 3 %."""
    mix = np.asarray(truth.mix)
    ratio = 2 ** (30 / 1200)
    grid = np.arange(0, mix.shape[1], ratio)
    detuned = np.stack([np.interp(grid, np.arange(mix.shape[1]), side) for side in mix])
    yield Case(f"{truth.name}, +30 cents", detuned.astype(np.float32), None)
    seconds = mix.shape[1] / RATE
    at = np.linspace(0, seconds, 24)
    drift = at + 0.03 * seconds / (2 * np.pi) * np.sin(2 * np.pi * at / seconds)
    yield Case(f"{truth.name}, +-3 % drift", warp(mix, at, drift), None)


def measured(case: Case, folder: Path) -> tuple[str, ...]:
    """Extend one sound and say how it went."""
    source, out = folder / "source.wav", folder / "out.wav"
    write(source, case.samples, RATE)
    if case.score is not None:
        keep_score(source, case.score)
    begun = time.process_time()
    options = ExtendOptions(from_seconds=FROM_SECONDS, length_seconds=NEW_SECONDS)
    facts = perform_alone(TOOL, [source], options, out)
    took = time.process_time() - begun
    before, whole = read(source)[0], read(out)[0]
    seam = round(facts["seam_seconds"] * RATE)
    same = np.array_equal(before[:, :seam], whole[:, :seam])
    return (
        case.name,
        f"{facts['largest_step_ratio']:.2f}",
        f"{facts['level_step_lu']:+.2f}",
        f"{phase_error_ms(whole, seam / RATE):+.1f}",
        "yes" if same else "no",
        f"{whole.shape[1] / RATE / took:.1f}",
    )


def phase_error_ms(whole: Samples, seam: float) -> float:
    """Return by how much the beats after a seam are late, against those before it."""
    beats = np.array(hear(whole).beats)
    before, after = beats[beats < seam][-NEAR_BEATS:], beats[beats >= seam][:NEAR_BEATS]
    if min(len(before), len(after)) < NEAR_BEATS // 2:
        return float("nan")
    lines = [np.polyfit(np.arange(len(part)), part, 1) for part in (before, after)]
    step, start = lines[0]
    expected = start + step * np.arange(len(before), len(before) + 2 * NEAR_BEATS)
    first = lines[1][1]
    return 1000 * float(first - expected[np.argmin(np.abs(expected - first))])


def main() -> None:
    """Print a table; words on the command line choose songs by their style."""
    chosen = [brief for brief in HELD_OUT if any(word in brief[0].style for word in sys.argv[1:])]
    with tempfile.TemporaryDirectory() as folder:
        rows = [measured(case, Path(folder)) for case in _cases(chosen or HELD_OUT[::2])]
    head = ("sound", "step", "level LU", "beat ms", "same before", "x real time, CPU")
    print(machine())
    report("Seams: 20 s more, from second 24", head, rows)


if __name__ == "__main__":
    main()
