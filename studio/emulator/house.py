"""The house: all that the dialects share, handed to each when it is opened."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from studio.emulator.band import Band
from studio.emulator.faults import Faults
from studio.emulator.pace import Pace
from studio.emulator.personas import Personas
from studio.emulator.sounds import Sounds

PROFILES = ("2026-01", "2026-09")
"""Dates at which vendors that change without a version are imitated; the first is the usual one."""


@dataclass(frozen=True)
class House:
    """What stands behind every counter."""

    band: Band
    pace: Pace
    faults: Faults
    key: str
    """The key of every dialect."""
    credits: int
    """What each vendor's account begins with."""
    data: Path
    """Where the books are."""
    clock: Callable[[], float]
    """Seconds since 1970."""
    link_seconds: float | None = None
    """How long vendors' links to sound live; `None` is for ever."""
    profile: str = PROFILES[0]
    """The date whose words and prices hold when it opens."""

    @property
    def sounds(self) -> Sounds:
        """What there is to work on."""
        return self.band.sounds

    @cached_property
    def personas(self) -> Personas:
        """The voices that the band was asked to keep."""
        return Personas(self.data / "personas", self.band)
