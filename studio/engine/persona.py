"""Persona: a voice that can be put on again, as plain data.

It holds how a voice sounds, not what it says: the size of the mouth, the balance of low and high,
breath, vibrato, how notes begin, and how high and low it sings. It is measured from singing
(`studio.engine.singing.portrait`), stored as JSON, and sung with by any score that names it.
"""

from dataclasses import asdict, dataclass
from json import dumps
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, TypeAdapter, ValidationError

from studio.errors import ToolUnfit

BAND_HZ = (
    150.0, 250.0, 400.0, 600.0, 850.0, 1200.0, 1600.0, 2100.0, 2700.0, 3400.0, 4300.0, 5400.0,
    6800.0, 8500.0,
)  # fmt: skip
"""Centres of the bands in which the balance of a voice is told."""

Share: TypeAlias = Annotated[float, Field(ge=0, le=1)]
Seconds: TypeAlias = Annotated[float, Field(ge=0, le=2)]
Pitch: TypeAlias = Annotated[float, Field(ge=20, le=110)]


@dataclass(frozen=True, slots=True)
class Vibrato:
    """How the pitch of a long note swings."""

    hertz: Annotated[float, Field(ge=3, le=9)] = 5.6
    """Swings in a second."""
    cents: Annotated[float, Field(ge=0, le=200)] = 35.0
    """Up and down from the note; 0 is a straight voice."""
    after_seconds: Seconds = 0.22
    """How long a note is straight before it swings."""


@dataclass(frozen=True, slots=True)
class Persona:
    """A voice, as it was measured from some singing."""

    name: Annotated[str, Field(max_length=200)]
    voice: Literal["female", "male"]
    """Which of the usual voices it is nearer to."""
    formants: Annotated[float, Field(ge=0.7, le=1.4)]
    """Factor on the formants of the reading voice that all are compared with: above 1 is a smaller
    head."""
    balance_db: tuple[Annotated[float, Field(ge=-90, le=60)], ...]
    """Long-term average of the voice at `BAND_HZ`, 0 dB on average."""
    breath: Share
    """Share of noise in the voice from 1 to 6 kHz, 0 to 1."""
    vibrato: Vibrato
    attack_seconds: Seconds
    """From silence to voice at the beginning of a phrase."""
    low: Pitch
    """MIDI number of the lowest note that it sings often, 60 is middle C."""
    median: Pitch
    """MIDI number in the middle of its singing."""
    high: Pitch
    voiced_seconds: Annotated[float, Field(ge=0)] = 0.0
    """How much singing it was measured from: more is surer."""


_PERSONAS = TypeAdapter(Persona)


def to_json(persona: Persona) -> str:
    """Write a persona down."""
    return dumps(asdict(persona), ensure_ascii=False, indent=2)


def from_json(text: str | bytes) -> Persona:
    """Read a persona that `to_json` wrote.

    Raises
    ------
    ValueError
        If it is none.
    """
    try:
        persona = _PERSONAS.validate_json(text)
    except ValidationError as error:
        raise ValueError(f"This is not a persona: {error.errors()[0]['msg']}.") from error
    if len(persona.balance_db) != len(BAND_HZ):
        raise ValueError(
            f"This is not a persona: it has {len(persona.balance_db)} bands of balance, "
            f"not {len(BAND_HZ)}."
        )
    return persona


def read_persona(path: Path) -> Persona:
    """Read a file that `to_json` wrote.

    Raises
    ------
    ToolUnfit
        If it cannot be read, or is no persona.
    """
    try:
        return from_json(path.read_bytes())
    except OSError as error:
        raise ToolUnfit(f"The persona {path.name} cannot be read ({error.strerror}).") from error
    except ValueError as error:
        raise ToolUnfit(f"{path.name}: {error} Keep the voice of a song as one first.") from error
