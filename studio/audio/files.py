"""Files: sound on disk, read, written and looked at.

Free of scipy, because the gallery and the jobs need it and must start fast.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from studio.audio.formats.decoders import Stream, decoding
from studio.audio.formats.encoders import BLOCK_FRAMES, FORMS, Feed, encoding, encoding_as
from studio.audio.samples import Samples, checked
from studio.audio.work import UNWATCHED, Work
from studio.errors import SoundUnreadable


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
    """Read a whole file, as it is.

    Returns
    -------
    The samples, `float32 (channels, frames)`, and their rate in frames per second.

    Raises
    ------
    SoundUnreadable
        If the file is missing, empty, or not sound.
    ExtraMissing
        If it takes the extra `media` to read it.
    """
    with decoding(path) as stream:
        parts = list(stream.blocks)
    if not parts:
        raise _hollow(path)
    samples = np.empty((stream.channels, sum(part.shape[1] for part in parts)), np.float32)
    np.concatenate(parts, axis=1, out=samples)
    if not np.isfinite(samples).all():
        raise SoundUnreadable(f"{path.name} is damaged: some of its samples are not numbers.")
    return samples, stream.rate


def probe(path: Path) -> Sound:
    """Decode a file once, in blocks, and say what it holds.

    Decoding all of it is the only honest way to know that it can be played to its end; it takes
    about a thousandth of its playing time.

    Raises
    ------
    SoundUnreadable
        If the file is missing, empty, not sound, or ends before its header says.
    ExtraMissing
        If it takes the extra `media` to read it.
    """
    with decoding(path) as stream:
        frames = sum(block.shape[1] for block in stream.blocks)
    sound = Sound(frames / stream.rate, stream.rate, stream.channels, stream.format)
    check_end(path, stream, frames)
    return sound


def check_end(path: Path, stream: Stream, frames: int) -> None:
    """Return if `frames` are all that the file promised, within a second.

    Raises
    ------
    SoundUnreadable
        If there are none, or fewer.
    """
    if frames == 0:
        raise _hollow(path)
    missing = ((stream.promised or 0) - frames) / stream.rate
    if missing > 1.0:
        raise SoundUnreadable(
            f"{path.name} ends {missing:.0f} s early: only {frames / stream.rate:.0f} s of it "
            "arrived. Fetch it again."
        )


def write(
    path: Path, samples: Samples, rate: int, *, bits: int = 16, work: Work = UNWATCHED
) -> None:
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
    work
        Asked after every few seconds of sound.

    Raises
    ------
    ToolUnfit
        If the studio does not write this ending, or cannot write there.
    ExtraMissing
        For M4A without the extra.
    """
    with encoding(path, rate, checked(samples).shape[0], bits=bits) as feed:
        _feed(feed, samples, work)


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
        _feed(feed, samples, UNWATCHED)


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
        _feed(feed, samples, UNWATCHED)


def _feed(feed: Feed, samples: Samples, work: Work) -> None:
    for start in range(0, samples.shape[1], BLOCK_FRAMES):
        work.at(start / samples.shape[1])
        feed(samples[:, start : start + BLOCK_FRAMES])


def _hollow(path: Path) -> SoundUnreadable:
    return SoundUnreadable(f"{path.name} holds no sound, only a header. Fetch it again.")
