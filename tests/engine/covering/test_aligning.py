"""Laws of a band that plays along with a sound that keeps its own time."""

from dataclasses import replace

import numpy as np
import pytest

from studio.audio.samples import RATE
from studio.engine.continuing.ground import ground_of
from studio.engine.covering.aligning import aligned, even_ground, track_of


def clicks(seconds):
    sound = np.zeros((1, round((seconds[-1] + 1.0) * RATE)), np.float32)
    for second in seconds:
        at = round(second * RATE)
        burst = np.random.default_rng(0).standard_normal(600) * np.exp(-np.arange(600) / 120)
        sound[0, at : at + 600] += burst.astype(np.float32) * 0.3
    return sound


def attack_after(sound, second):
    """Return how long after a time the sound is struck, in seconds."""
    first = round((second - 0.1) * RATE)
    near = np.abs(sound[0, first : first + round(0.2 * RATE)])
    return int(np.argmax(near > 0.25 * near.max())) / RATE - 0.1


@pytest.fixture(scope="module")
def ground(songs):
    return ground_of(songs("rock", tempo_bpm=120.0))


@pytest.mark.parametrize("first", [-0.31, 0.0, 0.62])
def test_an_even_sound_only_moves_the_band(ground, first):
    moved = replace(ground, beat_seconds=tuple(t + first for t in ground.beat_seconds))
    track = track_of(moved)
    played = clicks([beat * 60 / track.tempo_bpm for beat in range(8)])
    laid = aligned(played, track)
    offset = round(first * RATE)
    assert track.is_even
    assert np.array_equal(
        laid[:, max(0, offset) :][:, :5000], played[:, max(0, -offset) :][:, :5000]
    )


def test_every_beat_of_the_band_falls_on_the_drifting_beat(ground):
    times = np.array(ground.beat_seconds)
    drifting = times + 0.02 * 4 * (1 - np.cos(times / 4))
    found, is_even = even_ground(replace(ground, beat_seconds=tuple(drifting.tolist())))
    track = track_of(found)
    laid = aligned(clicks([beat * 60 / track.tempo_bpm for beat in range(24)]), track)
    late = [attack_after(laid, second) for second in drifting[1:20]]
    assert not is_even
    assert np.max(np.abs(late)) <= 0.02


def test_beats_that_tremble_are_one_tempo(ground):
    rng = np.random.default_rng(5)
    heard = np.array(ground.beat_seconds) + rng.normal(0, 0.004, len(ground.beat_seconds))
    heard[:3] += (0.06, 0.04, 0.02)
    found, is_even = even_ground(replace(ground, beat_seconds=tuple(heard.tolist())))
    assert is_even
    assert found.beat_seconds[-1] == pytest.approx(ground.beat_seconds[-1], abs=0.01)


def test_a_band_that_counts_twice_as_fast_ends_with_the_sound(ground):
    track = track_of(ground, growth=2.0)
    assert track.seconds[-1] == pytest.approx(ground.beat_seconds[-1])
    assert track.tempo_bpm == pytest.approx(2 * ground.tempo_bpm)
