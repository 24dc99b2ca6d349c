"""Chords: which harmony holds when, beat by beat.

Notes are folded into the twelve pitch classes, once for all and once for the bass, compared with
what each chord would sound like, and the likeliest way through the song is taken (Bello and
Pickens 2005; the bass beside the treble as Mauch and Dixon 2010 have it).
"""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from studio.audio.ear.grid import Grid
from studio.audio.hearing import HeardChord
from studio.audio.transcribing.pitches import (
    HOP_SECONDS,
    Peaks,
    folded,
    notes_heard,
    without_overtones,
)

NO_CHORD = 24
"""Chords are numbered: 0 to 11 major from C, 12 to 23 minor, then none."""

_SHAPES = {
    "maj": ((0, 4, 7), 0, 1.0),
    "maj7": ((0, 4, 7, 11), 0, 1.0),
    "dom7": ((0, 4, 7, 10), 0, 1.0),
    "min": ((0, 3, 7), 12, 1.0),
    "min7": ((0, 3, 7, 10), 12, 1.0),
}
_COMPRESSION = 0.8
_SHARPNESS = 14.0
_BASS_WEIGHT = 8.0
_NONE_LIKENESS = 0.74
# Beats that follow each other sound alike, so that their evidence is counted too often: with this
# power, of chords told with some confidence that share is right (`bench/hearing.py`).
_CAUTION = 4


@dataclass(frozen=True, slots=True)
class Harmony:
    """What sounds between two moments, and which chord that may be."""

    grid: Grid
    treble: NDArray[np.float32]
    """`[spans, 12]`, each span of length 1, or 0 where nothing sounds."""
    bass: NDArray[np.float32]
    """`[spans, 12]`, each span of sum 1, or 0."""
    likely: NDArray[np.float64]
    """`[spans, 25]`, logarithms of how well each chord fits the span alone."""
    shares: NDArray[np.float64]
    """`[spans, 25]`, how likely each chord is, summing to 1."""
    chosen: NDArray[np.int64]
    """`[spans]`, the chord on the likeliest way."""


def find_harmony(peaks: Peaks, tuning: float, grid: Grid) -> Harmony:
    """Find the chord of each span."""
    heard = _per_span(notes_heard(peaks, tuning), grid.edges)
    notes = without_overtones(heard) ** _COMPRESSION
    treble, bass = folded(notes)
    strength = notes.sum(axis=1)
    likely = _likeliness(treble, bass, strength)
    shares, chosen = _shares(likely, grid.change), _best(likely, grid.change)
    return Harmony(grid, treble, bass, likely, shares, chosen)


def leaning(harmony: Harmony, towards: NDArray[np.float64]) -> Harmony:
    """Choose the chords again, when it is known which of them are usual in the song.

    Parameters
    ----------
    harmony
        As it was found.
    towards
        `[25]`, added to the logarithm of how likely each chord is.
    """
    likely, change = harmony.likely + towards, harmony.grid.change
    return replace(harmony, shares=_shares(likely, change), chosen=_best(likely, change))


def chords_of(harmony: Harmony) -> tuple[HeardChord, ...]:
    """Join spans of the same chord."""
    chosen = harmony.chosen
    turns = np.flatnonzero(chosen[1:] != chosen[:-1]) + 1
    found = []
    for first, after in pairwise([0, *turns, len(chosen)]):
        chord = int(chosen[first])
        start, end = float(harmony.grid.edges[first]), float(harmony.grid.edges[after])
        found.append(
            HeardChord(
                start_seconds=start,
                seconds=end - start,
                root=chord % 12 if chord != NO_CHORD else None,
                quality="min" if 12 <= chord < NO_CHORD else "maj",  # noqa: PLR2004 - minors
                confidence=float(harmony.shares[first:after, chord].mean()) ** _CAUTION,
            )
        )
    return tuple(found)


def _per_span(heard: NDArray[np.float32], edges: NDArray[np.float64]) -> NDArray[np.float32]:
    """Average windows whose middle lies in each span; a span without one takes the nearest."""
    middles = np.arange(len(heard)) * HOP_SECONDS
    first = np.minimum(np.searchsorted(middles, edges[:-1]), len(heard) - 1)
    after = np.maximum(np.searchsorted(middles, edges[1:]), first + 1)
    sums = np.concatenate([np.zeros((1, heard.shape[1])), np.cumsum(heard, 0, dtype=np.float64)])
    return np.asarray((sums[after] - sums[first]) / (after - first)[:, None], np.float32)


def _likeliness(
    treble: NDArray[np.float32], bass: NDArray[np.float32], strength: NDArray[np.float32]
) -> NDArray[np.float64]:
    """Return the logarithm of how likely each chord is, `[spans, 25]`."""
    likely = np.full((len(treble), 25), -np.inf)
    for tones, first, weight in _SHAPES.values():
        shape = np.zeros(12)
        shape[list(tones)] = 1 / np.sqrt(len(tones))
        for root in range(12):
            like = weight * treble @ np.roll(shape, root)
            third = tones[1]
            low = (
                bass[:, root] + 0.4 * bass[:, (root + 7) % 12] + 0.4 * bass[:, (root + third) % 12]
            )
            score = _SHARPNESS * like + _BASS_WEIGHT * low
            likely[:, first + root] = np.maximum(likely[:, first + root], score)
    quiet = strength < 0.05 * np.median(strength)
    likely[:, NO_CHORD] = _SHARPNESS * _NONE_LIKENESS + np.where(quiet, 100.0, 0.0)
    return likely


def _best(likely: NDArray[np.float64], change: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the likeliest way through all spans (Viterbi)."""
    score = likely[0].copy()
    back = np.zeros(likely.shape, np.int64)
    for span in range(1, len(likely)):
        favourite = int(score.argmax())
        new = score[favourite] + change[span]
        back[span] = np.where(score >= new, np.arange(score.size), favourite)
        score = np.maximum(score, new) + likely[span]
    way = [int(score.argmax())]
    for span in range(len(likely) - 1, 0, -1):
        way.append(int(back[span][way[-1]]))
    return np.array(way[::-1])


def _shares(likely: NDArray[np.float64], change: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return which share of all ways goes through each chord (forward and backward)."""
    ahead, behind = likely.copy(), np.zeros_like(likely)
    for span in range(1, len(likely)):
        before = ahead[span - 1]
        ahead[span] += np.logaddexp(before, np.logaddexp.reduce(before) + change[span])
        mirror = len(likely) - 1 - span
        after = behind[mirror + 1] + likely[mirror + 1]
        behind[mirror] = np.logaddexp(after, np.logaddexp.reduce(after) + change[mirror + 1])
    both = ahead + behind
    shares = np.exp(both - both.max(axis=1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))
