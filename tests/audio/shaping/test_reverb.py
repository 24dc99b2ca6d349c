"""Reverb: a room rings as long as it says, alike every time, and convolution is convolution."""

import numpy as np
import pytest
from scipy.signal import fftconvolve

from studio.audio.samples import RATE
from studio.audio.shaping.reverb import convolve, room


@pytest.mark.parametrize("seconds", [0.5, 1.5, 3.0])
def test_a_room_falls_by_sixty_decibels_in_its_time(seconds):
    answer = room(seconds, seed=3)
    energy = np.square(answer.mean(axis=0)).astype(np.float64)
    left = 10 * np.log10(energy[::-1].cumsum()[::-1] / energy.sum())
    # Extrapolated from the straight part, as acousticians do.
    start, end = np.argmax(left < -5), np.argmax(left < -25)
    assert 3 * (end - start) / RATE == pytest.approx(seconds, rel=0.35)


def test_a_room_is_the_same_twice_and_another_with_another_seed():
    assert (room(1.0, seed=5) == room(1.0, seed=5)).all()
    assert not np.allclose(room(1.0, seed=5), room(1.0, seed=6))


def test_a_room_is_wide_and_has_no_bass():
    answer = room(1.5, seed=1)
    assert abs(np.corrcoef(answer)[0, 1]) < 0.2
    spectrum = np.abs(np.fft.rfft(answer, axis=1)).mean(axis=0)
    hertz = np.fft.rfftfreq(answer.shape[1], 1 / RATE)
    assert spectrum[hertz < 60].mean() < 0.15 * spectrum[(hertz > 500) & (hertz < 2_000)].mean()


@pytest.mark.parametrize("frames", [1, 1_000, 300_000])
def test_convolution_in_blocks_is_convolution(frames):
    rng = np.random.default_rng(0)
    sound = rng.standard_normal((2, frames)).astype(np.float32)
    impulse = rng.standard_normal((2, 5_000)).astype(np.float32)
    expected = fftconvolve(sound.astype(np.float64), impulse, axes=1)[:, :frames]
    assert np.abs(convolve(sound, impulse) - expected).max() < 1e-3 * np.abs(expected).max()
