"""Intonation: the pitch that a singer makes of written notes.

Steps become slides with a little overshoot (a damped second-order system, after Saitou, Unoki and
Akagi, 2005); long notes get a vibrato that comes late; and nothing is ever quite still.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from studio.audio.shaping.filters import filtered
from studio.engine.persona import Vibrato
from studio.engine.score import SungNote

SLIDE_HZ = 6.5
SLIDE_DAMPING = 0.72
SLIDE_LEAD_SECONDS = 0.055
"""A slide begins this long before its note, so that it arrives with the vowel."""

SCOOP_CENTS = 60.0
"""How far below its first note a phrase starts."""
SCOOP_FROM_SECONDS, SCOOP_TO_SECONDS = -0.25, -0.02

VIBRATO_GROWS_SECONDS = 0.30
SHORTEST_VIBRATO_SECONDS = 0.42

DRIFT_CENTS = 5.0
DRIFT_HZ = 1.2
JITTER_CENTS = 1.5
JITTER_HZ = 25.0

REST_SECONDS = 0.14


def draw_pitch(
    notes: Sequence[SungNote],
    times: NDArray[np.float64],
    *,
    seconds_per_beat: float,
    vibrato: Vibrato,
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """Return the pitch in Hz at each of the evenly spaced `times`, in seconds of the song."""
    starts = np.array([note.start for note in notes]) * seconds_per_beat
    ends = starts + np.array([note.beats for note in notes]) * seconds_per_beat
    step = times[1] - times[0]
    current = np.searchsorted(starts - SLIDE_LEAD_SECONDS, times, side="right") - 1
    cents = np.array([note.pitch for note in notes])[np.maximum(current, 0)] * 100.0
    cents -= SCOOP_CENTS * _phrase_starts(starts, ends, times)
    pitch = _slide(cents, step) + _restless(times.size, step, rng)
    for start, end in zip(starts, ends, strict=True):
        pitch += _swing(times, start, end, vibrato, rng)
    return np.asarray(440.0 * 2.0 ** ((pitch - 6900.0) / 1200.0))


def _phrase_starts(
    starts: NDArray[np.float64], ends: NDArray[np.float64], times: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return 1 just before each note that follows a rest, else 0."""
    after_rest = starts[np.append([True], starts[1:] - ends[:-1] > REST_SECONDS)]
    since = times[:, None] - after_rest[None, :]
    scoops = (since > SCOOP_FROM_SECONDS) & (since < SCOOP_TO_SECONDS)
    return np.asarray(scoops.any(axis=1), np.float64)


def _slide(cents: NDArray[np.float64], step: float) -> NDArray[np.float64]:
    """Follow the steps as a damped spring does."""
    omega = 2 * np.pi * SLIDE_HZ * step
    damping = 2 * SLIDE_DAMPING * omega
    spring = (omega**2, 0.0, 0.0, 1.0, damping - 2.0, 1.0 - damping + omega**2)
    return np.asarray(cents[0] + filtered(cents - cents[0], spring))


def _swing(
    times: NDArray[np.float64],
    start: float,
    end: float,
    vibrato: Vibrato,
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    hz = vibrato.hertz * rng.normal(1.0, 0.04)
    depth = vibrato.cents * rng.uniform(0.75, 1.15)
    if end - start < SHORTEST_VIBRATO_SECONDS:
        return np.zeros(times.size)
    since = times - start - vibrato.after_seconds
    grows = np.clip(since / VIBRATO_GROWS_SECONDS, 0.0, 1.0)
    fades = np.clip((end - times) / 0.06, 0.0, 1.0)
    return np.asarray(depth * grows * fades * np.sin(2 * np.pi * hz * since))


def _restless(count: int, step: float, rng: np.random.Generator) -> NDArray[np.float64]:
    drift = _wander(count, DRIFT_HZ * step, rng) * DRIFT_CENTS
    return np.asarray(drift + _wander(count, JITTER_HZ * step, rng) * JITTER_CENTS)


def _wander(count: int, cycles_a_step: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return smooth noise of about unit strength."""
    pole = np.exp(-2 * np.pi * cycles_a_step)
    noise = filtered(rng.standard_normal(count), (1 - pole, 0.0, 0.0, 1.0, -pole, 0.0))
    return np.asarray(noise * np.sqrt((1 + pole) / (1 - pole)))
