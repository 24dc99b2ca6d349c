"""Measures of a score, by which the laws of writing are checked."""

from collections import Counter
from itertools import pairwise
from math import log2

import numpy as np

from studio.engine.score import Note, Score, SungNote

MAJOR = (0, 2, 4, 5, 7, 9, 11)


def pitches(score: Score) -> list[int]:
    """Every pitch that is heard, drums left out."""
    played = [n.pitch for p in score.parts if "drums" not in p.instrument for n in p.notes]
    return played + ([n.pitch for n in score.vocal.notes] if score.vocal else [])


def scale_consistency(score: Score) -> float:
    """Largest share of notes that one major scale holds."""
    classes = Counter(pitch % 12 for pitch in pitches(score))
    total = sum(classes.values())
    return max(sum(classes[(tonic + step) % 12] for step in MAJOR) / total for tonic in range(12))


def entropy(classes: list[int]) -> float:
    counts = Counter(pitch % 12 for pitch in classes)
    total = sum(counts.values())
    return -sum(n / total * log2(n / total) for n in counts.values())


def entropy_over_bars(score: Score, bars: int) -> float:
    """Mean entropy of pitch classes in windows of so many bars."""
    length = bars * score.beats_per_bar
    notes = [n for p in score.parts if "drums" not in p.instrument for n in p.notes]
    windows = [
        [n.pitch for n in notes if start <= n.start < start + length]
        for start in np.arange(0, score.beats - length + 1e-6, length)
    ]
    return float(np.mean([entropy(window) for window in windows if window]))


def groove_consistency(score: Score) -> float:
    """Mean likeness of the onsets of neighbouring bars, on sixteenths."""
    steps = score.beats_per_bar * 4
    bars = round(score.beats / score.beats_per_bar)
    grid = np.zeros((bars + 1, steps), dtype=bool)
    for part in score.parts:
        for note in part.notes:
            step = round(note.start * 4)
            grid[step // steps, step % steps] = True
    grid = grid[:bars]
    return float(np.mean(1 - (grid[1:] ^ grid[:-1]).mean(axis=1)))


def tune(score: Score) -> list[SungNote] | list[Note]:
    """The melody: what is sung, or what the lead plays."""
    if score.vocal:
        return list(score.vocal.notes)
    return list(next(p for p in score.parts if p.name == "lead").notes)


def step_share(score: Score) -> float:
    """Share of moves of the tune that are a second or less."""
    moves = [abs(a.pitch - b.pitch) for a, b in pairwise(tune(score))]
    return sum(move <= 2 for move in moves) / len(moves)


def leap_share(score: Score) -> float:
    """Share of moves of the tune that are wider than a fifth."""
    moves = [abs(a.pitch - b.pitch) for a, b in pairwise(tune(score))]
    return sum(move > 7 for move in moves) / len(moves)


def density(score: Score) -> float:
    """Drum strokes and notes a second."""
    return sum(len(p.notes) for p in score.parts) / score.length_seconds


def portrait(score: Score) -> dict[str, float]:
    """What tells a style by ear, as numbers."""
    bars = score.beats / score.beats_per_bar
    bass = next(len(p.notes) for p in score.parts if p.name == "bass")
    drums = next(p for p in score.parts if p.name == "drums")
    rich = [c.quality not in {"maj", "min", "sus2", "sus4", "add9"} for c in score.chords]
    return {
        "tempo": score.tempo_bpm,
        "swing": score.swing,
        "density": density(score),
        "bass notes a bar": bass / bars,
        "drum strokes a second": len(drums.notes) / score.length_seconds,
        "kicks a bar": sum(n.pitch == 36 for n in drums.notes) / bars,
        "chords with colours": sum(rich) / len(rich),
        "our own synthesizers": sum("synth" in p.instrument for p in score.parts)
        / len(score.parts),
        "the snare's lateness": float(
            np.mean([n.shift for n in drums.notes if n.pitch in {37, 38, 39}] or [0.0])
        ),
        "room": score.room.reverb_seconds,
    }


def differ(name: str, one: float, other: float) -> bool:
    """Tell whether a difference of portraits is heard."""
    if name in {"chords with colours", "our own synthesizers"}:
        return abs(one - other) > 0.3
    if name == "the snare's lateness":
        return abs(one - other) > 0.005
    if name == "swing":
        return abs(one - other) > 0.02
    return abs(one - other) > 0.12 * max(one, other)
