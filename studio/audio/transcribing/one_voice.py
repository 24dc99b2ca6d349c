"""One voice: from its pitch, moment by moment, to the notes that were meant.

A path through semitones is looked for that follows the pitch, but changes seldom, and sooner where
something begins; so a vibrato, a scoop and a glide do not become notes of their own.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy.ndimage import median_filter

from studio.audio.hearing import HeardNote
from studio.audio.transcribing.pitch import HOP_SECONDS, SILENCE_RMS, Pitch

Floats = NDArray[np.float32]
Looks = NDArray[np.intp]

CHANGE_COST = 5.0
"""What a new note must be better by, in squared deviations summed over looks."""
CHANGE_COST_AT_ONSET = 1.5
SPREAD_SEMITONES = 0.7
FARTHEST_SEMITONES = 2.5
"""A look that is farther off tells no more than that it is off."""
SILENCE_COST = 1.0
"""For a sounding look in a silence, or the other way round."""

QUIET_DB = -25.0
"""Beside the loud passages; below, a pitch is not expected to be sure."""
STEADY_LOOKS = 8
STEADY_SEMITONES = 0.3
FEWEST_MOMENTS = 20

LEAST_SECONDS = 0.07
STROKE_LOOKS = 35
"""How long before its pitch a struck note may begin."""
REPEAT_SECONDS = 0.11
"""A note is struck again no sooner than this."""


def notes_of_voice(
    pitch: Pitch, onsets: Looks, *, tuning: float = 0.0, struck: bool = False
) -> tuple[HeardNote, ...]:
    """Return the notes of one voice, in order, none overlapping.

    Parameters
    ----------
    pitch
        What `track_pitch` heard.
    onsets
        Looks at which something begins; a look is as long as those of `pitch`.
    tuning
        Semitones that the voice is above the equal temperament on A = 440 Hz.
    struck
        Whether notes begin with a stroke, before their pitch is heard; a singer's begin with it.
    """
    if not np.isfinite(pitch.hertz).any():
        return ()
    semitones = 12 * np.log2(pitch.hertz / 440) + 69 - np.float32(tuning)
    path = _steps(semitones, onsets)
    runs = [piece for run in _runs(path) for piece in _struck_again(run, onsets)]
    runs = _from_strokes(runs, onsets) if struck else runs
    louder = _loudness(pitch.level)
    return tuple(
        HeardNote(
            float(pitch.seconds[first]),
            (last - first) * HOP_SECONDS,
            int(path[last - 1]),
            int(louder[first:last].max()),
        )
        for first, last in runs
        if (last - first) * HOP_SECONDS >= LEAST_SECONDS
    )


def tuning_of(pitch: Pitch) -> float:
    """Return how far the voice is above equal temperament in semitones, -0.5 to 0.5."""
    sure = pitch.strength > 0.5  # noqa: PLR2004 - the surer half
    if not sure.any():
        return 0.0
    turns = np.exp(2j * np.pi * 12 * np.log2(pitch.hertz[sure] / 440).astype(np.float64))
    return float(np.angle(turns.mean()) / (2 * np.pi))


def singleness(pitch: Pitch) -> float:
    """Return how much a sound is one voice alone, 0 to 1: how sure its pitch is while loud."""
    if not pitch.level.size:
        return 0.0
    usual = float(np.percentile(pitch.level, 95))
    loud = pitch.level >= max(usual * 10 ** (QUIET_DB / 20), SILENCE_RMS)
    return float(pitch.strength[loud].mean()) if loud.any() else 0.0


def steadiness(pitch: Pitch) -> float:
    """Return for how much of the time that a pitch is heard it stays; 1 if none is heard.

    Who sings or plays stays on notes, 0.5 and more; who speaks glides, 0.3 and less.
    """
    semitones = 12 * np.log2(pitch.hertz)
    if len(semitones) < STEADY_LOOKS:
        return 1.0
    moments = sliding_window_view(semitones, STEADY_LOOKS)
    heard = moments[np.isfinite(moments).all(axis=1)]
    if len(heard) < FEWEST_MOMENTS:
        return 1.0
    return float((np.ptp(heard, axis=1) < STEADY_SEMITONES).mean())


def _steps(semitones: Floats, onsets: Looks) -> NDArray[np.intp]:
    """Return the semitone that is meant at each look, -1 in silence (Viterbi)."""
    sounds = np.isfinite(semitones)
    lowest = int(np.floor(semitones[sounds].min()))
    states = np.arange(lowest, int(np.ceil(semitones[sounds].max())) + 1)
    off = (np.where(sounds, semitones, 0.0)[:, None] - states) / SPREAD_SEMITONES
    local = np.minimum(np.square(off), (FARTHEST_SEMITONES / SPREAD_SEMITONES) ** 2) / 2
    local[~sounds] = SILENCE_COST
    silent = np.where(sounds, SILENCE_COST, 0.0)[:, None]
    change = np.full(len(local), CHANGE_COST)
    change[np.clip(onsets[:, None] + np.arange(-1, 3), 0, len(local) - 1)] = CHANGE_COST_AT_ONSET
    path = _cheapest(np.hstack([local, silent]), change)
    return np.asarray(np.where(path < len(states), path + lowest, -1))


def _cheapest(local: NDArray[np.float64], change: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the states of the cheapest path, if every change costs the same at a look."""
    cost = local[0]
    stays = np.zeros(local.shape, bool)
    best = np.zeros(len(local), np.intp)
    for look in range(1, len(local)):
        best[look] = cost.argmin()
        moved = cost[best[look]] + change[look]
        stays[look] = cost <= moved
        cost = np.minimum(cost, moved) + local[look]
    path = np.zeros(len(local), np.intp)
    path[-1] = cost.argmin()
    for look in range(len(local) - 1, 0, -1):
        path[look - 1] = path[look] if stays[look, path[look]] else best[look]
    return path


def _runs(path: NDArray[np.intp]) -> Iterator[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(path)) + 1
    for first, last in pairwise([0, *edges.tolist(), len(path)]):
        if path[first] >= 0:
            yield first, last


def _struck_again(run: tuple[int, int], onsets: Looks) -> Iterator[tuple[int, int]]:
    """Cut a long note where the same note begins anew."""
    first, last = run
    apart = round(REPEAT_SECONDS / HOP_SECONDS)
    for onset in onsets[(onsets >= first + apart) & (onsets < last - apart)].tolist():
        if onset - first >= apart:
            yield first, onset
            first = onset
    yield first, last


def _from_strokes(runs: Sequence[tuple[int, int]], onsets: Looks) -> list[tuple[int, int]]:
    """Let each note begin with the stroke before its pitch, if it has none of its own."""
    moved: list[tuple[int, int]] = []
    near = round(LEAST_SECONDS / HOP_SECONDS)
    for first, last in runs:
        free_from = max(first - STROKE_LOOKS, moved[-1][0] + near if moved else 0)
        strokes = onsets[(onsets >= free_from) & (onsets <= first + near)]
        start = min(first, int(strokes[-1])) if strokes.size else first
        if moved:
            moved[-1] = (moved[-1][0], min(moved[-1][1], start))
        moved.append((start, last))
    return moved


def _loudness(level: Floats) -> NDArray[np.int64]:
    """Return a velocity for each look: 40 dB below the loudest is 20, the loudest 112."""
    decibels = 20 * np.log10(np.maximum(median_filter(level, 3), 1e-6))
    below = np.clip(decibels - decibels.max(), -40, 0)
    return np.asarray(np.rint(112 + below * (92 / 40)), np.int64)
