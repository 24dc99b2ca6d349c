"""Papers: a song of the band can be worked on wherever its file went, and nobody is fooled."""

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.audio.files import read, write_mp3, write_wav
from studio.audio.labels import write_label
from studio.audio.samples import RATE
from studio.engine.brief import Brief
from studio.engine.papers import LABEL, SCORE_FILE, from_json, keep_score, score_of, to_json
from studio.engine.singing import count_syllables
from studio.engine.writing import arrange


@pytest.fixture(scope="module")
def score():
    words = "[Verse]\nsing it löw\n你好 world"
    return arrange(
        Brief(style="pop", lyrics=words, length_seconds=15), 3, syllables=count_syllables
    )


@pytest.fixture(params=[".wav", ".mp3"])
def file(request, score, tmp_path):
    """A file as long as the song; what sounds in it does not matter."""
    path = tmp_path / f"song{request.param}"
    noise = np.random.default_rng(1).normal(0, 0.1, (2, round(score.whole_seconds * RATE)))
    write = {".wav": write_wav, ".mp3": write_mp3}[request.param]
    write(path, noise.astype(np.float32), RATE)
    return path


def test_a_score_survives_being_written_down(score):
    assert from_json(to_json(score)) == score


def test_a_score_without_the_newer_fields_is_still_read(score):
    old = json.loads(to_json(score))
    del old["room"], old["ring_out_seconds"]
    assert from_json(json.dumps(old)).parts == score.parts


@given(st.text(max_size=50))
def test_what_is_no_score_is_said_to_be_none(text):
    with pytest.raises(ValueError, match="not a score"):
        from_json(text)


def test_a_file_carries_its_score_and_sounds_as_before(file, score):
    before, _ = read(file)
    keep_score(file, score)
    assert score_of(file) == score
    assert np.array_equal(read(file)[0], before)


def test_the_score_goes_where_the_file_goes(file, score, tmp_path):
    keep_score(file, score)
    shutil.copy(file, tmp_path / f"another name{file.suffix}")
    assert score_of(tmp_path / f"another name{file.suffix}") == score


def test_a_score_that_lies_beside_the_sound_serves_as_well(file, score):
    file.with_name(SCORE_FILE).write_text(to_json(score), "utf-8")
    assert score_of(file) == score


def test_a_score_is_not_believed_of_a_sound_of_another_length(file, score):
    keep_score(file, replace(score, ring_out_seconds=score.ring_out_seconds + 1))
    assert score_of(file) is None


@pytest.mark.parametrize("label", [b"", b"no score", b"x\x9c\x03", bytes(range(256))])
def test_a_damaged_label_is_no_score(file, label):
    write_label(file, LABEL, label)
    assert score_of(file) is None


def test_a_file_without_papers_has_no_score(file):
    assert score_of(file) is None


def test_a_file_that_is_not_there_has_no_score(tmp_path):
    assert score_of(tmp_path / "nothing.wav") is None
