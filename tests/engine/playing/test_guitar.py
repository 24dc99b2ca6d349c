"""Guitar: driven, on both sides, without fizz or rumble."""

import numpy as np
import pytest

from studio.audio.samples import RATE
from studio.engine.playing.cues import Cue
from studio.engine.playing.instruments import player_of

FIFTH = (Cue(0, 2 * RATE, 40, 100), Cue(0, 2 * RATE, 47, 100))


@pytest.fixture(scope="module")
def chord():
    return {
        program: player_of(f"gm:{program}")(FIFTH, 3 * RATE, np.random.default_rng(0))
        for program in (27, 29, 30)
    }


def crest_db(sound):
    body = sound[:, : 2 * RATE]
    return 20 * np.log10(np.abs(body).max() / np.sqrt(np.square(body).mean()))


def test_the_harder_it_is_driven_the_denser_it_gets(chord):
    assert crest_db(chord[27]) > crest_db(chord[29]) > crest_db(chord[30])


def test_two_takes_are_heard_left_and_right(chord):
    left, right = chord[30]
    assert 0.1 < np.corrcoef(left, right)[0, 1] < 0.95


def test_a_cabinet_has_no_fizz_and_no_rumble(chord):
    power = np.square(np.abs(np.fft.rfft(chord[30].mean(axis=0))))
    hertz = np.fft.rfftfreq(3 * RATE, 1 / RATE)
    assert power[hertz > 9_000].sum() < 1e-3 * power.sum()
    assert power[hertz < 50].sum() < 1e-2 * power.sum()


def test_nobody_playing_is_silence_through_an_open_amplifier():
    assert not player_of("gm:30")((), RATE, np.random.default_rng(0)).any()
