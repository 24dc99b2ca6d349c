"""Peaks as a tool: outlines that fit over one another at every zoom."""

import json

import numpy as np
import pytest

from studio.audio.files import write
from studio.audio.peaks import ZOOMS
from studio.audio.samples import RATE


@pytest.fixture
def drawn(use, tmp_path):
    def drawn(samples, ending=".wav"):
        write(tmp_path / f"song{ending}", samples.astype(np.float32), RATE)
        facts = use("peaks", [f"song{ending}"], "peaks.json")
        return facts, json.loads((tmp_path / "peaks.json").read_text("utf-8"))

    return drawn


@pytest.mark.parametrize("frames", [5 * RATE, 5 * RATE + 4321, 700])
def test_a_column_is_the_extremes_of_those_in_it_at_the_next_zoom(drawn, frames):
    noise = np.random.default_rng(2).normal(0, 0.1, (2, frames))
    _, told = drawn(noise)
    assert [zoom["columns"] for zoom in told["zooms"]] == list(ZOOMS)
    for coarse, fine in zip(told["zooms"], told["zooms"][1:], strict=False):
        within = fine["columns"] // coarse["columns"]
        assert coarse["max"] == np.reshape(fine["max"], (-1, within)).max(axis=1).tolist()
        assert coarse["min"] == np.reshape(fine["min"], (-1, within)).min(axis=1).tolist()


def test_a_click_stands_in_its_own_column_at_every_zoom(drawn):
    sound = np.zeros((2, 20 * RATE))
    sound[1, 13 * RATE] = -0.75
    facts, told = drawn(sound, ".flac")
    for zoom in told["zooms"]:
        assert [zoom["columns"] * 13 // 20] == np.flatnonzero(zoom["min"]).tolist()
        assert not any(zoom["max"])
    assert (facts["peak"], facts["length_seconds"]) == (0.75, 20.0)


def test_the_root_mean_square_is_that_of_the_sound(drawn):
    time = np.arange(4 * RATE) / RATE
    _, told = drawn(0.5 * np.sin(2 * np.pi * 441 * time)[None])
    for zoom in told["zooms"][:2]:
        assert np.array(zoom["rms"]) == pytest.approx(0.5 / np.sqrt(2), abs=0.02)
