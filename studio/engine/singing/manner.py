"""Manner: how a singer sings whatever is put before them."""

from dataclasses import dataclass, field

from studio.engine.persona import Vibrato
from studio.engine.singing.speech import Throat

ATTACK_SECONDS = 0.012


@dataclass(frozen=True, slots=True)
class Manner:
    """The throat, and what is done with it."""

    throat: Throat
    vibrato: Vibrato = field(default_factory=Vibrato)
    attack_seconds: float = ATTACK_SECONDS
    """How softly a phrase opens."""
