"""Chance: one stream of random numbers for each decision.

Every musician draws from an own stream, so that a change to the drums does not shuffle the tune.
The large choices of a song go by turns: two takes of a request have neighbouring seeds, and
should not come out with the same chords because two dice happened to agree.
"""

from collections.abc import Sequence
from typing import TypeAlias, TypeVar
from zlib import crc32

import numpy as np

Rng: TypeAlias = np.random.Generator
T = TypeVar("T")

ROUND = 16
"""Seeds that take turns with one another; the next round starts elsewhere."""
GOLDEN = 0.618034


def stream(seed: int, name: str) -> Rng:
    """Return the random numbers of `name` in the song of `seed`."""
    return np.random.default_rng([seed, crc32(name.encode())])


def turn(seed: int, name: str, things: Sequence[T]) -> T:
    """Return one of `things`; within a round of seeds, neighbours get different ones."""
    offset = int(stream(seed // ROUND, name).integers(len(things)))
    return things[(seed + offset) % len(things)]


def place(seed: int, name: str) -> float:
    """Return a place from 0 to 1; within a round of seeds, neighbours are far apart."""
    return float((stream(seed // ROUND, name).random() + GOLDEN * (seed % ROUND)) % 1.0)


def pick(rng: Rng, things: Sequence[T]) -> T:
    """Return one of `things`, each as likely as the others."""
    return things[int(rng.integers(len(things)))]


def happens(rng: Rng, probability: float) -> bool:
    """Tell whether something of this `probability` comes about; always draws once."""
    return bool(rng.random() < probability)
