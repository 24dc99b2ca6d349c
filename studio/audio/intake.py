"""Intake: what people bring, checked before anything is done with it.

Every way in which a file can be unfit ends in one sentence. A sound is decoded in blocks, and no
further than to the first thing that is wrong with it; whatever it was, two channels at `RATE` come
out, in no more memory than they need.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from math import ceil, floor, inf
from pathlib import Path

import numpy as np

from studio.audio.files import Sound, check_end
from studio.audio.formats.decoders import Stream, decoding
from studio.audio.formats.folding import folded
from studio.audio.formats.resampling import Resampler, scaled
from studio.audio.samples import RATE, Samples
from studio.audio.work import UNWATCHED, Work
from studio.errors import SoundUnreadable

LONGEST_SECONDS = 8 * 60
SHORTEST_SECONDS = 1.0
SLOWEST_RATE, FASTEST_RATE = 8_000, 192_000
SILENCE = 1e-4
"""No sample of what counts as silent is higher: the dither of 16 bits stays below."""
LOUDEST = 100.0
"""40 dB over full scale: floating-point samples beyond that are a mistake in their scale."""

_GRACE_SECONDS = 0.5
"""Encoders add a few hundredths, which is no reason to send anybody back."""
_SIDES = 2


@dataclass(frozen=True, slots=True)
class Demands:
    """What a sound must be like."""

    shortest_seconds: float = SHORTEST_SECONDS
    longest_seconds: float = LONGEST_SECONDS
    may_be_silent: bool = False


USUAL = Demands()
"""Of all that listens to a sound."""
ANY = Demands(shortest_seconds=0.0, longest_seconds=inf, may_be_silent=True)
"""Of what only cuts or writes it, block by block."""


def take_in(path: Path, *, demands: Demands = USUAL, work: Work = UNWATCHED) -> Sound:
    """Check a sound that somebody brought, to its end.

    Parameters
    ----------
    path
        WAV, MP3, FLAC, OGG, AIFF, or with the extra `media` M4A, AAC, WMA, or a video with sound;
        what is in it counts, not its ending.
    demands
        What it must be like.
    work
        Asked after every few seconds of sound.

    Returns
    -------
    What the file holds; `changes_of` says in words what becomes of it here.

    Raises
    ------
    SoundUnreadable
        If it is no sound, damaged or cut off, silent, shorter than 1 s, longer than 8 minutes, has
        more than 8 channels, a rate beyond 8 to 192 kHz, or samples that are not numbers.
    ExtraMissing
        If it takes the extra `media` to read it.
    """
    with listening(path, demands=demands, work=work) as stream:
        frames = sum(block.shape[1] for block in stream.blocks)
    return Sound(frames / stream.rate, stream.rate, stream.channels, stream.format)


@contextmanager
def listening(path: Path, *, demands: Demands = USUAL, work: Work = UNWATCHED) -> Iterator[Stream]:
    """Open a sound that somebody brought, as it is, to be checked while its blocks are taken.

    Raises
    ------
    SoundUnreadable, ExtraMissing
        As `take_in` does: at once, or when the block comes with which something is wrong.
    """
    with decoding(path) as stream:
        _check_head(path, stream, demands)
        yield replace(stream, blocks=_watched(path, stream, demands, work))


def load(
    path: Path,
    *,
    shortest_seconds: float = SHORTEST_SECONDS,
    may_be_silent: bool = False,
    work: Work = UNWATCHED,
) -> Samples:
    """Read a sound that somebody brought, checked as `take_in` does.

    Parameters
    ----------
    path
        As for `take_in`.
    shortest_seconds
        Refuse what is shorter.
    may_be_silent
        Whether silence will do.
    work
        Asked after every few seconds of sound.

    Returns
    -------
    `float32 (2, frames)` at `RATE`, as long as the file to the frame. One channel goes to both
    sides, more than two are folded down (`studio.audio.formats.folding`), other rates resampled.

    Raises
    ------
    SoundUnreadable, ExtraMissing
        As `take_in` does.
    """
    demands = Demands(shortest_seconds, may_be_silent=may_be_silent)
    with listening(path, demands=demands, work=work) as stream:
        return _gathered(stream)


def changes_of(sound: Sound) -> str:
    """Say in a sentence what `load` does to a sound, or nothing if it stays as it is."""
    changes = []
    if sound.channels > _SIDES:
        changes.append(f"Its {sound.channels} channels are folded down to two.")
    if sound.rate != RATE:
        changes.append(f"It is resampled from {sound.rate / 1000:g} to {RATE / 1000:g} kHz.")
    return " ".join(changes)


def length_in_words(seconds: float) -> str:
    """Tell a length as a person would: `0.2 s`, `42 s`, `3 min 5 s`."""
    if seconds < 10:  # noqa: PLR2004 - below, tenths matter
        # Cut, not rounded: what is just too short must not look long enough.
        return f"{floor(seconds * 10) / 10:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _watched(path: Path, stream: Stream, demands: Demands, work: Work) -> Iterator[Samples]:
    """Give the blocks of a stream, and refuse what is wrong as soon as it is known."""
    expected = stream.promised or LONGEST_SECONDS * stream.rate
    frames, peak = 0, 0.0
    for block in stream.blocks:
        work.at(min(1.0, frames / expected))
        peak = max(peak, _peak(path, block, frames, stream.rate))
        frames += block.shape[1]
        _check_length(path, frames / stream.rate, demands)
        yield block
    check_end(path, stream, frames)
    if frames < demands.shortest_seconds * stream.rate:
        raise SoundUnreadable(
            f"{path.name} lasts {length_in_words(frames / stream.rate)}. "
            f"The studio needs at least {demands.shortest_seconds:g} s to work with."
        )
    if peak < SILENCE and not demands.may_be_silent:
        raise SoundUnreadable(
            f"{path.name} is silent from beginning to end. Look whether the right track was saved."
        )


def _check_head(path: Path, stream: Stream, demands: Demands) -> None:
    if not SLOWEST_RATE <= stream.rate <= FASTEST_RATE:
        raise SoundUnreadable(
            f"{path.name} has {stream.rate:,} samples a second. The studio takes 8 to 192 kHz."
        )
    if stream.held is not None:
        check_end(path, stream, stream.held)
    _check_length(path, (stream.promised or 0) / stream.rate, demands)


def _check_length(path: Path, seconds: float, demands: Demands) -> None:
    if seconds > demands.longest_seconds + _GRACE_SECONDS:
        raise SoundUnreadable(
            f"{path.name} lasts more than {demands.longest_seconds / 60:g} minutes, "
            "which is the most that the studio takes. Trim it first."
        )


def _peak(path: Path, block: Samples, start: int, rate: int) -> float:
    """Return the highest value of a block, if its samples are fit to be heard."""
    peak = float(max(block.max(), -block.min()))
    if not np.isfinite(peak):
        first = start + int(np.argmin(np.isfinite(block).all(axis=0)))
        raise SoundUnreadable(
            f"{path.name} holds samples that are not numbers, the first at "
            f"{length_in_words(first / rate)}. Save it again with 16 or 24 bits."
        )
    if peak > LOUDEST:
        raise SoundUnreadable(
            f"{path.name} is {20 * np.log10(peak):.0f} dB too loud: its samples reach {peak:,.0f} "
            "where 1 is full scale. Save it again with 16 or 24 bits."
        )
    return peak


def _gathered(stream: Stream) -> Samples:
    """Write a sound where it will stay; memory that is never written to is never taken."""
    most = ceil((LONGEST_SECONDS + _GRACE_SECONDS) * RATE)
    promised = most if stream.promised is None else scaled(stream.promised, stream.rate, RATE)
    samples = np.empty((_SIDES, promised), np.float32)
    end = 0
    for block in brought(stream):
        if end + block.shape[1] > samples.shape[1]:
            more = np.empty((_SIDES, most - end), np.float32)
            samples = np.concatenate([samples[:, :end], more], axis=1)
        samples[:, end : end + block.shape[1]] = block
        end += block.shape[1]
    return samples[:, :end]


def brought(stream: Stream) -> Iterator[Samples]:
    """Bring the blocks of a stream to two channels at `RATE`."""
    resampler = Resampler(stream.rate, RATE, _SIDES)
    for block in stream.blocks:
        yield resampler.feed(folded(block))
    yield resampler.rest()
