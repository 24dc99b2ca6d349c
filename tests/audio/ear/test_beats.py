import numpy as np
import pytest

from bench.plucks import plucked
from studio.audio.ear.beats import evened, tempi_of
from studio.audio.ear.listening import hear
from studio.audio.ear.octaves import at_half, doubled
from studio.audio.samples import RATE

CHANGES = ["C:maj", "A:min", "F:maj", "G:maj"]


@pytest.fixture(scope="module")
def slow():
    return plucked(66, CHANGES, bars=10)


@pytest.fixture(scope="module")
def slow_heard(slow):
    return hear(slow.samples)


def share_found(heard, truth, within=0.07):
    inside = [time for time in truth if 5.0 < time < truth[-1] - 2.0]
    return np.mean([min(abs(beat - time) for beat in heard) < within for time in inside])


def test_a_slow_song_is_not_doubled(slow_heard):
    assert slow_heard.tempo_bpm == pytest.approx(66, rel=0.01)


def test_beats_fall_within_twenty_milliseconds(slow, slow_heard):
    assert share_found(slow_heard.beats, slow.beats, within=0.02) == 1.0


def test_bars_begin_where_chords_and_kick_do(slow, slow_heard):
    bars = [slow_heard.beats[at] for at in slow_heard.downbeats]

    assert slow_heard.beats_per_bar == 4
    assert share_found(bars, slow.beats[::4]) == 1.0


def test_a_fast_song_is_not_halved():
    song = plucked(172, ["E:min", "C:maj", "G:maj", "D:maj"], bars=20, broken=True)

    assert hear(song.samples).tempo_bpm == pytest.approx(172, rel=0.01)


def test_a_waltz_is_counted_in_three():
    song = plucked(120, ["A:min", "D:min", "E:maj", "A:min"], beats_per_bar=3, bars=16)

    heard = hear(song.samples)

    assert heard.beats_per_bar == 3
    assert share_found([heard.beats[at] for at in heard.downbeats], song.beats[::3]) == 1.0


def test_a_tempo_that_drifts_is_followed():
    song = plucked(104, CHANGES, bars=16)
    seconds = np.arange(song.samples.shape[1]) / RATE
    # Played 4 % faster and slower in turn, as a tape that is not quite round.
    moved = seconds + 0.04 * 20 / (2 * np.pi) * (1 - np.cos(2 * np.pi * seconds / 20))
    wobbling = np.interp(moved, seconds, song.samples[0]).astype(np.float32)[None]

    heard = hear(wobbling)

    assert share_found(heard.beats, np.interp(song.beats, moved, seconds)) > 0.95
    assert heard.slowest_bpm < 0.98 * heard.tempo_bpm < 1.02 * heard.tempo_bpm < heard.fastest_bpm


def test_a_tempo_that_stays_has_one_speed(slow_heard):
    assert slow_heard.fastest_bpm - slow_heard.slowest_bpm < 1.0


@pytest.mark.parametrize("seed", [1, 2])
def test_noise_has_no_beat(seed):
    noise = np.random.default_rng(seed).normal(0, 0.1, (1, 12 * RATE)).astype(np.float32)

    heard = hear(noise)

    assert heard.beats == ()
    assert heard.beat_confidence < 0.1


def test_a_tone_that_lasts_has_no_beat():
    tone = 0.3 * np.sin(2 * np.pi * 440 * np.arange(10 * RATE) / RATE)[None]

    assert hear(tone.astype(np.float32)).beats == ()


def test_half_as_fast_keeps_the_bars(slow_heard):
    half = at_half(slow_heard)

    assert half.tempo_bpm == pytest.approx(slow_heard.tempo_bpm / 2)
    assert {half.beats[at] for at in half.downbeats} <= {
        slow_heard.beats[at] for at in slow_heard.downbeats
    }


def test_twice_as_fast_has_a_beat_between_every_two(slow_heard):
    double = doubled(slow_heard)

    assert double.beats[::2] == pytest.approx(slow_heard.beats)
    assert len(double.downbeats) == pytest.approx(2 * len(slow_heard.downbeats), abs=1)


def test_nothing_stays_nothing_however_it_is_counted():
    silence = hear(np.zeros((1, RATE), np.float32))

    assert at_half(silence).beats == doubled(silence).beats == ()


def test_loose_beats_are_evened_but_a_slowing_is_kept():
    even = np.arange(40) * 0.5
    loose = even + np.random.default_rng(0).normal(0, 0.02, 40)
    slowing = np.cumsum(np.linspace(0.5, 0.6, 40))

    assert np.abs(evened(loose) - even).max() < np.abs(loose - even).max() / 2
    assert np.abs(evened(slowing) - slowing).max() < 0.02


def test_tempi_are_those_of_the_beats():
    average, slowest, fastest = tempi_of(np.cumsum(np.linspace(0.5, 0.6, 60)))

    assert slowest < average < fastest
    assert (fastest, slowest) == pytest.approx((120, 100), rel=0.03)
