"""Beats: where one would tap the foot, and how fast.

The tempo is followed through correlations of the onsets with themselves, the beats are then laid
through the onsets so that they agree with both (Ellis 2007, "Beat tracking by dynamic
programming"), and last evened out, because players are looser than the pulse they follow.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, next_fast_len, rfft
from scipy.ndimage import uniform_filter1d

from studio.audio.ear.onsets import STEPS_PER_SECOND
from studio.audio.work import UNWATCHED, Work

SLOWEST_BPM = 40.0
FASTEST_BPM = 240.0

_STATES = 360
_WINDOW_SECONDS = 7.0
_WINDOW_STEP_SECONDS = 1.0
_COMB = (1.0, 0.8, 0.6, 0.5)
_CHANGE_COST = 100.0
_UNEVEN_COST = 1200.0
_SMOOTH_BEATS = 4
_TEMPO_BEATS = 17
# The rise is measured over a step of its own, and noticed a little after it begins.
_LATE_SECONDS = 0.006


def tempi() -> NDArray[np.float64]:
    """Return the tempi that are looked at, in BPM, evenly spaced to the ear."""
    return np.geomspace(SLOWEST_BPM, FASTEST_BPM, _STATES)


def tempogram(onsets: NDArray[np.float32]) -> NDArray[np.float64]:
    """Measure how well each tempo fits around each second.

    Returns
    -------
    `[seconds, tempi]`, 1 where every beat is like the one before.
    """
    window = round(_WINDOW_SECONDS * STEPS_PER_SECOND)
    step = round(_WINDOW_STEP_SECONDS * STEPS_PER_SECOND)
    padded = np.pad(onsets, (window // 2, window // 2 + step))
    pieces = np.lib.stride_tricks.sliding_window_view(padded, window)[::step]
    alike = np.stack([_correlation(piece) for piece in pieces])
    lags = 60 * STEPS_PER_SECOND / tempi()
    fits = sum(weight * _at(alike, lags * (k + 1)) for k, weight in enumerate(_COMB))
    return np.asarray(fits) / sum(_COMB)


def _correlation(piece: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return how like itself `piece` is at each lag, 1 at none."""
    centred = piece - piece.mean()
    size = next_fast_len(2 * len(piece), real=True)
    power = np.square(np.abs(rfft(centred, size)))
    raw = irfft(power, size)[: len(piece)]
    # Fewer pairs are left at long lags; half-way corrected, since few pairs are also unsure.
    share = 1 - np.arange(len(piece)) / len(piece)
    return np.asarray(raw / (raw[0] + 1e-9) / np.maximum(share, 0.25))


def _at(alike: NDArray[np.float64], lags: NDArray[np.float64]) -> NDArray[np.float64]:
    """Read each row of `alike` at lags between its columns."""
    low = np.minimum(lags.astype(np.int64), alike.shape[1] - 2)
    part = np.clip(lags - low, 0, 1)
    return np.asarray(alike[:, low] * (1 - part) + alike[:, low + 1] * part)


def tempo_path(fits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the tempo of each second in BPM, for the best way through `fits`."""
    octaves = np.log2(tempi())
    cost = _CHANGE_COST * np.square(octaves[:, None] - octaves[None, :])
    cost = np.minimum(cost, 2.0)
    score = fits[0].copy()
    back = np.zeros(fits.shape, np.int64)
    for second in range(1, len(fits)):
        ways = score[:, None] - cost
        back[second] = ways.argmax(axis=0)
        score = ways.max(axis=0) + fits[second]
    states = [int(score.argmax())]
    for second in range(len(fits) - 1, 0, -1):
        states.append(int(back[second][states[-1]]))
    return np.asarray(uniform_filter1d(tempi()[states[::-1]], 5, mode="nearest"))


def lay_beats(
    onsets: NDArray[np.float32], path: NDArray[np.float64], *, work: Work = UNWATCHED
) -> NDArray[np.float64]:
    """Lay beats through `onsets` at the tempo of `path`, one value a second; return seconds."""
    steps = len(onsets)
    seconds = np.arange(steps) / STEPS_PER_SECOND
    bpm = np.interp(seconds, np.arange(len(path)) * _WINDOW_STEP_SECONDS, path)
    periods = 60 * STEPS_PER_SECOND / bpm
    score, back = _best_ways(onsets, periods, work)
    at = _last_beat(score, periods)
    places = []
    while at >= 0:
        places.append(at)
        at = int(back[at])
    exact = [_between(onsets, place) for place in reversed(places)]
    return np.array(exact) / STEPS_PER_SECOND - _LATE_SECONDS


def _best_ways(
    onsets: NDArray[np.float32], periods: NDArray[np.float64], work: Work
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    steps = len(onsets)
    score = onsets.astype(np.float64).copy()
    back = np.full(steps, -1, np.int64)
    usual: dict[int, tuple[int, int, NDArray[np.float64]]] = {}
    for at in range(steps):
        if at % 4096 == 0:
            work.at(at / steps)
        near, far, cost = _steps_back(round(float(periods[at]) * 4), usual)
        if at < near:
            continue
        first = max(0, at - far)
        ways = score[first : at - near + 1] - cost[len(cost) - (at - near + 1 - first) :]
        best = int(ways.argmax())
        if ways[best] > 0:
            score[at] += ways[best]
            back[at] = first + best
    return score, back


def _steps_back(
    quarters: int, usual: dict[int, tuple[int, int, NDArray[np.float64]]]
) -> tuple[int, int, NDArray[np.float64]]:
    """Return how near and far the beat before may lie, and what each place costs."""
    if quarters not in usual:
        period = quarters / 4
        near, far = round(0.7 * period), round(1.4 * period)
        distances = np.arange(far, near - 1, -1)
        # One unit is an usual onset.
        usual[quarters] = near, far, _UNEVEN_COST * np.log2(distances / period) ** 2
    return usual[quarters]


def _last_beat(score: NDArray[np.float64], periods: NDArray[np.float64]) -> int:
    """Return where the best way ends: within the last beat that scores."""
    end = len(score) - 1
    first = max(0, end - round(1.5 * float(periods[-1])))
    return first + int(score[first:].argmax()) if len(score) else -1


def _between(onsets: NDArray[np.float32], place: int) -> float:
    if not 0 < place < len(onsets) - 1:
        return float(place)
    left, here, right = (float(onsets[place + step]) for step in (-1, 0, 1))
    bend = left - 2 * here + right
    return place + (0.5 * (left - right) / bend if bend < 0 < here else 0.0)


def evened(times: NDArray[np.float64]) -> NDArray[np.float64]:
    """Put each beat on the line through its neighbours."""
    reach = 2 * _SMOOTH_BEATS + 1
    if len(times) < reach:
        return times
    numbers = np.arange(reach)
    # Inside, the middle of a line through neighbours is their mean.
    smooth = np.convolve(times, np.full(reach, 1 / reach), "valid")
    head = np.polyval(np.polyfit(numbers, times[:reach], 1), numbers[:_SMOOTH_BEATS])
    tail = np.polyval(np.polyfit(numbers, times[-reach:], 1), numbers[-_SMOOTH_BEATS:])
    return np.maximum.accumulate(np.concatenate([head, smooth, tail]))


def tempi_of(times: NDArray[np.float64]) -> tuple[float, float, float]:
    """Return average, slowest and fastest tempo of beats in BPM, each over some bars; or zeros."""
    if len(times) < 3:  # noqa: PLR2004 - no tempo
        return 0.0, 0.0, 0.0
    reach = min(len(times), _TEMPO_BEATS)
    # The slope of the line through each `reach` beats, by least squares.
    weights = np.arange(reach) - (reach - 1) / 2
    slopes = np.convolve(times, weights[::-1] / np.square(weights).sum(), "valid")
    average = float(np.polyfit(np.arange(len(times)), times, 1)[0])
    return 60 / average, 60 / float(slopes.max()), 60 / float(slopes.min())
