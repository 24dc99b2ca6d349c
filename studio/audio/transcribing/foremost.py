"""Foremost: the tune that stands out above a band, as one voice would sing it.

A follower of one pitch is lost as soon as a guitar shines through a voice that was taken out of a
mix. So the pitches that the spectrum holds are weighed first, all at once, and the tune is the path
through them that is strong throughout and leaps little.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from studio.audio.ear.spectrum import HEARING_RATE, heard_mono
from studio.audio.hearing import HeardNote
from studio.audio.samples import Samples
from studio.audio.transcribing.tone_weights import LOWEST as LOWEST_WEIGHED
from studio.audio.transcribing.tone_weights import weigh_tones
from studio.audio.transcribing.tones import HOP
from studio.audio.work import UNWATCHED, Work

LOWEST, HIGHEST = 43, 81
"""MIDI numbers between which tunes are sung."""
SILENCE = 0.5
"""How salient a pitch must be to be a tune rather than none."""
LEAP_COST, FARTHEST, MOVE_COST = 0.25, 8, 0.3
"""For each semitone, as far as it counts, and for moving at all."""
SWITCH_COST = 1.0
"""For beginning or ending to sing."""
BELOW_LOUD_DB = 12.0
"""How far under its loud passages a voice is still heard as one."""
SILENCE_DB = -65.0
LOUDNESS_SECONDS = 0.2
SHORTEST_SECONDS = 0.07
STRUCK = 0.35
"""How surely a pitch begins that is struck again."""
LEAST_APART_SECONDS = 0.14
EARLY_SECONDS = 0.015
"""By how much a note seems to begin before it does, since a look is long."""

Floats = NDArray[np.float32]
Path = NDArray[np.intp]

STEP_SECONDS = HOP / HEARING_RATE
_RISE_LOOKS = 3


def foremost(voice: Samples, *, work: Work = UNWATCHED) -> tuple[HeardNote, ...]:
    """Hear the tune of a voice that other sounds shine through.

    Of songs of the band, separated by `separation`, 84 % of the sung time has the right pitch
    class, and in 28 % of the time without singing a tune is heard that is none.

    Parameters
    ----------
    voice
        `float32 (channels, frames)` at `RATE`: what separation holds for the voice, or a whole mix,
        of which it hears less.
    work
        Asked for every five seconds of sound.

    Returns
    -------
    Notes that do not overlap, by start.
    """
    mono = heard_mono(voice, work=work.part(0.0, 0.2))
    weights = weigh_tones(mono, work=work.part(0.2, 0.9, "following the tune"))
    weights = weights[:, LOWEST - LOWEST_WEIGHED : HIGHEST + 1 - LOWEST_WEIGHED]
    work.at(0.9)
    path = _best_path(weights)
    path[~_is_loud(mono, len(path))] = -1
    return tuple(_notes(path, weights))


def _best_path(strength: Floats) -> Path:
    """Return the MIDI number at each look, or -1 (Viterbi)."""
    looks, pitches = strength.shape
    away = np.abs(np.arange(pitches)[:, None] - np.arange(pitches)[None, :])
    moves = np.full((pitches + 1, pitches + 1), SWITCH_COST)
    moves[:-1, :-1] = LEAP_COST * np.minimum(away, FARTHEST) + MOVE_COST * (away > 0)
    moves[-1, -1] = 0.0
    emitted = np.concatenate([strength, np.full((looks, 1), SILENCE, np.float32)], axis=1)
    best, came = emitted[0].astype(np.float64), np.zeros((looks, pitches + 1), np.intp)
    for look in range(1, looks):
        ways = best[:, None] - moves
        came[look] = ways.argmax(axis=0)
        best = ways.max(axis=0) + emitted[look]
    path = np.empty(looks, np.intp)
    path[-1] = best.argmax()
    for look in range(looks - 1, 0, -1):
        path[look - 1] = came[look, path[look]]
    return np.where(path == pitches, -1, path + LOWEST)


def _is_loud(mono: Floats, looks: int) -> NDArray[np.bool_]:
    """Tell for each look whether there is about as much sound as in loud passages."""
    width = round(LOUDNESS_SECONDS * HEARING_RATE)
    power = uniform_filter1d(np.square(mono), width)
    level = 10 * np.log10(power[np.minimum(np.arange(looks) * HOP, len(power) - 1)] + 1e-12)
    return np.asarray(level > max(np.percentile(level, 90) - BELOW_LOUD_DB, SILENCE_DB))


def _notes(path: Path, weights: Floats) -> Iterator[HeardNote]:
    """Give the notes of a path; what is struck again is a new one."""
    for first, last in _runs(path, _rise(weights)):
        length = (last - first) * STEP_SECONDS
        if length >= SHORTEST_SECONDS:
            velocity = round(30 + 80 * float(weights[first:last, path[first] - LOWEST].mean()))
            start = first * STEP_SECONDS + EARLY_SECONDS
            yield HeardNote(start, length, int(path[first]), min(127, velocity))


def _rise(weights: Floats) -> Floats:
    """Return how much each pitch has grown within a moment."""
    grown = np.zeros_like(weights)
    grown[_RISE_LOOKS:] = np.maximum(weights[_RISE_LOOKS:] - weights[:-_RISE_LOOKS], 0.0)
    return grown


def _runs(path: Path, rise: Floats) -> Iterator[tuple[int, int]]:
    """Give from which to which look one note is held."""
    edges = [0, *(np.flatnonzero(np.diff(path)) + 1).tolist(), len(path)]
    least = round(LEAST_APART_SECONDS / STEP_SECONDS)
    for first, last in pairwise(edges):
        if path[first] < 0:
            continue
        grown = rise[first:last, path[first] - LOWEST]
        start = first
        for look in range(first + 1, last - 1):
            here = grown[look - first]
            is_peak = here >= grown[look - first - 1] and here > grown[look - first + 1]
            if here >= STRUCK and is_peak and look - start >= least:
                yield start, look
                start = look
        yield start, last
