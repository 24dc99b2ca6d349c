"""Vocoder: from pitch and mouth back to sound.

One minimum-phase pulse for each opening of the glottis, at its exact time between two frames, and
shaped noise beside it: the source-filter model of WORLD (Morise, Yokomori and Ozawa, 2016), here
for whole batches of pulses at once.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from studio.audio.samples import RATE

HOP = 220
"""Samples between two frames of the sung mouth: 5 ms."""

FFT = 2048
BINS = FFT // 2 + 1
SHORT_FFT = 1024
"""Enough for noise, whose blocks are short."""

BATCH = 256
"""Pulses computed at once; bounds the memory of a long line."""

SILENT_DB = -75.0
"""A pulse that is weaker than this everywhere is left out."""


@dataclass(frozen=True, slots=True, eq=False)
class Mouth:
    """A sung line, frame by frame, `HOP` samples apart."""

    power_db: NDArray[np.float32]
    """Power density, `[frames, BINS]`."""
    noise: NDArray[np.float32]
    """Share of noise in it, 0 to 1, `[frames, BINS]`."""
    pitch_hz: NDArray[np.float64]
    """`[frames]`."""


def render(mouth: Mouth, rng: np.random.Generator) -> NDArray[np.float32]:
    """Return the sound of `mouth`, `[frames * HOP + FFT]`."""
    return _pulses(mouth) + _breath(mouth, rng)


def _pulses(mouth: Mouth) -> NDArray[np.float32]:
    sound = np.zeros(len(mouth.pitch_hz) * HOP + FFT, np.float32)
    voiced_db = mouth.power_db + 10 * np.log10(np.maximum(1 - mouth.noise, 1e-6))
    heard = voiced_db.max(axis=1) > SILENT_DB
    places, periods = _openings(mouth.pitch_hz, heard)
    frames = places / HOP
    for first in range(0, places.size, BATCH):
        some = slice(first, first + BATCH)
        power_db = _between(voiced_db, frames[some]) + 10 * np.log10(periods[some, None])
        pulses = _minimum_phase(power_db, places[some] % 1.0)
        for place, pulse in zip(places[some].astype(int), pulses, strict=True):
            sound[place : place + FFT] += pulse
    return sound


def _openings(
    pitch_hz: NDArray[np.float64], heard: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float32]]:
    """Return where the glottis opens in the frames that are `heard`, and its period, in samples."""
    samples = np.arange(pitch_hz.size * HOP)
    cycles = np.cumsum(np.interp(samples / HOP, np.arange(pitch_hz.size), pitch_hz)) / RATE
    after = np.flatnonzero((np.diff(np.floor(cycles)) > 0) & np.repeat(heard, HOP)[:-1])
    speed = cycles[after + 1] - cycles[after]
    places = after + (np.floor(cycles[after + 1]) - cycles[after]) / speed
    return places, (1 / speed).astype(np.float32)


def _between(frames: NDArray[np.float32], places: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return `frames` at places between them."""
    places = np.clip(places, 0, len(frames) - 1)
    before = np.minimum(places.astype(int), len(frames) - 2)
    share = (places - before).astype(np.float32)[:, None]
    return np.asarray(frames[before] * (1 - share) + frames[before + 1] * share, np.float32)


def _minimum_phase(
    power_db: NDArray[np.float32], delays: NDArray[np.float64]
) -> NDArray[np.float32]:
    """Return compact pulses with these spectra, `[pulses, FFT]`, late by parts of a sample."""
    log_amplitude = power_db * np.float32(np.log(10) / 20)
    cepstrum = fft.irfft(log_amplitude, FFT, axis=1)
    cepstrum[:, 1 : FFT // 2] *= 2
    cepstrum[:, FFT // 2 + 1 :] = 0
    turn = np.float32(-2 * np.pi / FFT) * np.arange(BINS, dtype=np.float32)
    phase = fft.rfft(cepstrum, axis=1).imag + turn * delays.astype(np.float32)[:, None]
    # By its parts, because an exponential of complex numbers takes several times as long.
    amplitude = np.exp(log_amplitude)
    spectrum = np.empty(phase.shape, np.complex64)
    spectrum.real, spectrum.imag = amplitude * np.cos(phase), amplitude * np.sin(phase)
    return np.asarray(fft.irfft(spectrum, FFT, axis=1), np.float32)


def _breath(mouth: Mouth, rng: np.random.Generator) -> NDArray[np.float32]:
    """Return noise in the shape of the mouth, from overlapping blocks of two frames."""
    size = 2 * HOP
    count = len(mouth.pitch_hz)
    white = rng.standard_normal((count + 1) * HOP, np.float32)
    window = np.sqrt(np.hanning(size + 1)[:-1]).astype(np.float32)
    sound = np.zeros(count * HOP + FFT, np.float32)
    gain = 10 ** (mouth.power_db / 20) * np.sqrt(mouth.noise)
    blocks = np.lib.stride_tricks.sliding_window_view(white, size)[::HOP][:count]
    for first in range(0, count, BATCH):
        some = slice(first, first + BATCH)
        spectrum = (
            fft.rfft(blocks[some] * window, SHORT_FFT, axis=1) * gain[some, :: FFT // SHORT_FFT]
        )
        shaped = fft.irfft(spectrum, SHORT_FFT, axis=1)[:, :size] * window
        for index, block in enumerate(shaped, first):
            sound[index * HOP : index * HOP + size] += block
    return sound
