"""Matching: the style of the band that is nearest to a sound."""

from dataclasses import replace

import numpy as np
import pytest

from studio.engine.continuing import matching
from studio.engine.continuing.matching import FREE_STYLE, STYLES_MEASURE, character_of, style_like
from studio.engine.writing import STYLES


@pytest.fixture
def noise():
    return np.random.default_rng(1).normal(0, 0.1, (2, 44_100)).astype(np.float32)


def test_a_sound_without_a_beat_gets_the_style_that_needs_none(heard, noise):
    assert style_like(replace(heard, beats=()), noise) == FREE_STYLE


def test_every_style_has_been_measured():
    assert set(STYLES_MEASURE) == set(STYLES)


@pytest.mark.parametrize(
    ("style", "tempo"), [("metal", 150.0), ("ballad", 68.0), ("hip-hop", 90.0), ("house", 124.0)]
)
def test_a_sound_that_measures_like_a_style_is_taken_for_it(
    heard, noise, style, tempo, monkeypatch
):
    measure = np.array(STYLES_MEASURE[style])
    monkeypatch.setattr(matching, "character_of", lambda *_args, **_more: measure)
    assert style_like(replace(heard, tempo_bpm=tempo), noise) == style
    assert style_like(replace(heard, tempo_bpm=2 * tempo), noise) == style


def test_a_darker_sound_measures_darker(heard, noise):
    dark = np.cumsum(noise, axis=1).astype(np.float32) / 50
    bands = [character_of(heard, sound)[:7] for sound in (noise, dark)]
    assert bands[0][6] - bands[0][0] > 20 + bands[1][6] - bands[1][0]
