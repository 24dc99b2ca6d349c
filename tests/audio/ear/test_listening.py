from dataclasses import astuple

import numpy as np
import pytest

from bench.plucks import plucked
from studio.audio.ear.listening import hear
from studio.audio.levels import loudness, true_peak_db
from studio.audio.samples import RATE
from studio.audio.work import Cancelled, Work

RNG = np.random.default_rng(7)


def of(values):
    return np.asarray(values, np.float32)[None]


def tone(seconds, hertz=440.0):
    return of(0.3 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE))


def clicks(count):
    return of(np.arange(count) % (RATE // 2) == 0)


def speech_like(seconds):
    """Noise in syllables of no regular length."""
    times = np.cumsum(RNG.uniform(0.08, 0.5, 200))
    loud = np.interp(np.arange(round(seconds * RATE)) / RATE, times, RNG.uniform(0, 1, 200) ** 2)
    return of(RNG.normal(0, 0.2, len(loud)) * loud)


ODD = {
    "nothing": of(np.zeros(0)),
    "one frame": of([0.5]),
    "a blink": of(RNG.normal(0, 0.1, RATE // 5)),
    "silence": of(np.zeros(5 * RATE)),
    "a constant": of(np.ones(3 * RATE)),
    "a second of a tone": tone(1.0),
    "a tone that lasts": tone(9.0),
    "a very high tone": tone(3.0, 15_000.0),
    "noise": of(RNG.normal(0, 0.1, 9 * RATE)),
    "clicks": clicks(8 * RATE),
    "speech": speech_like(9.0),
    "clipped all over": of(np.sign(RNG.normal(0, 1, 4 * RATE))),
    "hardly anything": of(RNG.normal(0, 1e-7, 4 * RATE)),
}


@pytest.fixture(scope="module")
def song():
    return plucked(90, ["G:maj", "E:min", "C:maj", "D:maj"], bars=8).samples


@pytest.fixture(scope="module")
def heard(song):
    return hear(song)


@pytest.mark.parametrize("name", ODD)
def test_the_oddest_sound_is_heard_without_a_murmur(name):
    heard = hear(ODD[name])

    numbers = [value for value in astuple(heard) if isinstance(value, float)]
    assert np.isfinite(numbers).all()
    assert heard.length_seconds == ODD[name].shape[1] / RATE


@pytest.mark.parametrize("name", ["silence", "noise", "a tone that lasts", "a second of a tone"])
def test_what_is_no_music_is_told_with_no_confidence(name):
    heard = hear(ODD[name])

    assert heard.beat_confidence < 0.1
    assert heard.key_confidence < 0.5


def test_nobody_taps_a_foot_to_speech():
    assert hear(ODD["speech"]).beat_confidence < 0.5


def test_a_quiet_sound_is_heard_like_a_loud_one(song, heard):
    quiet = hear(song * np.float32(0.01))

    assert quiet.beats == pytest.approx(heard.beats, abs=0.01)
    assert (quiet.key, quiet.downbeats) == (heard.key, heard.downbeats)


def test_one_channel_is_heard_like_two(song, heard):
    assert hear(song[:1]).chords == heard.chords


def test_the_same_sound_is_heard_the_same_twice(song, heard):
    assert hear(song) == heard


def test_levels_are_those_of_the_meters(song, heard):
    assert heard.loudness_lufs == pytest.approx(loudness(song, RATE), abs=0.01)
    assert heard.true_peak_db == pytest.approx(true_peak_db(song, RATE), abs=0.01)


def test_everything_lies_within_the_sound(song, heard):
    length = song.shape[1] / RATE

    assert 0 <= heard.beats[0] < heard.beats[-1] <= length
    assert sum(chord.seconds for chord in heard.chords) == pytest.approx(length)
    assert sum(section.seconds for section in heard.sections) == pytest.approx(length)


def test_downbeats_are_beats_and_rise(heard):
    assert list(heard.downbeats) == sorted(set(heard.downbeats))
    assert set(np.diff(heard.downbeats)) == {heard.beats_per_bar}


def test_progress_is_told_in_rising_shares(song):
    told = []

    hear(song, work=Work(tell=lambda share, doing: told.append((share, doing))))

    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert {"finding the beat", "finding the notes", "measuring levels"} <= {d for _, d in told}


@pytest.mark.parametrize("after", [1, 5, 10])
def test_listening_stops_when_nobody_wants_it(song, after):
    calls = iter(range(1000))

    with pytest.raises(Cancelled):
        hear(song, work=Work(cancelled=lambda: next(calls) >= after))
