"""Decoders: any sound file, opened once and given in blocks.

WAV, FLAC, Ogg, AIFF and MP3 are read by libsndfile. What it does not know, M4A and the sound of
videos, is read by FFmpeg, if the extra for it is there. Free of scipy, as `studio.audio.files` is.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from io import FileIO
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from studio.audio.extras import need
from studio.audio.formats import mp3, ogg, riff
from studio.audio.formats.kinds import FFMPEG_KINDS, READABLE, VIDEO_KINDS, kind_of
from studio.audio.formats.mp3_front import fronted
from studio.audio.samples import Samples
from studio.errors import SoundUnreadable

BLOCK_VALUES = 1 << 18
"""Samples of all channels in a block."""
MOST_CHANNELS = 8

_FORMATS = {
    "WAV",
    "WAVEX",
    "RF64",
    "W64",
    "AIFF",
    "CAF",  # codespell:ignore caf
    "AU",
    "FLAC",
    "OGG",
    "MP3",
}
_BITS = {
    "PCM_S8": 8,
    "PCM_U8": 8,
    "PCM_16": 16,
    "PCM_24": 24,
    "PCM_32": 32,
    "FLOAT": 32,
    "DOUBLE": 64,
}
# What a lossless codec decodes to; all that are lossy give floating-point numbers.
_FFMPEG_BITS = {"s16": 16, "s16p": 16, "s32": 24, "s32p": 24}
# Where each channel of WAV lies in Vorbis and Opus, which put the centre in the middle.
_OGG_ORDERS = {
    3: (0, 2, 1),
    5: (0, 2, 1, 3, 4),
    6: (0, 2, 1, 5, 3, 4),
    7: (0, 2, 1, 6, 5, 3, 4),
    8: (0, 2, 1, 7, 5, 6, 3, 4),
}
_UNKNOWN_FRAMES = 1 << 40


@dataclass(frozen=True, slots=True)
class Stream:
    """A sound file that is open."""

    rate: int
    """Frames per second."""
    channels: int
    format: str
    """`MP3`, `WAV`, `FLAC`, `OGG`, `M4A` ..."""
    bits: int | None
    """Of each sample; `None` where the format keeps none."""
    promised: int | None
    """Frames that there should be, if the file says so."""
    held: int | None
    """Frames that there are, if that can be told without decoding them."""
    blocks: Iterator[Samples]
    """`float32 (channels, frames)` in the order of WAV, once.

    Raises `SoundUnreadable` where the file is damaged.
    """


@contextmanager
def decoding(path: Path) -> Iterator[Stream]:
    """Open a sound file for reading.

    Raises
    ------
    SoundUnreadable
        If it is missing, empty, or not sound, or has more than eight channels.
    ExtraMissing
        If it takes the extra `media` to read it.
    """
    kind = kind_of(path)
    opened = _by_ffmpeg(path, kind) if kind in FFMPEG_KINDS else _by_libsndfile(path)
    with opened as stream:
        if stream.channels > MOST_CHANNELS:
            raise SoundUnreadable(
                f"{path.name} has {stream.channels} channels; the studio takes at most 8. "
                "Mix it down first."
            )
        yield stream


def frames_of(path: Path) -> int:
    """Count the frames of a sound file, by what it says or, if it does not, by decoding it."""
    with decoding(path) as stream:
        if stream.promised is not None:
            return stream.promised
        return sum(block.shape[1] for block in stream.blocks)


@contextmanager
def _by_libsndfile(path: Path) -> Iterator[Stream]:
    frames = mp3.survey(path)
    with _source(path, frames) as source, _opened(path, source) as file:
        if file.format not in _FORMATS:
            raise _unreadable(path)
        if file.format == "OGG" and ogg.is_cut_off(path):
            raise SoundUnreadable(
                f"{path.name} breaks off at its end: not all of it arrived. Fetch it again."
            )
        yield Stream(
            int(file.samplerate),
            int(file.channels),
            "WAV" if file.format == "WAVEX" else file.format,
            _BITS.get(file.subtype),
            *_lengths(path, file, frames),
            _blocks(file, path),
        )


class _Forwards(soundfile.SoundFile):  # type: ignore[misc]  # it ships no types
    """Read from beginning to end.

    Otherwise the library seeks after each block to where it is already: slow, and a FLAC file
    that does not know its length cannot do it.
    """

    def seekable(self) -> bool:
        """Say that nobody goes back."""
        return False


def _source(path: Path, frames: mp3.Survey | None) -> Any:
    """Return what to read: the file, or an MP3 with its true length in front of it."""
    if path.suffix.lower() == ".raw":
        # By that name, samples without a head are expected.
        return path.open("rb", buffering=0)
    if frames is None or (frames.promised and abs(frames.promised - frames.count) <= 1):
        # Some encoders count the frame that states the number, too.
        return nullcontext(path)
    return fronted(path, frames)


def _opened(path: Path, source: Any) -> soundfile.SoundFile:
    try:
        if isinstance(source, FileIO):
            return _Forwards(source.fileno(), closefd=False)
        return _Forwards(source)
    except soundfile.LibsndfileError as error:
        raise _unreadable(path) from error


def _lengths(
    path: Path, file: soundfile.SoundFile, found: mp3.Survey | None
) -> tuple[int | None, int | None]:
    """Return how many frames there should be, and how many there are."""
    stated = int(file.frames)
    if stated > _UNKNOWN_FRAMES:
        return None, None
    if found is not None and found.promised is not None and found.promised > found.count:
        return found.promised * found.head.frames, found.count * found.head.frames
    if file.format in {"WAV", "WAVEX"}:
        width = (_BITS.get(file.subtype) or 8) // 8
        return stated + riff.missing_bytes(path) // (width * int(file.channels)), stated
    return stated, None


def _blocks(file: soundfile.SoundFile, path: Path) -> Iterator[Samples]:
    size = max(1, BLOCK_VALUES // file.channels)
    order = _OGG_ORDERS.get(file.channels) if file.format == "OGG" else None
    frames = 0
    try:
        while len(block := file.read(size, dtype="float32", always_2d=True)):
            frames += len(block)
            yield block.T if order is None else block.T[list(order)]
    except soundfile.LibsndfileError as error:
        why = error.error_string.removeprefix("Error : ").rstrip(".")
        raise SoundUnreadable(
            f"{path.name} is damaged after {frames / file.samplerate:.0f} s and cannot be decoded "
            f"further ({why}). Fetch it again."
        ) from error


@contextmanager
def _by_ffmpeg(path: Path, kind: str) -> Iterator[Stream]:
    need("media")
    import av  # noqa: PLC0415 - an extra

    try:
        with av.open(path, format=FFMPEG_KINDS[kind], metadata_errors="replace") as container:
            yield _streamed(path, kind, container)
    except av.FFmpegError as error:
        why = error.strerror or "it makes no sense"
        raise SoundUnreadable(
            f"{path.name} is damaged and cannot be decoded ({why}). Fetch it again."
        ) from error


def _streamed(path: Path, kind: str, container: Any) -> Stream:
    if not container.streams.audio:
        what = "a video" if kind in VIDEO_KINDS else "a file"
        raise SoundUnreadable(f"{path.name} is {what} without sound.")
    stream = container.streams.audio[0]
    frames = container.decode(stream)
    # The rate that stands in the head may be half of what is decoded (HE-AAC).
    first = next(frames, None)
    if first is None:
        raise SoundUnreadable(f"{path.name} holds no sound, only a header. Fetch it again.")
    rate = int(first.sample_rate)
    length = stream.duration
    promised = None if length is None else round(length * stream.time_base * rate)
    blocks = _joined(_planes(frames, first, rate), promised)
    bits = _FFMPEG_BITS.get(first.format.name)
    return Stream(rate, int(first.layout.nb_channels), kind, bits, promised, None, blocks)


def _planes(frames: Iterator[Any], first: Any, rate: int) -> Iterator[Samples]:
    import av  # noqa: PLC0415 - an extra

    resampler = av.AudioResampler(format="fltp", layout=first.layout, rate=rate)
    for frame in chain((first,), frames):
        for plane in resampler.resample(frame):
            yield np.asarray(plane.to_ndarray(), np.float32)


def _joined(planes: Iterable[Samples], promised: int | None) -> Iterator[Samples]:
    """Join the small pieces of a decoder, up to the frames that were promised."""
    left = _UNKNOWN_FRAMES if promised is None else promised
    waiting: list[Samples] = []
    for plane in planes:
        waiting.append(plane[:, :left])
        left -= waiting[-1].shape[1]
        if sum(piece.size for piece in waiting) >= BLOCK_VALUES:
            yield np.concatenate(waiting, axis=1)
            waiting = []
    if waiting:
        yield np.concatenate(waiting, axis=1)


def _unreadable(path: Path) -> SoundUnreadable:
    return SoundUnreadable(f"{path.name} is not a sound file that the studio can read. {READABLE}")
