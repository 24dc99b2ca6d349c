"""Encoders: one for each format that the studio writes, fed in blocks.

A file is written beside its place and then renamed, so that nobody ever finds half of one. Free of
scipy, as `studio.audio.files` is.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

import lameenc
import numpy as np
import soundfile
from numpy.typing import NDArray

from studio.audio.extras import need
from studio.audio.formats import mp3, ogg
from studio.audio.formats.folding import folded
from studio.audio.formats.mp3_front import Tape
from studio.audio.formats.quantising import dithered, rounded
from studio.audio.formats.resampling import Resampler
from studio.audio.samples import Samples
from studio.errors import ToolUnfit

MP3_KILOBITS = 192
# LAME's quality 5 and 7 differ by less than a tenth of a decibel up to 16 kHz, but 2x in time.
MP3_QUALITY = 7
AAC_KILOBITS = 192
VORBIS_LEVEL = 0.4
"""0 is best; this takes about as many kilobits as our MP3."""
BLOCK_FRAMES = 1 << 17

Feed: TypeAlias = Callable[[Samples], None]
"""Takes the next block, `float32 (channels, frames)`."""

Encoder: TypeAlias = Callable[[Path, int, int, int], AbstractContextManager[Feed]]
"""Opened with where to write, rate, channels, and bits per sample where the format has them."""

# libsndfile dies of longer ones in Vorbis (its issue 1095).
_WRITTEN_AT_ONCE = 1 << 16
_AAC_RATES = (8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 88_200, 96_000)
_DITHER_SEED = 16
_SIDES = 2


@dataclass(frozen=True, slots=True)
class Form:
    """What a format can hold, and who writes it."""

    encoder: Encoder
    channels: int = 8
    rates: tuple[int, ...] = ()
    """All, if there are none."""
    lossless: bool = False

    def rate_for(self, rate: int) -> int:
        """Return `rate`, or the next above that the format can have, or its highest."""
        if not self.rates or rate in self.rates:
            return rate
        return min((one for one in self.rates if one > rate), default=self.rates[-1])


@contextmanager
def encoding(path: Path, rate: int, channels: int, *, bits: int = 16) -> Iterator[Feed]:
    """Open a sound file for writing, in the format of its ending.

    Parameters
    ----------
    path
        Ends in one of `FORMS`; written aside, and renamed when the block of `with` has ended.
    rate
        Frames per second. What the format cannot have becomes the next that it can.
    channels
        1 to 8, as WAV orders them; what a format cannot have is folded down to two.
    bits
        16 or 24, for WAV and FLAC.

    Raises
    ------
    ToolUnfit
        If the ending is none that the studio writes, or nothing can be written there.
    ExtraMissing
        For M4A without the extra.
    """
    form = form_of(path)
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with encoding_as(form, aside, rate, channels, bits=bits) as feed:
            yield feed
        aside.replace(path)
    except (OSError, soundfile.LibsndfileError) as error:
        raise ToolUnfit(f"{path.name} cannot be written ({error}).") from error
    finally:
        aside.unlink(missing_ok=True)


def form_of(path: Path) -> Form:
    """Return what a file of this ending can hold.

    Raises
    ------
    ToolUnfit
        If the studio does not write it.
    """
    try:
        return FORMS[path.suffix.lower()]
    except KeyError:
        raise ToolUnfit(
            f"The studio cannot write {path.name}: its ending must be one of {', '.join(FORMS)}."
        ) from None


@contextmanager
def encoding_as(form: Form, path: Path, rate: int, channels: int, *, bits: int) -> Iterator[Feed]:
    """Open a file of this form for writing, in place, whatever its ending."""
    to_rate, to_channels = form.rate_for(rate), min(channels, form.channels)
    resampler = Resampler(rate, to_rate, to_channels)
    with form.encoder(path, to_rate, to_channels, bits) as feed:

        def fit(block: Samples) -> None:
            fitting = resampler.feed(block if channels == to_channels else folded(block))
            if fitting.size:
                feed(fitting)

        yield fit
        rest = resampler.rest()
        if rest.size:
            feed(rest)


@contextmanager
def _wav(path: Path, rate: int, channels: int, bits: int) -> Iterator[Feed]:
    with _open(path, rate, channels, format="WAV", subtype=f"PCM_{bits}") as file:
        yield _quantising(file, bits)


@contextmanager
def _flac(path: Path, rate: int, channels: int, bits: int) -> Iterator[Feed]:
    with _open(path, rate, channels, format="FLAC", subtype=f"PCM_{bits}") as file:
        yield _quantising(file, bits)


@contextmanager
def _ogg(path: Path, rate: int, channels: int, _bits: int) -> Iterator[Feed]:
    form = {"format": "OGG", "subtype": "VORBIS", "compression_level": VORBIS_LEVEL}
    with _open(path, rate, channels, **form) as file:
        yield lambda block: _write(file, np.clip(block, -1, 1))
    ogg.renumber(path)


@contextmanager
def _mp3(path: Path, rate: int, channels: int, _bits: int) -> Iterator[Feed]:
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(MP3_KILOBITS)
    encoder.set_quality(MP3_QUALITY)
    encoder.set_in_sample_rate(rate)
    encoder.set_channels(channels)
    fed = 0
    with path.open("w+b") as file:
        tape = Tape(file)

        def feed(block: Samples) -> None:
            nonlocal fed
            fed += block.shape[1]
            tape.write(encoder.encode(np.ascontiguousarray(rounded(block, 16).T).tobytes()))

        yield feed
        tape.write(encoder.flush())
        tape.close(fed)


@contextmanager
def _m4a(path: Path, rate: int, channels: int, _bits: int) -> Iterator[Feed]:
    need("media")
    import av  # noqa: PLC0415 - an extra

    layout = "mono" if channels == 1 else "stereo"
    # The contents go in front, so that a browser can play while it loads; and the length is told in
    # frames, since the usual thousandths of a second would cut the last few off.
    options = {"movflags": "+faststart", "movie_timescale": str(rate)}
    with av.open(path, "w", format="ipod", options=options) as container:
        stream = container.add_stream("aac", rate=rate, layout=layout)
        stream.bit_rate = AAC_KILOBITS * 1000
        fed = 0

        def feed(block: Samples) -> None:
            nonlocal fed
            clipped = np.ascontiguousarray(np.clip(block, -1, 1))
            frame = av.AudioFrame.from_ndarray(clipped, format="fltp", layout=layout)
            frame.sample_rate = rate
            # Only with its time does the file say that the encoder put silence in front.
            frame.pts, frame.time_base = fed, Fraction(1, rate)
            fed += block.shape[1]
            container.mux(stream.encode(frame))

        yield feed
        container.mux(stream.encode(None))


FORMS: Mapping[str, Form] = {
    ".wav": Form(_wav, lossless=True),
    ".mp3": Form(_mp3, channels=_SIDES, rates=mp3.RATES),
    ".flac": Form(_flac, lossless=True),
    ".ogg": Form(_ogg, channels=_SIDES),
    ".m4a": Form(_m4a, channels=_SIDES, rates=_AAC_RATES),
}
"""By the ending of the file."""


def _open(path: Path, rate: int, channels: int, **form: Any) -> soundfile.SoundFile:
    return soundfile.SoundFile(path, "w", rate, channels, **form)


def _quantising(file: soundfile.SoundFile, bits: int) -> Feed:
    rng = np.random.default_rng(_DITHER_SEED)
    if bits == 24:  # noqa: PLR2004 - float32 is no finer, so that there is nothing to dither
        return lambda block: _write(file, rounded(block, 24) << 8)
    return lambda block: _write(file, dithered(block, rng))


def _write(file: soundfile.SoundFile, block: NDArray[Any]) -> None:
    for start in range(0, block.shape[1], _WRITTEN_AT_ONCE):
        file.write(np.ascontiguousarray(block[:, start : start + _WRITTEN_AT_ONCE].T))
