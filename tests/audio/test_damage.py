"""Damage: whatever happens to a sound file, it ends as a sound or in a sentence."""

import contextlib

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.audio.files import write
from studio.audio.formats.encoders import FORMS
from studio.audio.intake import load, take_in
from studio.audio.labels import read_label, write_label
from studio.audio.samples import RATE
from studio.errors import SoundUnreadable

WORDS = st.sampled_from(
    [bytes(4), b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\0\0\0\x80", b"\1\0\0\0"]
)
BLOWS = st.lists(
    st.tuples(
        # Most blows go to the head, where the lies that matter stand.
        st.one_of(st.integers(0, 120), st.integers(0, 30_000)),
        st.one_of(WORDS, st.binary(min_size=1, max_size=40)),
        st.sampled_from(["over", "in", "out", "end"]),
    ),
    min_size=1,
    max_size=6,
)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    noise = np.random.default_rng(7).normal(0, 0.1, (2, 2 * RATE)).astype(np.float32)
    for ending in FORMS:
        write(folder / f"a{ending}", noise, RATE)
    for ending in (".wav", ".mp3"):
        write_label(folder / f"a{ending}", "studio/score", b"notes" * 20)
    return {ending: (folder / f"a{ending}").read_bytes() for ending in FORMS}


def damaged(content, blows):
    for place, data, how in blows:
        start = min(place, len(content))
        match how:
            case "over":
                content = content[:start] + data + content[start + len(data) :]
            case "in":
                content = content[:start] + data + content[start:]
            case "out":
                content = content[:start] + content[start + 9 * len(data) :]
            case "end":
                content = content[:start] + content[start:][: 400 * len(data)]
    return content


@pytest.mark.parametrize("ending", FORMS)
@settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(blows=BLOWS)
def test_a_damaged_file_ends_as_a_sound_or_in_a_sentence(files, tmp_path, ending, blows):
    path = tmp_path / f"a{ending}"
    path.write_bytes(damaged(files[ending], blows))
    with contextlib.suppress(SoundUnreadable):
        sound, loaded = take_in(path), load(path)
        assert loaded.shape == (2, pytest.approx(sound.length_seconds * RATE, abs=1))
        assert np.isfinite(loaded).all()
    read_label(path, "studio/score")
    with contextlib.suppress(SoundUnreadable):
        write_label(path, "studio/score", b"new")
        assert read_label(path, "studio/score") == b"new"
    assert list(tmp_path.iterdir()) == [path]
