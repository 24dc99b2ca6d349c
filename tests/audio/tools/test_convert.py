"""Convert: another format, the same sound, as far as the format can hold it."""

import numpy as np
import pytest
import soundfile

from studio.audio.files import probe, read, write
from studio.audio.formats.encoders import FORMS
from studio.audio.work import Cancelled, Work
from studio.errors import SoundUnreadable, ToolUnfit


@pytest.fixture
def song(tmp_path):
    noise = np.random.default_rng(4).normal(0, 0.1, (2, 48_000)).astype(np.float32)
    write(tmp_path / "song.wav", noise, 48_000, bits=24)
    return read(tmp_path / "song.wav")[0]


@pytest.mark.parametrize("ending", FORMS)
def test_every_format_becomes_every_other_as_long_as_it_was(use, tmp_path, song, ending):
    use("convert", ["song.wav"], f"a{ending}")
    for other in FORMS:
        facts = use("convert", [f"a{ending}"], f"b{other}")
        assert (facts["length_seconds"], facts["frames"], facts["rate"]) == (1.0, 48_000, 48_000)
        assert probe(tmp_path / f"b{other}").length_seconds == 1.0


def test_what_is_lossless_stays_so_at_its_own_rate_and_with_its_own_bits(use, tmp_path, song):
    facts = use("convert", ["song.wav"], "a.flac")
    use("convert", ["a.flac"], "b.wav")
    assert facts["bits"] == 24
    assert (read(tmp_path / "b.wav")[0] == song).all()
    assert use("convert", ["song.wav"], "c.wav", bits=16)["bits"] == 16


def test_what_a_format_cannot_have_is_changed_and_said(use, tmp_path, song):
    write(tmp_path / "wide.wav", np.tile(song, (3, 1)), 96_000)
    facts = use("convert", ["wide.wav"], "a.mp3")
    assert (facts["rate"], facts["channels"]) == (48_000, 2)
    assert facts["note"] == (
        "MP3 cannot have 96 kHz: it was resampled to 48. "
        "MP3 holds two channels here: the 6 were folded down."
    )


def test_samples_above_full_scale_are_counted(use, tmp_path):
    soundfile.write(tmp_path / "hot.wav", np.full((9000, 1), 1.5), 44_100, subtype="FLOAT")
    assert (
        "9,000 samples above full scale were clipped"
        in use("convert", ["hot.wav"], "a.wav")["note"]
    )


def test_silence_and_the_very_short_are_converted_too(use, tmp_path):
    write(tmp_path / "tick.wav", np.zeros((1, 100), np.float32), 44_100)
    assert use("convert", ["tick.wav"], "a.flac")["frames"] == 100


def test_nothing_is_left_of_what_was_refused_or_given_up(use, tmp_path, song):
    (tmp_path / "text.mp3").write_bytes(b"la la la")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(SoundUnreadable, match="text, not sound"):
        use("convert", ["text.mp3"], "a.wav")
    with pytest.raises(Cancelled):
        use("convert", ["song.wav"], "a.wav", work=Work(cancelled=lambda: True))
    with pytest.raises(ToolUnfit, match="must be one of"):
        use("convert", ["song.wav"], "a.aiff")
    assert sorted(tmp_path.iterdir()) == before
