"""Dynamics: the limiter is a promise, the compressor a slope."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.audio.levels import true_peak_db
from studio.audio.samples import RATE
from studio.audio.shaping.dynamics import compression, drawn, limiting


def tone(level, seconds=1.0, hertz=220.0):
    time = np.arange(round(seconds * RATE)) / RATE
    wave = level * np.sin(2 * np.pi * hertz * time)
    return np.array([wave, wave], dtype=np.float32)


@settings(max_examples=25)
@given(
    seed=st.integers(0, 2**32 - 1),
    ceiling=st.floats(-12, -0.5),
    loudest=st.floats(0.3, 8.0),
    burst=st.integers(1, 8_000),
)
def test_nothing_passes_the_limiter(seed, ceiling, loudest, burst):
    rng = np.random.default_rng(seed)
    sound = rng.standard_normal((2, 40_000)) * 0.05
    start = int(rng.integers(0, 30_000))
    sound[:, start : start + burst] += loudest * rng.uniform(-1, 1, (2, 1))
    sound = sound.astype(np.float32)
    limited = sound * limiting(sound, ceiling_db=ceiling)
    assert true_peak_db(limited, RATE) <= ceiling + 0.15


def test_what_is_under_the_ceiling_passes_untouched():
    quiet = tone(0.5)
    assert (limiting(quiet, ceiling_db=-3.0) == 1).all()


def test_the_limiter_lets_go_again_and_is_down_before_the_peak():
    sound = tone(0.2, seconds=2.0)
    sound[:, RATE : RATE + 200] *= 5
    gain = limiting(sound, ceiling_db=-6.0)
    assert gain[RATE - 20] < 0.6
    assert gain[-1] == 1


def test_gain_never_jumps():
    sound = tone(0.2, seconds=2.0)
    sound[:, RATE:] *= 5
    assert np.abs(np.diff(limiting(sound, ceiling_db=-6.0))).max() < 0.01


def test_four_to_one_turns_twelve_decibels_into_three():
    quiet, loud = (
        20 * np.log10(float((compression(tone(level), threshold_db=-40, ratio=4))[RATE // 2]))
        for level in (0.1, 0.1 * 10 ** (12 / 20))
    )
    assert quiet - loud == pytest.approx(9.0, abs=0.3)


def test_a_compressor_leaves_alone_what_is_below_its_threshold():
    assert compression(tone(0.01), threshold_db=-20, ratio=8).min() == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("frames", [1, 15, 16, 17, 1_000])
def test_curves_are_as_long_as_the_sound(frames):
    sound = tone(1.0)[:, :frames]
    assert len(limiting(sound, ceiling_db=-1)) == frames
    assert len(compression(sound, threshold_db=-20, ratio=2)) == frames


def test_a_drawn_curve_goes_through_its_points():
    curve = drawn(np.array([0.0, -6.0206, 0.0]), 10, 30)
    assert curve[[0, 10, 20]] == pytest.approx([1, 0.5, 1], abs=1e-4)
    assert curve[5] == pytest.approx(0.75, abs=1e-4)
