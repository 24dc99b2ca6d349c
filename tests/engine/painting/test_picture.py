"""The cover: same song, same face; other songs, other faces."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from studio.engine.painting.easel import SIDE, Easel
from studio.engine.painting.picture import BRIGHT, COMPOSITIONS, paint, sit
from studio.engine.score import Chord, Key, Score, Section


def a_score(*, seed=1, mode="major"):
    chords = tuple(Chord(4.0 * i, 4.0, root, "maj", root) for i, root in enumerate((0, 5, 7, 0)))
    sections = (Section("verse", "Verse", 0, 8, 0.4), Section("chorus", "Chorus", 8, 8, 0.9))
    return Score(
        "Rain", "pop", "pop", 120, Key(0, mode), 4, 0.5, sections, chords, (), None, "", 16, seed
    )


def a_mix(*, gain=0.2):
    rng = np.random.default_rng(5)
    return (gain * rng.normal(size=(2, 44_100)) * np.linspace(0.2, 1, 44_100)).astype(np.float32)


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def test_the_same_song_has_the_same_face():
    assert paint(a_score(), a_mix()) == paint(a_score(), a_mix())


def test_other_seeds_have_other_faces():
    faces = [pixels(paint(a_score(seed=seed), a_mix())) for seed in range(6)]
    gaps = [np.abs(a - b).mean() for i, a in enumerate(faces) for b in faces[:i]]
    assert min(gaps) > 4


@pytest.mark.parametrize("mode", ["major", "minor"])
def test_a_cover_is_square_and_not_blank(mode):
    picture = pixels(paint(a_score(mode=mode), a_mix()))
    assert picture.shape == (SIDE, SIDE, 3)
    assert picture.std() > 15


@pytest.mark.parametrize("gain", [0.0, 1e-9])
def test_silence_still_gets_a_cover(gain):
    assert pixels(paint(a_score(), a_mix(gain=gain))).std() > 15


@pytest.mark.parametrize("compose", COMPOSITIONS)
def test_every_composition_shows_the_loudness_or_the_harmony(compose):
    def painted(sitter):
        easel = Easel.set_up(BRIGHT[0], np.random.default_rng(3))
        compose(sitter, easel)
        return np.asarray(easel.image).astype(int)

    quiet_then_loud = sit(a_score(), a_mix())
    other_harmony = Chord(0, 16, 3, "min", 3)
    loud_then_quiet = sit(replace(a_score(), chords=(other_harmony,)), a_mix()[:, ::-1])
    assert (painted(quiet_then_loud) != painted(loud_then_quiet)).any()
