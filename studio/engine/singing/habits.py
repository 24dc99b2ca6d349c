"""Habits: what a singer does with a note, measured from pitch and level: vibrato and attack."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from studio.engine.persona import Vibrato
from studio.engine.singing.voiced import FRAME_SECONDS, Voiced

LONG_SECONDS = 0.55
"""Shorter notes show no vibrato."""
NOTE_CENTS = 130.0
"""What leaves the middle of a note by more is the next note."""
SLOWEST_HZ, FASTEST_HZ = 4.0, 8.0
FFT = 1024
DRAWN = 0.82
"""Of the depth that a singer means, on average over notes that it takes time to grow in."""
STRAIGHT_CENTS = 8.0
"""Pitch that swings by less is called straight."""
RISE_DB = 3.0
RISE_SECONDS = 0.25
SILENCE_SECONDS = 0.15
USUAL_ATTACK = 0.05


def vibrato_of(voiced: Voiced) -> Vibrato:
    """Return the vibrato of the long notes; a straight one if there are none."""
    swings = [swing for note in _long_notes(voiced.pitch_hz) if (swing := _swing(note))]
    if not swings:
        return Vibrato(cents=0.0)
    hertz, cents, after = np.median(np.array(swings), axis=0)
    if cents < STRAIGHT_CENTS:
        return Vibrato(cents=0.0)
    return Vibrato(round(float(hertz), 2), round(float(cents / DRAWN), 1), round(float(after), 3))


def attack_of(voiced: Voiced) -> float:
    """Return how long phrases take from their first voiced moment to their strength."""
    gap, span = (round(s / FRAME_SECONDS) for s in (SILENCE_SECONDS, RISE_SECONDS))
    edges = np.flatnonzero(np.diff(voiced.pitch_hz > 0)) + 1
    starts = [b for a, b in pairwise([0, *edges]) if voiced.pitch_hz[b] > 0 and b - a >= gap]
    rises = []
    for start in starts:
        level = voiced.level_db[start : start + span]
        rises.append(float(np.argmax(level > level.max() - RISE_DB)) * FRAME_SECONDS)
    return round(float(np.mean(rises)), 3) if rises else USUAL_ATTACK


def _long_notes(pitch_hz: NDArray[np.float64]) -> Iterator[NDArray[np.float64]]:
    """Give the pitch of each long note in cents."""
    least = round(LONG_SECONDS / FRAME_SECONDS)
    edges = [0, *(np.flatnonzero(np.diff(pitch_hz > 0)) + 1), pitch_hz.size]
    for start, end in pairwise(edges):
        if pitch_hz[start:end].all() and end - start >= least:
            cents = 1200.0 * np.log2(pitch_hz[start:end] / 440.0)
            yield from (note for note in _parted(cents) if note.size >= least)


def _parted(cents: NDArray[np.float64]) -> Iterator[NDArray[np.float64]]:
    """Part a run of singing where its pitch moves on to another note."""
    start = 0
    for at in range(1, cents.size + 1):
        if at == cents.size or abs(cents[at] - np.median(cents[start:at])) > NOTE_CENTS:
            yield cents[start:at]
            start = at


def _swing(cents: NDArray[np.float64]) -> tuple[float, float, float] | None:
    """Return speed in Hz, depth in cents and beginning in seconds of the vibrato of a note."""
    edge = round(0.08 / FRAME_SECONDS)
    cents = cents[edge : cents.size - edge // 2]
    along = np.linspace(-1, 1, cents.size)
    rest = cents - np.polynomial.Polynomial.fit(along, cents, 3)(along)
    later = rest[cents.size // 3 :] * np.hanning(cents.size - cents.size // 3)
    spectrum = np.abs(np.fft.rfft(later, FFT))
    hertz = np.fft.rfftfreq(FFT, FRAME_SECONDS)
    inside = (hertz >= SLOWEST_HZ) & (hertz <= FASTEST_HZ)
    peak = int(np.argmax(np.where(inside, spectrum, 0.0)))
    depth = 2 * spectrum[peak] / np.hanning(later.size).sum()
    envelope = np.sqrt(2 * np.convolve(rest**2, np.ones(18) / 18, "same"))
    begun = int(np.argmax(envelope > depth / 2)) + edge
    return float(hertz[peak]), float(depth), max(0.0, begun * FRAME_SECONDS - 0.15)
