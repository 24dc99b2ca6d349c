"""Stretching: what changes is the time or the pitch, and nothing else."""

import numpy as np
import pytest

from studio.audio.samples import RATE, Samples
from studio.audio.shaping.stretching import shift, stretch, warp
from studio.audio.work import Cancelled, Work

LONG_SECONDS = 26


def tone(hertz: float, seconds: float) -> Samples:
    wave = 0.3 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE)
    return np.stack([wave, 0.5 * wave]).astype(np.float32)


def bursts(times, seconds: float) -> Samples:
    """Short noises, each beginning at its time."""
    rng = np.random.default_rng(1)
    sound = np.zeros((1, round(seconds * RATE)), np.float32)
    for time in times:
        at = round(time * RATE)
        sound[0, at : at + 400] = rng.standard_normal(400) * np.exp(-np.arange(400) / 60)
    return sound


def found_bursts(sound: Samples, near) -> np.ndarray:
    """Where around each time half of the energy has passed."""
    found = []
    for time in near:
        first = max(0, round((time - 0.08) * RATE))
        energy = np.cumsum(np.square(sound[0, first : round((time + 0.08) * RATE)]))
        found.append((first + np.searchsorted(energy, energy[-1] / 2)) / RATE)
    return np.array(found)


def strongest_hertz(sound: Samples) -> float:
    middle = sound[0, sound.shape[1] // 4 :][: 2 * RATE]
    power = np.abs(np.fft.rfft(middle * np.hanning(middle.size)))
    return float(np.argmax(power) * RATE / middle.size)


@pytest.mark.parametrize("frames", [0, 1, 777, 100_001])
@pytest.mark.parametrize("factor", [0.5, 0.917, 1.0, 2.0])
def test_a_stretched_sound_is_as_long_as_asked_to_the_frame(frames, factor):
    assert stretch(np.zeros((2, frames), np.float32), factor).shape == (2, round(frames * factor))


@pytest.mark.parametrize("factor", [0.7, 1.3])
def test_stretching_keeps_the_pitch(factor):
    assert strongest_hertz(stretch(tone(440, 4), factor)) == pytest.approx(440, abs=1)


@pytest.mark.parametrize("semitones", [-5, 0.5, 3])
def test_shifting_moves_the_pitch_by_so_many_semitones_and_keeps_the_length(semitones):
    shifted = shift(tone(440, 4), semitones)
    assert strongest_hertz(shifted) == pytest.approx(440 * 2 ** (semitones / 12), rel=0.004)
    assert shifted.shape == (2, 4 * RATE)


@pytest.mark.parametrize("factor", [0.8, 1.25])
def test_what_is_stretched_happens_when_it_should(factor):
    times = np.arange(0.5, LONG_SECONDS - 0.5, 0.75)
    stretched = stretch(bursts(times, LONG_SECONDS), factor)
    late = found_bursts(stretched, times * factor) - times * factor
    assert np.abs(late).max() < 0.004


def test_a_shift_moves_nothing_in_time():
    times = np.arange(0.5, 5, 0.75)
    assert np.abs(found_bursts(shift(bursts(times, 6), 4), times) - times).max() < 0.004


def test_each_point_of_a_warp_lands_on_its_own():
    beats = np.cumsum(0.5 * (1 + 0.04 * np.sin(np.arange(40) / 4)))
    grid = 0.25 + 0.52 * np.arange(40)
    warped = warp(bursts(beats, beats[-1] + 1), beats, grid)
    assert np.abs(found_bursts(warped, grid) - grid).max() < 0.004


def test_a_warp_to_later_begins_with_silence_and_one_to_earlier_is_cut():
    later = warp(tone(300, 3), [0, 2], [1, 3])
    assert later.shape[1] == 4 * RATE
    assert np.abs(later[:, : round(0.95 * RATE)]).max() < 1e-3
    assert warp(tone(300, 3), [0, 2], [-1, 1]).shape[1] == 2 * RATE


def test_a_warp_that_bends_within_a_run_keeps_the_pitch_within_a_quarter_of_a_semitone():
    beats, grid = np.array([0.0, 1, 2, 3, 4]), np.array([0.0, 1.01, 2.0, 3.01, 4.0])
    warped = warp(tone(440, 4), beats, grid)
    assert strongest_hertz(warped) == pytest.approx(440, rel=0.014)


def test_no_seam_is_heard_in_a_long_note():
    sound = stretch(tone(441, LONG_SECONDS), 1.1)
    steady = sound[0, RATE:-RATE]
    levels = np.square(steady[: steady.size // 441 * 441].reshape(-1, 441)).mean(axis=1)
    # Without aligning the runs it falls by 9 dB there.
    assert 10 * np.log10(levels.min() / np.median(levels)) > -2
    assert np.abs(np.diff(steady)).max() < 1.3 * np.abs(np.diff(tone(441, 1)[0])).max()


def test_both_sides_stay_where_they_are():
    stretched = stretch(tone(440, 3), 1.2)
    ratio = np.linalg.norm(stretched[0]) / np.linalg.norm(stretched[1])
    assert ratio == pytest.approx(2, rel=0.01)


def test_what_is_not_changed_comes_back_sample_for_sample():
    sound = tone(440, 1)
    assert np.array_equal(stretch(sound, 1.0), sound)
    assert np.array_equal(warp(sound, [0.2, 0.8], [0.2, 0.8]), sound)


def test_the_same_twice_is_the_same():
    sound = bursts([0.2, 0.5], 1)
    assert np.array_equal(stretch(sound, 1.3), stretch(sound, 1.3))


def test_silence_stays_silent():
    assert not stretch(np.zeros((2, RATE), np.float32), 1.5).any()


def vowel(hertz: float) -> Samples:
    """A buzz with formants at 700, 1200 and 2600 Hz."""
    time = np.arange(2 * RATE) / RATE
    sound = np.zeros(time.size)
    for harmonic in np.arange(hertz, 8000, hertz):
        near = sum(1 / (1 + ((harmonic - f) / 90) ** 2) for f in (700, 1200, 2600))
        sound += (near + 0.002) * np.sin(2 * np.pi * harmonic * time + harmonic)
    return np.asarray(0.1 * sound[None], np.float32)


def colour_distance(one: Samples, other: Samples) -> float:
    """Distance in dB of spectra that are too coarse to tell the pitch."""

    def colour(sound):
        power = np.square(np.abs(np.fft.rfft(sound[0, RATE // 2 : -RATE // 2])))
        bands = power[: 5_000 * power.size * 2 // RATE].reshape(-1)[: 5_000 // 250 * 250]
        return 10 * np.log10(bands.reshape(20, -1).sum(axis=1) + 1e-3)

    return float(np.sqrt(np.mean(np.square(colour(one) - colour(other)))))


def test_a_voice_keeps_its_formants_when_asked_to():
    voice = vowel(180)
    kept, moved = shift(voice, 6, keep_formants=True), shift(voice, 6)
    assert colour_distance(kept, voice) < 0.6 * colour_distance(moved, voice)
    assert np.linalg.norm(kept) == pytest.approx(np.linalg.norm(moved), rel=0.1)


@pytest.mark.parametrize("keep_formants", [False, True])
def test_a_long_shift_can_be_stopped_every_few_seconds_of_sound(keep_formants):
    told = []
    shift(
        tone(200, LONG_SECONDS),
        2,
        keep_formants=keep_formants,
        work=Work(tell=lambda s, _: told.append(s)),
    )
    assert len(told) >= 4
    assert told == sorted(told)
    with pytest.raises(Cancelled):
        shift(tone(200, 1), 2, work=Work(cancelled=lambda: True))


@pytest.mark.parametrize(
    ("came", "goes"), [([0, 1], [1, 1]), ([1, 0], [0, 1]), ([0], [0]), ([0, 1, 2], [0, 1])]
)
def test_points_that_do_not_rise_in_pairs_are_refused(came, goes):
    with pytest.raises(ValueError, match="Expected"):
        warp(tone(440, 1), came, goes)


def test_a_stretch_that_leaves_nothing_of_the_sound_is_refused():
    with pytest.raises(ValueError, match="Expected to stretch by"):
        stretch(tone(440, 1), 0.01)
