"""Tones: band-limited, in tune, and added where they belong."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.audio.samples import RATE
from studio.engine.playing.pads import pad
from studio.engine.playing.synths import saw_lead
from studio.engine.playing.tones import (
    add,
    envelope,
    harmonics,
    hertz_of,
    look_up,
    phases,
    vibrato,
    wave_table,
)


def test_concert_pitch():
    assert hertz_of(69) == 440
    assert hertz_of(57) == pytest.approx(220)


def test_a_wave_table_has_the_harmonics_it_was_given():
    table = wave_table(np.array([1.0, 0.0, 0.5]))
    spectrum = np.abs(np.fft.rfft(table)) / (len(table) / 2)
    assert spectrum[1:5] == pytest.approx([1, 0, 0.5, 0], abs=1e-6)


@given(pitch=st.integers(21, 108))
def test_no_harmonic_is_beyond_hearing_and_there_is_always_one(pitch):
    order = harmonics(hertz_of(pitch))
    assert order[0] == 1
    assert order[-1] * hertz_of(pitch) < RATE / 2


@pytest.mark.parametrize("pitch", [84, 96, 101])
def test_a_high_sawtooth_does_not_alias(pitch):
    # What aliases falls between the harmonics; a vibrato is not on yet in the first 0.25 s.
    note = saw_lead(pitch, 0.9, RATE // 4, np.random.default_rng(0))[:, : RATE // 4]
    spectrum = np.square(np.abs(np.fft.rfft(note.mean(axis=0) * np.hanning(note.shape[1]))))
    hertz = np.fft.rfftfreq(note.shape[1], 1 / RATE)
    off = np.abs(hertz / hertz_of(pitch) - np.round(hertz / hertz_of(pitch)))
    assert spectrum[(off > 0.1) & (hertz < 16_000)].sum() < 1e-3 * spectrum.sum()


def test_phases_run_at_their_frequency_and_bend_with_the_pitch():
    table = wave_table(np.array([1.0]))
    straight = look_up(table, phases(441.0, RATE))
    octave = look_up(table, phases(441.0, RATE, bend=np.full(RATE, 12, np.float32)))
    tops = [int(np.argmax(np.abs(np.fft.rfft(wave)))) for wave in (straight, octave)]
    assert tops == [441, 882]


def test_a_vibrato_waits_and_then_goes_as_far_as_it_says():
    bend = vibrato(2 * RATE, semitones=0.3, hertz=5.0, delay=0.5)
    assert not bend[: RATE // 2].any()
    assert bend[RATE:].max() == pytest.approx(0.3, abs=0.01)


def test_an_envelope_rises_holds_and_ends_at_nothing():
    curve = envelope(RATE, attack=0.1, decay=0.2, sustain=0.5, release=0.3)
    assert curve[0] == 0
    assert curve[RATE - 1] == pytest.approx(0.5, abs=0.01)
    assert curve[-1] == 0
    assert np.abs(np.diff(curve)).max() < 0.01


@pytest.mark.parametrize("frame", [0, 5, 8, 10, 50])
def test_a_note_is_added_where_it_starts_and_cut_at_the_end(frame):
    sound = np.zeros((2, 10), np.float32)
    add(sound, np.ones((1, 4), np.float32), frame, 0.5)
    assert sound.sum() == pytest.approx(max(0, min(4, 10 - frame)))
    assert not sound[:, :frame].any()


@pytest.mark.parametrize("name", ["warm", "strings"])
def test_a_pad_is_wide_but_survives_in_mono(name):
    note = pad(name)(60, 0.8, 3 * RATE, np.random.default_rng(0))
    middle, side = (note[0] + note[1]) / 2, (note[0] - note[1]) / 2
    ratio = np.square(side).mean() / np.square(middle).mean()
    assert 0.1 < ratio < 0.8
