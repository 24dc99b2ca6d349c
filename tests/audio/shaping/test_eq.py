"""EQ: each section does at its frequency what its name says, and leaves the rest alone."""

import numpy as np
import pytest

from studio.audio.samples import RATE
from studio.audio.shaping.eq import bell, equalise, high_pass, high_shelf, low_pass, low_shelf


def gain_db(hertz, *sections):
    time = np.arange(RATE) / RATE
    tone = np.sin(2 * np.pi * hertz * time)[None].astype(np.float32)
    heard = equalise(tone, *sections)[:, RATE // 2 :]
    return 20 * np.log10(np.sqrt(np.square(heard).mean()) * np.sqrt(2))


@pytest.mark.parametrize(
    ("section", "hertz", "expected"),
    [
        (high_pass(200), 200, -3),
        (high_pass(200), 50, -24),
        (high_pass(200), 4_000, 0),
        (low_pass(2_000), 2_000, -3),
        (low_pass(2_000), 8_000, -26.5),
        (low_pass(2_000), 100, 0),
        (bell(1_000, 6), 1_000, 6),
        (bell(1_000, -6), 1_000, -6),
        (bell(1_000, 6), 50, 0),
        (low_shelf(200, 4), 40, 4),
        (low_shelf(200, 4), 4_000, 0),
        (high_shelf(4_000, -5), 16_000, -5),
        (high_shelf(4_000, -5), 200, 0),
    ],
)
def test_a_section_does_what_its_name_says(section, hertz, expected):
    assert gain_db(hertz, section) == pytest.approx(expected, abs=0.7)


def test_sections_add_up():
    assert gain_db(500, bell(500, 3), bell(500, 4)) == pytest.approx(7, abs=0.1)


def test_a_section_above_what_can_be_heard_stays_stable():
    noise = np.random.default_rng(0).standard_normal((2, RATE)).astype(np.float32)
    heard = equalise(noise, low_pass(40_000), high_shelf(30_000, 12))
    assert heard.dtype == np.float32
    assert np.abs(heard).max() < 50


def test_no_sections_change_nothing():
    noise = np.random.default_rng(0).standard_normal((1, 100)).astype(np.float32)
    assert equalise(noise) is noise
