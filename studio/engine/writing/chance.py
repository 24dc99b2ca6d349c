"""Chance: one stream of random numbers for each decision.

Every musician draws from an own stream, so that a change to the drums does not shuffle the tune.
"""

from collections.abc import Sequence
from typing import TypeAlias, TypeVar
from zlib import crc32

import numpy as np

Rng: TypeAlias = np.random.Generator
T = TypeVar("T")


def stream(seed: int, name: str) -> Rng:
    """Return the random numbers of `name` in the song of `seed`."""
    return np.random.default_rng([seed, crc32(name.encode())])


def pick(rng: Rng, things: Sequence[T]) -> T:
    """Return one of `things`, each as likely as the others."""
    return things[int(rng.integers(len(things)))]


def happens(rng: Rng, probability: float) -> bool:
    """Tell whether something of this `probability` comes about; always draws once."""
    return bool(rng.random() < probability)
