"""Trim: what is kept is kept as it was."""

import numpy as np
import pytest

from studio.audio.files import read, write
from studio.audio.tools.trim import trimmed
from studio.errors import ToolUnfit

RATE = 48_000


@pytest.fixture
def song(tmp_path):
    noise = np.random.default_rng(4).normal(0, 0.1, (2, 10 * RATE)).astype(np.float32)
    write(tmp_path / "song.wav", noise, RATE, bits=24)
    return read(tmp_path / "song.wav")[0]


def test_an_exact_cut_is_the_stretch_to_the_sample(use, tmp_path, song):
    facts = use("trim", ["song.wav"], "a.wav", start_seconds=2.5, end_seconds=7.25, exact=True)
    assert facts["frames"] == 4.75 * RATE
    assert (read(tmp_path / "a.wav")[0] == song[:, int(2.5 * RATE) : int(7.25 * RATE)]).all()


def test_a_cut_comes_and_goes_within_three_thousandths_and_is_untouched_between(
    use, tmp_path, song
):
    use("trim", ["song.wav"], "a.wav", start_seconds=2, end_seconds=7)
    cut, kept, ramp = read(tmp_path / "a.wav")[0], song[:, 2 * RATE : 7 * RATE], 144
    assert (cut[:, ramp:-ramp] == kept[:, ramp:-ramp]).all()
    assert np.abs(cut[:, [0, 1, -2, -1]]).max() < 0.02 * np.abs(kept).max()


def test_the_ends_of_the_sound_itself_are_not_faded(use, tmp_path, song):
    use("trim", ["song.wav"], "a.wav", end_seconds=99)
    use("trim", ["song.wav"], "b.wav", start_seconds=9)
    assert (read(tmp_path / "a.wav")[0] == song).all()
    assert (read(tmp_path / "b.wav")[0][:, 144:] == song[:, 9 * RATE + 144 :]).all()


def test_nothing_after_the_end_is_read(song):
    asked = []

    def blocks():
        for start in range(0, song.shape[1], RATE):
            asked.append(start)
            yield song[:, start : start + RATE]

    got = np.concatenate(list(trimmed(blocks(), RATE, 3 * RATE)), axis=1)
    assert got.shape[1] == 2 * RATE
    assert asked == [0, RATE, 2 * RATE]


@pytest.mark.parametrize(
    ("stretch", "sentence"),
    [
        ({"start_seconds": 10}, r"song\.wav lasts 10 s: nothing of it lies after 10 s"),
        ({"start_seconds": 4, "end_seconds": 4}, "nothing from 4 s to 4 s"),
        ({"end_seconds": 1e-9}, "Nothing is left"),
    ],
)
def test_a_stretch_without_sound_is_refused(use, tmp_path, song, stretch, sentence):
    with pytest.raises(ToolUnfit, match=sentence):
        use("trim", ["song.wav"], "a.wav", **stretch)
    assert not (tmp_path / "a.wav").exists()
