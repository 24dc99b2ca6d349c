"""Mastering: at the loudness of all records, under the ceiling, whatever comes in."""

import numpy as np
import pytest

from studio.audio.files import read, write_mp3
from studio.audio.levels import loudness, rms_db, true_peak_db
from studio.audio.samples import RATE
from studio.engine.mastering import CEILING_DB, master, place_in_the_whole
from studio.engine.mixing import mix
from studio.engine.playing import play
from tests.engine.playing.songs import bass_part, beat_part, chord_part, lead_part, song

BANDS = {
    "pop": (beat_part(), bass_part(), chord_part(), lead_part()),
    "drums alone": (beat_part("synth:drums:house"),),
    "no drums": (chord_part(), chord_part("strings", "gm:48")),
    "guitars": (beat_part("gm:drums:0"), bass_part("gm:33"), chord_part("guitar", "gm:30")),
    "lead alone": (lead_part("synth:lead:bell"),),
}


@pytest.fixture(scope="module", params=BANDS)
def record(request):
    score = song(*BANDS[request.param])
    return master(mix({part.name: play(part, score) for part in score.parts}, score))


def test_a_record_is_at_minus_fourteen(record):
    assert loudness(record, RATE) == pytest.approx(-14.0, abs=0.3)


def test_a_record_stays_under_its_ceiling(record):
    assert true_peak_db(record, RATE) <= CEILING_DB + 0.1


def test_its_mp3_stays_under_minus_one(record, tmp_path):
    write_mp3(tmp_path / "a.mp3", record, RATE)
    back, _ = read(tmp_path / "a.mp3")
    assert true_peak_db(back, RATE) <= -1.0


def test_a_record_is_dense_but_not_flat(record):
    assert 7 < true_peak_db(record, RATE) - loudness(record, RATE) < 12.5


def test_a_record_has_no_direct_current(record):
    assert np.abs(record.mean(axis=1)).max() < 1e-3


@pytest.mark.parametrize("gain", [0.1, 1.0, 20.0])
def test_the_level_of_the_mix_does_not_matter(gain):
    rng = np.random.default_rng(0)
    mixed = (gain * 0.1 * rng.standard_normal((2, 5 * RATE))).astype(np.float32)
    assert loudness(master(mixed), RATE) == pytest.approx(-14.0, abs=0.3)


def test_silence_stays_silence():
    assert not master(np.zeros((2, RATE), np.float32)).any()


def test_a_whisper_of_noise_is_not_blown_up_to_a_storm():
    rng = np.random.default_rng(0)
    hiss = rng.standard_normal((2, 2 * RATE)).astype(np.float32)
    assert rms_db(master(hiss * np.float32(1e-3))) == pytest.approx(-30, abs=5)
    # So quiet that loudness is not defined for it.
    assert (master(hiss * np.float32(1e-5)) == hiss * np.float32(1e-5)).all()


@pytest.mark.parametrize("frames", [1, 100, 5_000])
def test_a_scrap_of_sound_is_no_trouble(frames):
    scrap = np.full((2, frames), 0.5, np.float32)
    assert master(scrap).shape == (2, frames)


def test_a_dull_mix_is_brightened_and_a_shrill_one_tamed():
    rng = np.random.default_rng(0)
    white = rng.standard_normal((2, 4 * RATE)).astype(np.float32) * 0.1
    dull = np.cumsum(white, axis=1) * 0.02
    dull -= dull.mean(axis=1, keepdims=True)

    def slope(sound):
        power = np.square(np.abs(np.fft.rfft(sound[0])))
        hertz = np.fft.rfftfreq(sound.shape[1], 1 / RATE)
        high, low = power[(hertz > 5_000) & (hertz < 10_000)], power[(hertz > 40) & (hertz < 90)]
        return 10 * np.log10(high.mean() / low.mean())

    assert slope(master(dull)) > slope(dull) + 1.5
    assert slope(master(white)) < slope(white) - 1.5


@pytest.mark.parametrize(("level", "expected"), [(1.0, -14.0), (0.07, -16.2), (0.01, -18.2)])
def test_quiet_first_bars_are_expected_to_stay_quiet_but_never_lost(level, expected):
    rng = np.random.default_rng(0)
    head = (level * rng.standard_normal((2, 5 * RATE))).astype(np.float32)
    placed = place_in_the_whole(head, 0.1)
    assert placed == pytest.approx(expected, abs=0.3)
    assert place_in_the_whole(head, 0.8) == pytest.approx(-14.0)
    assert loudness(master(head, target_lufs=placed), RATE) == pytest.approx(placed, abs=0.3)
