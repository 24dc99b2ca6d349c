"""Seams: a fade that nobody hears, and figures that would show one."""

import numpy as np
import pytest

from studio.audio.samples import RATE
from studio.engine.continuing.seam import (
    FADE_SECONDS,
    calmest,
    faded,
    lag_between,
    smoothness,
    turned_into,
)

FADE = round(FADE_SECONDS * RATE)


@pytest.fixture
def noises():
    rng = np.random.default_rng(1)
    return (0.2 * rng.standard_normal((2, 2, RATE))).astype(np.float32)


@pytest.fixture
def tone():
    time = np.arange(2 * RATE) / RATE
    return np.tile(0.3 * np.sin(2 * np.pi * 220 * time), (2, 1)).astype(np.float32)


def test_a_sound_that_fades_into_itself_stays_what_it_is(tone):
    assert np.allclose(faded(tone, tone), tone, atol=1e-5)


def test_a_fade_between_strangers_keeps_the_power(noises):
    before, after = noises
    middle = faded(before, after)[:, FADE // 3 : FADE * 2 // 3]
    assert np.square(middle).mean() == pytest.approx(0.04, rel=0.15)


def test_after_the_fade_nothing_is_changed(noises):
    before, after = noises
    assert np.array_equal(faded(before, after)[:, FADE:], after[:, FADE:])
    assert np.array_equal(turned_into(after, before)[:, :-FADE], after[:, :-FADE])


def test_a_sound_that_has_ended_is_faded_from_silence(noises):
    assert np.allclose(faded(noises[0][:, :0], noises[1])[:, 0], 0.0)


@pytest.mark.parametrize("late", [0, 37, -1105])
def test_the_lag_of_an_encoder_is_found_to_the_frame(noises, late):
    made = np.roll(noises[0], -late, axis=1) + 0.5 * noises[1]
    assert lag_between(noises[0], made) == late


def test_other_music_has_no_lag(noises):
    assert lag_between(*noises) == 0


def test_a_click_and_a_jump_in_level_show_in_the_figures(tone):
    smooth = smoothness(tone, RATE)
    assert smooth.step_ratio <= 1.01
    assert smooth.level_step_lu == pytest.approx(0.0, abs=0.05)
    broken = tone.copy()
    broken[:, RATE:] *= -0.5
    assert smoothness(broken, RATE + 30).level_step_lu == pytest.approx(-6.0, abs=0.3)
    clicked = tone.copy()
    clicked[:, RATE + 10] += 0.4
    assert smoothness(clicked, RATE).step_ratio > 3


def test_a_seam_keeps_out_of_the_way_of_an_attack(tone):
    struck = tone.copy()
    struck[:, RATE + FADE // 2 :] *= 2.5
    found = calmest(tone, struck, RATE)
    assert RATE - 0.1 * RATE <= found <= RATE - FADE // 2
    assert calmest(tone, tone, RATE) > RATE - 0.01 * RATE
