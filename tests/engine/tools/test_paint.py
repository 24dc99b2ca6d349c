"""Paint: two pictures to choose from, neither of them the song's own face."""

import io
from itertools import combinations

import numpy as np
import pytest
from PIL import Image

from studio.audio.files import write_wav
from studio.audio.samples import RATE
from studio.audio.work import UNWATCHED
from studio.engine.painting.easel import SIDE
from studio.engine.painting.picture import paint
from studio.engine.papers import keep_score
from studio.engine.played import NOBODY
from studio.engine.tools.paint import TOOL, PaintOptions

SCORE = NOBODY


@pytest.fixture
def song(tmp_path):
    path = tmp_path / "song.wav"
    tone = 0.2 * np.sin(np.arange(2 * RATE) * 0.05)
    write_wav(path, np.array([tone, tone], np.float32), RATE)
    keep_score(path, SCORE)
    return path


def painted(song, folder, seed):
    folder.mkdir()
    TOOL.run([song], PaintOptions(seed=seed), folder, UNWATCHED)
    return [np.asarray(Image.open(path)).astype(int) for path in sorted(folder.iterdir())]


def test_two_square_pictures_are_painted(song, tmp_path):
    pictures = painted(song, tmp_path / "out", 0)
    assert [picture.shape for picture in pictures] == [(SIDE, SIDE, 3)] * 2
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "cover-1.png",
        "cover-2.png",
    ]


def test_neither_is_like_the_other_nor_like_the_songs_own_nor_like_those_of_another_seed(
    song, tmp_path
):
    own = np.asarray(Image.open(io.BytesIO(paint(SCORE, np.zeros((2, RATE), np.float32)))))
    pictures = [
        own.astype(int),
        *painted(song, tmp_path / "a", 0),
        *painted(song, tmp_path / "b", 1),
    ]
    gaps = [np.abs(one - other).mean() for one, other in combinations(pictures, 2)]
    assert min(gaps) > 4


def test_a_sound_that_the_band_did_not_make_is_painted_from_what_is_heard(tmp_path):
    path = tmp_path / "hum.wav"
    rng = np.random.default_rng(3)
    write_wav(path, (0.1 * rng.standard_normal((2, 2 * RATE))).astype(np.float32), RATE)
    (tmp_path / "out").mkdir()
    facts = TOOL.run([path], PaintOptions(), tmp_path / "out", UNWATCHED)
    assert (facts["exact"], facts["pictures"]) == (False, 2)
