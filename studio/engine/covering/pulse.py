"""Pulse: the beat that somebody sings to without a band, from when the notes begin.

No drum is struck, but sung notes begin on beats and on halves of them. In a window of some seconds
the onsets are put on circles that turn once a beat and once half a beat; where they gather at one
place of the circle, it turns at the right speed. The speed is followed from window to window, so
that a singer may slow down, and the place in the circle says when the beats fall.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from studio.audio.hearing import HeardNote

Floats = NDArray[np.float64]

SLOWEST_BPM, FASTEST_BPM = 55.0, 190.0
USUAL_BPM = (80.0, 130.0)
"""Between these a tempo is as likely as any other."""
PRIOR_OCTAVES = 0.45
_ON_BEATS, _ON_HALVES, _PRIOR = 0.5, 1.0, 0.9

WINDOW_SECONDS = 3.0
"""Standard deviation."""
WINDOW_HOP_SECONDS = 1.0
DRIFT = 0.08
"""How far the tempo may stray from its average."""
_SPEEDS = 33
_SPEED_COST = 6.0
_SMOOTH_WINDOWS = 2.5

LEAST_NOTES = 8
CLEAR, UNCLEAR = 0.75, 0.45
"""How far onsets gather on the circle of half beats when there is no doubt, and when none."""


@dataclass(frozen=True, slots=True)
class SungPulse:
    """The beats under a voice."""

    beats: tuple[float, ...]
    """Seconds, rising, from before the first note to after the last; empty without a pulse."""
    tempo_bpm: float
    """Average; 0 without a pulse."""
    confidence: float
    """0 to 1: how well the notes begin on beats and halves."""


def sung_pulse(
    notes: Sequence[HeardNote], *, usual_bpm: tuple[float, float] = USUAL_BPM
) -> SungPulse:
    """Find the beat in sung notes.

    Parameters
    ----------
    notes
        In rising order.
    usual_bpm
        Slowest and fastest tempo that is likely: which of half, once and twice as fast it is cannot
        be told from a voice alone.
    """
    if len(notes) < LEAST_NOTES:
        return SungPulse((), 0.0, 0.0)
    times = np.array([note.start_seconds for note in notes])
    weights = np.array([min(note.seconds, 0.8) for note in notes]) ** 0.7
    windows = np.arange(times[0], times[-1] + WINDOW_HOP_SECONDS, WINDOW_HOP_SECONDS)
    near = np.exp(-0.5 * ((times[None, :] - windows[:, None]) / WINDOW_SECONDS) ** 2) * weights
    near /= np.maximum(near.sum(axis=1, keepdims=True), 1e-9)
    tempo = _tempo(times, near, usual_bpm)
    speeds = tempo / 60.0 * np.linspace(1 - DRIFT, 1 + DRIFT, _SPEEDS)
    turns = _turns(times, windows, _followed(times, near, speeds))
    turns, gathered = _in_phase(times, near, turns, windows)
    confidence = float(np.clip((gathered - UNCLEAR) / (CLEAR - UNCLEAR), 0.0, 1.0))
    if confidence == 0.0:
        return SungPulse((), 0.0, 0.0)
    beats = _beats(times, turns)
    average = 60.0 * (len(beats) - 1) / (beats[-1] - beats[0])
    return SungPulse(tuple(float(beat) for beat in beats), float(average), confidence)


def _gathered(times: Floats, near: Floats, hertz: Floats) -> Floats:
    """Return how far onsets gather on circles of each speed, `[windows, speeds]`, 0 to 1."""
    circle = np.exp(2j * np.pi * times[:, None] * hertz[None, :])
    gathered: Floats = np.abs(near @ circle)
    return gathered


def _tempo(times: Floats, near: Floats, usual_bpm: tuple[float, float]) -> float:
    tempi = np.exp(np.arange(np.log(SLOWEST_BPM), np.log(FASTEST_BPM), 0.004))
    low, high = usual_bpm
    outside = np.log2(np.maximum(low / tempi, 1.0)) + np.log2(np.maximum(tempi / high, 1.0))
    worth = (
        _ON_BEATS * _gathered(times, near, tempi / 60.0).mean(axis=0)
        + _ON_HALVES * _gathered(times, near, tempi / 30.0).mean(axis=0)
        - _PRIOR * 0.5 * (outside / PRIOR_OCTAVES) ** 2
    )
    return float(tempi[worth.argmax()])


def _followed(times: Floats, near: Floats, speeds: Floats) -> Floats:
    """Return the speed in hertz at each window: the smoothest path through clear ones (Viterbi)."""
    worth = _gathered(times, near, 2 * speeds) + _ON_BEATS * _gathered(times, near, speeds)
    moved = np.abs(np.arange(_SPEEDS)[:, None] - np.arange(_SPEEDS)[None, :]) / _SPEEDS
    best, came = worth[0], np.zeros(worth.shape, np.intp)
    for window in range(1, len(worth)):
        ways = best[:, None] - _SPEED_COST * moved
        came[window] = ways.argmax(axis=0)
        best = ways.max(axis=0) + worth[window]
    path = np.empty(len(worth), np.intp)
    path[-1] = best.argmax()
    for window in range(len(worth) - 1, 0, -1):
        path[window - 1] = came[window, path[window]]
    return np.asarray(gaussian_filter1d(speeds[path], _SMOOTH_WINDOWS, mode="nearest"))


def _turns(times: Floats, windows: Floats, hertz: Floats) -> Floats:
    """Return how many beats have gone by at each of `times`, from an unknown place on."""
    passed = np.concatenate([[0.0], np.cumsum((hertz[1:] + hertz[:-1]) / 2 * np.diff(windows))])
    turns: Floats = np.interp(times, windows, passed)
    return turns


def _in_phase(times: Floats, near: Floats, turns: Floats, windows: Floats) -> tuple[Floats, float]:
    """Move the count so that beats fall on whole numbers; return it, and how well it fits."""
    halves = near @ np.exp(4j * np.pi * turns)
    angle = np.unwrap(np.angle(halves)) / (4 * np.pi)
    angle = gaussian_filter1d(angle, _SMOOTH_WINDOWS, mode="nearest")
    turns = turns - np.interp(times, windows, angle)
    weights = near.sum(axis=0)
    on_beats = float((weights * np.cos(2 * np.pi * turns)).sum())
    fit = float((weights * np.cos(4 * np.pi * turns)).sum() / weights.sum())
    return turns + (0.5 if on_beats < 0 else 0.0), fit


def _beats(times: Floats, turns: Floats) -> Floats:
    """Return when whole numbers of beats have gone by."""
    slope = np.polyfit(times, turns, 1)[0]
    first = int(np.ceil(turns[0] - times[0] * slope))
    last = int(np.ceil(turns[-1])) + 1
    rising, kept = np.unique(np.maximum.accumulate(turns), return_index=True)
    count = np.arange(first, last + 1)
    beats = np.interp(count, rising, times[kept])
    early, late = count < rising[0], count > rising[-1]
    beats[early] = times[0] - (rising[0] - count[early]) / slope
    beats[late] = times[kept[-1]] + (count[late] - rising[-1]) / slope
    return np.asarray(beats)
