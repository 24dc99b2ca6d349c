"""Peaks: an outline that is true to the file, whatever its length."""

import numpy as np
import pytest

from studio.audio.files import write_wav
from studio.audio.peaks import peaks
from studio.audio.samples import RATE


def outline(tmp_path, samples, count):
    write_wav(tmp_path / "a.wav", np.atleast_2d(samples).astype(np.float32), RATE)
    return peaks(tmp_path / "a.wav", count)


def test_an_outline_rises_as_the_sound_does(tmp_path):
    found = outline(tmp_path, np.linspace(0, 0.9, 10 * RATE), 100)
    assert len(found) == 100
    assert found == sorted(found)
    assert found[-1] == pytest.approx(0.9, abs=0.002)


def test_a_click_is_seen_where_it_is_and_nowhere_else(tmp_path):
    # Far beyond one block of the decoder, so that blocks are joined rightly.
    click = np.zeros((2, 20 * RATE))
    click[1, 13 * RATE] = -0.8
    found = outline(tmp_path, click, 200)
    assert int(np.argmax(found)) == 130
    assert sorted(found)[-2] < 0.001


@pytest.mark.parametrize("frames", [1, 3, 799, 800, 801, 131_072, 131_073])
def test_there_are_as_many_values_as_asked_for(tmp_path, frames):
    found = outline(tmp_path, np.full(frames, 0.5), 800)
    assert len(found) == 800
    assert set(found) == {0.5}


def test_values_stay_within_one(tmp_path):
    assert max(outline(tmp_path, np.full(100, 3.0), 10)) == 1.0
