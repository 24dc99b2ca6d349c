"""Concat: one after another, exact to the sample."""

import numpy as np
import pytest

from studio.audio.files import read, write
from studio.audio.samples import RATE
from studio.errors import ToolUnfit


@pytest.fixture
def songs(tmp_path):
    rng = np.random.default_rng(6)
    for name, seconds in (("a", 3), ("b", 2), ("c", 4)):
        noise = rng.normal(0, 0.1, (2, seconds * RATE + 7)).astype(np.float32)
        write(tmp_path / f"{name}.wav", noise, RATE)
    return {name: read(tmp_path / f"{name}.wav")[0] for name in "abc"}


def test_end_to_end_is_each_sound_as_it_was(use, tmp_path, songs):
    facts = use("concat", ["a.wav", "b.wav", "c.wav"], "out.wav")
    assert (read(tmp_path / "out.wav")[0] == np.concatenate(list(songs.values()), axis=1)).all()
    assert facts["seams_seconds"] == [3.0002, 5.0003]


def test_crossfades_shorten_the_whole_by_as_much_and_touch_nothing_else(use, tmp_path, songs):
    use("concat", ["a.wav", "b.wav", "c.wav"], "out.wav", crossfade_seconds=0.5)
    whole, fade = read(tmp_path / "out.wav")[0], RATE // 2
    lengths = [song.shape[1] for song in songs.values()]
    assert whole.shape[1] == sum(lengths) - 2 * fade
    seam = lengths[0] - fade
    assert (whole[:, :seam] == songs["a"][:, :seam]).all()
    inner = slice(fade, lengths[1] - fade)
    assert (whole[:, seam + inner.start : seam + inner.stop] == songs["b"][:, inner]).all()


@pytest.mark.parametrize(("curve", "half"), [("equal-power", 0.5**0.5), ("linear", 0.5)])
def test_in_the_middle_of_a_crossfade_both_are_heard_by_its_curve(
    use, tmp_path, songs, curve, half
):
    use("concat", ["a.wav", "b.wav"], "out.wav", crossfade_seconds=1, curve=curve, bits=24)
    seam = songs["a"].shape[1] - RATE
    middle = slice(RATE // 2 - 5, RATE // 2 + 5)
    mixed = half * (songs["a"][:, seam:][:, middle] + songs["b"][:, middle])
    whole = read(tmp_path / "out.wav")[0]
    assert np.abs(whole[:, seam:][:, middle] - mixed).max() < 1e-4


def test_a_tail_begins_at_the_seam_whatever_the_crossfade(use, tmp_path, songs):
    facts = use("concat", ["a.wav", "b.wav"], "out.wav", seam_seconds=1.5, crossfade_seconds=0.1)
    whole, seam = read(tmp_path / "out.wav")[0], round(1.5 * RATE)
    assert facts["seams_seconds"] == [1.5]
    assert whole.shape[1] == seam + songs["b"].shape[1]
    assert (whole[:, :seam] == songs["a"][:, :seam]).all()
    assert (whole[:, seam + RATE // 10 :] == songs["b"][:, RATE // 10 :]).all()


def test_sounds_of_other_rates_and_channels_are_brought_to_ours(use, tmp_path, songs):
    write(tmp_path / "mono.flac", np.full((1, 96_000), 0.1, np.float32), 96_000)
    facts = use("concat", ["mono.flac", "b.wav"], "out.wav")
    assert (facts["rate"], facts["frames"]) == (RATE, RATE + songs["b"].shape[1])


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"crossfade_seconds": 2.5}, r"b\.wav lasts 2\.0 s, too short"),
        ({"seam_seconds": 3.5}, r"a\.wav lasts 3\.0 s: it has no seam at 3\.5 s"),
    ],
)
def test_a_seam_that_does_not_fit_is_refused_and_leaves_nothing(
    use, tmp_path, songs, options, sentence
):
    with pytest.raises(ToolUnfit, match=sentence):
        use("concat", ["a.wav", "b.wav"], "out.wav", **options)
    assert not (tmp_path / "out.wav").exists()
