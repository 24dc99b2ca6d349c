"""Aligning: what the band played in even time, laid on the beats of a sound that keeps its own.

A band plays a score at one tempo. Where the sound that it plays along with is as even, it is only
moved; where that drifts, it is warped beat by beat. The beats are smoothed first, since a beat that
is measured trembles by some milliseconds, and a band that followed this would sound seasick.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from studio.audio.samples import RATE, Samples
from studio.audio.shaping.stretching import warp
from studio.audio.work import UNWATCHED, Work
from studio.engine.continuing.ground import Ground

Times = NDArray[np.float64]

EVEN_SECONDS = 0.015
"""How far beats may lie from even time and still be called even."""
EVEN_SHARE = 0.7
"""How many of the beats have to."""
_ROUNDS = 6
SMOOTHED_BEATS = 4
"""On each side of a beat, that are asked where it falls."""


@dataclass(frozen=True, slots=True)
class Track:
    """When each beat of a score is to sound."""

    seconds: tuple[float, ...]
    """Of beat 0, 1, 2 and so on of the score, rising."""
    tempo_bpm: float
    """At which the score is played."""
    is_even: bool
    """Whether it needs no warping at that tempo."""


def even_ground(ground: Ground) -> tuple[Ground, bool]:
    """Return a ground whose beats do not tremble, and whether they keep even time.

    If they do, its tempo is the one that fits them best, whatever was heard where nothing is
    struck: in the first and last seconds, as a rule.
    """
    heard = np.asarray(ground.beat_seconds)
    slope, start = _line(heard)
    even = start + slope * np.arange(len(heard))
    near = np.abs(heard - even) <= EVEN_SECONDS
    is_even = float(near.mean()) >= EVEN_SHARE
    times = even if is_even else _smooth(heard)
    smoothed = replace(
        ground,
        beat_seconds=tuple(float(time) for time in times),
        tempo_bpm=60.0 / slope if is_even else ground.tempo_bpm,
    )
    return smoothed, is_even


def _line(times: Times) -> tuple[float, float]:
    """Return seconds a beat and the time of the first, by the beats that agree."""
    count = np.arange(len(times))
    half = max(1, len(times) // 2)
    slope = float(np.median((times[half:] - times[:-half]) / half))
    start = float(np.median(times - slope * count))
    for _ in range(_ROUNDS):
        away = np.abs(times - start - slope * count)
        kept = away <= max(EVEN_SECONDS, float(np.median(away)))
        slope, start = (float(value) for value in np.polyfit(count[kept], times[kept], 1))
    return slope, start


def track_of(ground: Ground, *, growth: float = 1.0) -> Track:
    """Return when the beats of a score over `ground` are to sound.

    Parameters
    ----------
    ground
        Whose beats are smooth; see `even_ground`.
    growth
        How many beats of the score are as long as one of the ground.
    """
    beats = np.arange(round(ground.beats * growth) + 1) / growth
    times = np.array([ground.seconds_at(float(beat)) for beat in beats])
    tempo = ground.tempo_bpm * growth
    even = times[0] + np.arange(len(times)) * 60.0 / tempo
    return Track(
        tuple(float(time) for time in times),
        tempo,
        float(np.abs(times - even).max()) <= EVEN_SECONDS,
    )


def aligned(samples: Samples, track: Track, *, work: Work = UNWATCHED) -> Samples:
    """Lay what was played from a score on its track.

    Parameters
    ----------
    samples
        `float32 (channels, frames)` at `RATE`, of which frame 0 is beat 0.
    track
        Where its beats go. What would sound before second 0 is cut.

    Returns
    -------
    From second 0 of the sound that the track belongs to.
    """
    if track.is_even:
        return _moved(samples, round(track.seconds[0] * RATE))
    played = np.arange(len(track.seconds)) * 60.0 / track.tempo_bpm
    return warp(samples, played.tolist(), track.seconds, work=work)


def _moved(samples: Samples, frames: int) -> Samples:
    if frames < 0:
        return samples[:, -frames:]
    return np.pad(samples, ((0, 0), (frames, 0)))


def _smooth(times: Times) -> Times:
    """Return each time as a parabola through its neighbours has it: a line would cut corners."""
    smoothed = np.empty_like(times)
    for beat in range(len(times)):
        low, high = max(0, beat - SMOOTHED_BEATS), min(len(times), beat + SMOOTHED_BEATS + 1)
        near = np.arange(low, high)
        degree = min(2, high - low - 1)
        smoothed[beat] = np.polyfit(near - beat, times[low:high], degree)[-1]
    return np.maximum.accumulate(smoothed + 1e-6 * np.arange(len(times)))
