"""Stretch and pitch, from file to file."""

import numpy as np
import pytest
from pydantic import ValidationError

from studio.audio.files import read, write_wav
from studio.audio.levels import true_peak_db
from studio.audio.samples import RATE
from studio.audio.tools import pitch, stretch
from studio.audio.work import UNWATCHED
from studio.errors import ToolUnfit


@pytest.fixture(scope="module")
def loops(tmp_path_factory):
    """Kicks and hats at 100 BPM, as hot as a record."""
    rng = np.random.default_rng(2)
    sound = np.zeros((2, 12 * RATE), np.float32)
    for beat in range(20):
        at = round(beat * 0.6 * RATE)
        time = np.arange(RATE // 5) / RATE
        sound[:, at : at + time.size] += 0.7 * np.sin(2 * np.pi * 60 * time) * np.exp(-time * 25)
        sound[:, at + 13_230 : at + 14_230] += 0.25 * rng.standard_normal(1000)
    path = tmp_path_factory.mktemp("loops") / "loop.wav"
    write_wav(path, np.clip(sound, -0.99, 0.99), RATE)
    return path


def test_a_file_is_stretched_to_the_frame(loops, tmp_path):
    out = tmp_path / "long.wav"
    facts = stretch.TOOL.run([loops], stretch.StretchOptions(factor=1.25), out, UNWATCHED)
    assert read(out)[0].shape[1] == round(12 * RATE * 1.25)
    assert facts["length_seconds"] == 15


def test_a_wished_tempo_is_reached_from_the_one_that_is_heard(loops, tmp_path):
    options = stretch.StretchOptions(bpm=120)
    facts = stretch.TOOL.run([loops], options, tmp_path / "fast.wav", UNWATCHED)
    assert facts["from_bpm"] == pytest.approx(100, rel=0.01)
    assert facts["length_seconds"] == pytest.approx(10, rel=0.01)


def test_a_tempo_that_is_known_is_believed(loops, tmp_path):
    options = stretch.StretchOptions(bpm=60, from_bpm=90)
    facts = stretch.TOOL.run([loops], options, tmp_path / "slow.wav", UNWATCHED)
    assert facts["length_seconds"] == pytest.approx(18)
    assert facts["exact"]


@pytest.mark.parametrize(
    "options", [{}, {"factor": 1.1, "bpm": 100}, {"bpm": 300, "from_bpm": 100}]
)
def test_what_cannot_be_meant_is_explained(loops, tmp_path, options):
    with pytest.raises(ToolUnfit, match=r"\w+\.$"):
        stretch.TOOL.run([loops], stretch.StretchOptions(**options), tmp_path / "no.wav", UNWATCHED)


@pytest.mark.parametrize("factor", [0.49, 2.01, float("nan")])
def test_a_factor_is_half_to_twice(factor):
    with pytest.raises(ValidationError):
        stretch.StretchOptions(factor=factor)


@pytest.mark.parametrize("keep_formants", [True, False])
def test_a_shift_leaves_headroom_and_says_what_it_took(loops, tmp_path, keep_formants):
    out = tmp_path / "high.wav"
    options = pitch.PitchOptions(semitones=3, keep_formants=keep_formants)
    facts = pitch.TOOL.run([loops], options, out, UNWATCHED)
    came, went = (read(path)[0] for path in (loops, out))
    assert true_peak_db(went, RATE) <= max(-1.0, min(0.0, true_peak_db(came, RATE))) + 0.05
    assert went.shape == came.shape
    assert "note" in facts or "gain_db" not in facts


def test_a_shift_by_nothing_asks_how_far(loops, tmp_path):
    with pytest.raises(ToolUnfit, match="how far"):
        pitch.TOOL.run([loops], pitch.PitchOptions(), tmp_path / "no.wav", UNWATCHED)
