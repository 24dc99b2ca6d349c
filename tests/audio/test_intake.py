"""Intake: whatever people bring becomes two channels at our rate, or is refused in a sentence."""

import struct
import tracemalloc
import zipfile

import av
import numpy as np
import pytest
import soundfile

from studio.audio.files import write
from studio.audio.formats.encoders import FORMS
from studio.audio.intake import changes_of, load, take_in
from studio.audio.samples import RATE
from studio.audio.work import Cancelled, Work
from studio.errors import ExtraMissing, SoundUnreadable


def tone(rate=RATE, seconds=2.0, channels=2):
    time = np.arange(round(rate * seconds)) / rate
    hertz = 200.0 + 100 * np.arange(channels)[:, None]
    return (0.3 * np.sin(2 * np.pi * hertz * time)).astype(np.float32)


def wav_head(*, channels=2, rate=RATE, bits=16, data_bytes=0, riff_bytes=None):
    width = channels * bits // 8
    form = struct.pack(
        "<HHIIHH", 1, channels, rate, rate * width & 0xFFFFFFFF, width & 0xFFFF, bits
    )
    riff = 36 + data_bytes if riff_bytes is None else riff_bytes
    return (
        b"RIFF"
        + struct.pack("<I", riff & 0xFFFFFFFF)
        + b"WAVEfmt "
        + struct.pack("<I", len(form))
        + form
        + b"data"
        + struct.pack("<I", data_bytes)
    )


@pytest.mark.parametrize("ending", FORMS)
@pytest.mark.parametrize("rate", [8_000, 44_100, 96_000])
@pytest.mark.parametrize("channels", [1, 2])
def test_every_format_becomes_two_channels_at_our_rate_as_long_as_it_was(
    tmp_path, ending, rate, channels
):
    path = tmp_path / f"a{ending}"
    write(path, tone(rate, channels=channels), rate)
    sound, loaded = take_in(path), load(path)
    assert (sound.length_seconds, sound.channels) == (2.0, channels)
    assert (loaded.shape, loaded.dtype) == ((2, 2 * RATE), np.float32)
    assert loudest_hertz(loaded[0]) == 200


def test_one_channel_goes_to_both_sides_unchanged(tmp_path):
    write(tmp_path / "a.wav", tone(channels=1), RATE)
    loaded = load(tmp_path / "a.wav")
    assert (loaded[0] == loaded[1]).all()
    assert np.abs(loaded[0] - tone(channels=1)[0]).max() < 1e-4


@pytest.mark.parametrize(
    ("ending", "order"),
    [(".wav", (200, 300, 400, 60, 500, 600)), (".ogg", (200, 400, 300, 500, 600, 60))],
)
def test_six_channels_are_folded_by_what_they_are_and_the_low_effects_left_out(
    tmp_path, ending, order
):
    time = np.arange(2 * RATE) / RATE
    sides = 0.3 * np.sin(2 * np.pi * np.array(order)[:, None] * time)
    soundfile.write(tmp_path / f"a{ending}", sides.T, RATE)
    left, right = np.abs(np.fft.rfft(load(tmp_path / f"a{ending}")))
    weights = [round(float(left[2 * hertz] / left[400]), 2) for hertz in (200, 300, 400, 500, 60)]
    assert weights == [1.0, 0.0, 0.71, 0.71, 0.0]
    assert right[600] / right[800] == pytest.approx(1.41, abs=0.03)


def test_what_is_done_to_a_sound_is_said(tmp_path):
    write(tmp_path / "a.wav", tone(96_000, channels=6), 96_000)
    assert changes_of(take_in(tmp_path / "a.wav")) == (
        "Its 6 channels are folded down to two. It is resampled from 96 to 44.1 kHz."
    )
    write(tmp_path / "b.wav", tone(), RATE)
    assert changes_of(take_in(tmp_path / "b.wav")) == ""


def test_a_wrong_ending_does_not_matter(tmp_path):
    write(tmp_path / "a.flac", tone(), RATE)
    for name in ("a.mp3", "a.raw", "a"):
        assert take_in((tmp_path / "a.flac").rename(tmp_path / name)).format == "FLAC"
        (tmp_path / name).rename(tmp_path / "a.flac")


def test_a_long_sound_takes_little_more_memory_than_it_fills(tmp_path):
    path = tmp_path / "a.wav"
    write(path, tone(96_000, seconds=30), 96_000)
    tracemalloc.start()
    size = load(path).nbytes
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size < peak < 1.8 * size


def test_what_nobody_waits_for_is_not_read_on(tmp_path):
    write(tmp_path / "a.wav", tone(), RATE)
    with pytest.raises(Cancelled):
        load(tmp_path / "a.wav", work=Work(cancelled=lambda: True))


ODD = {
    "text.mp3": (b"My favourite song, really.", "text, not sound.*My favourite song"),
    "page.wav": (b"<!DOCTYPE html><title>Not found", "text, not sound.*DOCTYPE"),
    "wide.txt": ("\ufeffdo re mi fa so".encode("utf-16-le"), "text, not sound.*do re mi"),
    "empty.wav": (b"", r"empty \(0 bytes\)"),
    "picture.mp3": (b"\x89PNG\r\n\x1a\n" + bytes(500), "a picture, not sound"),
    "notes.mid": (b"MThd\0\0\0\6\0\1\0\1\0\x60", "MIDI: notes without sound"),
    "noise.ogg": (bytes(range(256)) * 40, "not a sound file that the studio can read. Use MP3"),
    "head.wav": (wav_head(), "holds no sound, only a header"),
    "fast.wav": (
        wav_head(rate=1_000_000, data_bytes=400) + bytes(400),
        "1,000,000 samples a second",
    ),
    "wide.wav": (wav_head(channels=60_000, data_bytes=400) + bytes(400), "not a sound file"),
    "many.wav": (wav_head(channels=12, data_bytes=2400) + bytes(2400), "12 channels; .* at most 8"),
    "lie.wav": (
        wav_head(data_bytes=2_000_000_000) + bytes(400_000),
        "ends 11336 s early: only 2 s",
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_no_sound_is_refused_in_a_sentence(tmp_path, name):
    content, sentence = ODD[name]
    (tmp_path / name).write_bytes(content)
    for take in (take_in, load):
        with pytest.raises(SoundUnreadable, match=sentence) as refusal:
            take(tmp_path / name)
        assert str(refusal.value).startswith(name)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_an_archive_a_folder_and_nothing_are_called_what_they_are(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.wav", "w") as archive:
        archive.writestr("song.txt", "la")
    (tmp_path / "b.wav").mkdir()
    for name, sentence in (("a", "ZIP archive"), ("b", "folder"), ("c", "cannot be opened")):
        with pytest.raises(SoundUnreadable, match=sentence):
            take_in(tmp_path / f"{name}.wav")


def test_silence_is_refused_unless_it_will_do(tmp_path):
    write(tmp_path / "a.wav", np.zeros((2, 2 * RATE), np.float32), RATE)
    with pytest.raises(SoundUnreadable, match="silent from beginning to end"):
        load(tmp_path / "a.wav")
    assert not load(tmp_path / "a.wav", may_be_silent=True).any()


def test_too_short_says_how_short_and_how_long_it_must_be(tmp_path):
    write(tmp_path / "a.wav", tone(seconds=0.2), RATE)
    with pytest.raises(SoundUnreadable, match=r"lasts 0\.2 s\. .* at least 1 s"):
        take_in(tmp_path / "a.wav")
    assert load(tmp_path / "a.wav", shortest_seconds=0.1).shape[1] == RATE // 5


def test_forty_minutes_are_refused_by_their_head_alone(tmp_path):
    path = tmp_path / "a.wav"
    with path.open("wb") as file:
        file.write(wav_head(rate=8_000, channels=1, data_bytes=40 * 60 * 16_000))
        # Nothing is written there, so that this takes no room; nothing will be read there either.
        file.truncate(44 + 40 * 60 * 16_000)
    reads = []
    with pytest.raises(SoundUnreadable, match=r"more than 8 minutes, .* Trim it first"):
        load(path, work=Work(tell=lambda *told: reads.append(told)))
    assert reads == []


def test_what_was_written_into_a_pipe_does_not_know_its_length_and_is_taken_all_the_same(tmp_path):
    piped = wav_head(rate=8_000, channels=1, data_bytes=0xFFFF_FFFF, riff_bytes=0xFFFF_FFFF)
    sound = (tone(8_000, channels=1)[0] * 32_767).astype("<i2").tobytes()
    (tmp_path / "a.wav").write_bytes(piped + sound)
    (tmp_path / "a.flac").write_bytes(endless_flac(tmp_path / "a.flac", seconds=2))
    assert load(tmp_path / "a.wav").shape == (2, 2 * RATE)
    assert load(tmp_path / "a.flac").shape == (2, 2 * RATE)


def test_a_length_that_no_head_tells_is_found_while_decoding(tmp_path):
    (tmp_path / "a.flac").write_bytes(endless_flac(tmp_path / "a.flac", seconds=481))
    with pytest.raises(SoundUnreadable, match="more than 8 minutes"):
        load(tmp_path / "a.flac")


def endless_flac(path, *, seconds):
    """A FLAC file whose head says that nobody knew how long it would become."""
    write(path, np.full((1, seconds * 8_000), 0.1, np.float32), 8_000)
    whole = bytearray(path.read_bytes())
    # The number of samples: 36 bits of the first block, which begins with byte 8.
    whole[21] &= 0xF0
    whole[22:26] = bytes(4)
    return whole


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (np.nan, r"not numbers, the first at 1\.5 s"),
        (np.inf, "not numbers"),
        (32_768.0, "90 dB too loud"),
    ],
)
def test_floating_samples_that_nobody_can_hear_are_refused(tmp_path, value, sentence):
    sound = tone()
    sound[1, 70_000] = value
    soundfile.write(tmp_path / "a.wav", sound.T, RATE, subtype="FLOAT")
    with pytest.raises(SoundUnreadable, match=sentence):
        take_in(tmp_path / "a.wav")


@pytest.mark.parametrize("ending", FORMS)
def test_half_a_file_is_refused_and_says_so(tmp_path, ending):
    path = tmp_path / f"a{ending}"
    write(path, np.random.default_rng(1).normal(0, 0.1, (2, 5 * RATE)).astype(np.float32), RATE)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(SoundUnreadable, match=r"ends [23] s early|is damaged|breaks off"):
        load(path)


def test_without_its_extra_m4a_is_refused_with_the_way_to_get_it(tmp_path, monkeypatch):
    write(tmp_path / "a.m4a", tone(), RATE)
    monkeypatch.setattr("studio.audio.extras.find_spec", lambda _package: None)
    for act in (
        lambda: take_in(tmp_path / "a.m4a"),
        lambda: write(tmp_path / "b.m4a", tone(), RATE),
    ):
        with pytest.raises(ExtraMissing, match=r"M4A.*av: pip install av"):
            act()
    assert [path.name for path in tmp_path.iterdir()] == ["a.m4a"]


def test_a_video_gives_its_sound_and_a_silent_film_has_none(tmp_path):
    film(tmp_path / "sound.mp4", sound=tone(48_000))
    film(tmp_path / "silent.mp4", sound=None)
    assert load(tmp_path / "sound.mp4").shape == (2, 2 * RATE)
    with pytest.raises(SoundUnreadable, match=r"silent\.mp4 is a video without sound"):
        take_in(tmp_path / "silent.mp4")


def film(path, *, sound):
    with av.open(path, "w", options={"movie_timescale": "48000"}) as container:
        pictures = container.add_stream("mpeg4", rate=5)
        pictures.width, pictures.height, pictures.pix_fmt = 64, 48, "yuv420p"
        voice = None if sound is None else container.add_stream("aac", rate=48_000, layout="stereo")
        for number in range(10):
            frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), number * 9, np.uint8))
            container.mux(pictures.encode(frame))
        container.mux(pictures.encode(None))
        if voice is not None:
            frame = av.AudioFrame.from_ndarray(sound, format="fltp", layout="stereo")
            frame.sample_rate, frame.pts = 48_000, 0
            container.mux(voice.encode(frame))
            container.mux(voice.encode(None))


def loudest_hertz(side):
    return round(float(np.argmax(np.abs(np.fft.rfft(side)))) * RATE / len(side))
