"""Seam: where one sound goes over into another, and nobody should hear it.

A cutter's seam lies just before a bar line: what was rings on in both sounds, and the fade is over
before anybody strikes. Everything before it stays as it was, to the sample.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, next_fast_len, rfft
from scipy.ndimage import maximum_filter1d

from studio.audio.levels import SILENCE_DB, loudness
from studio.audio.samples import RATE, Samples

FADE_SECONDS = 0.03
AHEAD_SECONDS = 0.045
"""How long before its bar line a seam lies: the fade, and what hands and hearing are early."""
LARGEST_LAG_SECONDS = 0.06
"""Encoders and decoders shift a sound by less."""

_SEARCH_SECONDS = 0.1
_STEPS = 32_768
_DITHER_SEED = 16
_BLOCK_FRAMES = 1 << 17
_SURE = 0.25
"""Correlation from which two sounds are taken for the same music."""
_WINDOW_SECONDS = 3.0
_AROUND_SECONDS = 1.0
_USUAL_STEP = 0.999


@dataclass(frozen=True, slots=True)
class Smoothness:
    """How a seam measures."""

    step_ratio: float
    """Largest step from sample to sample in the fade, relative to the 99.9th percentile of all
    steps in the second before and the second after."""
    level_step_lu: float
    """Loudness of the 3 s after it minus that of the 3 s before it."""


def faded(before: Samples, after: Samples) -> Samples:
    """Return `after`, whose first moments come out of `before`.

    The fade is of equal power where the two have nothing in common, and of equal amplitude where
    they are the same sound; in between by how much they correlate.

    Parameters
    ----------
    before
        How the sound that is left would have gone on, `float32 (channels, frames)`; what is missing
        of `FADE_SECONDS` is silence.
    after
        The sound that is entered, of as many channels, at least as long as the fade.
    """
    frames = min(round(FADE_SECONDS * RATE), after.shape[1])
    left = np.zeros((after.shape[0], frames), np.float32)
    left[:, : min(frames, before.shape[1])] = before[:, :frames]
    out, into = _gains(left, after[:, :frames])
    result = after.copy()
    result[:, :frames] = left * out + after[:, :frames] * into
    return result


def calmest(sound: Samples, made: Samples, frame: int) -> int:
    """Return a frame, at `frame` or a little before it, from which a fade meets no attack.

    Parameters
    ----------
    sound, made
        What is left and what is entered, frame for frame at the same time.
    frame
        Where the seam is wanted.
    """
    fade, reach = round(FADE_SECONDS * RATE), round(_SEARCH_SECONDS * RATE)
    first = max(1, frame - reach)
    end = min(frame + fade, sound.shape[1], made.shape[1])
    if end - first <= fade:
        return frame
    steps = [
        np.abs(np.diff(side[:, first - 1 : end], axis=1)).max(axis=0) for side in (sound, made)
    ]
    highest = maximum_filter1d(np.maximum(*steps), fade, origin=-(fade // 2))
    ways = highest[: end - first - fade + 1]
    # Of places that are alike the last one: nearest to where it was wanted.
    return first + len(ways) - 1 - int(ways[::-1].argmin())


def turned_into(made: Samples, sound: Samples) -> Samples:
    """Return `made`, whose last moments become the last ones of `sound`.

    What follows of the sound can then follow without a step.
    """
    return faded(sound[:, ::-1], made[:, ::-1])[:, ::-1]


def _gains(left: Samples, entered: Samples) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    turn = np.linspace(0, np.pi / 2, left.shape[1], dtype=np.float32)
    out, into = np.cos(turn), np.sin(turn)
    power = float(np.sqrt(np.vdot(left, left) * np.vdot(entered, entered)))
    alike = max(0.0, float(np.vdot(left, entered)) / power) if power > 0 else 0.0
    even = 1 / np.sqrt(1 + 2 * alike * out * into)
    return (out * even).astype(np.float32), (into * even).astype(np.float32)


def on_grid(made: Samples) -> Samples:
    """Return new music in steps of 16 bits, dithered.

    What is in such steps already is written as it is. So a tail is the same to the sample whether
    it is written alone or behind the sound that it goes on from.
    """
    rng = np.random.default_rng(_DITHER_SEED)
    done = np.empty_like(made)
    for start in range(0, made.shape[1], _BLOCK_FRAMES):
        block = made[:, start : start + _BLOCK_FRAMES]
        noise = rng.random((2, *block.shape), dtype=np.float32)
        steps = np.rint(block * np.float32(_STEPS) + noise[0] - noise[1])
        done[:, start : start + _BLOCK_FRAMES] = steps.clip(-_STEPS, _STEPS - 1) / _STEPS
    return done


def lag_between(sound: Samples, made: Samples) -> int:
    """Return by how many frames `made` has to come later to lie on `sound`.

    Parameters
    ----------
    sound, made
        The same bars, `float32 (channels, frames)`: as they are, and as they were played again.

    Returns
    -------
    Within `LARGEST_LAG_SECONDS`; 0 if they do not sound like the same music.
    """
    frames = min(sound.shape[1], made.shape[1])
    reach = round(LARGEST_LAG_SECONDS * RATE)
    if frames < 4 * reach:
        return 0
    first, second = (side[:, :frames].mean(axis=0) for side in (sound, made))
    size = next_fast_len(frames + reach, real=True)
    shared = irfft(rfft(first, size) * np.conj(rfft(second, size)), size)
    near = np.concatenate([shared[-reach:], shared[: reach + 1]])
    best = int(near.argmax())
    power = float(np.sqrt(np.vdot(first, first) * np.vdot(second, second)))
    return best - reach if power > 0 and near[best] / power > _SURE else 0


def smoothness(whole: Samples, frame: int, *, fades: bool = True) -> Smoothness:
    """Measure the seam at `frame` of `whole`, `float32 (channels, frames)`.

    Where nothing `fades`, because a sound simply begins, only the step into it counts.
    """
    around, fade = round(_AROUND_SECONDS * RATE), round(FADE_SECONDS * RATE)
    start = max(0, frame - around)
    steps = np.abs(np.diff(whole[:, start : frame + around], axis=1)).max(axis=0)
    at = frame - start
    usual = float(np.quantile(steps, _USUAL_STEP)) if steps.size else 0.0
    largest = float(steps[max(0, at - 1) : at + fade * fades].max(initial=0.0))
    window = round(_WINDOW_SECONDS * RATE)
    before = _loudness(whole[:, max(0, frame - window) : frame])
    after = _loudness(whole[:, frame : frame + window])
    heard = min(before, after) > SILENCE_DB
    return Smoothness(
        step_ratio=round(largest / usual, 3) if usual else 0.0,
        level_step_lu=round(after - before, 2) if heard else 0.0,
    )


def _loudness(side: Samples) -> float:
    """Measure one side of a seam; beyond either end of a sound is silence."""
    return loudness(side, RATE) if side.shape[1] else SILENCE_DB
