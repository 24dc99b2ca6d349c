"""Own sounds: any sound, checked to its end, kept without harm; nothing of an unfit one stays."""

import shutil
import tracemalloc
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from studio import database
from studio.audio.files import probe, read, write
from studio.audio.labels import read_label, write_label, write_words
from studio.errors import SoundUnreadable
from studio.gallery.files import SongFiles
from studio.gallery.incoming import LONGEST, Incoming
from studio.gallery.own import OwnSounds
from studio.gallery.table import Gallery

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
RATE = 44_100


@pytest.fixture(autouse=True)
def hasty_disk(monkeypatch):
    monkeypatch.setattr(database, "ORDERLY", "OFF")


class Door:
    """A gallery with a door for own sounds."""

    def __init__(self, folder) -> None:
        self.songs, self.came = folder / "songs", folder / "incoming"
        self.files = SongFiles(self.songs, folder / "early")
        self.gallery = Gallery(folder / "studio.db")
        self.incoming = Incoming(self.came)
        self.own = OwnSounds(self.gallery, self.files, self.incoming, lambda: NOON)

    def bring(self, path, title="", origin="file"):
        return self.own.bring(path, title=title, origin=origin, source=path.name)


@pytest.fixture
def door(tmp_path):
    return Door(tmp_path / "data")


@pytest.fixture
def sound(tmp_path):
    """Give a tone of `seconds` in a file of this name."""

    def make(name: str, seconds: float = 1.5, channels: int = 2, rate: int = RATE, bits: int = 16):
        tone = 0.3 * np.sin(np.arange(int(seconds * rate)) * 0.05)
        path = tmp_path / name
        write(path, np.array([tone] * channels, np.float32), rate, bits=bits)
        return path

    return make


def test_an_mp3_is_kept_byte_by_byte(door, sound):
    path = sound("tone.mp3")
    song = door.bring(path)
    assert (door.songs / song.sound).read_bytes() == path.read_bytes()
    assert (song.wav, song.facts.get("note")) == (None, None)


def test_a_wav_is_kept_byte_by_byte_with_the_score_in_it_and_an_mp3_made(door, sound):
    path = sound("tone.wav")
    write_label(path, "score", b"notes")
    song = door.bring(path)
    assert (door.songs / song.wav).read_bytes() == path.read_bytes()
    assert read_label(door.songs / song.wav, "score") == b"notes"
    assert probe(door.songs / song.sound).length_seconds == pytest.approx(1.5, abs=0.01)


def test_what_has_no_loss_loses_nothing(door, sound):
    path = sound("tone.flac")
    song = door.bring(path)
    np.testing.assert_array_equal(read(door.songs / song.wav)[0], read(path)[0])
    assert "FLAC" in song.facts["note"]


@pytest.mark.parametrize("name", ["tone.ogg", "tone.m4a"])
def test_what_has_lost_already_becomes_mp3_only(door, sound, name):
    song = door.bring(sound(name))
    assert (song.wav, probe(door.songs / song.sound).format) == (None, "MP3")
    assert song.length == pytest.approx(1.5, abs=0.1)


def test_the_content_decides_whatever_the_name_says(door, sound, tmp_path):
    shutil.copyfile(sound("tone.wav"), tmp_path / "tone.mp3")
    song = door.bring(tmp_path / "tone.mp3")
    assert (song.facts["format"], song.wav is not None) == ("WAV", True)


def test_an_own_sound_is_a_song_that_nobody_asked_for(door, sound):
    song = door.bring(sound("My_demo take 2.wav"), origin="microphone")
    assert song == door.gallery.get(song.id)
    assert (song.is_own, song.is_home, song.request, song.job) == (True, True, None, song.id)
    assert (song.facts["origin"], song.facts["from"]) == ("microphone", "My_demo take 2.wav")


def test_it_is_called_as_somebody_says_or_as_it_calls_itself_or_as_its_file(door, sound):
    path = sound("My_demo take 2.mp3")
    assert door.bring(path).title == "My demo take 2"
    write_words(path, title="Nachtzug ü")
    assert door.bring(path).title == "Nachtzug ü"
    assert door.bring(path, title=" Late ").title == "Late"


def test_more_channels_than_two_are_folded_for_playing_and_kept_in_the_wav(door, sound):
    song = door.bring(sound("tone.wav", channels=6))
    assert probe(door.songs / song.sound).channels == 2
    assert probe(door.songs / song.wav).channels == 6
    assert "6 channels" in song.facts["note"]


def broken(folder, name, data):
    (folder / name).write_bytes(data)
    return folder / name


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("empty.mp3", b"", "empty"),
        ("page.mp3", b"<!doctype html><title>Not found</title>", "is text, not sound"),
        ("noise.mp3", bytes(range(256)) * 40, "not a sound file"),
        ("book.pdf", b"%PDF-1.7" + bytes(99), "PDF"),
    ],
)
def test_what_is_no_sound_is_said_to_be_none_and_leaves_nothing(
    door, tmp_path, name, data, sentence
):
    with pytest.raises(SoundUnreadable, match=sentence):
        door.bring(broken(tmp_path, name, data))
    assert [*door.songs.iterdir(), *door.came.iterdir()] == []
    assert door.gallery.shelf().total == 0


def test_half_a_file_leaves_nothing(door, sound, tmp_path):
    whole = sound("tone.wav", seconds=4).read_bytes()
    with pytest.raises(SoundUnreadable, match="early"):
        door.bring(broken(tmp_path, "half.wav", whole[: len(whole) // 2]))
    assert [*door.songs.iterdir(), *door.came.iterdir()] == []


def test_silence_and_blinks_are_refused(door, sound, tmp_path):
    write(tmp_path / "silent.wav", np.zeros((2, 2 * RATE), np.float32), RATE)
    with pytest.raises(SoundUnreadable, match="silent"):
        door.bring(tmp_path / "silent.wav")
    with pytest.raises(SoundUnreadable, match=r"lasts 0\.3 s"):
        door.bring(sound("blink.wav", seconds=0.3))


def test_fifty_megabytes_are_never_whole_in_memory(door, sound):
    path = sound("long.wav", seconds=92, rate=96_000, bits=24)
    assert path.stat().st_size > 50_000_000
    door.bring(sound("warm.wav"))
    tracemalloc.start()
    song = door.bring(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 25_000_000
    assert song.length == pytest.approx(92)


def test_what_was_left_half_brought_long_ago_is_swept(tmp_path):
    incoming = Incoming(tmp_path)
    with incoming.place("old.wav") as old, incoming.place("a/b:c.wav") as new:
        old.write_bytes(b"old")
        assert new.name == "a b c.wav"
        incoming.sweep(datetime.now(UTC))
        assert old.exists()
        incoming.sweep(datetime.now(UTC) + LONGEST + timedelta(minutes=1))
        assert not old.parent.exists()
    assert list(tmp_path.iterdir()) == []
