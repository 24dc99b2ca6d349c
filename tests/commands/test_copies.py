"""Copies under readable names."""

import pytest

from studio.commands.copies import copy_song


@pytest.fixture
def sounds(tmp_path):
    mp3, wav = tmp_path / "0a1b.mp3", tmp_path / "0a1b.wav"
    mp3.write_bytes(b"mp3")
    wav.write_bytes(b"wav")
    return [mp3, wav]


def test_copies_are_named_for_the_title_and_keep_their_kind(sounds, tmp_path):
    copies = copy_song("Blue Train", sounds, tmp_path / "out")
    assert [copy.name for copy in copies] == ["Blue Train.mp3", "Blue Train.wav"]
    assert [copy.read_bytes() for copy in copies] == [b"mp3", b"wav"]


def test_nothing_is_ever_overwritten(sounds, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "Blue Train.wav").write_bytes(b"older")
    copies = copy_song("Blue Train", sounds, out)
    assert [copy.name for copy in copies] == ["Blue Train 2.mp3", "Blue Train 2.wav"]
    assert (out / "Blue Train.wav").read_bytes() == b"older"


def test_a_name_given_up_leaves_nothing_behind(sounds, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "Blue Train.wav").touch()
    copy_song("Blue Train", sounds, out)
    assert not (out / "Blue Train.mp3").exists()
