"""Separation: any sound taken apart into vocals, drums, bass and the rest, roughly.

No model and no weights: what strikes is taken for drums, what is low for bass, what is in the
middle, in a voice's range and never stays for long on one pitch for vocals. The four always add up
to the sound that was given; each is heard through the others.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from studio.audio.lapped import Sound, sounding, spectra
from studio.audio.masks import centred, lasting, struck
from studio.audio.samples import RATE, Samples, checked
from studio.audio.work import UNWATCHED, Work

VOCALS, DRUMS, BASS, OTHER = "vocals", "drums", "bass", "other"
STEMS = (VOCALS, DRUMS, BASS, OTHER)

Block: TypeAlias = Mapping[str, Samples]
"""The four stems of a stretch of sound, `float32 (channels, frames)` each."""

_LONG, _SHORT = 4096, 1024
_BLOCK_FRAMES = 96 * _LONG
_AROUND_FRAMES = 12 * _LONG
"""How far beyond its ends a block listens: more than the longest median."""

_BASS_HERTZ = 150.0
_VOICE_HERTZ = (150.0, 8_000.0)
_HELD_WINDOWS = 61
_STROKE_WINDOWS, _STROKE_BINS = 37, 25


def separate(
    samples: Samples, *, wanted: Sequence[str] = STEMS, work: Work = UNWATCHED
) -> dict[str, Samples]:
    """Take a sound apart.

    Parameters
    ----------
    samples
        `float32 (1 or 2, frames)` at `RATE`. Without a second channel there is no middle to look
        for the voice in, and the result is rougher.
    wanted
        Which of `STEMS` to return: each takes as much memory as `samples`.
    work
        Told how far it is.

    Returns
    -------
    Stems by name, each shaped like `samples`; all four sum to `samples`.
    """
    whole = {name: np.empty_like(samples) for name in wanted}
    for start, block in separating(samples, work=work):
        for name, stem in whole.items():
            stem[:, start : start + block[name].shape[1]] = block[name]
    return whole


def separating(samples: Samples, *, work: Work = UNWATCHED) -> Iterator[tuple[int, Block]]:
    """Take a sound apart block by block, as `separate` does, in little memory.

    Yields
    ------
    Where a block begins, in frames, and its stems; blocks follow each other without a gap.
    """
    frames = checked(samples).shape[1]
    for start in range(0, frames, _BLOCK_FRAMES):
        end = min(start + _BLOCK_FRAMES, frames)
        before = min(start, _AROUND_FRAMES)
        heard = samples[:, start - before : end + _AROUND_FRAMES]
        part = work.part(start / frames, end / frames, "taking the sound apart")
        stems = _taken_apart(heard, part)
        yield start, {name: stem[:, before : before + end - start] for name, stem in stems.items()}
    work.at(1.0)


def _taken_apart(heard: Samples, work: Work) -> dict[str, Samples]:
    """Separate one block; everything is done on the middle and on the difference of the sides."""
    middle, side = heard.mean(axis=0), (heard[0] - heard[-1]) / 2
    work.at(0.0)
    struck_middle = _strokes(middle)
    work.at(0.3)
    struck_side = _strokes(side)
    work.at(0.6)
    held = middle - struck_middle
    found = spectra(held, _LONG)
    low, sung = _low_and_sung(np.abs(found), np.abs(spectra(side, _LONG)))
    work.at(0.8)
    bass, vocals = (sounding(found * mask, _LONG, len(held)) for mask in (low, sung))
    nothing = np.zeros_like(side)
    stems = {
        VOCALS: (vocals, nothing),
        DRUMS: (struck_middle, struck_side),
        BASS: (bass, nothing),
    }
    found_stems = {name: _sides(*both, len(heard)) for name, both in stems.items()}
    # Whatever nobody claims, so that the four sum to the whole.
    found_stems[OTHER] = heard - sum(found_stems.values(), start=np.zeros_like(heard))
    return found_stems


def _sides(middle: Sound, side: Sound, channels: int) -> Samples:
    return np.stack([middle + side, middle - side]) if channels > 1 else middle[None]


def _strokes(sound: Sound) -> Sound:
    """Return the drums of one channel."""
    if not sound.any():
        return sound
    found = spectra(sound, _SHORT)
    found *= struck(np.abs(found), windows=_STROKE_WINDOWS, bins=_STROKE_BINS)
    return sounding(found, _SHORT, len(sound))


def _low_and_sung(
    middle: NDArray[np.float32], side: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the shares of bass and of vocals in what is left in the middle."""
    hertz = np.fft.rfftfreq(_LONG, 1 / RATE)
    low = 1 / (1 + (hertz / _BASS_HERTZ) ** 8)
    lowest, highest = _VOICE_HERTZ
    band = 1 / (1 + (lowest / np.maximum(hertz, 1.0)) ** 8) / (1 + (hertz / highest) ** 8)
    held = np.square(lasting(middle, _HELD_WINDOWS))
    moving = np.maximum(0, 1 - held / (np.square(middle) + np.float32(1e-12)))
    sung = moving * centred(middle, side) * (band * (1 - low)).astype(np.float32)
    return np.broadcast_to(low.astype(np.float32), sung.shape), sung
