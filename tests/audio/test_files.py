"""Files: what is written comes back, and what is not sound is refused in a sentence."""

import numpy as np
import pytest

from studio.audio.files import probe, read, write_mp3, write_wav
from studio.audio.levels import peak_db
from studio.audio.samples import RATE
from studio.errors import SoundUnreadable


@pytest.fixture
def tone():
    time = np.arange(2 * RATE) / RATE
    return (0.5 * np.array([np.sin(2770 * time), np.sin(1385 * time)])).astype(np.float32)


def test_wav_comes_back_within_a_step_and_a_half_of_sixteen_bits(tmp_path, tone):
    write_wav(tmp_path / "a.wav", tone, RATE)
    back, rate = read(tmp_path / "a.wav")
    assert rate == RATE
    assert np.abs(back - tone).max() <= 1.51 / 32_768


def test_what_is_fainter_than_a_step_is_dithered_and_so_still_there(tmp_path, tone):
    write_wav(tmp_path / "a.wav", tone / 40_000, RATE)
    back, _ = read(tmp_path / "a.wav")
    spectrum = np.abs(np.fft.rfft(back))
    assert 0 < np.abs(back).max() <= 2.01 / 32_768
    assert list(np.argmax(spectrum, axis=1)) == pytest.approx([882, 441], abs=1)


def test_silence_stays_silent(tmp_path):
    write_wav(tmp_path / "a.wav", np.zeros((2, RATE), np.float32), RATE)
    assert not read(tmp_path / "a.wav")[0].any()


def test_the_same_sound_is_the_same_file(tmp_path, tone):
    for name in ("a", "b"):
        write_wav(tmp_path / f"{name}.wav", tone, RATE)
        write_mp3(tmp_path / f"{name}.mp3", tone, RATE)
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()
    assert (tmp_path / "a.mp3").read_bytes() == (tmp_path / "b.mp3").read_bytes()


def test_mp3_keeps_length_level_and_sides(tmp_path, tone):
    write_mp3(tmp_path / "a.mp3", tone, RATE)
    back, _ = read(tmp_path / "a.mp3")
    middle = back[:, RATE // 2 : RATE + RATE // 2]
    assert abs(back.shape[1] - tone.shape[1]) < RATE * 0.1
    assert peak_db(middle) == pytest.approx(-6.0, abs=0.7)
    spectrum = np.abs(np.fft.rfft(middle))
    assert list(np.argmax(spectrum, axis=1)) == pytest.approx([441, 220], abs=1)


def test_mono_is_written_as_mono(tmp_path, tone):
    write_mp3(tmp_path / "a.mp3", tone[:1], RATE)
    assert probe(tmp_path / "a.mp3").channels == 1


def test_what_is_too_loud_is_clipped_and_never_wraps(tmp_path, tone):
    write_wav(tmp_path / "a.wav", tone * 4, RATE)
    back, _ = read(tmp_path / "a.wav")
    assert (np.sign(back[np.abs(tone) > 0.1]) == np.sign(tone[np.abs(tone) > 0.1])).all()


def test_probe_says_what_a_file_holds(tmp_path, tone):
    write_wav(tmp_path / "a.wav", tone, RATE)
    sound = probe(tmp_path / "a.wav")
    assert (sound.length_seconds, sound.rate, sound.channels, sound.format) == (2, RATE, 2, "WAV")


def test_a_web_page_named_mp3_is_quoted(tmp_path):
    path = tmp_path / "song.mp3"
    path.write_text("<!DOCTYPE html>\n<title>Not found</title>")
    with pytest.raises(SoundUnreadable, match=r"song\.mp3 is text, not sound.*DOCTYPE html"):
        probe(path)


def test_an_answer_in_json_named_mp3_is_quoted_in_any_language(tmp_path):
    path = tmp_path / "song.mp3"
    path.write_text('{"error": "链接已过期"}', encoding="utf-8")
    with pytest.raises(SoundUnreadable, match=r"is text, not sound.*error"):
        probe(path)


def test_an_empty_file_is_called_empty(tmp_path):
    (tmp_path / "song.mp3").touch()
    with pytest.raises(SoundUnreadable, match=r"song\.mp3 is empty \(0 bytes\)"):
        probe(tmp_path / "song.mp3")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(SoundUnreadable, match=r"gone\.mp3 cannot be opened \(No such file"):
        read(tmp_path / "gone.mp3")


def test_bytes_that_are_no_sound_are_refused_with_what_would_do(tmp_path):
    (tmp_path / "song.mp3").write_bytes(bytes(range(256)) * 40)
    with pytest.raises(SoundUnreadable, match="Use MP3, WAV, FLAC, OGG or M4A"):
        probe(tmp_path / "song.mp3")


def test_a_header_without_sound_is_refused_by_probe_and_read(tmp_path):
    write_wav(tmp_path / "a.wav", np.zeros((2, 0), np.float32), RATE)
    for look in (probe, read):
        with pytest.raises(SoundUnreadable, match="holds no sound"):
            look(tmp_path / "a.wav")


def test_a_wav_that_was_cut_off_says_how_much_is_missing(tmp_path):
    write_wav(tmp_path / "a.wav", np.zeros((2, 5 * RATE), np.float32), RATE)
    whole = (tmp_path / "a.wav").read_bytes()
    (tmp_path / "cut.wav").write_bytes(whole[: len(whole) // 5])
    with pytest.raises(SoundUnreadable, match=r"cut\.wav ends 4 s early: only 1 s"):
        probe(tmp_path / "cut.wav")
