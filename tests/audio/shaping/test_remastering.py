"""Remastering: three records of one mix, each as loud as streaming, none worse than what came."""

import numpy as np
import pytest

from studio.audio.files import read, write_mp3
from studio.audio.levels import loudness, rms_db, true_peak_db
from studio.audio.samples import RATE, Samples
from studio.audio.shaping.eq import equalise, low_pass
from studio.audio.shaping.remastering import remaster
from studio.audio.shaping.tone_balance import (
    CENTRES_HZ,
    Bounds,
    correction,
    impulse_of,
    tone_balance,
    usual_balance,
)
from studio.audio.work import Cancelled, Work

SECONDS = 16
LEVELS = ("subtle", "normal", "high")
JUDGED = (CENTRES_HZ > 60) & (CENTRES_HZ < 10_000)


@pytest.fixture(scope="module")
def mix() -> Samples:
    """Drums, a bass and a chord, verse soft and chorus loud, too dull for a record."""
    rng = np.random.default_rng(3)
    time = np.arange(SECONDS * RATE) / RATE
    beat = time % 0.5
    drums = np.sin(2 * np.pi * 55 * beat) * np.exp(-beat * 18)
    hats = rng.standard_normal(time.size) * np.exp(-((time + 0.25) % 0.5) * 60) * 0.3
    bass = 0.4 * np.sign(np.sin(2 * np.pi * 82.4 * time))
    chord = sum(np.sin(2 * np.pi * f * h * time) / h for f in (220, 277, 330) for h in (1, 2, 3))
    sides = np.stack([chord * 0.2, np.roll(chord, 400) * 0.2])
    verse = np.where(time < SECONDS / 2, 0.35, 1.0)
    sound = (drums + 0.3 * bass + hats + sides) * verse * 0.2
    return equalise(sound.astype(np.float32), low_pass(4_000.0))


@pytest.fixture(scope="module")
def records(mix):
    return {level: remaster(mix, level) for level in LEVELS}


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_is_as_loud_as_streaming_also_as_mp3(records, level, tmp_path):
    samples = records[level].samples
    assert loudness(samples, RATE) == pytest.approx(-14, abs=0.5)
    write_mp3(tmp_path / "record.mp3", samples, RATE)
    assert true_peak_db(samples, RATE) <= -1
    assert true_peak_db(read(tmp_path / "record.mp3")[0], RATE) <= -1


def test_a_firmer_level_is_nearer_to_the_tone_of_records(records, mix):
    def away(sound):
        return float(np.abs(tone_balance(sound) - usual_balance())[JUDGED].mean())

    found = [away(mix), *(away(records[level].samples) for level in LEVELS)]
    assert found == sorted(found, reverse=True)
    assert found[1] - found[3] > 0.2


def test_a_firmer_level_is_denser(records):
    densities = [
        true_peak_db(r.samples, RATE) - loudness(r.samples, RATE) for r in records.values()
    ]
    assert densities == sorted(densities, reverse=True)
    assert densities[0] - densities[2] > 1


def test_a_firmer_level_brings_soft_and_loud_nearer_together(records):
    half = SECONDS * RATE // 2
    spans = [
        rms_db(record.samples[:, half:]) - rms_db(record.samples[:, :half])
        for record in records.values()
    ]
    assert spans == sorted(spans, reverse=True)
    assert spans[2] > 3


def test_hum_and_direct_current_go_and_the_bass_stays(mix):
    time = np.arange(mix.shape[1]) / RATE
    # A hum of 60 Hz between a kick at 55 and a bass at 82.
    hum = 0.02 * np.sin(2 * np.pi * 60 * time) + 0.01 * np.sin(2 * np.pi * 180 * time)
    cleaned = remaster((mix + hum + 0.05).astype(np.float32), "subtle")
    clean = remaster(mix, "subtle")
    assert cleaned.hum_lines >= 1
    assert clean.hum_lines == 0
    assert abs(float(cleaned.samples.mean())) < 1e-3
    assert line_db(cleaned.samples, 60) < line_db(clean.samples, 60) + 6
    assert line_db(cleaned.samples, 82.4) == pytest.approx(line_db(clean.samples, 82.4), abs=2)


def test_direct_current_leaves_no_thump_at_the_beginning():
    rng = np.random.default_rng(6)
    sound = rng.standard_normal((2, 4 * RATE)).astype(np.float32) * np.float32(0.01)
    sound[:, : RATE // 2] *= 0.01
    record = remaster(sound + np.float32(0.05), "subtle").samples
    assert np.abs(record[:, : RATE // 4]).max() < 0.1 * np.abs(record).max()


def line_db(samples: Samples, hertz: float) -> float:
    window = np.hanning(samples.shape[1])
    time = np.arange(samples.shape[1]) / RATE
    part = np.sum(samples[0] * window * np.exp(-2j * np.pi * hertz * time)) / window.sum()
    return float(20 * np.log10(abs(part) + 1e-9))


@pytest.mark.parametrize("level", LEVELS)
def test_quiet_noise_is_not_raised_beyond_the_music(mix, level):
    rng = np.random.default_rng(4)
    pauses = (np.arange(mix.shape[1]) // (2 * RATE)) % 2 == 0
    noisy = (mix * pauses + rng.standard_normal(mix.shape) * 3e-4).astype(np.float32)
    record = remaster(noisy, level).samples
    # After the compressors have let go.
    pause = slice(round(3.3 * RATE), round(3.9 * RATE))
    before = loudness(noisy, RATE) - rms_db(noisy[:, pause])
    after = loudness(record, RATE) - rms_db(record[:, pause])
    assert before - after < 6


def test_a_sound_that_was_clipped_comes_back_without_clipping(mix):
    record = remaster(np.clip(mix * 12, -1, 1).astype(np.float32), "high").samples
    assert loudness(record, RATE) == pytest.approx(-14, abs=0.5)
    assert np.abs(record).max() < 0.9


def test_no_steady_tone_is_pumped(mix):
    time = np.arange(mix.shape[1]) / RATE
    tone = (0.1 * np.sin(2 * np.pi * 1_000 * time)).astype(np.float32)
    record = remaster(np.stack([tone, tone]), "high").samples[0]
    levels = np.square(record[: record.size // 441 * 441].reshape(-1, 441)).mean(axis=1)
    assert 10 * np.log10(levels[100:-100].max() / levels[100:-100].min()) < 0.1


def test_mono_stays_mono(mix):
    record = remaster(np.stack([mix[0], mix[0]]), "high").samples
    assert np.abs(record[0] - record[1]).max() < 1e-6


def test_a_variation_is_another_record_and_always_the_same_one(mix, records):
    one, again = (remaster(mix, "normal", variation=5).samples for _ in range(2))
    assert np.array_equal(one, again)
    assert not np.allclose(one, records["normal"].samples, atol=1e-3)
    assert loudness(one, RATE) == pytest.approx(-14, abs=0.5)


def test_silence_stays_silent_and_as_long():
    silence = np.zeros((2, RATE), np.float32)
    assert np.array_equal(remaster(silence, "high").samples, silence)


def test_what_is_not_there_is_not_raised():
    found = usual_balance() - np.where(CENTRES_HZ > 6_000, 60.0, 0.0)
    gains = correction(found, usual_balance(), Bounds(1.0, 6.0))
    assert gains[CENTRES_HZ > 7_000].max() < 0.1


def test_the_filter_has_the_gains_it_was_made_of():
    gains = np.interp(np.log(CENTRES_HZ), np.log([31, 200, 2_000, 16_000]), [3.0, -2.0, 4.0, -4.0])
    impulse = impulse_of(gains)[0]
    found = 20 * np.log10(np.abs(np.fft.rfft(impulse, 1 << 15)))
    at = np.rint(CENTRES_HZ * (1 << 15) / RATE).astype(int)
    assert np.abs(found[at] - gains)[JUDGED].max() < 0.3


def test_remastering_can_be_stopped(mix):
    with pytest.raises(Cancelled):
        remaster(mix, "normal", work=Work(cancelled=lambda: True))
