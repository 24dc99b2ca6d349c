"""Mixture: noises and what the band plays, put together to one sound."""

from collections.abc import Mapping, Sequence

import numpy as np

from studio.audio.samples import RATE, Samples
from studio.audio.shaping import reverb
from studio.engine.mixing import answer_of, sent
from studio.engine.score import Score
from studio.engine.sounding.catalogue import MAKERS, noises
from studio.engine.sounding.colours import shaped
from studio.engine.sounding.levels import HIGHEST_HZ, LOWEST_HZ, at_level
from studio.engine.sounding.loop import COUNT_IN_BARS
from studio.engine.sounding.scene import Scene, wrap
from studio.engine.writing.chance import stream

MUSIC_LUFS = -18.0
"""Of what the band plays, among noises."""


def noised(names: Sequence[str], scene: Scene, seed: int) -> Samples:
    """Return noises together, each as loud as it is among others, `float32 (2, frames)`."""
    total = scene.empty()
    for name in names:
        sound = MAKERS[name](scene, stream(seed, name))
        total += at_level(shaped(sound, LOWEST_HZ, HIGHEST_HZ), noises()[name].lufs)
    return total


def played_round(stems: Mapping[str, Samples], score: Score, scene: Scene) -> Samples:
    """Return what the band plays, `float32 (2, frames)`: what rings on goes round in a circle.

    Parameters
    ----------
    stems
        Treated, by name.
    score
        What they play, after `COUNT_IN_BARS`.
    scene
        How long it lasts.
    """
    total = sends = np.zeros((2, 1), np.float32)
    for name, stem in stems.items():
        total = total + stem
        sends = sends + sent(name, stem, score)
    total = total + reverb.convolve(sends, answer_of(score))
    first = round(COUNT_IN_BARS * score.beats_per_bar * score.seconds_per_beat * RATE)
    sound = scene.empty()
    if scene.loop:
        wrap(np.asarray(total, np.float32), -first, sound)
    else:
        heard = total[:, first : first + scene.frames]
        sound[:, : heard.shape[1]] = heard
    return at_level(sound, MUSIC_LUFS)
