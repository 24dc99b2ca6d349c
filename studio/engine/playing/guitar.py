"""Guitar: an electric guitar through an amplifier and its cabinet, played twice.

The bank's own distorted guitars are its least convincing sounds: a chord of distorted notes is not
a distorted chord. So the clean guitar is played twice, a little differently, and each take is
driven and filtered as a whole.
"""

from collections.abc import Sequence

import numpy as np

from studio.audio.samples import Samples
from studio.audio.shaping.eq import bell, equalise, high_pass, low_pass
from studio.engine.playing.cues import Cue
from studio.engine.playing.sf2 import SoundFont
from studio.engine.playing.soundfont import play_preset

CLEAN_PROGRAM = 27
AMPLIFIERS = {29: 5.0, 30: 14.0}
"""How hard each program is driven."""

_SPREAD = 0.85
_LATE_FRAMES = 420
_BIAS = np.float32(0.15)


def play_guitar(
    bank: SoundFont, program: int, cues: Sequence[Cue], frames: int, rng: np.random.Generator
) -> Samples:
    """Play `cues` on an overdriven (29) or distorted (30) guitar, left and right."""
    sound = np.zeros((2, frames), dtype=np.float32)
    for side in range(2):
        human = rng.integers(0, _LATE_FRAMES, size=len(cues)) * side
        again = [
            Cue(cue.frame + int(late), cue.frames, cue.pitch, cue.velocity)
            for cue, late in zip(cues, human, strict=True)
        ]
        clean = play_preset(bank, CLEAN_PROGRAM, again, frames, rng).mean(axis=0, keepdims=True)
        loud = _amplified(clean, AMPLIFIERS[program])[0]
        sound[side] += loud * np.float32((1 + _SPREAD) / 2)
        sound[1 - side] += loud * np.float32((1 - _SPREAD) / 2)
    return sound


def _amplified(clean: Samples, drive: float) -> Samples:
    tight = equalise(clean, high_pass(110.0), bell(800.0, 5.0, q=0.6))
    level = float(np.sqrt(np.square(tight).mean())) or 1.0
    # Bias makes even harmonics, the growl of a valve; a second stage rounds what is left.
    first = np.tanh(drive * tight * np.float32(0.12 / level) + _BIAS) - np.tanh(_BIAS)
    driven = np.tanh(1.5 * equalise(first, high_pass(60.0)))
    return equalise(
        driven.astype(np.float32),
        high_pass(85.0),
        bell(130.0, 2.5),
        bell(420.0, -3.0),
        bell(2_600.0, 4.0, q=0.9),
        low_pass(4_800.0, q=1.1),
        low_pass(5_600.0),
    ) * np.float32(0.35)
