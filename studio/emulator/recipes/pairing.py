"""Pairing: whose voice is laid over whose music, when one song is made of two."""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def pairs_of(first: T, second: T, is_instrumental: Callable[[T], bool]) -> list[tuple[T, T]]:
    """Return `(voice, music)` for two takes; where nobody sings there is no voice to take."""
    if is_instrumental(first):
        return [(second, first)] * 2
    return [(first, second)] * 2 if is_instrumental(second) else [(first, second), (second, first)]
