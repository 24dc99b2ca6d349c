"""Fade: a sound rises and falls as it was told, and is untouched between."""

import numpy as np
import pytest

from studio.audio.files import read, write
from studio.audio.samples import RATE
from studio.audio.shaping.fading import rise
from studio.errors import ToolUnfit


@pytest.fixture
def song(tmp_path):
    # Longer than a block, so that fades go over from one to the next.
    write(tmp_path / "song.wav", np.full((2, 10 * RATE), 0.5, np.float32), RATE)
    return read(tmp_path / "song.wav")[0]


@pytest.mark.parametrize(("curve", "half"), [("equal-power", 0.5 / np.sqrt(2)), ("linear", 0.25)])
def test_a_sound_rises_and_falls_by_its_curve_and_stays_between(use, tmp_path, song, curve, half):
    use("fade", ["song.wav"], "a.wav", fade_in_seconds=2, fade_out_seconds=4, curve=curve)
    side = read(tmp_path / "a.wav")[0][1]
    assert side[RATE] == pytest.approx(half, abs=1e-3)
    assert side[8 * RATE] == pytest.approx(half, abs=1e-3)
    assert (side[2 * RATE : 6 * RATE] == 0.5).all()
    assert np.abs(side[[0, -1]]).max() < 1e-4


def test_fades_are_steady_across_blocks(use, tmp_path, song):
    use("fade", ["song.wav"], "a.wav", fade_in_seconds=5, fade_out_seconds=5, curve="linear")
    steps = np.diff(read(tmp_path / "a.wav")[0][0])
    # Half of full scale in five seconds, and a step and a half of 16 bits on either side.
    assert np.abs(steps).max() < 0.5 / (5 * RATE) + 3 / 32_768


def test_equal_power_is_equal_power_and_linear_is_equal_amplitude():
    share = np.linspace(0, 1, 101)
    even, straight = rise(share, "equal-power"), rise(share, "linear")
    assert even**2 + even[::-1] ** 2 == pytest.approx(np.ones(101), abs=1e-6)
    assert straight + straight[::-1] == pytest.approx(np.ones(101), abs=1e-6)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({}, "needs to know how long"),
        ({"fade_in_seconds": 6, "fade_out_seconds": 5}, "Fades of 11 s do not fit into 10 s"),
    ],
)
def test_fades_that_make_no_sense_are_refused(use, song, options, sentence):
    with pytest.raises(ToolUnfit, match=sentence):
        use("fade", ["song.wav"], "a.wav", **options)
