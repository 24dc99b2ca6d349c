"""Levels: the same numbers as the standard's and as another implementation's."""

import numpy as np
import pyloudnorm
import pytest

from studio.audio.levels import SILENCE_DB, loudness, peak_db, rms_db, true_peak_db, true_peaks
from studio.audio.samples import RATE


def sine(hertz, seconds=5.0, level=1.0, rate=RATE, phase=0.0):
    time = np.arange(round(seconds * rate)) / rate
    wave = level * np.sin(2 * np.pi * hertz * time + phase)
    return np.array([wave, wave], dtype=np.float32)


@pytest.mark.parametrize("rate", [44_100, 48_000])
def test_a_full_tone_of_997_hz_on_one_side_is_three_lufs_below_full(rate):
    # BS.1770-4, the value that the standard gives itself.
    tone = sine(997, rate=rate)
    tone[1] = 0
    assert loudness(tone, rate) == pytest.approx(-3.01, abs=0.05)


def test_loudness_agrees_with_another_implementation_on_noise_with_pauses():
    rng = np.random.default_rng(1)
    noise = rng.standard_normal((2, 12 * RATE)).cumsum(axis=1)
    noise = (noise - noise.mean(axis=1, keepdims=True)) / np.abs(noise).max() * 0.5
    noise += 0.05 * rng.standard_normal(noise.shape)
    noise[:, 4 * RATE : 7 * RATE] *= 0.001
    theirs = pyloudnorm.Meter(RATE).integrated_loudness(noise.T)
    assert loudness(noise.astype(np.float32), RATE) == pytest.approx(theirs, abs=0.1)


def test_twice_the_amplitude_is_six_units_louder():
    tone = sine(440, level=0.1)
    assert loudness(tone * 2, RATE) - loudness(tone, RATE) == pytest.approx(6.02, abs=0.01)


def test_pauses_do_not_make_a_song_quieter():
    tone = sine(440, level=0.2)
    paused = np.concatenate([tone, np.zeros_like(tone)], axis=1)
    assert loudness(paused, RATE) == pytest.approx(loudness(tone, RATE), abs=0.5)


@pytest.mark.parametrize("frames", [0, 10, RATE])
def test_silence_has_a_number_everywhere(frames):
    silence = np.zeros((2, frames), np.float32)
    for measure in (peak_db, rms_db, lambda s: true_peak_db(s, RATE)):
        assert measure(silence) == SILENCE_DB
    if frames:
        assert loudness(silence, RATE) == SILENCE_DB


def test_a_very_short_sound_has_a_loudness():
    assert loudness(sine(997, seconds=0.1, level=0.5), RATE) == pytest.approx(-6.0, abs=1.0)


def test_true_peak_finds_what_lies_between_the_samples():
    # A quarter of the rate, sampled 45 degrees off its tops: 3 dB are hidden.
    tone = sine(RATE / 4, phase=np.pi / 4)
    assert peak_db(tone) == pytest.approx(-3.01, abs=0.01)
    inner = true_peak_db(tone[:, : 4 * RATE], RATE)
    assert inner == pytest.approx(0.0, abs=0.4)


def test_true_peaks_are_in_step_with_the_sound_across_chunks():
    sound = np.zeros((2, 600_000), np.float32)
    sound[0, 400_003] = 0.5
    found = true_peaks(sound, RATE)
    assert len(found) == 600_000 // 16
    assert int(np.argmax(found)) == 400_003 // 16


def test_rms_of_a_tone_is_three_decibels_below_its_peak():
    assert peak_db(sine(100)) - rms_db(sine(100)) == pytest.approx(3.01, abs=0.01)
