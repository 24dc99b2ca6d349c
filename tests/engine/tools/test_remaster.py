"""Remaster, from file to file: of the band's songs, and of what others bring."""

import numpy as np
import pytest

from studio.audio.files import read, write_wav
from studio.audio.levels import loudness, true_peak_db
from studio.audio.samples import RATE
from studio.engine.brief import Brief
from studio.engine.papers import keep_score, score_of
from studio.engine.played import perform_alone
from studio.engine.recording import compose
from studio.engine.tools.remaster import TOOL, RemasterOptions


@pytest.fixture(scope="module")
def song(tmp_path_factory):
    """A short song of the band with its score in the file."""
    recording = compose(Brief(style="rock", instrumental=True, length_seconds=15), 4)
    path = tmp_path_factory.mktemp("song") / "song.wav"
    write_wav(path, recording.mix, RATE)
    keep_score(path, recording.score)
    return path


def test_a_song_of_the_band_is_mixed_again_and_keeps_its_score(song, tmp_path):
    out = tmp_path / "new.wav"
    facts = perform_alone(TOOL, [song], RemasterOptions(level="high"), out)
    assert facts["exact"]
    assert score_of(out).parts == score_of(song).parts
    record, came = read(out)[0], read(song)[0]
    assert record.shape == came.shape
    assert loudness(record, RATE) == pytest.approx(-14, abs=0.5)


def test_what_the_band_does_not_know_is_worked_on_as_it_is(song, tmp_path):
    samples = read(song)[0][:, : 6 * RATE] * np.float32(0.2)
    write_wav(tmp_path / "other.wav", samples, RATE)
    out = tmp_path / "new.wav"
    facts = perform_alone(TOOL, [tmp_path / "other.wav"], RemasterOptions(), out)
    assert not facts["exact"]
    assert facts["before"]["loudness_lufs"] < -25
    assert facts["after"]["loudness_lufs"] == pytest.approx(-14, abs=0.5)
    assert true_peak_db(read(out)[0], RATE) <= -1
    assert all(sentence.endswith(".") for sentence in facts["done"])
