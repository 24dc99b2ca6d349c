"""Speech: a line of words as it is spoken, before anyone sings it.

Every source speaks on one low and constant pitch. Nobody hears it; but close harmonics show the
shape of the mouth finely, and a known pitch needs no tracking.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

SPOKEN_HZ = 110.0
"""Pitch of all speech; low enough to resolve formants, high enough for short windows."""

SPOKEN_RATE = 22_050
"""Frames per second of all speech."""

TURN = threading.Lock()
"""Held by whoever speaks: the libraries keep their state, even their noise, in globals."""

Sex = Literal["female", "male"]


@dataclass(frozen=True, slots=True)
class Phone:
    """One sound of speech and where it lies, in seconds."""

    ipa: str
    start: float
    end: float
    word: int
    """Index of the word it was said for, or of the first of some words said as one."""

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.end - self.start


@dataclass(frozen=True, slots=True, eq=False)
class Utterance:
    """Spoken words: samples `[frames]` at `SPOKEN_RATE`, and its phones in rising order."""

    samples: NDArray[np.float64]
    phones: tuple[Phone, ...]


@dataclass(frozen=True, slots=True)
class Throat:
    """What has to be done to a speaking voice to make it a singing one."""

    formants: float = 1.0
    """Factor on all formants; above 1 is a smaller head."""
    equaliser: tuple[tuple[float, float], ...] = ((1000.0, 0.0),)
    """Hz and dB, in rising order; straight lines over the octaves between."""
    ring_hz: float = 3000.0
    ring_db: float = 3.0
    """The singer's formant."""
    top_hz: float = 9500.0
    """Up to where the source has anything to say."""
    shade: tuple[tuple[float, float], ...] = ((1000.0, 0.0),)
    """Like `equaliser`, but put on after the formants have moved."""
    breath: float = 0.0
    """How far the voice turns into air, up to 1; below 0 air is taken from it."""


class Speech(Protocol):
    """A source of speech."""

    @property
    def name(self) -> str:
        """As it is shown to people."""
        ...

    def __hash__(self) -> int:
        """Tell sources apart, so that what they said can be remembered."""
        ...

    def throat(self, voice: Sex) -> Throat:
        """Return what has to be done to this voice of the source."""
        ...

    def speaks(self, language: str) -> bool:
        """Say whether it knows the `language`, two letters."""
        ...

    def speak(self, words: Sequence[str], *, language: str, voice: Sex) -> Utterance:
        """Say `words` on `SPOKEN_HZ`; a word that cannot be said has no phones."""
        ...
