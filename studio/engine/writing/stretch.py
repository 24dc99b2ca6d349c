"""Stretch: a section with the bars and the words that it is given, and what they make together."""

from collections.abc import Sequence
from dataclasses import dataclass

from studio.engine.score import RING_OUT_SECONDS, Section

BREATH_SECONDS = 0.45
"""Between two lines, at the least."""
SLOW_BAR = 2.8
"""Seconds from which a bar is so long that four of them are a section."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A line that is sung in one breath."""

    text: str
    words: tuple[str, ...]
    syllables: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many syllables it has."""
        return sum(self.syllables)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A section with its place in time."""

    kind: str
    name: str
    bars: int
    phrases: tuple[Phrase, ...] = ()
    bars_per_line: int = 2
    start_bar: int = 0
    energy: float = 0.5


@dataclass(frozen=True, slots=True)
class Form:
    """The order of the song."""

    stretches: tuple[Stretch, ...]
    tempo_bpm: float
    beats_per_bar: int
    ring_out_seconds: float = RING_OUT_SECONDS

    @property
    def bars(self) -> int:
        """Length of the song."""
        return sum(stretch.bars for stretch in self.stretches)


@dataclass(frozen=True, slots=True)
class Pace:
    """What time there is to sing in."""

    tempo_bpm: float
    beats_per_bar: int
    syllables_per_second: float

    @property
    def bar_seconds(self) -> float:
        """Length of a bar."""
        return 60.0 / self.tempo_bpm * self.beats_per_bar

    def room(self, bars: int) -> float:
        """Return how many syllables are comfortably sung in `bars`, with a breath after them."""
        rest = max(BREATH_SECONDS + 0.1, 60.0 / self.tempo_bpm)
        return max(0.3, bars * self.bar_seconds - rest) * self.syllables_per_second


def stretches_of(sections: Sequence[Section], beats_per_bar: int) -> tuple[Stretch, ...]:
    """Return the sections of a song that stands as stretches without words."""
    edges = [
        (round(s.start / beats_per_bar), round((s.start + s.beats) / beats_per_bar))
        for s in sections
    ]
    return tuple(
        Stretch(section.kind, section.name, end - start, start_bar=start, energy=section.energy)
        for section, (start, end) in zip(sections, edges, strict=True)
    )


def sung_bars(stretches: Sequence[Stretch]) -> int:
    """Return how many bars have words."""
    return sum(stretch.bars for stretch in stretches if stretch.phrases)


def body_bars(stretches: Sequence[Stretch]) -> int:
    """Return how many bars lie between intro and outro, which take what is left."""
    return sum(s.bars for s in stretches if s.kind not in {"intro", "outro"} or s.phrases)


def frame_bars(bars: int) -> int:
    """Return how many of a song's bars go before and after the words, at the least."""
    return 1 if bars < 8 else 2 if bars < 16 else 4  # noqa: PLR2004 - measured in bars
