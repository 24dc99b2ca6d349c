"""Uploads: what is said to every odd file, how soon, in how much memory; and how true formats are.

Each file is taken in by a process of its own, so that its memory is its own.
"""

import json
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import lameenc
import numpy as np
import soundfile

from bench.ground import machine, median_seconds, report
from studio.audio.files import read, write
from studio.audio.formats.encoders import FORMS
from studio.audio.intake import changes_of, load, take_in
from studio.audio.samples import RATE, Samples
from studio.errors import StudioProblem

LIMIT_MB = 400
SECONDS = 180
SPEED = ("format", "kbit/s", "written, x real time", "read, x real time")
TRUTH = ("format", "kHz", "back", "frames too many", "frames late", "error, dB", "worst third, dB")
RATES = (8_000, 22_050, 44_100, 48_000, 96_000)


def main() -> None:
    """Make the files, take them in, and print the tables."""
    print(machine())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [taken_in(path) for path in odd_files(folder)]
        report("Uploads", ("file", "what is said", "s", "peak MB", f"of {LIMIT_MB} MB"), rows)
        music = a_kind_of_music(RATE, SECONDS)
        rows = [speed(ending, folder, music) for ending in FORMS]
        report(f"Formats, {SECONDS} s of stereo", SPEED, rows)
        rows = [truth(ending, rate, folder) for ending in FORMS for rate in RATES]
        report("There and back", TRUTH, rows)


def taken_in(path: Path) -> list[object]:
    """Take a file in, in a process of its own, and tell how that went."""
    words = [sys.executable, __file__, str(path)]
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    said, seconds, megabytes = json.loads(done.stdout)
    return [path.name, said, f"{seconds:.2f}", round(megabytes), f"{megabytes / LIMIT_MB:.2f}"]


def take(path: Path) -> None:
    """Take a file in, and print what is said, the seconds and the megabytes."""
    start = time.perf_counter()
    try:
        sound = take_in(path)
        shape = load(path).shape
        said = f"taken, {shape[1] / RATE:.1f} s of {sound.format}. {changes_of(sound)}".rstrip()
    except StudioProblem as problem:
        said = f"“{problem}”"
    spent = time.perf_counter() - start
    print(json.dumps((said, spent, peak_megabytes())))


def peak_megabytes() -> float:
    """Return the most that this process has held; what `getrusage` tells is also its parent's."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    [kilobytes] = [line.split()[1] for line in lines if line.startswith("VmHWM")]
    return int(kilobytes) / 1024


def odd_files(folder: Path) -> Iterator[Path]:
    """Make one file after another, and take each away when it was looked at."""
    for name, make in {**GOOD, **BAD}.items():
        path = folder / name
        make(path)
        yield path
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)


def as_file(rate: int, channels: int, seconds: float) -> Callable[[Path], None]:
    """Return what writes music of that kind in the format of a path's ending."""

    def make(path: Path) -> None:
        music = a_kind_of_music(rate, seconds)
        write(path, np.concatenate([music] * (channels // 2)) if channels > 1 else music[:1], rate)

    return make


def with_bytes(content: bytes) -> Callable[[Path], None]:
    """Return what writes these bytes."""

    def make(path: Path) -> None:
        path.write_bytes(content)

    return make


def head(*, data_bytes: int, channels: int = 2, rate: int = RATE) -> bytes:
    """Return the head of a WAV file of 16 bits, true or not."""
    width = 2 * channels
    form = struct.pack("<HHIIHH", 1, channels, rate, rate * width, width, 16)
    size = struct.pack("<I", 36 + data_bytes)
    chunks = b"WAVEfmt " + struct.pack("<I", 16) + form + b"data" + struct.pack("<I", data_bytes)
    return b"RIFF" + size + chunks


def cut_in_half(path: Path) -> None:
    """Write a minute and lose half of it."""
    as_file(RATE, 2, 60)(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def varying(path: Path) -> None:
    """Write a minute of MP3 at a varying bit rate that does not say how long it is."""
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_vbr(4)
    encoder.set_in_sample_rate(RATE)
    encoder.set_channels(2)
    pcm = (a_kind_of_music(RATE, 60) * 32_767).astype(np.int16)
    pcm[:, 30 * RATE :] = 0
    path.write_bytes(bytes(encoder.encode(np.ascontiguousarray(pcm.T).tobytes()) + encoder.flush()))


def with_holes(path: Path) -> None:
    """Write floating samples of which one is not a number."""
    music = a_kind_of_music(RATE, 5)
    music[1, 100_000] = np.nan
    soundfile.write(path, music.T, RATE, subtype="FLOAT")


def film(path: Path) -> None:
    """Write a film with a minute of sound."""
    with av.open(path, "w") as container:
        pictures = container.add_stream("mpeg4", rate=5)
        pictures.width, pictures.height, pictures.pix_fmt = 64, 48, "yuv420p"
        voice = container.add_stream("aac", rate=RATE, layout="stereo")
        for number in range(300):
            picture = np.full((48, 64, 3), number % 255, np.uint8)
            container.mux(pictures.encode(av.VideoFrame.from_ndarray(picture)))
        container.mux(pictures.encode(None))
        music = a_kind_of_music(RATE, 60)
        frame = av.AudioFrame.from_ndarray(music, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts = RATE, 0
        container.mux(voice.encode(frame))
        container.mux(voice.encode(None))


def archive(path: Path) -> None:
    """Write a ZIP archive."""
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("song.wav", head(data_bytes=0))


def wrong_ending(path: Path) -> None:
    """Write FLAC under another ending."""
    whole = path.with_suffix(".flac")
    as_file(RATE, 2, 60)(whole)
    whole.rename(path)


def forty_minutes(path: Path) -> None:
    """Write a long MP3, and a head that says so."""
    write(path, np.zeros((2, 40 * 60 * 8_000), np.float32), 8_000)


GOOD: dict[str, Callable[[Path], None]] = {
    "8 minutes.wav": as_file(RATE, 2, 480),
    "8 minutes.mp3": as_file(RATE, 2, 480),
    "8 minutes.flac": as_file(RATE, 2, 480),
    "8 minutes.ogg": as_file(RATE, 2, 480),
    "8 minutes.m4a": as_file(RATE, 2, 480),
    "8 minutes at 96 kHz.flac": as_file(96_000, 2, 480),
    "8 minutes of 8 channels.wav": as_file(48_000, 8, 480),
    "8 kHz mono.wav": as_file(8_000, 1, 60),
    "varying, no length, loud first.mp3": varying,
    "film.mp4": film,
    "FLAC named.mp3": wrong_ending,
}
BAD: dict[str, Callable[[Path], None]] = {
    "40 minutes.mp3": forty_minutes,
    "0.2 seconds.wav": as_file(RATE, 2, 0.2),
    "silence.wav": lambda path: write(path, np.zeros((2, 60 * RATE), np.float32), RATE),
    "not a number.wav": with_holes,
    "half.wav": cut_in_half,
    "half.mp3": cut_in_half,
    "half.flac": cut_in_half,
    "half.ogg": cut_in_half,
    "half.m4a": cut_in_half,
    "2 GB lie.wav": with_bytes(head(data_bytes=2_000_000_000) + bytes(400_000)),
    "16,383 channels.wav": with_bytes(head(data_bytes=800, channels=16_383) + bytes(800)),
    "1 MHz.wav": with_bytes(head(data_bytes=800, rate=1_000_000) + bytes(800)),
    "text.mp3": with_bytes(b"My favourite song, really. " * 9),
    "page.wav": with_bytes(b"<!DOCTYPE html><title>Not found</title>"),
    "archive.mp3": archive,
    "notes.mid": with_bytes(b"MThd\0\0\0\6\0\1\0\1\0\x60"),
    "random.mp3": with_bytes(np.random.default_rng(1).bytes(4 << 20)),
    "empty.ogg": with_bytes(b""),
    "folder.wav": Path.mkdir,
    "missing.wav": lambda _path: None,
}


def speed(ending: str, folder: Path, music: Samples) -> list[object]:
    """Tell how fast a format is written and read."""
    path = folder / f"music{ending}"
    written = median_seconds(lambda: write(path, music, RATE), times=3)
    got = median_seconds(lambda: read(path), times=3)
    kilobits = path.stat().st_size * 8 / SECONDS / 1000
    return [ending, round(kilobits), round(SECONDS / written), round(SECONDS / got)]


def truth(ending: str, rate: int, folder: Path) -> list[object]:
    """Tell how a sound comes back."""
    path = folder / f"there{ending}"
    sound = a_kind_of_music(rate, 10)
    write(path, sound, rate)
    back, back_rate = read(path)
    wanted = round(sound.shape[1] * back_rate / rate)
    row: list[object] = [ending, rate / 1000, f"{back_rate / 1000:g} kHz", back.shape[1] - wanted]
    if back_rate != rate:
        return [*row, "", "", ""]
    noise = back - sound
    error = 10 * np.log10(np.square(noise).mean() / np.square(sound).mean())
    return [*row, lag(back, sound), f"{error:.0f}", f"{band_error(back, sound, rate):.2f}"]


def lag(back: Samples, sound: Samples) -> int:
    """Return by how many frames a sound is late."""
    size = 2 * sound.shape[1]
    alike = np.fft.irfft(np.fft.rfft(back[0], size) * np.conj(np.fft.rfft(sound[0], size)))
    late = int(np.argmax(alike))
    return late - size if late > size // 2 else late


def band_error(back: Samples, sound: Samples, rate: int) -> float:
    """Return by how many dB the power of the worst third of an octave is off, up to 15 kHz."""
    hertz = np.fft.rfftfreq(sound.shape[1], 1 / rate)
    powers = [np.square(np.abs(np.fft.rfft(one))).sum(axis=0) for one in (back, sound)]
    edges = [50 * 2 ** (third / 3) for third in range(26)]
    bands = [
        (low <= hertz) & (hertz < 2 ** (1 / 3) * low)
        for low in edges
        if 2 ** (1 / 3) * low < min(15_000, 0.4 * rate)
    ]
    return max(abs(10 * np.log10(powers[0][band].sum() / powers[1][band].sum())) for band in bands)


def a_kind_of_music(rate: int, seconds: float) -> Samples:
    """Make chords with strokes and hiss, the same every time."""
    time_ = np.arange(round(rate * min(seconds, 10.0))) / rate
    rng = np.random.default_rng(9)
    root = 110 * 2 ** (np.array([0, 5, 7, 3])[(time_ // 2.5).astype(int) % 4] / 12)
    phase = 2 * np.pi * np.cumsum(root) / rate
    chord = sum(np.sin(phase * ratio) / ratio for ratio in (1, 1.25, 1.5, 2, 3, 4))
    stroke = np.exp(-20 * (time_ % 0.5)) * rng.normal(0, 1, len(time_))
    sides = [0.12 * chord + 0.2 * stroke + 0.004 * rng.normal(0, 1, len(time_)) for _ in "LR"]
    loop = np.array(sides, np.float32)
    repeats = -(-round(rate * seconds) // loop.shape[1])
    return np.ascontiguousarray(np.tile(loop, repeats)[:, : round(rate * seconds)])


if __name__ == "__main__":
    if len(sys.argv) > 1:
        take(Path(sys.argv[1]))
    else:
        main()
