"""Steps: rhythms as text, one character for each sixteenth.

`.` rests, `-` holds, anything else is a stroke: `X` loud, `x` plain, `o` soft for drums and
chords; `1` to `6` a single voice of a chord from below; `R 3 5 7 8 a` for basses. Bars are
parted by `|`, so `X...x... | X...x.x.` is an A and a B bar.
"""

from dataclasses import dataclass
from functools import lru_cache

STEPS_PER_BEAT = 4


@dataclass(frozen=True, slots=True)
class Step:
    """One stroke of a pattern."""

    at: float
    """Beats after the bar line."""
    beats: float
    """How long it is held."""
    mark: str


@lru_cache(maxsize=4096)
def read_steps(pattern: str) -> tuple[tuple[Step, ...], ...]:
    """Return the strokes of each bar of `pattern`."""
    return tuple(_read_bar("".join(bar.split())) for bar in pattern.split("|"))


def steps_in(pattern: str) -> tuple[int, ...]:
    """Return how many sixteenths each bar of `pattern` has."""
    return tuple(len("".join(bar.split())) for bar in pattern.split("|"))


def _read_bar(bar: str) -> tuple[Step, ...]:
    steps = []
    for index, mark in enumerate(bar):
        if mark in ".-":
            continue
        held = 1
        while index + held < len(bar) and bar[index + held] == "-":
            held += 1
        steps.append(Step(index / STEPS_PER_BEAT, held / STEPS_PER_BEAT, mark))
    return tuple(steps)
