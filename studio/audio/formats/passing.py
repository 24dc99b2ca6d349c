"""Passing: a sound on its way into another file, block by block, measured as it goes."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, TypeAlias

import numpy as np

from studio.audio.formats.decoders import Stream
from studio.audio.formats.encoders import BLOCK_FRAMES, encoding, form_of
from studio.audio.formats.resampling import scaled
from studio.audio.levels import peak_db
from studio.audio.samples import Samples
from studio.errors import ToolUnfit

Bits: TypeAlias = Literal[16, 24]

_FULL_SCALE = 1.0


def bits_of(stream: Stream) -> Bits:
    """Return how many bits keep all that a sound has, of the two that we write."""
    return 24 if (stream.bits or 16) > 16 else 16  # noqa: PLR2004 - of a CD


def passed(
    blocks: Iterable[Samples], out: Path, rate: int, channels: int, *, bits: Bits
) -> dict[str, Any]:
    """Write blocks into a file and return the facts of what was written.

    Parameters
    ----------
    blocks
        `float32 (channels, frames)`.
    out
        In the format of its ending.
    rate
        Frames per second.
    channels
        1 to 8.
    bits
        For WAV and FLAC.

    Raises
    ------
    ToolUnfit
        If there is nothing in the blocks, or nothing can be written there.
    """
    form = form_of(out)
    frames, peak, over = 0, -np.inf, 0
    with encoding(out, rate, channels, bits=bits) as feed:
        for block in _small(blocks):
            feed(block)
            frames += block.shape[1]
            peak = max(peak, peak_db(block))
            over += int((np.abs(block) > _FULL_SCALE).sum())
        if not frames:
            raise ToolUnfit("Nothing is left of this sound. Choose a longer stretch of it.")
    to_rate, to_channels = form.rate_for(rate), min(channels, form.channels)
    facts: dict[str, Any] = {
        "length_seconds": round(frames / rate, 4),
        "frames": scaled(frames, rate, to_rate),
        "rate": to_rate,
        "channels": to_channels,
        "peak_db": round(peak, 2),
    }
    notes = [
        *_notes(out, (rate, to_rate), (channels, to_channels)),
        *([f"{over:,} samples above full scale were clipped."] if over else []),
    ]
    if form.lossless:
        facts["bits"] = bits
    if notes:
        facts["note"] = " ".join(notes)
    return facts


def _small(blocks: Iterable[Samples]) -> Iterator[Samples]:
    """Cut large blocks, so that nothing made of one is large."""
    for block in blocks:
        for start in range(0, block.shape[1], BLOCK_FRAMES):
            yield block[:, start : start + BLOCK_FRAMES]


def _notes(out: Path, rates: tuple[int, int], channels: tuple[int, int]) -> list[str]:
    name, notes = out.suffix.lstrip(".").upper(), []
    if rates[0] != rates[1]:
        notes.append(
            f"{name} cannot have {rates[0] / 1000:g} kHz: it was resampled to {rates[1] / 1000:g}."
        )
    if channels[0] != channels[1]:
        notes.append(f"{name} holds two channels here: the {channels[0]} were folded down.")
    return notes
