"""Files of songs: whole under their names, or not there at all."""

import json
import stat

import numpy as np
import pytest

from studio.audio.files import write
from studio.audio.samples import RATE
from studio.disk import locked, read_json, write_json
from studio.errors import ExtraMissing, SoundUnreadable
from studio.gallery.files import SongFiles, is_mp3

JPEG = b"\xff\xd8\xff\xe0"


def probe(path):
    if not path.read_bytes().startswith(b"sound"):
        raise SoundUnreadable("Not sound.")
    return 12.0


@pytest.fixture
def files(tmp_path):
    return SongFiles(tmp_path / "songs", tmp_path / "early", probe=probe)


def writing(content):
    return lambda path: path.write_bytes(content)


def everything(tmp_path):
    return sorted(path.name for path in tmp_path.rglob("*") if path.is_file())


def test_a_sound_is_home_under_its_name(files, tmp_path):
    assert files.bring_sound("a.mp3", writing(b"sound")) == 12.0
    assert files.path("a.mp3").read_bytes() == b"sound"
    assert everything(tmp_path) == ["a.mp3"]


def test_what_is_home_is_not_fetched_again(files):
    files.bring_sound("a.mp3", writing(b"sound one"))
    files.bring_sound("a.mp3", writing(b"sound two"))
    assert files.path("a.mp3").read_bytes() == b"sound one"


def test_what_cannot_be_played_leaves_nothing_behind(files, tmp_path):
    with pytest.raises(SoundUnreadable):
        files.bring_sound("a.mp3", writing(b"<html>"))
    assert everything(tmp_path) == []


def test_a_fetch_that_breaks_off_leaves_nothing_behind(files, tmp_path):
    def broken(path):
        path.write_bytes(b"sou")
        raise ConnectionError

    with pytest.raises(ConnectionError):
        files.bring_sound("a.mp3", broken)
    assert everything(tmp_path) == []


def test_what_a_dead_process_left_half_fetched_is_swept_away(files, tmp_path):
    (tmp_path / "songs" / ".a.mp3.1234.part").write_bytes(b"sou")
    (tmp_path / "songs" / "b.mp3").write_bytes(b"sound")
    files.sweep()
    assert everything(tmp_path) == ["b.mp3"]


@pytest.mark.parametrize("name", ["../keys.json", "/etc/passwd", "a/../b.mp3", None, "no.mp3", ""])
def test_only_files_of_the_folder_are_shown(files, tmp_path, name):
    (tmp_path / "keys.json").write_text("{}")
    assert files.path(name) is None


def test_a_picture_is_named_for_what_it_is(files):
    assert files.bring_picture("a", writing(JPEG)) == "a.jpg"
    with pytest.raises(SoundUnreadable):
        files.bring_picture("b", writing(b"<svg onload=alert(1)>"))


def test_empty_first_seconds_are_none(files):
    with pytest.raises(SoundUnreadable):
        files.bring_early("job", 1, writing(b""))
    assert files.early("job", 1) is None


def test_removing_a_song_removes_all_its_files_and_no_others(files, tmp_path):
    for name in ("a-1.mp3", "a-1.wav", "a-1.peaks.json", "a-10.mp3"):
        (tmp_path / "songs" / name).write_bytes(b"sound")
    files.remove("a-1")
    assert everything(tmp_path) == ["a-10.mp3"]


def test_peaks_are_measured_once(files, tmp_path):
    write_json(tmp_path / "songs" / "a.peaks.json", [0.0, 0.5])
    assert files.peaks("a", tmp_path / "no-such-file.mp3") == [0.0, 0.5]


def test_a_private_file_is_for_its_owner_alone_and_replaced_whole(tmp_path):
    path = tmp_path / "deep" / "keys.json"
    write_json(path, {"a": 1}, private=True)
    write_json(path, {"a": 2}, private=True)
    assert json.loads(path.read_text()) == {"a": 2}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert everything(tmp_path) == ["keys.json"]


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path):
    write_json(tmp_path / "a.json", {"a": 1})
    with pytest.raises(TypeError):
        write_json(tmp_path / "a.json", {"a": object()})
    assert read_json(tmp_path / "a.json", None) == {"a": 1}
    assert everything(tmp_path) == ["a.json"]


def test_a_damaged_file_reads_as_none_at_all(tmp_path):
    (tmp_path / "a.json").write_bytes(b'{"a": \xff')
    assert read_json(tmp_path / "a.json", "default") == "default"


def test_a_lock_is_free_again_after_an_error(tmp_path):
    with pytest.raises(ZeroDivisionError), locked(tmp_path / "lock"):
        1 / 0  # noqa: B018 - the error is the point
    with locked(tmp_path / "lock"):
        assert (tmp_path / "lock").exists()


@pytest.fixture
def real(tmp_path):
    """Real files, with the probe of the house."""
    return SongFiles(tmp_path / "songs", tmp_path / "early")


def sound_bytes(tmp_path, ending):
    path = tmp_path / f"sound{ending}"
    write(path, np.random.default_rng(1).normal(0, 0.1, (2, 2 * RATE)).astype(np.float32), RATE)
    return path.read_bytes()


def test_a_take_without_loss_is_played_as_mp3_and_kept_as_wav(real, tmp_path):
    content = sound_bytes(tmp_path, ".wav")
    brought = real.bring_song("a", writing(content))
    assert (brought.sound, brought.wav) == ("a.mp3", "a.wav")
    assert real.path("a.wav").read_bytes() == content
    assert is_mp3(real.path("a.mp3"))
    assert brought.length == pytest.approx(2.0, abs=0.1)


def test_a_take_that_is_mp3_stays_as_it_came_and_comes_once(real, tmp_path):
    content = sound_bytes(tmp_path, ".mp3")
    first = real.bring_song("a", writing(content))
    assert real.bring_song("a", writing(b"something else")) == first
    assert real.path("a.mp3").read_bytes() == content


def test_a_silent_take_of_no_mp3_is_kept_since_it_was_paid_for(real, tmp_path):
    path = tmp_path / "silence.wav"
    write(path, np.zeros((2, 2 * RATE), np.float32), RATE)
    assert real.bring_song("a", writing(path.read_bytes())).sound == "a.mp3"


def test_what_only_browsers_can_read_is_kept_as_it_came(real, monkeypatch):
    def need_more(*_, **__):
        raise ExtraMissing("M4A takes the extra media.")

    monkeypatch.setattr("studio.gallery.keeping.take_over", need_more)
    content = b"\0\0\0\x20ftypM4A " + b"sound" * 20
    brought = real.bring_song("a", writing(content))
    assert brought == ("a.m4a", None, None)
    assert real.path("a.m4a").read_bytes() == content


def test_what_is_no_sound_leaves_nothing_behind(real, tmp_path):
    with pytest.raises(SoundUnreadable):
        real.bring_song("a", writing(b"RIFF????WAVE and nothing more"))
    assert not list((tmp_path / "songs").iterdir())
