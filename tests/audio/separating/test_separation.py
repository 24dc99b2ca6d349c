"""Separation: the four stems are always the whole sound, and each is mostly what it should be."""

import numpy as np
import pytest

from studio.audio.levels import rms_db
from studio.audio.samples import RATE
from studio.audio.separating.separation import (
    BASS,
    DRUMS,
    OTHER,
    STEMS,
    VOCALS,
    separate,
    separating,
)
from studio.audio.shaping.eq import equalise, high_pass
from studio.audio.work import Cancelled, Work

SECONDS = 12
TIME = np.arange(SECONDS * RATE) / RATE


def tone(hertz, *, overtones=8, fall=0.7):
    """A tone whose pitch may change, with overtones."""
    turns = 2 * np.pi * np.cumsum(np.broadcast_to(hertz, TIME.shape)) / RATE
    return sum(fall**n * np.sin((n + 1) * turns) for n in range(overtones))


def voice():
    """Four notes a bar with vibrato, half a second each, and rests."""
    notes = np.array([220.0, 247.0, 277.0, 330.0, 294.0, 262.0])[(TIME / 0.5).astype(int) % 6]
    sung = tone(notes * 2 ** (0.5 / 12 * np.sin(2 * np.pi * 5.5 * TIME)))
    return 0.1 * sung * (TIME % 2 < 1.5) * np.minimum(1, 20 * (TIME % 0.5))


def strokes():
    rng = np.random.default_rng(1)
    since = TIME % 0.5
    kick = np.sin(2 * np.pi * 55 * since) * np.exp(-since / 0.05)
    snare = 0.5 * rng.standard_normal(len(TIME)) * np.exp(-((TIME + 0.25) % 0.5) / 0.03)
    return 0.35 * (kick + snare)


def bass():
    roots = np.array([55.0, 65.4, 49.0, 58.3])[(TIME / 3).astype(int) % 4]
    return 0.2 * tone(roots, overtones=3, fall=0.3)


def chords():
    """Held for three seconds, left and right not alike."""
    roots = np.array([220.0, 261.6, 196.0, 233.1])[(TIME / 3).astype(int) % 4]
    left, right = (sum(tone(roots * r, overtones=4) for r in rs) for rs in ((1, 1.5), (1.25, 2)))
    return 0.05 * np.array([left, right])


@pytest.fixture(scope="module")
def truth():
    both = {VOCALS: voice(), DRUMS: strokes(), BASS: bass()}
    stems = {name: np.broadcast_to(sound, (2, len(TIME))) for name, sound in both.items()}
    return {name: sound.astype(np.float32) for name, sound in (stems | {OTHER: chords()}).items()}


@pytest.fixture(scope="module")
def mix(truth):
    return sum(truth.values())


@pytest.fixture(scope="module")
def found(mix):
    return separate(mix)


def distortion_db(truth, found):
    return rms_db(truth) - rms_db(truth - found)


def test_the_four_stems_sum_to_the_sound(mix, found):
    assert set(found) == set(STEMS)
    assert np.abs(sum(found.values()) - mix).max() < 1e-5


@pytest.mark.parametrize(("name", "least_db"), [(VOCALS, 5), (DRUMS, 4), (BASS, 7), (OTHER, 5)])
def test_each_stem_is_nearer_to_the_truth_than_the_mix_is(name, least_db, mix, truth, found):
    assert distortion_db(truth[name], found[name]) > least_db
    assert distortion_db(truth[name], found[name]) > distortion_db(truth[name], mix) + 5


def test_one_channel_comes_apart_too(mix, truth):
    mono = mix.mean(axis=0, keepdims=True)
    stems = separate(mono)
    assert stems[DRUMS].shape == mono.shape
    assert np.abs(sum(stems.values()) - mono).max() < 1e-5
    assert distortion_db(truth[DRUMS][:1], stems[DRUMS]) > 3


def test_only_what_is_wanted_is_kept(mix, found):
    stems = separate(mix, wanted=(BASS,))
    assert list(stems) == [BASS]
    assert (stems[BASS] == found[BASS]).all()


def test_blocks_follow_each_other_without_a_gap_or_a_click(mix):
    long = np.tile(mix, (1, 2))
    starts, ends, vocals = [], [], []
    for start, block in separating(long):
        starts.append(start)
        ends.append(start + block[VOCALS].shape[1])
        vocals.append(block[VOCALS])
    assert len(starts) > 1
    assert [*starts[1:], long.shape[1]] == ends
    steps = np.abs(np.diff(equalise(np.concatenate(vocals, axis=1), high_pass(4_000.0))))
    for seam in starts[1:]:
        assert steps[:, seam - 3 : seam + 3].max() <= np.percentile(
            steps[:, seam - RATE : seam + RATE], 99.95
        )


@pytest.mark.parametrize("frames", [1, 700, 5_000])
def test_a_scrap_of_sound_comes_apart(frames):
    scrap = np.full((2, frames), 0.5, np.float32)
    assert np.abs(sum(separate(scrap).values()) - scrap).max() < 1e-5


def test_silence_comes_apart_into_silence():
    assert not any(stem.any() for stem in separate(np.zeros((2, 3 * RATE), np.float32)).values())


def test_it_stops_when_nobody_wants_it_any_more(mix):
    told = []

    def tell(share, _doing):
        told.append(share)

    with pytest.raises(Cancelled):
        separate(mix, work=Work(tell, lambda: len(told) > 2))
    assert len(told) == 3
    assert told == sorted(told)
