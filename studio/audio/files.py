"""Files: sound on disk, read, written and looked at.

Free of scipy, because the gallery and the jobs need it and must start fast.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from studio.audio.encoders import BLOCK_FRAMES, FORMS, Feed, encoding, encoding_as
from studio.audio.samples import Samples, checked
from studio.errors import SoundUnreadable

_SNIFF_BYTES = 256


@dataclass(frozen=True, slots=True)
class Sound:
    """What a file holds."""

    length_seconds: float
    rate: int
    """Frames per second."""
    channels: int
    format: str
    """`MP3`, `WAV`, `FLAC`, `OGG` ..."""


def read(path: Path) -> tuple[Samples, int]:
    """Read a whole file.

    Returns
    -------
    The samples, `float32 (channels, frames)`, and their rate in frames per second.

    Raises
    ------
    SoundUnreadable
        If the file is missing, empty, or not sound.
    """
    with _opened(path) as file:
        frames = _decoded(file, path)
        rate = int(file.samplerate)
    return checked(np.ascontiguousarray(frames.T)), rate


def probe(path: Path) -> Sound:
    """Decode a file once, in blocks, and say what it holds.

    Decoding all of it is the only honest way to know that it can be played to its end; it takes
    about a thousandth of its playing time.

    Raises
    ------
    SoundUnreadable
        If the file is missing, empty, not sound, or ends before its header says.
    """
    with _opened(path) as file:
        promised = int(file.frames)
        frames = sum(len(block) for block in blocks(file, path))
        sound = Sound(
            frames / file.samplerate, int(file.samplerate), int(file.channels), file.format
        )
    if frames == 0:
        raise SoundUnreadable(f"{path.name} holds no sound, only a header. Fetch it again.")
    missing = max(promised - frames, _cut_wav_frames(path, sound)) / sound.rate
    if missing > 1.0:
        raise SoundUnreadable(
            f"{path.name} ends {missing:.0f} s early: only {sound.length_seconds:.0f} s of it "
            "arrived. Fetch it again."
        )
    return sound


def blocks(file: soundfile.SoundFile, path: Path) -> Iterator[NDArray[np.float32]]:
    """Give the rest of an open file in blocks of `float32 (frames, channels)`."""
    try:
        while len(block := file.read(BLOCK_FRAMES, dtype="float32", always_2d=True)):
            yield block
    except soundfile.LibsndfileError as error:
        raise SoundUnreadable(f"{path.name} is damaged and cannot be decoded ({error}).") from error


def opened(path: Path) -> soundfile.SoundFile:
    """Open a sound file for reading, or say in a sentence why that cannot be done."""
    return _opened(path)


def write(path: Path, samples: Samples, rate: int, *, bits: int = 16) -> None:
    """Write a sound in the format of the ending of `path`; nobody ever finds half of it.

    Parameters
    ----------
    path
        Ends in `.wav`, `.mp3`, `.flac`, `.ogg` or `.m4a`.
    samples
        `float32 (channels, frames)`; what is beyond -1..1 is clipped. Values that came from a file
        of 16 (or 24) bits go back into one as they were.
    rate
        Frames per second. MP3 and M4A become the next rate that they can have.
    bits
        16 or 24, for WAV and FLAC.

    Raises
    ------
    ToolUnfit
        If the studio does not write this ending, or cannot write there.
    ExtraMissing
        For M4A without the extra.
    """
    with encoding(path, rate, checked(samples).shape[0], bits=bits) as feed:
        _feed(feed, samples)


def write_wav(path: Path, samples: Samples, rate: int) -> None:
    """Write 16-bit WAV, the same bytes every time.

    Triangular dither is added, except to values that already are steps of 16 bits.

    Parameters
    ----------
    path
        Written in place; whatever its ending, it becomes WAV.
    samples
        `float32 (channels, frames)`; what is beyond -1..1 is clipped.
    rate
        Frames per second.
    """
    with encoding_as(FORMS[".wav"], path, rate, checked(samples).shape[0], bits=16) as feed:
        _feed(feed, samples)


def write_mp3(path: Path, samples: Samples, rate: int) -> None:
    """Write MP3 at a constant 192 kbit/s, that plays for exactly as long as `samples` do.

    Parameters
    ----------
    path
        Written in place; whatever its ending, it becomes MP3.
    samples
        `float32 (channels, frames)` with one or two channels; beyond -1..1 is clipped.
    rate
        Frames per second.
    """
    with encoding_as(FORMS[".mp3"], path, rate, checked(samples).shape[0], bits=16) as feed:
        _feed(feed, samples)


def _feed(feed: Feed, samples: Samples) -> None:
    for start in range(0, samples.shape[1], BLOCK_FRAMES):
        feed(samples[:, start : start + BLOCK_FRAMES])


def _opened(path: Path) -> soundfile.SoundFile:
    try:
        with path.open("rb") as file:
            start = file.read(_SNIFF_BYTES)
    except OSError as error:
        raise SoundUnreadable(f"{path.name} cannot be opened ({error.strerror}).") from error
    if not start:
        raise SoundUnreadable(f"{path.name} is empty (0 bytes). Fetch it again.")
    if _is_text(start):
        words = " ".join(start.decode(errors="ignore").split())[:40]
        raise SoundUnreadable(f"{path.name} is text, not sound: it begins with “{words}”.")
    try:
        return soundfile.SoundFile(path)
    except soundfile.LibsndfileError as error:
        raise SoundUnreadable(
            f"{path.name} is not a sound file that the studio can read. Use MP3, WAV, FLAC or OGG."
        ) from error


def _is_text(start: bytes) -> bool:
    # The decoder hunts for an MP3 frame in anything, so that a web page would be a slow failure.
    if any(byte < ord(" ") and byte not in b"\t\n\r" for byte in start):
        return False
    # The last character may have been cut in two.
    return any(_is_utf8(start[: len(start) - cut]) for cut in range(4))


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def _decoded(file: soundfile.SoundFile, path: Path) -> NDArray[np.float32]:
    parts = list(blocks(file, path))
    if not parts:
        raise SoundUnreadable(f"{path.name} holds no sound, only a header. Fetch it again.")
    return np.concatenate(parts)


def _cut_wav_frames(path: Path, sound: Sound) -> int:
    """Frames that a RIFF header promises beyond the end of the file (decoders hide them)."""
    with path.open("rb") as file:
        head = file.read(8)
    if head[:4] != b"RIFF":
        return 0
    missing_bytes = int.from_bytes(head[4:8], "little") + 8 - path.stat().st_size
    # 16 bits is the commonest width; the caller only asks whether it is more than a second.
    return max(0, missing_bytes) // (2 * sound.channels)
