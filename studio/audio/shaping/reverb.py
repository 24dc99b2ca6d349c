"""Reverb: a room made of seeded noise, and sound played in it.

A room's answer is a few early reflections and a tail in which the highs die first. It is a pure
function of its length and seed, so that a song rings alike every time.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, next_fast_len, rfft

from studio.audio.samples import RATE, Samples
from studio.audio.shaping.eq import equalise, high_pass, low_pass

_PRE_DELAY_SECONDS = 0.018
_EARLY_REFLECTIONS = 14
_EARLY_SECONDS = 0.07
# Each band (its upper edge in hertz) dies in this share of the whole reverberation time.
_DECAYS = ((400.0, 0.9), (2_500.0, 1.0), (7_000.0, 0.62), (20_000.0, 0.32))
_BLOCK_FRAMES = 1 << 18


def room(seconds: float, *, seed: int, rate: int = RATE) -> Samples:
    """Return the impulse response of a room, `float32 (2, frames)`.

    Parameters
    ----------
    seconds
        Time in which the middle frequencies fall by 60 dB.
    seed
        Another seed, another room of the same size.
    rate
        Frames per second.

    Returns
    -------
    Left and right, decorrelated, of energy 1 each, high-passed at 180 Hz.
    """
    rng = np.random.default_rng(seed)
    frames = max(1, round(seconds * rate))
    tail = sum(_tail_bands(rng, frames, seconds, rate), start=np.zeros((2, frames), np.float32))
    answer = np.pad(tail * 0.7, ((0, 0), (round(_PRE_DELAY_SECONDS * rate), 0)))
    for side in answer:
        places = (rng.random(_EARLY_REFLECTIONS) * _EARLY_SECONDS + 0.004) * rate
        side[np.minimum(places.astype(int), side.size - 1)] += (
            rng.choice([-1.0, 1.0], places.size) * 1.5 * np.exp(-places / (0.04 * rate))
        )
    answer = equalise(answer.astype(np.float32), high_pass(180.0, rate=rate))
    energy = np.sqrt(np.square(answer).sum(axis=1, keepdims=True))
    return np.asarray(answer / np.maximum(energy, 1e-9), dtype=np.float32)


def convolve(samples: Samples, impulse: Samples, *, into: Samples | None = None) -> Samples:
    """Play `samples` in a room, channel by channel, and cut to their length.

    Parameters
    ----------
    samples
        `float32 (channels, frames)`.
    impulse
        `float32 (channels, frames)`, for example from `room`.
    into
        Where to put the result, of the shape of `samples`, or `samples` themselves if nobody needs
        them any more; `None` makes room for it.
    """
    frames = samples.shape[1]
    wet = np.empty_like(samples) if into is None else into
    answer_frames = impulse.shape[1]
    size = next_fast_len(min(_BLOCK_FRAMES, frames) + answer_frames - 1, real=True)
    step = size - answer_frames + 1
    spectrum = rfft(impulse, n=size)
    ringing = np.zeros((samples.shape[0], answer_frames - 1), np.float32)
    for start in range(0, frames, step):
        block = irfft(rfft(samples[:, start : start + step], n=size) * spectrum, n=size)
        block[:, : ringing.shape[1]] += ringing
        wet[:, start : start + step] = block[:, : min(step, frames - start)]
        ringing = block[:, step:]
    return wet


def _tail_bands(
    rng: np.random.Generator, frames: int, seconds: float, rate: int
) -> list[NDArray[np.float32]]:
    time = np.arange(frames, dtype=np.float32) / rate
    bands, lower = [], 0.0
    for upper, share in _DECAYS:
        noise = rng.standard_normal((2, frames), dtype=np.float32)
        edges = [low_pass(upper, rate=rate)] + ([high_pass(lower, rate=rate)] if lower else [])
        # 60 dB are 6.9 time constants.
        bands.append(equalise(noise, *edges) * np.exp(-6.9 * time / (seconds * share)))
        lower = upper
    return bands
