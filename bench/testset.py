"""The test set: songs of the band with the truth about them, made once and kept.

Every style once or more, in other keys and tempi than it likes best, with and without voice.
`TUNING` songs are for choosing numbers, `HELD_OUT` ones for reporting them.
"""

import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from studio.audio.samples import Samples
from studio.engine.brief import Brief
from studio.engine.mixing import separate
from studio.engine.papers import from_json, to_json
from studio.engine.recording import perform
from studio.engine.score import Score
from studio.engine.singing import count_syllables
from studio.engine.writing import arrange

FOLDER = Path(os.environ.get("BENCH_SONGS", Path(tempfile.gettempdir(), "studio-bench-songs")))
SECONDS = 45.0

TUNING = tuple(
    (Brief(style=style, length_seconds=SECONDS), seed)
    for seed, style in enumerate(
        ("pop", "rock", "ballad", "folk", "house", "soul", "jazz", "waltz"), 100
    )
)
HELD_OUT = tuple(
    (Brief(style=style, key=key, tempo_bpm=tempo, length_seconds=SECONDS), seed)
    for seed, (style, key, tempo) in enumerate(
        (
            ("pop", "D major", 120.0),
            ("rock", "E minor", 140.0),
            ("ballad", "Ab major", 64.0),
            ("ballad, female voice", "F minor", 70.0),
            ("country", "G major", 104.0),
            ("folk", "A major", 96.0),
            ("house", "C minor", 124.0),
            ("hip-hop", "F# minor", 90.0),
            ("reggae", "Bb major", 75.0),
            ("soul", "Eb major", 84.0),
            ("synthwave", "B minor", 108.0),
            ("bossa nova, instrumental", "C major", 130.0),
            ("waltz", "E major", 138.0),
            ("metal", "C# minor", 160.0),
        ),
        200,
    )
)


@dataclass(frozen=True, slots=True)
class Truth:
    """A song of the band, and everything that is true of it."""

    name: str
    score: Score
    mix: Samples
    """The mastered record."""
    stems: dict[str, Samples]
    """Treated, mapped from disk; their sum is the mix before it was mastered."""


def songs(briefs: Sequence[tuple[Brief, int]] = HELD_OUT) -> Iterator[Truth]:
    """Give the songs one by one, recording what is not there yet."""
    for brief, seed in briefs:
        yield song(brief, seed)


def song(brief: Brief, seed: int) -> Truth:
    """Give one song."""
    name = f"{brief.style.split(',')[0]} {seed}"
    folder = FOLDER / name.replace(" ", "-")
    if not (folder / "done").exists():
        _record(brief, seed, folder)
    stems = {path.stem: np.load(path, mmap_mode="r") for path in sorted(folder.glob("*.npy"))}
    mix = stems.pop("mix")
    return Truth(name, from_json((folder / "score.json").read_text("utf-8")), mix, stems)


def _record(brief: Brief, seed: int, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    score = arrange(brief, seed, syllables=count_syllables)
    recording = perform(score)
    for name, stem in separate(recording.stems, score).items():
        np.save(folder / f"{name}.npy", stem)
    np.save(folder / "mix.npy", recording.mix)
    (folder / "score.json").write_text(to_json(score), "utf-8")
    (folder / "done").touch()


def main() -> None:
    """Record all that is missing."""
    for truth in songs((*TUNING, *HELD_OUT)):
        print(truth.name, truth.score.tags, f"{truth.mix.shape[1] / 44_100:.1f} s")


if __name__ == "__main__":
    main()
