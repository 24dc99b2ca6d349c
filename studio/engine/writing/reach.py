"""Reach: where a tune lies for whoever sings it: a usual voice, or a persona with its own range."""

from collections.abc import Mapping

from studio.engine.persona import Persona
from studio.engine.writing.melody import Compass
from studio.engine.writing.reading import Voice
from studio.engine.writing.tune import VOICES

NARROWEST = 15
"""Semitones between the lowest and the highest note of a song: who was heard in one verse only can
sing more than that."""
FARTHEST = 12
"""Semitones by which the usual compasses are moved at most."""


def compasses_for(voice: Voice, persona: Persona | None) -> Mapping[str, Compass]:
    """Return where each kind of section lies: for the `voice`, or in the middle of a persona."""
    usual = VOICES[voice]
    if persona is None:
        return usual
    lowest, highest = (
        min(compass.low for compass in usual.values()),
        max(compass.high for compass in usual.values()),
    )
    widest = max(NARROWEST, round(persona.high - persona.low))
    shrunk = min(1.0, widest / (highest - lowest))
    centre = sum(compass.centre for compass in usual.values()) / len(usual)
    by = max(-FARTHEST, min(FARTHEST, persona.median - centre))
    return {kind: _moved(compass, centre, by, shrunk) for kind, compass in usual.items()}


def _moved(compass: Compass, centre: float, by: float, shrunk: float) -> Compass:
    low, high, middle = (
        centre + by + (pitch - centre) * shrunk
        for pitch in (compass.low, compass.high, compass.centre)
    )
    return Compass(round(low), max(round(high), round(low) + 7), middle)
