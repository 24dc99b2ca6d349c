"""Analysis: from speech to what the mouth does, freed from the pitch of the speech.

The envelope is CheapTrick's, the share of noise D4C's (M. Morise, 2015 and 2016); both need the
pitch, which is known here because the sources speak on a constant one.
"""

from dataclasses import dataclass

import numpy as np
import pyworld
from numpy.typing import NDArray

from studio.engine.singing.speech import SPOKEN_HZ, SPOKEN_RATE, Utterance

FRAMES_A_SECOND = 200
FFT = 1024
BINS = FFT // 2 + 1
"""Bins of a spectrum from 0 Hz to half of `SPOKEN_RATE`, 21.5 Hz apart."""

HUM_SECONDS = 0.2
"""Every analysis ends with some humming, for words that cannot be said."""

SILENCE = 1e-9
VOICED = 0.9
"""A frame with less noise than this in its bass has a voice."""


@dataclass(frozen=True, slots=True, eq=False)
class Spectra:
    """The mouth at `FRAMES_A_SECOND`: what it lets through, and how much of that is noise.

    In half precision, which is finer than ears and lets a process remember many lines.
    """

    power_db: NDArray[np.float16]
    """Power density in dB, 0 dB for the mean of the voiced parts; `[frames, BINS]`."""
    noise: NDArray[np.float16]
    """Share of noise in that power, 0 to 1; `[frames, BINS]`."""

    @property
    def hum(self) -> tuple[float, float]:
        """From when to when it hums, in seconds."""
        end = (len(self.power_db) - 1) / FRAMES_A_SECOND
        return end - HUM_SECONDS, end


def analyse(utterance: Utterance) -> Spectra:
    """Return the spectra of an utterance, and of a hum behind it."""
    power, noise = _measured(np.ascontiguousarray(utterance.samples))
    voiced = noise[:, 4] < VOICED
    loudness = power[voiced].mean() if voiced.any() else 1.0
    power_db = 10 * np.log10(power / loudness + SILENCE)
    hum_db, hum_noise = _hum()
    return Spectra(
        np.concatenate((power_db, hum_db)).astype(np.float16),
        np.concatenate((noise, hum_noise)).astype(np.float16),
    )


def _measured(
    samples: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return power and share of noise, `[frames, BINS]`."""
    if samples.size < FFT:
        return np.zeros((0, BINS)), np.zeros((0, BINS))
    times = np.arange(samples.size * FRAMES_A_SECOND // SPOKEN_RATE) / FRAMES_A_SECOND
    pitch = np.full(times.size, SPOKEN_HZ)
    power = pyworld.cheaptrick(samples, pitch, times, SPOKEN_RATE, fft_size=FFT)
    # Noise changes slower than vowels do, and costs four times as much to measure.
    some = (
        pyworld.d4c(samples, pitch[::2].copy(), times[::2].copy(), SPOKEN_RATE, fft_size=FFT) ** 2
    )
    noise = np.repeat(some, 2, axis=0)[: times.size]
    noise[1:-1:2] = (noise[0:-2:2] + noise[2::2]) / 2
    return power, noise


def _hum() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    hz = np.arange(BINS) * SPOKEN_RATE / FFT
    octaves = np.log2(np.maximum(hz, 250.0) / 250.0)
    murmur = 8.0 - 14.0 * octaves + 8.0 * np.exp(-(((hz - 1100.0) / 250.0) ** 2))
    frames = int(HUM_SECONDS * FRAMES_A_SECOND) + 1
    breath = np.clip(hz / 12_000.0, 0.001, 0.9)
    return np.tile(murmur, (frames, 1)), np.tile(breath, (frames, 1))
