"""The original under its cover: what is heard of it, and what the cover takes the place of."""

import numpy as np

from studio.audio.samples import RATE, Samples
from studio.audio.separating.separation import separate
from studio.audio.work import Work
from studio.engine.covering.overhearing import VOICE
from studio.engine.covering.weighing import Blend, gain_of, level_gain_db

_FADE_FRAMES = RATE // 2


def over_original(mixed: Samples, original: Samples, mixture: Blend, work: Work) -> Samples:
    """Lay the cover over the original, which it takes the place of; the result is as long."""
    level_db = level_gain_db(original)
    work.at(0.05)
    rest = gain_of(mixture.rest + level_db)
    if mixture.needs_voice:
        voice = separate(original, wanted=(VOICE,), work=work.part(0.1, 0.9))[VOICE]
        voice *= gain_of(mixture.voice + level_db) - rest
        original *= rest
        original += voice
    else:
        original *= rest
    fitting = _no_longer(mixed, original.shape[1])
    original[:, : fitting.shape[1]] += fitting
    return original


def _no_longer(mixed: Samples, frames: int) -> Samples:
    """Cut a sound to a length, softly, if it is longer."""
    if mixed.shape[1] > frames:
        fade = np.linspace(1, 0, _FADE_FRAMES, dtype=np.float32)
        mixed[:, frames - _FADE_FRAMES : frames] *= fade
    return mixed[:, :frames]
