"""Guise: how a source of speech has to sing to be somebody else.

The source rehearses and is measured as the persona was; what is different is put on: formants,
balance, breath and attack by their difference, vibrato as it is.
"""

from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from studio.audio.levels import loudness
from studio.audio.samples import RATE
from studio.engine.persona import BAND_HZ, Persona
from studio.engine.score import Vocal
from studio.engine.singing.manner import Manner
from studio.engine.singing.portrait import drawn
from studio.engine.singing.rehearsal import rehearse
from studio.engine.singing.speech import Sex, Speech
from studio.engine.singing.voiced import find_voice

Floats = NDArray[np.float64]

FARTHEST_FORMANTS = 1.3
"""Factor by which formants are moved at most; beyond it words are lost."""
FARTHEST_DB = 9.0
"""How much any band is raised or lowered at most."""
MOST_AIR, LEAST_AIR = 0.6, -0.8
SHORTEST_ATTACK, LONGEST_ATTACK = 0.005, 0.15
DEEPEST_CENTS = 120.0
REHEARSALS = 2
"""In the second one, what the first has missed is corrected."""
EAR_HZ = 500.0
"""Below it, the ear hears ever less."""


def manner_of(vocal: Vocal, source: Speech) -> Manner:
    """Return how `source` sings this vocal."""
    voice = speaker_of(vocal)
    return guise(vocal.persona, source, voice) if vocal.persona else Manner(source.throat(voice))


def speaker_of(vocal: Vocal) -> Sex:
    """Return whose speech the singing is made of."""
    return vocal.persona.voice if vocal.persona else vocal.voice


@lru_cache(maxsize=16)
def guise(persona: Persona, source: Speech, voice: Sex) -> Manner:
    """Return how this `voice` of a `source` sings as the `persona` does."""
    manner = Manner(source.throat(voice))
    for _ in range(REHEARSALS):
        heard = drawn(find_voice(rehearse(source, voice, manner)))
        manner = _nearer(persona, heard, manner, source.throat(voice).formants)
    cents = min(persona.vibrato.cents, DEEPEST_CENTS)
    return replace(_as_loud(manner, source, voice), vibrato=replace(persona.vibrato, cents=cents))


def _as_loud(manner: Manner, source: Speech, voice: Sex) -> Manner:
    """Return a manner that is as loud as the usual voice: formants decide which harmonics ring."""
    usual, own = (
        loudness(rehearse(source, voice, each), RATE)
        for each in (Manner(source.throat(voice)), manner)
    )
    shade = tuple((hertz, gain + usual - own) for hertz, gain in manner.throat.shade)
    return replace(manner, throat=replace(manner.throat, shade=shade))


def _nearer(persona: Persona, heard: Persona, manner: Manner, formants: float) -> Manner:
    """Move a manner by what there is between the persona and what was heard."""
    ratio = manner.throat.formants * persona.formants / heard.formants / formants
    ratio = float(np.clip(ratio, 1 / FARTHEST_FORMANTS, FARTHEST_FORMANTS))
    attack = manner.attack_seconds + persona.attack_seconds - heard.attack_seconds
    throat = replace(
        manner.throat,
        formants=formants * ratio,
        shade=_shade(persona, heard, manner, formants * ratio / manner.throat.formants),
        breath=_breath(persona.breath, heard.breath, manner.throat.breath),
    )
    return Manner(throat, attack_seconds=float(np.clip(attack, SHORTEST_ATTACK, LONGEST_ATTACK)))


def _shade(
    persona: Persona, heard: Persona, manner: Manner, moved: float
) -> tuple[tuple[float, float], ...]:
    """Return the balance to put on after the formants were moved by a factor."""
    octaves = np.log2(np.array(BAND_HZ))
    own = np.array(heard.balance_db)
    # What the formants bring along need not be put on.
    after = np.interp(octaves - np.log2(moved), octaves, own)
    worn = np.array([gain for _, gain in manner.throat.shade])
    wish = _smooth(np.array(persona.balance_db) - after) + (worn if worn.size > 1 else 0.0)
    wish -= np.average(wish, weights=_weights(after))
    wish = np.clip(wish, -FARTHEST_DB, FARTHEST_DB)
    return tuple((hertz, round(float(gain), 2)) for hertz, gain in zip(BAND_HZ, wish, strict=True))


def _smooth(gains: Floats) -> Floats:
    wide = np.pad(gains, 1, mode="edge")
    return np.asarray(0.25 * wide[:-2] + 0.5 * wide[1:-1] + 0.25 * wide[2:])


def _weights(balance_db: Floats) -> Floats:
    """Return how much the ear hears of each band."""
    hertz = np.array(BAND_HZ)
    return np.asarray(10 ** (balance_db / 10) * hertz * hertz**2 / (hertz**2 + EAR_HZ**2))


def _breath(wished: float, heard: float, worn: float) -> float:
    """Return how much air there has to be in the voice."""
    more = (wished - heard) / (1 - heard) if wished > heard else wished / heard - 1
    return float(np.clip(worn + more, LEAST_AIR, MOST_AIR))
