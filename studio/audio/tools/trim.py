"""Trim: a stretch of a sound, without what lies before and after."""

from collections.abc import Iterable, Iterator, Sequence
from math import inf
from pathlib import Path

from pydantic import Field

from studio.audio.formats.decoders import Stream
from studio.audio.formats.passing import Bits, bits_of, passed
from studio.audio.intake import ANY, length_in_words, listening
from studio.audio.samples import Samples
from studio.audio.shaping.fading import Fade
from studio.audio.tool import Facts, Options, Tool
from studio.audio.work import Work
from studio.errors import ToolUnfit

CLICKLESS_SECONDS = 0.003
_FOREVER = 1 << 60


class TrimOptions(Options):
    """Which stretch, and how it is cut."""

    start_seconds: float = Field(0.0, ge=0)
    """Where it begins."""
    end_seconds: float | None = Field(None, gt=0)
    """Where it ends; the end of the sound, if you say nothing."""
    exact: bool = False
    """Cut without the fades of 3 ms that keep a cut from clicking."""
    bits: Bits | None = None
    """Of each sample in WAV and FLAC; as many as the sound has, if you say nothing."""


def trim_file(sounds: Sequence[Path], options: TrimOptions, out: Path, work: Work) -> Facts:
    """Write the stretch at the sound's own rate; what lies within is not touched."""
    ends = options.end_seconds if options.end_seconds is not None else inf
    if ends <= options.start_seconds:
        raise ToolUnfit(
            f"There is nothing from {options.start_seconds:g} s to {ends:g} s. "
            "Let the stretch end after it begins."
        )
    with listening(sounds[0], demands=ANY, work=work) as stream:
        start = round(options.start_seconds * stream.rate)
        if start >= (stream.promised or _FOREVER):
            raise ToolUnfit(
                f"{sounds[0].name} lasts {length_in_words((stream.promised or 0) / stream.rate)}: "
                f"nothing of it lies after {options.start_seconds:g} s. Begin earlier."
            )
        end = _end(ends, stream)
        fade = 0 if options.exact else round(CLICKLESS_SECONDS * stream.rate)
        stretch = trimmed(stream.blocks, start, end, fade_frames=fade)
        bits = options.bits or bits_of(stream)
        facts = passed(stretch, out, stream.rate, stream.channels, bits=bits)
        return {"start_seconds": round(start / stream.rate, 6), **facts}


TOOL = Tool(TrimOptions, trim_file, seconds_per_second=0.015)


def trimmed(
    blocks: Iterable[Samples], start: int, end: int | None = None, *, fade_frames: int = 0
) -> Iterator[Samples]:
    """Give the frames from `start` up to `end` of a sound, and take no more blocks than that needs.

    Parameters
    ----------
    blocks
        `float32 (channels, frames)`, from the beginning of the sound.
    start, end
        In frames; `None` is the end of the sound.
    fade_frames
        Over how many the sound comes and goes where it is cut; not at its own ends.
    """
    length = _FOREVER if end is None else end - start
    ramp = min(fade_frames, length // 2)
    fade = Fade(length, ramp if start else 0, ramp if end is not None else 0, "linear")
    position = -start
    for block in blocks:
        piece = block[:, max(0, -position) : max(0, length - position)]
        if piece.size:
            yield fade.apply(piece, max(0, position))
        position += block.shape[1]
        if position >= length:
            return


def _end(seconds: float, stream: Stream) -> int | None:
    """Return where to cut, or `None` if the sound ends before that by itself."""
    if seconds * stream.rate >= (stream.promised or _FOREVER):
        return None
    return round(seconds * stream.rate)
