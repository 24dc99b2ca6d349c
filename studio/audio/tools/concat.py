"""Concat: sounds one after another, as one."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from pydantic import Field

from studio.audio.formats.decoders import decoding
from studio.audio.formats.passing import Bits, bits_of, passed
from studio.audio.intake import length_in_words, load
from studio.audio.samples import RATE, Samples
from studio.audio.shaping.fading import Curve, rise
from studio.audio.tool import Facts, Options, Tool
from studio.audio.work import Work
from studio.errors import ToolUnfit

MOST_SOUNDS = 16
_SIDES = 2


class ConcatOptions(Options):
    """How the sounds meet."""

    crossfade_seconds: float = Field(0.0, ge=0, le=30)
    """How long each goes over into the next; 0 sets them end to end."""
    curve: Curve = "equal-power"
    """How it does so: equal-power between different sounds, linear between versions of one."""
    seam_seconds: float | None = Field(None, gt=0)
    """Where in the first sound the second goes on, as after an extension; its end if not said."""
    bits: Bits | None = None
    """Of each sample in WAV and FLAC; as many as the finest of the sounds has, if not said."""


def concat_file(sounds: Sequence[Path], options: ConcatOptions, out: Path, work: Work) -> Facts:
    """Join sounds, all as two channels at `RATE`."""
    fade = round(options.crossfade_seconds * RATE)
    bits: Bits = options.bits or max(_bits(path) for path in sounds)
    pieces = _pieces(sounds, options, fade, work)
    seams: list[int] = []
    facts = passed(joined(pieces, fade, options.curve, seams), out, RATE, _SIDES, bits=bits)
    return facts | {"seams_seconds": [round(frame / RATE, 4) for frame in seams]}


TOOL = Tool(ConcatOptions, concat_file, sounds=(2, MOST_SOUNDS), seconds_per_second=0.02)


def joined(
    pieces: Iterable[Samples],
    fade: int,
    curve: Curve = "equal-power",
    seams: list[int] | None = None,
) -> Iterator[Samples]:
    """Give pieces one after another, with the end of each going over into the next.

    Parameters
    ----------
    pieces
        `float32 (channels, frames)`, each at least `fade` frames long, those within twice that;
        changed in place.
    fade
        Frames of each crossfade. The whole is as long as the sum of the pieces, less the fades.
    curve
        Of the crossfades.
    seams
        To this is added where each piece but the first begins, in frames.
    """
    gains = rise((np.arange(fade) + 0.5) / max(fade, 1), curve)
    last: Samples | None = None
    position = 0
    for piece in pieces:
        if last is not None:
            cut = last.shape[1] - fade
            yield last[:, :cut]
            piece[:, :fade] = piece[:, :fade] * gains + last[:, cut:] * gains[::-1]
            position += cut
            if seams is not None:
                seams.append(position)
        last = piece
    if last is not None:
        yield last


def _pieces(
    sounds: Sequence[Path], options: ConcatOptions, fade: int, work: Work
) -> Iterator[Samples]:
    """Give one sound after another, cut where the seam is, once it is sure that the fades fit."""
    for number, path in enumerate(sounds):
        part = work.part(number / len(sounds), (number + 1) / len(sounds), f"adding {path.name}")
        piece = load(path, shortest_seconds=0, may_be_silent=True, work=part)
        if number == 0 and options.seam_seconds is not None:
            piece = _cut(piece, options.seam_seconds, fade, path)
        fades = 1 if number in {0, len(sounds) - 1} else 2
        if piece.shape[1] < fades * fade:
            raise ToolUnfit(
                f"{path.name} lasts {length_in_words(piece.shape[1] / RATE)}, too short for a "
                f"crossfade of {fade / RATE:g} s at each seam. Make it shorter."
            )
        yield piece


def _cut(piece: Samples, seam_seconds: float, fade: int, path: Path) -> Samples:
    """Keep the sound up to the seam, and what the crossfade that begins there needs of the rest."""
    end = round(seam_seconds * RATE) + fade
    if end > piece.shape[1]:
        raise ToolUnfit(
            f"{path.name} lasts {length_in_words(piece.shape[1] / RATE)}: it has no seam at "
            f"{seam_seconds:g} s with a crossfade of {fade / RATE:g} s. Choose an earlier one."
        )
    return piece[:, :end]


def _bits(path: Path) -> Bits:
    with decoding(path) as stream:
        return bits_of(stream)
