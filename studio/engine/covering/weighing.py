"""Weighing: how much of an original is heard in its cover, by its audio weight.

At 0 nothing of it, at 1 almost nothing else. On the way its voice comes first and takes the place
of whoever sang or played the tune; then its band comes up, and the new one goes down.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from studio.audio.levels import SILENCE_DB, loudness
from studio.audio.samples import RATE, Samples
from studio.audio.shaping.eq import equalise
from studio.engine.balance import ROLES, VOCALS

BED_LUFS = -17.7
"""How loud a record of the band is without its singer, before it is mastered."""

REFERENCE_LUFS = -15.6
"""About how loud a mix of the band is before it is mastered."""

SILENT_DB = -60.0
"""A part that is softer than this is left out."""
_HIGHEST_GAIN_DB = 24.0

Line: TypeAlias = tuple[tuple[float, ...], tuple[float, ...]]
"""Audio weights, and the gain in dB at each of them; between, a straight line."""

_BAND: Line = ((0.0, 0.5, 1.0), (0.0, -1.0, -15.0))
_TUNE: Line = ((0.0, 0.1, 0.5, 0.51), (0.0, -3.0, -14.0, -99.0))
_VOICE: Line = ((0.0, 0.01, 0.1, 0.5, 1.0), (-99.0, -20.0, -9.0, 0.0, 0.0))
_REST: Line = ((0.1, 0.11, 0.5, 1.0), (-99.0, -30.0, -10.0, 0.0))
# Two texts at once are not understood: the old words come only when the new ones go.
_NEW_WORDS: Line = ((0.0, 0.6, 1.0), (0.0, -1.0, -15.0))
_OLD_WORDS: Line = ((0.6, 0.61, 1.0), (-99.0, -24.0, 0.0))
# The band's own singer sings the same again: who sings need not change, only who plays.
_SAME_SONG: Line = ((0.0, 0.01, 0.25, 0.5, 1.0), (-99.0, -24.0, -12.0, -5.0, 0.0))


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

    @property
    def needs_voice(self) -> bool:
        """Whether the original's voice has to be taken out of it."""
        return self.needs_original and self.voice != self.rest


KEPT: Mapping[str, Blend] = {
    "music": Blend(band=-99.0, tune=0.0, voice=-99.0, rest=0.0),
    "voice": Blend(band=0.0, tune=-99.0, voice=0.0, rest=-99.0),
}
"""Of any sound, where one half of it stays as it was."""


def blend(audio_weight: float, *, new_words: bool) -> Blend:
    """Return the gains of a cover of any sound.

    Parameters
    ----------
    audio_weight
        0 is the cover alone, 1 the original with the band around it.
    new_words
        Whether other words are sung than in the original.
    """
    tune, voice = (_NEW_WORDS, _OLD_WORDS) if new_words else (_TUNE, _VOICE)
    return _at(audio_weight, _BAND, tune, voice, _REST)


def blend_of_the_band(audio_weight: float) -> Blend:
    """Return the gains of a cover of a song of the band, whose voice sings again what it sang."""
    return _at(audio_weight, _BAND, _NEW_WORDS, _SAME_SONG, _SAME_SONG)


def _at(audio_weight: float, *lines: Line) -> Blend:
    return Blend(*(float(np.interp(audio_weight, *line)) for line in lines))


def gain_of(decibels: float) -> np.float32:
    """Return a factor for a level; nothing for what is too soft to be heard."""
    return np.float32(10 ** (decibels / 20) if decibels > SILENT_DB else 0.0)


def level_gain_db(samples: Samples, lufs: float = REFERENCE_LUFS) -> float:
    """Return by how much a sound is to be louder to lie at a loudness; 0 for silence."""
    measured = loudness(samples, RATE)
    return min(lufs - measured, _HIGHEST_GAIN_DB) if measured > SILENCE_DB else 0.0


def clear_voice(voice: Samples) -> Samples:
    """Return a voice, `float32 (2, frames)`, as clear and as loud as the band's own in a mix."""
    role = ROLES[VOCALS]
    clear = equalise(voice, *role.sections)
    clear *= gain_of(level_gain_db(clear, role.lufs))
    return clear


def laid_over(*sounds: Samples) -> Samples:
    """Add sounds up, `float32 (2, frames)`, into the longest of them, and return that."""
    longest, *others = sorted(sounds, key=lambda sound: sound.shape[1], reverse=True)
    for sound in others:
        longest[:, : sound.shape[1]] += sound
    return longest


def weighted(
    stems: Mapping[str, Samples], blend: Blend, tunes: Collection[str]
) -> Iterator[tuple[str, Samples]]:
    """Give the stems of the new band at their gains; `tunes` are those that carry the tune."""
    for name, stem in stems.items():
        gain_db = blend.tune if name in tunes else blend.band
        if gain_db > SILENT_DB:
            yield name, stem * gain_of(gain_db)
