"""Files: what is written comes back, and what is not sound is refused in a sentence."""

from itertools import pairwise

import numpy as np
import pytest

from studio.audio.files import probe, read, write, write_mp3, write_wav
from studio.audio.formats.encoders import FORMS
from studio.audio.levels import peak_db
from studio.audio.samples import RATE
from studio.audio.work import Cancelled, Work
from studio.errors import SoundUnreadable, ToolUnfit

LOSSY = (".mp3", ".ogg", ".m4a")


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


@pytest.mark.parametrize("bits", [16, 24])
@pytest.mark.parametrize("ending", [".wav", ".flac"])
def test_steps_come_back_as_they_were_and_all_else_within_its_rounding(
    tmp_path, tone, ending, bits
):
    path, step = tmp_path / f"a{ending}", 2.0 ** (1 - bits)
    write(path, tone, RATE, bits=bits)
    once, _ = read(path)
    write(path, once, RATE, bits=bits)
    # Half a step for rounding, and one for the dither that only 16 bits have.
    assert np.abs(once - tone).max() <= step * (1.51 if bits == 16 else 0.51)
    assert (read(path)[0] == once).all()


def test_every_step_of_sixteen_bits_survives_beside_what_is_dithered(tmp_path, tone):
    steps = (np.arange(-32_768, 32_768) / 32_768).astype(np.float32)
    write(tmp_path / "a.wav", np.concatenate([steps[None], tone[:1]], axis=1), RATE)
    assert (read(tmp_path / "a.wav")[0][0, : len(steps)] == steps).all()


@pytest.mark.parametrize("ending", FORMS)
def test_the_same_sound_is_the_same_file(tmp_path, tone, ending):
    for name in "ab":
        write(tmp_path / f"{name}{ending}", tone, RATE)
    one, other = (tmp_path / f"{name}{ending}" for name in "ab")
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("rate", [8_000, 22_050, 44_100, 48_000, 96_000])
@pytest.mark.parametrize("ending", LOSSY)
def test_what_is_lossy_keeps_length_to_the_frame_and_time_and_spectrum(tmp_path, ending, rate):
    sound = hum(rate)
    write(tmp_path / f"a{ending}", sound, rate)
    back, back_rate = read(tmp_path / f"a{ending}")
    # MP3 ends at 48 kHz: above, it is resampled.
    assert back_rate == (min(rate, 48_000) if ending == ".mp3" else rate)
    assert back.shape[1] == round(sound.shape[1] * back_rate / rate)
    if back_rate == rate:
        assert lag(back, sound) == 0
        assert differing_db(back, sound, rate) < 1.0


def hum(rate):
    """Noise up to 3 kHz, different on both sides, one second and a bit."""
    noise = np.fft.rfft(np.random.default_rng(5).normal(0, 1, (2, rate + 76)))
    noise[:, np.fft.rfftfreq(rate + 76, 1 / rate) > 3000] = 0
    sound = np.fft.irfft(noise, rate + 76)
    return (0.25 * sound / np.abs(sound).max()).astype(np.float32)


def lag(back, sound):
    """By how many frames `back` is late."""
    size = 2 * sound.shape[1]
    alike = np.fft.irfft(np.fft.rfft(back[0], size) * np.conj(np.fft.rfft(sound[0], size)))
    return int(np.argmax(alike))


def differing_db(back, sound, rate):
    """How far the power of any third of an octave from 200 Hz to 2.5 kHz is off."""
    hertz = np.fft.rfftfreq(sound.shape[1], 1 / rate)
    powers = [np.square(np.abs(np.fft.rfft(one))).sum(axis=0) for one in (back, sound)]
    edges = 200 * 2 ** (np.arange(12) / 3)
    bands = [(low <= hertz) & (hertz < high) for low, high in pairwise(edges)]
    return max(abs(10 * np.log10(powers[0][band].sum() / powers[1][band].sum())) for band in bands)


def test_mp3_keeps_level_and_sides(tmp_path, tone):
    write_mp3(tmp_path / "a.mp3", tone, RATE)
    back, _ = read(tmp_path / "a.mp3")
    assert back.shape == tone.shape
    assert peak_db(back[:, 2000:-2000]) == pytest.approx(-6.0, abs=0.7)
    assert list(np.argmax(np.abs(np.fft.rfft(back)), axis=1)) == pytest.approx([882, 441], abs=1)


def test_more_than_two_channels_are_folded_where_a_format_has_only_two(tmp_path, tone):
    many = np.concatenate([tone, tone, tone])
    for ending, channels in ((".wav", 6), (".flac", 6), (".mp3", 2), (".ogg", 2)):
        write(tmp_path / f"a{ending}", many, RATE)
        assert probe(tmp_path / f"a{ending}").channels == channels


def test_what_is_given_up_leaves_the_old_file_and_nothing_beside_it(tmp_path, tone):
    path = tmp_path / "a.flac"
    write(path, tone, RATE)
    before = path.read_bytes()
    with pytest.raises(Cancelled):
        write(path, tone, RATE, work=Work(cancelled=lambda: True))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_an_ending_that_nobody_writes_is_refused_with_those_that_somebody_does(tmp_path, tone):
    with pytest.raises(ToolUnfit, match=r"cannot write a\.xyz.*\.wav, \.mp3, \.flac, \.ogg, \.m4a"):
        write(tmp_path / "a.xyz", tone, RATE)


def test_a_place_that_cannot_be_written_to_is_named(tmp_path, tone):
    with pytest.raises(ToolUnfit, match=r"a\.wav cannot be written"):
        write(tmp_path / "gone" / "a.wav", tone, RATE)


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
