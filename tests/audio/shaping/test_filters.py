"""Filters: the same as sample by sample, in blocks of any number, and without a heavy import."""

import subprocess
import sys

import numpy as np
import pytest
from scipy.signal import sosfilt

from studio.audio.shaping.eq import bell, high_pass, high_shelf, low_pass
from studio.audio.shaping.filters import filtered, ringing

SETS = {
    "one": (low_pass(800.0),),
    "deep": (high_pass(28.0), bell(350.0, -2.5)),
    "resonant": (low_pass(300.0, q=7.0),),
    "channel strip": (high_pass(100.0), bell(300.0, -1.5), bell(3_000.0, 1.0), high_shelf(9e3, 2)),
    "one pole": ((0.1, 0.0, 0.0, 1.0, -0.9, 0.0),),
    "no poles": ((0.5, 0.5, 0.0, 1.0, 0.0, 0.0),),
}


@pytest.mark.parametrize("frames", [1, 7, 5_000, 150_000])
@pytest.mark.parametrize("sections", SETS.values(), ids=SETS)
def test_it_sounds_as_if_filtered_sample_by_sample(sections, frames):
    noise = np.random.default_rng(1).standard_normal((2, frames)).astype(np.float32)
    exact = sosfilt(np.array(sections), noise.astype(np.float64), axis=1)
    assert filtered(noise, *sections) == pytest.approx(exact, abs=1e-5)


def test_nothing_sounds_before_it_was_played():
    click = np.zeros((1, 100_000), np.float32)
    click[0, 60_000] = 1.0
    heard = filtered(click, high_pass(28.0), bell(900.0, 6.0))
    assert np.abs(heard[:, :60_000]).max() < 1e-6
    assert np.abs(heard[:, 60_000]).max() > 0.9


def test_silence_stays_silence():
    assert not filtered(np.zeros((2, 50_000), np.float32), low_pass(500.0)).any()


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_shape_and_precision_are_kept(kind):
    sound = filtered(np.ones(3_000, kind), low_pass(500.0))
    assert (sound.shape, sound.dtype) == ((3_000,), kind)
    assert filtered(np.zeros((2, 0), kind), low_pass(500.0)).shape == (2, 0)


def test_low_and_narrow_filters_ring_longer():
    assert ringing((high_pass(28.0),)) > ringing((high_pass(280.0),))
    assert ringing((low_pass(300.0, q=7.0),)) > ringing((low_pass(300.0),))


def test_the_whole_engine_is_loaded_without_the_heavy_half_of_scipy():
    code = "import sys, studio.engine.session; print('scipy.signal' in sys.modules)"
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert asked.stdout.strip() == "False"
