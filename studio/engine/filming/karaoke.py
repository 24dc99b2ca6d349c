"""Karaoke: which line is shown at each moment of a song, and how much of it has been sung."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from studio.engine.filming.canvas import FULL
from studio.engine.filming.fonts import PLAIN
from studio.engine.filming.lettering import Area, Block, lettered
from studio.engine.timeline import TimedLine, TimedWord, Timeline

_AHEAD_SECONDS = 1.0
_AFTER_SECONDS = 1.4
_FADE_SECONDS = 0.2
_EDGE = 10
"""Pixels over which what is sung goes over into what is not."""


@dataclass(frozen=True, slots=True)
class Shown:
    """From when to when a line is on the screen."""

    line: TimedLine
    start_seconds: float
    end_seconds: float

    def opacity(self, seconds: float) -> float:
        """Return how far it has come up at a moment, 0 to 1."""
        near = min(seconds - self.start_seconds, self.end_seconds - seconds)
        return float(np.clip(near / _FADE_SECONDS, 0.0, 1.0))


def shown(timeline: Timeline) -> tuple[Shown, ...]:
    """Say when each line is on the screen: a little before it is sung, and never two at once."""
    starts = [max(0.0, line.start_seconds - _AHEAD_SECONDS) for line in timeline]
    for at, (before, line) in enumerate(pairwise(timeline), 1):
        starts[at] = min(line.start_seconds, max(starts[at], before.end_seconds))
    ends = [line.end_seconds + _AFTER_SECONDS for line in timeline]
    ends[:-1] = [max(a, min(end, b)) for a, b, end in zip(starts, starts[1:], ends, strict=False)]
    return tuple(map(Shown, timeline, starts, ends))


def block_of(line: TimedLine, area: Area, *, weight: int) -> Block:
    """Letter a line, a place for each of its words."""
    gap = " " if any(char.isspace() for char in line.line.strip()) else ""
    return lettered(pieces(line), area, weight=weight, gap=gap)


def preview_of(line: TimedLine, area: Area) -> Block:
    """Letter a line that comes next."""
    return block_of(line, area, weight=PLAIN)


def pieces(line: TimedLine) -> list[str]:
    """Return the words of a line with the marks between them, which are not sung."""
    found: list[str] = []
    at = 0
    for word, following in zip(line.words, [*line.words[1:], None], strict=True):
        start = line.line.find(word.word, at)
        if start < 0:
            return [word.word for word in line.words]
        end = start + len(word.word)
        until = len(line.line) if following is None else line.line.find(following.word, end)
        found.append(line.line[start if found else 0 : max(end, until)].strip())
        at = end
    return found


def sung_shares(line: TimedLine, seconds: float) -> tuple[float, ...]:
    """Return which share of each word has been sung at a moment, 0 to 1."""
    return tuple(_sung(word, seconds) for word in line.words)


def _sung(word: TimedWord, seconds: float) -> float:
    spans = [(s.start_seconds, s.end_seconds) for s in word.syllables]
    spans = spans or [(word.start_seconds, word.end_seconds)]
    done = [min(1.0, max(0.0, (seconds - a) / max(b - a, 0.02))) for a, b in spans]
    return sum(done) / len(done)


def sung_part(block: Block, shares: Sequence[float]) -> NDArray[np.uint16]:
    """Return how much of each pixel has been sung, `[height, width]`, 0 to `FULL`."""
    part = np.zeros(block.mask.shape, np.uint16)
    for place, share in zip(block.places, shares, strict=True):
        wide = place.right - place.left
        if share <= 0 or wide <= 0:
            continue
        along = np.arange(wide) if not place.leftwards else np.arange(wide)[::-1]
        edge = share * (wide + _EDGE) - along
        part[place.top : place.bottom, place.left : place.right] = np.clip(
            edge * (FULL / _EDGE), 0, FULL
        )
    return part
