"""Normalise: as loud as asked for, with no peak above its ceiling."""

import numpy as np
import pytest

from studio.audio.files import read, write
from studio.audio.levels import loudness, true_peak_db
from studio.audio.samples import RATE
from studio.errors import SoundUnreadable


@pytest.fixture
def song(tmp_path):
    """Music of a kind: a chord with strokes 14 dB above it."""
    time = np.arange(8 * RATE) / RATE
    chord = sum(np.sin(2 * np.pi * hertz * time) for hertz in (220, 277, 330)) * 0.05
    strokes = 0.6 * np.exp(-30 * (time % 0.5)) * np.sin(2 * np.pi * 90 * time)
    both = np.stack([chord + strokes, chord - 0.8 * strokes]).astype(np.float32)
    write(tmp_path / "song.wav", both, RATE)
    return both


@pytest.mark.parametrize("lufs", [-30, -20, -14])
def test_a_song_becomes_as_loud_as_asked_under_its_ceiling(use, tmp_path, song, lufs):
    facts = use("normalise", ["song.wav"], "a.wav", lufs=lufs)
    made = read(tmp_path / "a.wav")[0]
    assert loudness(made, RATE) == pytest.approx(lufs, abs=0.2)
    assert true_peak_db(made, RATE) <= -1 + 0.05
    assert facts["lufs"] == pytest.approx(loudness(made, RATE), abs=0.02)
    assert made.shape == song.shape


def test_where_no_peak_is_in_the_way_only_the_gain_changes(use, tmp_path, song):
    facts = use("normalise", ["song.wav"], "a.wav", lufs=-30, bits=24)
    gain = 10 ** (facts["gain_db"] / 20)
    assert facts["limited_db"] == 0
    assert np.abs(read(tmp_path / "a.wav")[0] - read(tmp_path / "song.wav")[0] * gain).max() < 1e-4


def test_what_would_flatten_the_peaks_is_not_done_but_said(use, tmp_path, song):
    time = np.arange(4 * RATE)
    ticks = (np.where(time % RATE == 0, 0.9, 0.0) + 1e-4 * np.sin(time / 9)).astype(np.float32)
    write(tmp_path / "ticks.wav", ticks[None], RATE)
    facts = use("normalise", ["ticks.wav"], "a.wav", lufs=-10)
    assert facts["lufs"] < -11
    assert "more would have flattened its peaks" in facts["note"]


def test_to_a_peak_means_the_true_peak_and_no_limiter(use, tmp_path, song):
    facts = use("normalise", ["song.wav"], "a.wav", peak_db=-3)
    assert true_peak_db(read(tmp_path / "a.wav")[0], RATE) == pytest.approx(-3, abs=0.05)
    assert facts["limited_db"] == 0


def test_mp3_stays_under_the_ceiling_too(use, tmp_path, song):
    noise = np.random.default_rng(8).normal(0, 0.1, (2, 4 * RATE)).astype(np.float32)
    write(tmp_path / "song.wav", noise, RATE)
    use("normalise", ["song.wav"], "a.mp3", lufs=-8)
    assert true_peak_db(read(tmp_path / "a.mp3")[0], RATE) <= -1


def test_silence_is_refused(use, tmp_path):
    write(tmp_path / "none.wav", np.zeros((2, 2 * RATE), np.float32), RATE)
    with pytest.raises(SoundUnreadable, match="silent"):
        use("normalise", ["none.wav"], "a.wav")
