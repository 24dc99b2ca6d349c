"""Phrases: when somebody sings, and how lines of given lengths fit into that.

For words in any language, and where no recogniser is at hand: lines are laid over what is sung, so
that they begin with a phrase where they can. It is a guess, better than none.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_closing

from studio.audio.ear.spectrum import HEARING_RATE
from studio.audio.transcribing.pitch import HOP_SECONDS, track_pitch
from studio.audio.work import UNWATCHED, Work

Phrase: TypeAlias = tuple[float, float]
"""From when to when, in seconds."""

BREATH_SECONDS = 0.22
"""A shorter rest does not end a phrase."""
SHORTEST_SECONDS = 0.15
QUIET_DB = -32.0
"""Below the loud passages nobody sings."""


def find_phrases(mono: NDArray[np.float32], *, work: Work = UNWATCHED) -> tuple[Phrase, ...]:
    """Find when a voice sings.

    Parameters
    ----------
    mono
        `[frames]` at `HEARING_RATE`, of the voice alone, or as good as alone.
    work
        Asked several times a second.
    """
    pitch = track_pitch(mono, rate=HEARING_RATE, work=work)
    if not np.isfinite(pitch.hertz).any():
        return ()
    loud = float(np.percentile(pitch.level[np.isfinite(pitch.hertz)], 90))
    sings = np.isfinite(pitch.hertz) & (pitch.level > loud * 10 ** (QUIET_DB / 20))
    joined = binary_closing(np.pad(sings, 100), np.ones(round(BREATH_SECONDS / HOP_SECONDS)))
    edges = np.flatnonzero(np.diff(joined[99:-99].astype(np.int8))) * HOP_SECONDS
    return tuple(
        (float(start), float(end))
        for start, end in edges.reshape(-1, 2)
        if end - start >= SHORTEST_SECONDS
    )


def lay_lines(phrases: Sequence[Phrase], lengths: Sequence[float]) -> tuple[Phrase, ...]:
    """Lay lines over phrases, in order, so that each gets about its share of what is sung.

    Parameters
    ----------
    phrases
        From `find_phrases`, at least one.
    lengths
        Of the lines in any unit, above 0: syllables or letters.

    Returns
    -------
    From when to when each line is sung. Lines begin with phrases if there are as many of these.
    """
    share = np.array(lengths, float) / sum(lengths)
    if len(phrases) < len(lengths):
        return _cut(phrases, np.concatenate([[0.0], np.cumsum(share)]))
    sung = np.array([end - start for start, end in phrases])
    firsts = [*_firsts(np.concatenate([[0.0], np.cumsum(sung)]), share * sung.sum()), len(phrases)]
    return tuple(
        (phrases[first][0], phrases[following - 1][1]) for first, following in pairwise(firsts)
    )


def spread(line: Phrase, phrases: Sequence[Phrase], lengths: Sequence[float]) -> tuple[Phrase, ...]:
    """Spread the words of one line over what is sung of it."""
    inside = [(max(a, line[0]), min(b, line[1])) for a, b in phrases if a < line[1] and b > line[0]]
    edges = np.concatenate([[0.0], np.cumsum(np.array(lengths, float) / sum(lengths))])
    return _cut(inside or [line], edges)


def _firsts(before: NDArray[np.float64], wanted: NDArray[np.float64]) -> list[int]:
    """Return the first phrase of each line: the cheapest cut, each line having at least one."""
    phrases, lines = len(before) - 1, len(wanted)
    # What a line costs that has the phrases from one edge to another.
    spans = before[None, :] - before[:, None]
    cost = np.full((lines + 1, phrases + 1), np.inf)
    cost[0, 0] = 0.0
    came_from = np.zeros((lines + 1, phrases + 1), np.intp)
    later = np.triu(np.ones_like(spans, bool), 1)
    for line in range(lines):
        step = np.where(later, np.square(spans - wanted[line]), np.inf)
        through = cost[line][:, None] + step
        came_from[line + 1] = through.argmin(axis=0)
        cost[line + 1] = through.min(axis=0)
    edges = [phrases]
    for line in range(lines, 0, -1):
        edges.append(int(came_from[line, edges[-1]]))
    return edges[::-1][:-1]


def _cut(phrases: Sequence[Phrase], shares: NDArray[np.float64]) -> tuple[Phrase, ...]:
    """Cut what is sung at shares of it, the first 0 and the last 1."""
    sung = np.array([end - start for start, end in phrases])
    before = np.concatenate([[0.0], np.cumsum(sung)])
    at = np.clip(shares, 0, 1) * before[-1]
    starts = np.clip(np.searchsorted(before, at[:-1] + 1e-9, side="right") - 1, 0, len(sung) - 1)
    ends = np.clip(np.searchsorted(before, at[1:] - 1e-9, side="left") - 1, 0, len(sung) - 1)
    return tuple(
        (float(phrases[a][0] + at[i] - before[a]), float(phrases[b][0] + at[i + 1] - before[b]))
        for i, (a, b) in enumerate(zip(starts, ends, strict=True))
    )
