import numpy as np
import pytest

from studio.audio.ear.spectrum import HEARING_RATE, heard_mono, magnitudes, mel_bands
from studio.audio.samples import RATE
from studio.audio.work import Cancelled, Work


def tone(hertz, seconds=1.0, rate=HEARING_RATE):
    return np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate).astype(np.float32)


def test_a_sine_of_amplitude_one_measures_one_at_its_pitch():
    size = 1024
    loud = np.concatenate(list(magnitudes(tone(64 * HEARING_RATE / size), size, 256)))

    middle = loud[len(loud) // 2]

    assert middle.argmax() == 64
    assert middle.max() == pytest.approx(1.0, abs=0.01)


def test_there_is_a_row_for_every_hop_whatever_the_blocks():
    mono = tone(440, seconds=5.0)

    rows = [len(block) for block in magnitudes(mono, 1024, 220)]

    assert sum(rows) == 1 + len(mono) // 220
    assert max(rows) <= 256


def test_a_window_is_centred_on_its_moment():
    click = np.zeros(HEARING_RATE, np.float32)
    click[6000] = 1.0

    energy = np.concatenate(list(magnitudes(click, 512, 100))).sum(axis=1)

    assert energy.argmax() == 60


def test_listening_keeps_length_and_level_at_half_the_rate():
    stereo = np.repeat(tone(440, 3.0, RATE)[None] * np.float32(0.5), 2, axis=0)

    mono = heard_mono(stereo)

    assert len(mono) == pytest.approx(3 * HEARING_RATE, abs=1)
    assert np.abs(mono[2000:-2000]).max() == pytest.approx(0.5, abs=0.01)


def test_two_sides_against_each_other_are_heard_as_nothing():
    one = tone(440, 1.0, RATE)

    assert np.abs(heard_mono(np.stack([one, -one]))).max() < 1e-6


def test_bands_leave_no_pitch_out():
    covered = mel_bands(1024, 72, 30.0, 10_000.0).sum(axis=1)

    hertz = np.arange(513) * HEARING_RATE / 1024
    assert covered[(hertz > 100) & (hertz < 9_500)].min() > 0.5


def test_transforms_stop_when_nobody_wants_them():
    with pytest.raises(Cancelled):
        list(magnitudes(tone(440), 1024, 220, work=Work(cancelled=lambda: True)))
