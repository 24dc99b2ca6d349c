import numpy as np
import pytest

from bench.plucks import NAMES, plucked
from studio.audio.ear.listening import hear
from studio.audio.ear.spectrum import HEARING_RATE, heard_mono
from studio.audio.samples import RATE
from studio.audio.transcribing.pitches import find_peaks, notes_heard, tuning_of, without_overtones

CHANGES = ["D:min", "Bb:maj", "F:maj", "C:maj", "G:min", "A:maj"]


def agreement(song, heard):
    """Share of time in which both name the same chord."""
    times = np.arange(0.25, song.chords[-1][1], 0.1)
    return np.mean([_written(song, time) == _heard(heard, time) for time in times])


def _written(song, time):
    return next(name for start, end, name in song.chords if start <= time < end)


def _heard(heard, time):
    for chord in heard.chords:
        if chord.start_seconds <= time < chord.start_seconds + chord.seconds:
            return None if chord.root is None else f"{NAMES[chord.root]}:{chord.quality}"
    return None


@pytest.fixture(scope="module")
def song():
    return plucked(96, CHANGES, bars=12)


@pytest.fixture(scope="module")
def heard(song):
    return hear(song.samples)


def test_chords_are_those_that_are_played(song, heard):
    assert agreement(song, heard) > 0.9


def test_chords_follow_each_other_without_gaps(song, heard):
    ends = [chord.start_seconds + chord.seconds for chord in heard.chords]

    assert heard.chords[0].start_seconds == 0.0
    assert [chord.start_seconds for chord in heard.chords[1:]] == pytest.approx(ends[:-1])


@pytest.mark.parametrize("cents", [30.0, -45.0])
def test_strings_tuned_higher_or_lower_play_the_same_chords(cents):
    song = plucked(96, CHANGES, bars=6, broken=True, cents=cents)

    heard = hear(song.samples)

    assert heard.tuning_cents == pytest.approx(cents, abs=6)
    assert agreement(song, heard) > 0.85


def test_silence_has_no_chord():
    heard = hear(np.zeros((2, 5 * RATE), np.float32))

    assert [chord.root for chord in heard.chords] == [None]


def test_a_pause_has_no_chord():
    song = plucked(120, ["C:maj", "F:maj"], bars=6)
    pause = np.zeros((2, 6 * RATE), np.float32)

    heard = hear(np.concatenate([song.samples, pause], axis=1))

    assert heard.chords[-1].root is None
    assert heard.chords[-1].seconds > 4.0


def test_noise_is_hardly_taken_for_chords():
    noise = np.random.default_rng(0).normal(0, 0.1, (1, 8 * RATE)).astype(np.float32)

    named = sum(chord.seconds for chord in hear(noise).chords if chord.root is not None)

    assert named < 2.0


def test_overtones_of_a_note_are_not_taken_for_notes():
    time = np.arange(2 * RATE) / RATE
    rich = sum(np.sin(2 * np.pi * 110 * k * time) / k for k in range(1, 9))
    peaks = find_peaks(heard_mono((0.2 * rich[None]).astype(np.float32)))

    with_them = notes_heard(peaks, 0.0)[10:11]
    without = without_overtones(with_them)

    fifth = 45 + 19 - 28  # the third overtone of A2
    assert with_them[0, fifth] > 0.5 * with_them[0].max()
    assert without[0, fifth] < 0.2 * without[0].max()


def test_tuning_is_told_in_parts_of_a_semitone():
    time = np.arange(2 * HEARING_RATE) / HEARING_RATE
    high = np.sin(2 * np.pi * 440 * 2 ** (0.3 / 12) * time).astype(np.float32)

    assert tuning_of(find_peaks(high)) == pytest.approx(0.3, abs=0.02)
