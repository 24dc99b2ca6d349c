"""Colour: what makes a speaking mouth a singing one.

Formants move to the wanted throat, vowels gain the singer's formant near 3 kHz, and the top, which
no source has, is filled with air.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from studio.audio.samples import RATE
from studio.engine.singing import vocoder
from studio.engine.singing.analysis import FFT, Spectra
from studio.engine.singing.speech import SPOKEN_RATE, Throat

HZ = np.arange(vocoder.BINS) * RATE / vocoder.FFT
"""Frequencies of the sung spectrum."""

SPEECH_HZ_A_BIN = SPOKEN_RATE / FFT

FALL_DB_AN_OCTAVE = 14.0
"""How fast the sound fades above the top of its source."""

AIR_FROM_HZ, AIR_TO_HZ, AIR_SHARE = 4500.0, 9000.0, 0.6
"""Where harmonics begin to drown in air, where they have, and how far."""

RING_WIDTH_HZ = 600.0

BREATH_FROM_HZ, BREATH_TO_HZ = 500.0, 2000.0
"""Where breath begins to be heard in a vowel, and where it is heard in full."""

LOWEST_HZ, LOW_DB_AN_OCTAVE = 70.0, 30.0
"""Nothing that a voice sings lies below."""


def equalise(spectra: Spectra, throat: Throat) -> Spectra:
    """Return spoken spectra with the balance between low and high that singing has."""
    hz = np.arange(spectra.power_db.shape[1]) * SPEECH_HZ_A_BIN
    curve = _curve(throat.equaliser, np.asarray(hz, np.float64))
    curve -= LOW_DB_AN_OCTAVE * np.maximum(0.0, np.log2(LOWEST_HZ / np.maximum(hz, 1.0)))
    return replace(spectra, power_db=spectra.power_db + curve.astype(np.float16))


def colour(
    power_db: NDArray[np.float32],
    noise: NDArray[np.float32],
    ring: NDArray[np.float32],
    throat: Throat,
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return spectra `[frames, vocoder.BINS]` up to the top from spoken ones.

    Parameters
    ----------
    power_db, noise
        As in `Spectra`, `[frames, bins]`.
    ring
        How much of the singer's formant each frame takes, 0 to 1, `[frames]`.
    throat
        Of the singer.
    """
    bins = np.minimum(HZ, throat.top_hz) / throat.formants / SPEECH_HZ_A_BIN
    before = np.minimum(bins.astype(int), power_db.shape[1] - 2)
    share = (bins - before).astype(np.float32)
    db = power_db[:, before] * (1 - share) + power_db[:, before + 1] * share
    believed = noise[:, before]
    beyond = np.maximum(np.log2(np.maximum(HZ, 1.0) / throat.top_hz), 0.0)
    db -= (FALL_DB_AN_OCTAVE * beyond).astype(np.float32)
    bump = throat.ring_db * np.exp(-(((HZ - throat.ring_hz) / RING_WIDTH_HZ) ** 2))
    db += ring[:, None] * bump.astype(np.float32)
    db += _curve(throat.shade)
    believed = _breathier(believed, throat.breath)
    air = np.clip((HZ - AIR_FROM_HZ) / (AIR_TO_HZ - AIR_FROM_HZ), 0.0, 1.0) * AIR_SHARE
    return db, np.maximum(believed, air.astype(np.float32))


def _curve(
    points: Sequence[tuple[float, float]], hz: NDArray[np.float64] = HZ
) -> NDArray[np.float32]:
    """Return the gain in dB at each of `hz`, straight over the octaves between the points."""
    at, gain_db = np.array(points).T
    curve = np.interp(np.log2(np.maximum(hz, 1.0)), np.log2(at), gain_db)
    return np.asarray(curve, np.float32)


def _breathier(noise: NDArray[np.float32], breath: float) -> NDArray[np.float32]:
    """Return the share of noise with more breath in it, or with less."""
    if breath == 0.0:
        return noise
    place = np.clip((HZ - BREATH_FROM_HZ) / (BREATH_TO_HZ - BREATH_FROM_HZ), 0.0, 1.0)
    amount = (breath * place).astype(np.float32)
    more = amount * (1 - noise) if breath > 0 else amount * noise
    return np.asarray(noise + more)
