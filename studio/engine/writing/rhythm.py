"""Rhythm of the tune: when each syllable is sung.

Stressed syllables are drawn to strong beats, lines of a section to the rhythm of its first
line, and the last word gets the time that is left. The best of all placings is found by
dynamic programming over the sixteenths or eighths that a line may use.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from studio.engine.writing.chance import Rng
from studio.engine.writing.lyrics import CLOSING
from studio.engine.writing.stretch import Phrase

Floats = NDArray[np.float64]

LONGEST_END = 3.5
"""Beats for which the last note is gladly held."""
WEAK_WORDS = frozenset(
    re.split(
        r"\s+",
        "a am an and are as at be been but by can could did "
        "do does for from had has have he her him his i i'll i'm "
        "i've if in into is it it's its just like me my not of "
        "on or our shall she should so than that the their them there's these "
        "they this those to us was we we'll we're we've were when where will "
        "with would you you're you've your",
    )
)
"""Words that are sung on weak beats."""

_STRESS_BEFORE = re.compile(r"(tion|sion|cian|ic|ical|ity|ious|ual)s?$")
WEAK_STARTS = frozenset(
    re.split(
        r"\s+",
        "about above across afraid again against ago ahead alive alone along "
        "already among another apart around arrive asleep awake away because become "
        "before began begin behind believe belong below beneath beside between beyond "
        "cassette december decide depart desire destroy device eleven enjoy enough escape "
        "except exist explain explode forever forget forgive goodbye guitar hello herself "
        "himself hotel july machine mistake motel myself november october ourselves parade "
        "perhaps police regret remain remember return september surprise themselves today together "
        "tomorrow tonight toward umbrella unknown unless until within without yourself",
    )
)
"""Words that are stressed on their second syllable."""


@dataclass(frozen=True, slots=True)
class Window:
    """The places where a line may be sung."""

    first: int
    """Slot of the earliest note; negative is a pickup before the bar line."""
    last: int
    """Slot of the latest note start."""
    end: float
    """Beats after the bar line by which the last note is over."""
    slot_beats: float
    """0.5 eighths, 0.25 sixteenths."""
    beats_per_bar: int

    @property
    def slots(self) -> int:
        """How many places there are."""
        return self.last - self.first + 1


@lru_cache(maxsize=4096)
def stresses_of_word(word: str, syllables: int) -> tuple[float, ...]:
    """Guess the stress of each syllable, 0 to 1, from what English words look like."""
    bare = re.sub(r"[^\w']", "", word.casefold())
    if syllables == 1:
        return (0.15 if bare in WEAK_WORDS else 0.8,)
    strong = 0
    if _STRESS_BEFORE.search(bare):
        strong = syllables - 2
    elif bare in WEAK_STARTS:
        strong = 1
    return tuple(
        1.0 if i == strong else 0.45 if abs(i - strong) == 2 else 0.1  # noqa: PLR2004 - every other
        for i in range(syllables)
    )


def stresses_of(phrase: Phrase) -> tuple[float, ...]:
    """Return the stress of each syllable of a line."""
    return tuple(
        stress
        for word, count in zip(phrase.words, phrase.syllables, strict=True)
        for stress in stresses_of_word(word, count)
    )


def pauses_of(phrase: Phrase) -> tuple[bool, ...]:
    """Tell for each syllable whether a comma or the like follows it."""
    return tuple(
        index == count - 1 and word[-1] in CLOSING
        for word, count in zip(phrase.words, phrase.syllables, strict=True)
        for index in range(count)
    )


def place(
    stresses: Sequence[float],
    pauses: Sequence[bool],
    window: Window,
    taste: Floats,
    *,
    ending: float,
) -> tuple[int, ...]:
    """Return the slot of each syllable, rising.

    Parameters
    ----------
    stresses, pauses
        For each syllable; at most `window.slots` of them.
    taste
        How much each slot of the window is liked, `[window.slots]`.
    ending
        Beats before the end of the window at which the last syllable likes to fall.
    """
    count, slots = len(stresses), window.slots
    strength = metre(window)
    gaps = _gap_cost(slots, max(1.0, min(4.0, slots / max(1, count))))
    stress = np.asarray(stresses, dtype=np.float64) - 0.45
    gains = 2.2 * stress[:, None] * strength[None, :] + taste[None, :]
    gains[-1] += _tail(window, ending)
    best, came = gains[0] - 0.12 * np.arange(slots), np.zeros((count, slots), dtype=np.intp)
    for index in range(1, count):
        wait = _pause_bonus(slots) if pauses[index - 1] else 0.0
        ways = best[:, None] + gaps + wait
        came[index] = ways.argmax(axis=0)
        best = ways.max(axis=0) + gains[index]
    return _walk_back(best, came, window.first)


def _walk_back(best: Floats, came: NDArray[np.intp], first: int) -> tuple[int, ...]:
    at = int(best.argmax())
    path = [at]
    for index in range(len(came) - 1, 0, -1):
        at = int(came[index, at])
        path.append(at)
    return tuple(first + slot for slot in reversed(path))


@lru_cache(maxsize=256)
def metre(window: Window) -> Floats:
    """Return how strong each slot of the window is in its bar, about 0 to 1."""
    positions = np.arange(window.first, window.last + 1) * window.slot_beats
    in_bar = np.mod(positions, window.beats_per_bar)
    strength = np.full(len(positions), 0.0)
    strength[np.isclose(np.mod(in_bar, 0.5), 0.0)] = 0.25
    strength[np.isclose(np.mod(in_bar, 1.0), 0.0)] = 0.45
    if window.beats_per_bar % 2 == 0:
        strength[np.isclose(in_bar, window.beats_per_bar / 2)] = 0.85
    strength[np.isclose(in_bar, 0.0)] = 1.0
    return strength


@lru_cache(maxsize=256)
def _gap_cost(slots: int, usual: float) -> Floats:
    """Dislike of each distance between neighbours, `[from, to]`; backwards is impossible."""
    distance = np.arange(slots)[None, :] - np.arange(slots)[:, None]
    ahead = np.where(distance > 0, distance, 1).astype(np.float64)
    cost = -0.55 * np.abs(np.log2(ahead / usual)) ** 1.5
    return np.where(distance > 0, cost, -np.inf)


@lru_cache(maxsize=64)
def _pause_bonus(slots: int) -> Floats:
    distance = np.arange(slots)[None, :] - np.arange(slots)[:, None]
    return np.where(distance >= 3, 0.9, -0.6)  # noqa: PLR2004 - a comma takes three slots


@lru_cache(maxsize=256)
def _tail(window: Window, ending: float) -> Floats:
    """Like of each slot for the last note: near `ending`, with one to three beats to hold it."""
    left = window.end - np.arange(window.first, window.last + 1) * window.slot_beats
    near = 1.2 - 0.8 * np.abs(left - ending).clip(0, 2)
    too_long = -0.8 * (left - LONGEST_END)
    return np.where(left < 1.0, -1.0, np.where(left > LONGEST_END, too_long, near))


def draw_taste(window: Window, syncopation: float, rng: Rng) -> Floats:
    """Draw the rhythm that a section likes: a bit of chance, off-beats as the style has them."""
    strength = metre(window)
    positions = np.arange(window.first, window.last + 1) * window.slot_beats
    off = np.isclose(np.mod(positions, 1.0), 0.5)
    early = np.where(positions < 0, -0.5, 0.0)
    fine = np.where(np.isclose(np.mod(positions, 0.5), 0.25), -0.5, 0.0)
    drawn = rng.normal(0.0, 0.4, len(positions))
    taste: Floats = drawn + 0.35 * strength + syncopation * 1.2 * off + early + fine
    return taste
