"""Drum hits: kick, snare and hat, picked from what begins low, in the middle and high."""

import numpy as np

from studio.audio.attacks import pick_attacks
from studio.audio.hearing import HeardNote
from studio.audio.onsets import STEPS_PER_SECOND, Onsets

KICK, SNARE, HAT = 36, 38, 42
"""General MIDI drum keys."""

LEAST = {KICK: 0.6, SNARE: 0.6, HAT: 0.6}
"""How much must begin: 1 is a usual onset of the passage."""

HIT_SECONDS = 0.1


def find_hits(onsets: Onsets) -> tuple[HeardNote, ...]:
    """Return the hits of a drum kit, by start.

    Parameters
    ----------
    onsets
        Of a drum stem; in a whole record the other instruments are taken for drums.
    """
    strengths = {KICK: onsets.low, SNARE: onsets.middle, HAT: onsets.high}
    found = [
        HeardNote(
            step / STEPS_PER_SECOND,
            HIT_SECONDS,
            key,
            int(np.clip(60 + 25 * strength[step], 20, 120)),
        )
        for key, strength in strengths.items()
        for step in pick_attacks(strength, least=LEAST[key]).tolist()
    ]
    return tuple(sorted(found, key=lambda note: (note.start_seconds, note.pitch)))
