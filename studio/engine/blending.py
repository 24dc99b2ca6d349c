"""Blending: how much of an original is heard in its cover, by its audio weight.

At 0 nothing of it, at 1 almost nothing else. On the way its voice comes first and takes the place
of whoever sang or played the tune; then its band comes up, and the new one goes down.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from studio.audio.levels import SILENCE_DB, loudness
from studio.audio.samples import RATE, Samples

REFERENCE_LUFS = -16.2
"""About how loud a mix of the band is before it is mastered."""

SILENT_DB = -60.0
"""A part that is softer than this is left out."""
_HIGHEST_GAIN_DB = 24.0

# Audio weights, and the gain in dB at each of them; between, a straight line.
_BAND = ((0.0, 0.5, 1.0), (0.0, -1.0, -15.0))
_TUNE = ((0.0, 0.1, 0.5, 0.51), (0.0, -3.0, -14.0, -99.0))
_VOICE = ((0.0, 0.01, 0.1, 0.5, 1.0), (-99.0, -20.0, -9.0, 0.0, 0.0))
_REST = ((0.1, 0.11, 0.5, 1.0), (-99.0, -30.0, -10.0, 0.0))
# Two texts at once are not understood: the old words come only when the new ones go.
_NEW_WORDS = ((0.0, 0.6, 1.0), (0.0, -1.0, -15.0))
_OLD_WORDS = ((0.6, 0.61, 1.0), (-99.0, -24.0, 0.0))


@dataclass(frozen=True, slots=True)
class Blend:
    """Gains in dB of what makes up a cover."""

    band: float
    """Of those who play now."""
    tune: float
    """Of who sings or plays the tune now."""
    voice: float
    """Of the original's voice."""
    rest: float
    """Of all else in the original."""

    @property
    def needs_original(self) -> bool:
        """Whether anything of the original is heard."""
        return max(self.voice, self.rest) > SILENT_DB


def blend(audio_weight: float, *, new_words: bool) -> Blend:
    """Return the gains for an audio weight of 0 to 1.

    Parameters
    ----------
    audio_weight
        0 is the cover alone, 1 the original with the band around it.
    new_words
        Whether other words are sung than in the original.
    """

    def at(line: tuple[tuple[float, ...], tuple[float, ...]]) -> float:
        return float(np.interp(audio_weight, *line))

    if new_words:
        return Blend(at(_BAND), at(_NEW_WORDS), at(_OLD_WORDS), at(_REST))
    return Blend(at(_BAND), at(_TUNE), at(_VOICE), at(_REST))


def gain_of(decibels: float) -> np.float32:
    """Return a factor for a level; nothing for what is too soft to be heard."""
    return np.float32(10 ** (decibels / 20) if decibels > SILENT_DB else 0.0)


def level_gain_db(samples: Samples, lufs: float = REFERENCE_LUFS) -> float:
    """Return by how much a sound is to be louder to lie at a loudness; 0 for silence."""
    measured = loudness(samples, RATE)
    return min(lufs - measured, _HIGHEST_GAIN_DB) if measured > SILENCE_DB else 0.0


def laid_over(*sounds: Samples) -> Samples:
    """Add sounds up, `float32 (2, frames)`, as long as the longest; the first may be changed."""
    longest = max(sounds, key=lambda sound: sound.shape[1])
    total = np.array(longest) if longest is not sounds[0] else longest
    for sound in sounds:
        if sound is not longest:
            total[:, : sound.shape[1]] += sound
    return total


def weighted(stems: Mapping[str, Samples], gains_db: Mapping[str, float]) -> dict[str, Samples]:
    """Return the stems at their gains; those too soft to be heard are left out."""
    return {
        name: stem * gain_of(gains_db[name])
        for name, stem in stems.items()
        if gains_db[name] > SILENT_DB
    }
