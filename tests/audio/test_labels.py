"""Labels: what is written beside the sound stays with the file, and the sound stays as it was."""

import os

import av
import numpy as np
import pytest

from studio.audio.files import probe, read, write
from studio.audio.labels import LARGEST_LABEL_BYTES, read_label, write_label, write_words
from studio.audio.samples import RATE
from studio.errors import SoundUnreadable

NAME = "studio/score"


@pytest.fixture(params=[".wav", ".mp3"])
def song(request, tmp_path):
    path = tmp_path / f"song{request.param}"
    noise = np.random.default_rng(3).normal(0, 0.1, (2, RATE)).astype(np.float32)
    write(path, noise, RATE)
    return path


def by_ffmpeg(path):
    """The sound as a browser decodes it, and the words that it shows."""
    with av.open(path) as container:
        frames = [frame.to_ndarray() for frame in container.decode(audio=0)]
        words = {name: container.metadata.get(name) for name in ("title", "artist", "lyrics-und")}
    return np.concatenate(frames, axis=1), words


def test_a_label_comes_back_and_the_sound_is_the_same_for_every_decoder(song):
    before, heard_before = read(song)[0], by_ffmpeg(song)[0]
    label = os.urandom(200_001)
    write_label(song, NAME, label)
    assert read_label(song, NAME) == label
    assert (read(song)[0] == before).all()
    assert (by_ffmpeg(song)[0] == heard_before).all()
    assert probe(song).length_seconds == 1.0


def test_labels_of_other_names_stay_and_one_of_the_same_is_replaced(song):
    write_label(song, "one", b"first")
    write_label(song, "other", b"")
    size = song.stat().st_size
    write_label(song, "one", b"again")
    assert (read_label(song, "one"), read_label(song, "other")) == (b"again", b"")
    assert song.stat().st_size == size
    assert read_label(song, "on") is None


def test_the_title_stands_where_players_look_and_other_words_stay(song):
    write_label(song, NAME, b"notes")
    write_words(song, title="Grüße", lyrics="la\nla")
    write_words(song, title="链接")
    _, words = by_ffmpeg(song)
    assert words["title"] == "链接"
    assert words["lyrics-und"] == ("la\nla" if song.suffix == ".mp3" else None)
    assert read_label(song, NAME) == b"notes"


def test_an_older_tag_is_kept_in_its_own_version(tmp_path):
    song = tmp_path / "song.mp3"
    write(song, np.zeros((2, RATE), np.float32), RATE)
    artist = b"\1" + "Somebody".encode("utf-16")
    frame = b"TPE1" + len(artist).to_bytes(4) + b"\0\0" + artist
    # Unsynchronised, as old programs liked it, and with room left at its end.
    tag = frame.replace(b"\xff", b"\xff\0") + bytes(40)
    song.write_bytes(b"ID3\3\0\x80\0\0\0" + bytes([len(tag)]) + tag + song.read_bytes())
    write_label(song, NAME, b"\xff\0\xff")
    assert song.read_bytes().startswith(b"ID3\3")
    assert by_ffmpeg(song)[1]["artist"] == "Somebody"
    assert read_label(song, NAME) == b"\xff\0\xff"


def test_chunks_of_other_programs_and_what_hangs_behind_them_are_kept(tmp_path):
    song = tmp_path / "song.wav"
    write(song, np.zeros((1, 1001), np.float32), RATE)
    whole = song.read_bytes()
    other = b"cue \4\0\0\0\0\0\0\0"
    size = len(whole) - 8 + len(other)
    song.write_bytes(b"RIFF" + size.to_bytes(4, "little") + whole[8:] + other + b"TAG behind")
    write_label(song, NAME, b"odd")
    written = song.read_bytes()
    assert other in written
    assert written.endswith(b"TAG behind")
    assert read_label(song, NAME) == b"odd"


def test_a_file_that_is_cut_off_or_of_another_kind_takes_no_label_and_stays(song, tmp_path):
    text = tmp_path / "text.mp3"
    text.write_bytes(b"no sound at all")
    cut = song.with_name(f"cut{song.suffix}")
    start = b"" if song.suffix == ".wav" else b"ID3\4\0\0\0\x7f\x7f\x7f"
    cut.write_bytes(start + song.read_bytes()[:9000])
    for path in (text, cut, tmp_path / "gone.wav"):
        before = path.read_bytes() if path.exists() else None
        with pytest.raises(SoundUnreadable):
            write_label(path, NAME, b"x")
        assert read_label(path, NAME) is None
        assert before is None or path.read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 3


def test_sizes_that_lie_are_no_labels(tmp_path):
    lies = {
        "a.wav": b"RIFF\x10\0\0\0WAVEwshd\xff\xff\xff\x7fstudio/score\0x",
        "b.mp3": b"ID3\4\0\0\0\0\0\x30PRIV\x7f\x7f\x7f\x7f\0\0studio/score\0x".ljust(60, b"\0"),
        "c.mp3": b"ID3\4\0\0\x7f\x7f\x7f\x7fPRIV\0\0\0\x0e\0\0studio/score\0x",
        "d.wav": b"RIFF",
        "e.mp3": b"ID3",
    }
    for name, content in lies.items():
        (tmp_path / name).write_bytes(content)
        assert read_label(tmp_path / name, NAME) is None


def test_a_label_that_is_too_large_is_refused_before_anything_is_written(song):
    before = song.read_bytes()
    with pytest.raises(ValueError, match="at most 33,554,432 bytes"):
        write_label(song, NAME, bytes(LARGEST_LABEL_BYTES + 1))
    assert song.read_bytes() == before
