"""Pitch: how high one voice sounds, moment by moment.

The difference function of YIN (de Cheveigné and Kawahara 2002), computed by FFT, with the soft
threshold of pYIN (Mauch and Dixon 2014), so that every frame has several candidates; the path
through them is the cheapest one. Made for one voice: of two at once it hears one or none.
"""

from dataclasses import dataclass

import numpy as np
import soxr
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy.fft import irfft, next_fast_len, rfft

from studio.audio.ear.spectrum import HEARING_RATE, heard_mono
from studio.audio.samples import RATE
from studio.audio.work import UNWATCHED, Work

Floats = NDArray[np.float32]

HOP = 220
"""Frames at `HEARING_RATE` between two looks: those of `onsets.find_onsets`."""
HOP_SECONDS = HOP / HEARING_RATE

LOW_VOICE_HZ = 450.0
"""Below, half the rate tells as much."""
BLOCK_LOOKS = 1024
CANDIDATES = 6
PERIODS = 2.5
"""Of the lowest tone, in one look."""

SILENCE_RMS = 10 ** (-60 / 20)

_THRESHOLD_POWER = 18
"""Beta(2, 18): the thresholds that are likely for a dip of the difference function."""
_LEAST_CHANCE = 1e-3
_LEAP_COST = 0.35
"""For a semitone from one look to the next."""
_FARTHEST_LEAP = 14.0
_SWITCH_COST = 3.0
"""For beginning or ending to sound."""


@dataclass(frozen=True, slots=True)
class Pitch:
    """What was heard at each look."""

    seconds: NDArray[np.float64]
    """The middles of the looks, rising by `HOP_SECONDS`."""
    hertz: Floats
    """NaN where no tone sounds."""
    strength: Floats
    """0 to 1: how much like a single tone it is."""
    level: Floats
    """Root mean square of the sound, linear."""


def track_pitch(
    mono: Floats,
    *,
    low_hz: float = 65.0,
    high_hz: float = 1000.0,
    rate: int = RATE,
    work: Work = UNWATCHED,
) -> Pitch:
    """Follow the pitch of one voice.

    Parameters
    ----------
    mono
        `float32 [frames]` at `rate`; at least a tenth of a second, or nothing is heard.
    low_hz, high_hz
        No tone is looked for outside; `low_hz` at least 20, `high_hz` at most 2,000.
    rate
        `RATE`, or `HEARING_RATE` for what `spectrum.heard_mono` returned.
    work
        Asked every 10 s of sound.
    """
    sound = mono if rate == HEARING_RATE else heard_mono(mono[None], work=work.part(0.0, 0.2))
    rate = HEARING_RATE
    if high_hz <= LOW_VOICE_HZ:
        sound, rate = soxr.resample(sound, HEARING_RATE, HEARING_RATE // 2), HEARING_RATE // 2
    longest, shortest = int(rate / low_hz) + 1, max(2, int(rate / high_hz))
    width = round(PERIODS * longest)
    hop = HOP * rate // HEARING_RATE
    if len(sound) < width + longest + hop:
        return Pitch(np.zeros(0), *(np.zeros(0, np.float32) for _ in range(3)))
    middle = width // 2 + longest // 4
    # Looks begin before the sound does, so that the first middle is at its start.
    looks = sliding_window_view(np.pad(sound, (middle, width + longest)), width + longest)[::hop]
    looks = looks[: 1 + len(sound) // hop]
    heard = []
    for first in range(0, len(looks), BLOCK_LOOKS):
        work.at(0.2 + 0.6 * first / len(looks))
        heard.append(_candidates(looks[first : first + BLOCK_LOOKS], width, shortest))
    lags, chances, levels = (np.concatenate(each) for each in zip(*heard, strict=True))
    hertz = (rate / lags).astype(np.float32)
    path = _cheapest_path(12 * np.log2(hertz), chances, work.part(0.8, 1.0))
    return _followed(hertz, chances, path, levels)


def _candidates(looks: Floats, width: int, shortest: int) -> tuple[Floats, Floats, Floats]:
    """Return lags `[looks, CANDIDATES]` in frames, how likely each is, and levels."""
    dips = _normalised_difference(looks, width)
    levels = np.sqrt(np.square(looks[:, :width]).mean(axis=1))
    inner = dips[:, 1:-1]
    is_dip = (inner < dips[:, :-2]) & (inner <= dips[:, 2:])
    is_dip[:, : shortest - 1] = False
    depth = np.where(is_dip, np.clip(inner, 0, 1), 1.0)
    # A threshold takes the first dip below it: so each dip has the thresholds between its own
    # depth and the deepest before it.
    before = np.ones_like(depth)
    np.minimum.accumulate(depth[:, :-1], axis=1, out=before[:, 1:])
    chances = np.maximum(_share_below(before) - _share_below(depth), 0.0)
    best = np.argpartition(-chances, CANDIDATES, axis=1)[:, :CANDIDATES]
    rows = np.arange(len(looks))[:, None]
    found = chances[rows, best]
    found[levels < SILENCE_RMS] = 0.0
    return (best + 1 + _between(dips, rows, best + 1)).astype(np.float32), found, levels


def _normalised_difference(looks: Floats, width: int) -> Floats:
    """Return YIN's d' `[looks, lags]`: 0 where a lag repeats the sound exactly."""
    lags = looks.shape[1] - width
    size = next_fast_len(looks.shape[1], real=True)
    product = np.conj(rfft(looks[:, :width], size)) * rfft(looks, size)
    alike = irfft(product, size)[:, :lags]
    energy = np.cumsum(np.square(looks, dtype=np.float64), axis=1)
    energy = np.pad(energy, ((0, 0), (1, 0)))
    moved = energy[:, width : width + lags] - energy[:, :lags]
    difference = np.maximum(moved[:, :1] + moved - 2 * alike, 0.0)
    total = np.cumsum(difference[:, 1:], axis=1)
    result = np.ones((len(looks), lags), np.float32)
    result[:, 1:] = difference[:, 1:] * np.arange(1, lags) / np.maximum(total, 1e-12)
    return result


def _share_below(threshold: Floats) -> Floats:
    """Return the cumulative Beta(2, b) distribution."""
    b = _THRESHOLD_POWER
    return 1 - (1 - threshold) ** b * (1 + b * threshold)


def _between(dips: Floats, rows: NDArray[np.intp], at: NDArray[np.intp]) -> Floats:
    """Return where the parabola through three values has its bottom, -0.5 to 0.5."""
    left, middle, right = (dips[rows, at + offset] for offset in (-1, 0, 1))
    bend = left - 2 * middle + right
    return np.asarray(np.clip((left - right) / (2 * np.maximum(bend, 1e-9)), -0.5, 0.5))


def _cheapest_path(semitones: Floats, chances: Floats, work: Work) -> NDArray[np.intp]:
    """Return the candidate of each look; `CANDIDATES` stands for silence (Viterbi)."""
    silent = np.log(np.clip(1 - chances.sum(axis=1, keepdims=True), _LEAST_CHANCE, 1))
    local = -np.hstack([np.log(np.maximum(chances, 1e-6)), silent])
    leaps = np.full((len(local) - 1, CANDIDATES + 1, CANDIDATES + 1), _SWITCH_COST, np.float32)
    far = np.abs(semitones[:-1, :, None] - semitones[1:, None, :])
    leaps[:, :-1, :-1] = _LEAP_COST * np.minimum(far, _FARTHEST_LEAP)
    leaps[:, -1, -1] = 0.0
    cost = local[0]
    came_from = np.zeros(local.shape, np.intp)
    states = np.arange(CANDIDATES + 1)
    for look in range(1, len(local)):
        if look % BLOCK_LOOKS == 0:
            work.at(look / len(local))
        through = cost[:, None] + leaps[look - 1]
        came_from[look] = back = through.argmin(axis=0)
        cost = through[back, states] + local[look]
    path = np.zeros(len(local), np.intp)
    path[-1] = cost.argmin()
    for look in range(len(local) - 1, 0, -1):
        path[look - 1] = came_from[look, path[look]]
    return path


def _followed(hertz: Floats, chances: Floats, path: NDArray[np.intp], levels: Floats) -> Pitch:
    rows = np.arange(len(path))
    sounds = path < CANDIDATES
    chosen = np.minimum(path, CANDIDATES - 1)
    return Pitch(
        rows.astype(np.float64) * HOP_SECONDS,
        np.where(sounds, hertz[rows, chosen], np.nan).astype(np.float32),
        np.where(sounds, chances[rows, chosen], 0.0).astype(np.float32),
        levels.astype(np.float32),
    )
