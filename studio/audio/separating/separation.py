"""Separation: any sound taken apart into vocals, drums, bass and the rest, roughly.

No model and no weights: what strikes is taken for drums, what is low for bass, what is in the
middle, in a voice's range and never stays for long on one pitch for vocals. The four always add up
to the sound that was given; each is heard through the others.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from studio.audio.samples import RATE, Samples, checked
from studio.audio.separating.lapped import Sound, sounding, spectra
from studio.audio.separating.leading import BASS_HZ, follow
from studio.audio.separating.masks import Magnitudes, centred, combed, lasting, overshot, struck
from studio.audio.work import UNWATCHED, Work

VOCALS, DRUMS, BASS, OTHER = "vocals", "drums", "bass", "other"
STEMS = (VOCALS, DRUMS, BASS, OTHER)

Block: TypeAlias = Mapping[str, Samples]
"""The four stems of a stretch of sound, `float32 (channels, frames)` each."""

_LONG, _SHORT = 4096, 1024
_TINY = np.float32(1e-9)
_BLOCK_FRAMES = 96 * _LONG
_AROUND_FRAMES = 12 * _LONG
"""How far beyond its ends a block listens: more than the longest median."""

_BASS_HERTZ = 120.0
"""Below is bass, unless it strikes or is sung."""
_OVERTONES, _OVERTONE_HERTZ = np.float32(0.8), 400.0
"""The share of its overtones that a bass gets, and where it fades."""
_BASS_HEARD_HERTZ = 900.0
_KICK_HERTZ = 200.0
"""Below, strokes are told from tones by their length, above by their width."""
_VOICE_HERTZ = (120.0, 8_000.0)
_HISS_HERTZ = 3_000.0
"""Above are the consonants."""
_LONG_HELD, _LONG_STROKE = 91, 13
_SHORT_HELD, _SHORT_STROKE_BINS = 37, 25

# How much is taken for the voice: on its overtones, beside them, and where no pitch was found.
_ON, _BESIDE, _UNPITCHED, _HISS = 1.5, 0.5, 0.3, 0.3


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
    found = spectra(sound, _LONG)
    lows = np.searchsorted(_hertz(_LONG), 3 * _KICK_HERTZ)
    found[:, lows:] = 0
    found[:, :lows] *= overshot(np.abs(found[:, :lows]), _LONG_STROKE)
    found *= _below(_KICK_HERTZ, _LONG)
    kicks = sounding(found, _LONG, len(sound))
    found = spectra(sound, _SHORT)
    found *= struck(np.abs(found), windows=_SHORT_HELD, bins=_SHORT_STROKE_BINS)
    found *= 1 - _below(_KICK_HERTZ, _SHORT)
    return kicks + sounding(found, _SHORT, len(sound))


def _low_and_sung(middle: Magnitudes, side: Magnitudes) -> tuple[Magnitudes, Magnitudes]:
    """Return the shares of bass and of vocals in what is left in the middle."""
    held = lasting(middle, _LONG_HELD)
    moving = np.maximum(0, 1 - np.square(held / (middle + _TINY)))
    centre = centred(middle, side)
    lowest, highest = _VOICE_HERTZ
    band = _below(highest, _LONG) * (1 - _below(lowest, _LONG))
    voice = moving * centre * band
    hertz = follow(middle * np.sqrt(moving * centre) * band, RATE / _LONG)
    comb = combed(hertz, _hertz(_LONG))
    on = np.minimum(1, _ON * np.sqrt(moving) * centre) * band
    unpitched = voice * (_UNPITCHED + _HISS * (1 - _below(_HISS_HERTZ, _LONG)))
    pitched = comb * on + (1 - comb) * _BESIDE * voice
    low = _below(_BASS_HERTZ, _LONG)
    sung = np.where(np.isnan(hertz)[:, None], unpitched, pitched) * (1 - low * (1 - comb))
    return np.minimum(np.maximum(low, _plucked(middle * (1 - sung))), 1 - sung), sung


def _plucked(middle: Magnitudes) -> Magnitudes:
    """Return the share of the bass's overtones in what is not sung."""
    hertz = follow(middle * _below(_BASS_HEARD_HERTZ, _LONG), RATE / _LONG, within=BASS_HZ)
    return _OVERTONES * combed(hertz, _hertz(_LONG)) * np.sqrt(_below(_OVERTONE_HERTZ, _LONG))


def _below(hertz: float, size: int) -> Magnitudes:
    """Return a soft edge: 1 below so many hertz, 0 above, `[size / 2 + 1]`."""
    return (1 / (1 + (_hertz(size) / hertz) ** 8)).astype(np.float32)


def _hertz(size: int) -> NDArray[np.float64]:
    """Return the frequencies of the bins of windows of `size` frames."""
    return np.asarray(np.fft.rfftfreq(size, 1 / RATE), np.float64)
