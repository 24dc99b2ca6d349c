"""Leading: the voice that leads is followed through what plays with it."""

import numpy as np
import pytest

from studio.audio.samples import RATE
from studio.audio.separating.lapped import spectra
from studio.audio.separating.leading import follow

SIZE = 4096
TIME = np.arange(4 * RATE) / RATE


def sung(hertz):
    turns = 2 * np.pi * np.cumsum(np.broadcast_to(hertz, TIME.shape)) / RATE
    return sum(0.1 * 0.8**n * np.sin((n + 1) * turns) for n in range(8))


def followed(sound):
    return follow(np.abs(spectra(sound.astype(np.float32), SIZE)), RATE / SIZE)


@pytest.mark.parametrize("hertz", [110.0, 233.0, 440.0, 700.0])
def test_a_held_note_is_found_to_a_quarter_tone(hertz):
    noise = 0.02 * np.random.default_rng(0).standard_normal(len(TIME))
    found = followed(sung(hertz) + noise)[8:-8]
    assert np.mean(np.abs(12 * np.log2(found / hertz)) < 0.5) > 0.95


def test_a_glide_is_followed():
    hertz = 200 * 2 ** (TIME / 4)
    found = followed(sung(hertz))[8:-12]
    there = np.interp(np.arange(8, 8 + len(found)) * SIZE / 4 / RATE, TIME, hertz)
    assert np.median(np.abs(12 * np.log2(found / there))) < 0.5


def test_a_rest_is_not_sung():
    found = followed(sung(300.0) * (TIME % 2 < 1))
    middles = np.arange(len(found)) * SIZE / 4 / RATE
    assert np.isnan(found[(middles % 2 > 1.2) & (middles % 2 < 1.8)]).all()
    assert np.isfinite(found[(middles % 2 > 0.2) & (middles % 2 < 0.8)]).all()
