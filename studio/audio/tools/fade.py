"""Fade: a sound comes from silence, or goes into it."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pydantic import Field

from studio.audio.files import probe
from studio.audio.formats.passing import Bits, bits_of, passed
from studio.audio.intake import ANY, length_in_words, listening
from studio.audio.samples import Samples
from studio.audio.shaping.fading import Curve, Fade
from studio.audio.tool import Facts, Options, Tool
from studio.audio.work import Work
from studio.errors import ToolUnfit


class FadeOptions(Options):
    """How long it comes and goes."""

    fade_in_seconds: float = Field(0.0, ge=0)
    """How long it takes to come."""
    fade_out_seconds: float = Field(0.0, ge=0)
    """How long it takes to go."""
    curve: Curve = "equal-power"
    """How it does so: equal-power sounds even, linear begins more softly."""
    bits: Bits | None = None
    """Of each sample in WAV and FLAC; as many as the sound has, if you say nothing."""


def fade_file(sounds: Sequence[Path], options: FadeOptions, out: Path, work: Work) -> Facts:
    """Fade a sound at its own rate; what lies between the fades is not touched."""
    sound = probe(sounds[0])
    _check(options, sound.length_seconds)
    with listening(sounds[0], demands=ANY, work=work) as stream:
        fade = Fade(
            round(sound.length_seconds * stream.rate),
            round(options.fade_in_seconds * stream.rate),
            round(options.fade_out_seconds * stream.rate),
            options.curve,
        )
        bits = options.bits or bits_of(stream)
        return passed(faded(stream.blocks, fade), out, stream.rate, stream.channels, bits=bits)


TOOL = Tool(FadeOptions, fade_file, seconds_per_second=0.015)


def faded(blocks: Iterable[Samples], fade: Fade) -> Iterator[Samples]:
    """Give the blocks of a sound, `float32 (channels, frames)`, with its fades."""
    position = 0
    for block in blocks:
        yield fade.apply(block, position)
        position += block.shape[1]


def _check(options: FadeOptions, length_seconds: float) -> None:
    both = options.fade_in_seconds + options.fade_out_seconds
    if not both:
        raise ToolUnfit("“fade” needs to know how long to fade in or out. Give at least one.")
    if both > length_seconds:
        raise ToolUnfit(
            f"Fades of {both:g} s do not fit into {length_in_words(length_seconds)} of sound. "
            "Make them shorter."
        )
