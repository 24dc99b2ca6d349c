"""Scene: what goes beyond the end of a circle is heard at its beginning, and cut elsewhere."""

from dataclasses import replace

import numpy as np
import pytest

from studio.audio.samples import RATE
from studio.engine.played import NOBODY
from studio.engine.score import Part
from studio.engine.sounding.mixture import played_round
from studio.engine.sounding.scene import Scene

FRAMES = 1_000


@pytest.mark.parametrize("loop", [True, False])
def test_an_event_at_the_end_goes_on_at_the_beginning_of_a_circle_only(loop):
    scene = Scene(FRAMES, loop=loop)
    sound = scene.empty()
    scene.lay(sound, np.ones(300, np.float32), 900 / RATE)
    assert sound[0, 900:].min() == pytest.approx(1)
    assert sound[0, :200].max() == pytest.approx(1 if loop else 0)
    assert not sound[0, 200:900].any()


def test_nothing_is_lost_of_an_event_that_goes_round_more_than_once():
    scene = Scene(FRAMES, loop=True)
    sound = scene.empty()
    scene.lay(sound, np.ones(2_500, np.float32), -0.3)
    assert sound[0].sum() == pytest.approx(2_500)


@pytest.mark.parametrize("pan", [-1.0, 1.0])
def test_an_event_stands_where_it_was_put(pan):
    scene = Scene(FRAMES)
    sound = scene.empty()
    scene.lay(sound, np.ones(10, np.float32), 0.0, pan=pan)
    left, right = np.abs(sound).sum(axis=1)
    assert (left < 0.01) == (pan > 0)
    assert (right < 0.01) == (pan < 0)


@pytest.mark.parametrize("loop", [True, False])
def test_what_the_band_lets_ring_on_is_heard_where_the_loop_begins_again(loop):
    """A bar of silence, a bar of two seconds in which somebody plays late, and what rings on."""
    score = replace(NOBODY, beats=8.0, parts=(Part("pad", "synth:pad:warm", (), reverb=0.0),))
    stem = np.zeros((2, 6 * RATE), np.float32)
    stem[:, round(3.9 * RATE) : round(4.5 * RATE)] = 0.1
    sound = played_round({"pad": stem}, score, Scene(2 * RATE, loop=loop))
    assert np.abs(sound[:, round(1.9 * RATE) :]).min() > 0.01
    assert (np.abs(sound[:, : round(0.5 * RATE)]).min() > 0.01) == loop


@pytest.mark.parametrize("asked", [43.0, 110.3, 0.01])
def test_a_hum_fits_a_whole_number_of_times(asked):
    scene = Scene(3 * RATE + 7, loop=True)
    cycles = scene.whole_cycles(asked) * scene.seconds
    assert cycles == pytest.approx(round(cycles))
    assert cycles >= 1
