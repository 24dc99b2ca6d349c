"""Convert: the same sound in another format."""

from collections.abc import Sequence
from pathlib import Path

from studio.audio.formats.passing import Bits, bits_of, passed
from studio.audio.intake import ANY, listening
from studio.audio.tool import Facts, Options, Tool
from studio.audio.work import Work


class ConvertOptions(Options):
    """How finely it is written; the format is that of the file's ending."""

    bits: Bits | None = None
    """Of each sample in WAV and FLAC; as many as the sound has, if you say nothing."""


def convert_file(sounds: Sequence[Path], options: ConvertOptions, out: Path, work: Work) -> Facts:
    """Write a sound in the format of the ending of `out`, at its own rate if that can have it."""
    with listening(sounds[0], demands=ANY, work=work) as stream:
        bits = options.bits or bits_of(stream)
        facts = passed(stream.blocks, out, stream.rate, stream.channels, bits=bits)
        return {"from": stream.format, **facts}


TOOL = Tool(ConvertOptions, convert_file, seconds_per_second=0.015)
