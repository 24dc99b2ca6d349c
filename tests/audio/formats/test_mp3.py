"""MP3: counted frame by frame, so that neither pictures in front nor varying rates cut it short."""

import lameenc
import numpy as np
import pytest

from studio.audio.files import probe, read, write_mp3
from studio.audio.formats.mp3 import survey
from studio.audio.samples import RATE
from studio.errors import SoundUnreadable

FRAME = 1152


def varying(loud_first):
    """Ten seconds at a varying bit rate, without a word about their length."""
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_vbr(4)
    encoder.set_in_sample_rate(RATE)
    encoder.set_channels(1)
    noise = np.random.default_rng(2).normal(0, 6000, 10 * RATE)
    quiet = slice(5 * RATE, None) if loud_first else slice(5 * RATE)
    noise[quiet] = 0
    return bytes(encoder.encode(noise.astype(np.int16).tobytes()) + encoder.flush())


@pytest.mark.parametrize("loud_first", [True, False])
def test_a_varying_bit_rate_is_heard_to_its_end(tmp_path, loud_first):
    (tmp_path / "a.mp3").write_bytes(varying(loud_first))
    assert probe(tmp_path / "a.mp3").length_seconds == pytest.approx(10, abs=0.06)


def test_a_picture_in_front_does_not_make_a_song_longer(tmp_path):
    tag = b"ID3\4\0\0" + bytes(400_000 >> shift & 0x7F for shift in (21, 14, 7, 0)) + bytes(400_000)
    (tmp_path / "a.mp3").write_bytes(tag + varying(loud_first=True))
    assert probe(tmp_path / "a.mp3").length_seconds == pytest.approx(10, abs=0.06)


@pytest.mark.parametrize("frames", [1, 575, 1152, RATE, RATE + 1])
def test_what_we_write_plays_without_a_gap(tmp_path, frames):
    sound = np.random.default_rng(1).normal(0, 0.1, (2, frames)).astype(np.float32)
    write_mp3(tmp_path / "a.mp3", sound, RATE)
    assert read(tmp_path / "a.mp3")[0].shape == (2, frames)
    found = survey(tmp_path / "a.mp3")
    assert found.promised == found.count


def test_two_files_in_one_are_heard_both(tmp_path):
    write_mp3(tmp_path / "a.mp3", np.full((2, RATE), 0.1, np.float32), RATE)
    one = (tmp_path / "a.mp3").read_bytes()
    (tmp_path / "a.mp3").write_bytes(one + one)
    assert probe(tmp_path / "a.mp3").length_seconds == pytest.approx(2, abs=0.15)


def test_a_file_that_promises_more_than_it_holds_is_cut_off(tmp_path):
    write_mp3(tmp_path / "a.mp3", np.zeros((2, 10 * RATE), np.float32), RATE)
    whole = (tmp_path / "a.mp3").read_bytes()
    (tmp_path / "a.mp3").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(SoundUnreadable, match="ends 5 s early: only 5 s"):
        probe(tmp_path / "a.mp3")


def test_bytes_between_frames_are_passed_over(tmp_path):
    write_mp3(tmp_path / "a.mp3", np.full((2, 4 * RATE), 0.1, np.float32), RATE)
    whole = (tmp_path / "a.mp3").read_bytes()
    before = survey(tmp_path / "a.mp3").count
    (tmp_path / "a.mp3").write_bytes(whole[:20_000] + b"\xff\xfb junk" * 50 + whole[20_000:])
    assert before - survey(tmp_path / "a.mp3").count in {0, 1}


def test_what_does_not_begin_as_mp3_is_not_searched_for_it(tmp_path):
    (tmp_path / "a.wav").write_bytes(b"RIFF" + varying(loud_first=True))
    assert survey(tmp_path / "a.wav") is None
