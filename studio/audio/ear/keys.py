"""Keys: the tonic and mode that a song's notes and chords fit best.

Note profiles alone confuse relative keys, which share all their notes. What tells them apart is
which chord the song rests on: its first, its last, and those that last long.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.audio.ear.chords import NO_CHORD, Harmony
from studio.audio.hearing import HeardKey

# Albrecht and Shanahan 2013, "The use of large corpora to train a new type of key-finding
# algorithm".
_MAJOR = (0.238, 0.006, 0.111, 0.006, 0.137, 0.094, 0.016, 0.214, 0.009, 0.080, 0.008, 0.081)
_MINOR = (0.220, 0.006, 0.104, 0.123, 0.019, 0.103, 0.012, 0.214, 0.062, 0.022, 0.061, 0.052)
# How much a chord on each degree speaks for a key: (steps above the tonic, is minor) -> weight.
_MAJOR_CHORDS = {(0, 0): 1.0, (7, 0): 0.7, (5, 0): 0.6, (9, 1): 0.4, (2, 1): 0.4, (4, 1): 0.3}
_MINOR_CHORDS = {
    (0, 1): 1.0,
    (7, 0): 0.7,
    (5, 1): 0.6,
    (7, 1): 0.4,
    (8, 0): 0.4,
    (10, 0): 0.4,
    (3, 0): 0.3,
}
_PROFILE_WEIGHT = 4.0
_CHORD_WEIGHT = 6.0
_LAST_ROOT, _LAST_CHORD = 1.0, 0.5
_FIRST_ROOT, _FIRST_CHORD = 0.3, 0.3
# Chosen so that of the keys told with some confidence, that share is right (`bench/hearing.py`).
_SHARPNESS = 1.3
_ENOUGH_CHORDS = 3
_BELONGING = 1.0


@dataclass(frozen=True, slots=True)
class KeyFound:
    """The key that fits best, and how the others stand."""

    key: HeardKey
    confidence: float
    """0 to 1."""
    shares: NDArray[np.float64]
    """`[24]`, how likely each key is: major from C, then minor."""


def find_key(harmony: Harmony) -> KeyFound:
    """Find the key of a song."""
    score = (
        _PROFILE_WEIGHT * _by_notes(harmony)
        + _CHORD_WEIGHT * _by_chords(harmony)
        + _by_ends(harmony)
    )
    shares = np.exp(_SHARPNESS * (score - score.max()))
    shares /= shares.sum()
    best = int(shares.argmax())
    key = HeardKey(best % 12, "minor" if best >= 12 else "major")  # noqa: PLR2004 - minors
    return KeyFound(key, float(shares[best]) * _evidence(harmony), shares)


def belonging(found: KeyFound) -> NDArray[np.float64]:
    """Return what speaks for each chord from its belonging to the key, `[25]`, for `leaning`."""
    bonus = np.zeros(NO_CHORD + 1)
    for mode, chords in enumerate((_MAJOR_CHORDS, _MINOR_CHORDS)):
        for tonic in range(12):
            for step, minor in chords:
                bonus[12 * minor + (tonic + step) % 12] += found.shares[12 * mode + tonic]
    bonus[NO_CHORD] = bonus[:NO_CHORD].max()
    return _BELONGING * bonus


def _evidence(harmony: Harmony) -> float:
    """Return how much there is to judge by, 0 to 1: a chord or two are no key, nor is noise."""
    sounding = 1 - float(harmony.shares[:, NO_CHORD].mean())
    different = len(set(harmony.chosen.tolist()) - {NO_CHORD})
    return sounding * min(1.0, different / _ENOUGH_CHORDS)


def _by_notes(harmony: Harmony) -> NDArray[np.float64]:
    notes = np.average(harmony.treble, axis=0, weights=np.diff(harmony.grid.edges) + 1e-9)
    score = np.zeros(24)
    for mode, profile in enumerate((_MAJOR, _MINOR)):
        for tonic in range(12):
            score[12 * mode + tonic] = _alike(notes, np.roll(profile, tonic))
    return score


def _alike(notes: NDArray[np.floating], profile: NDArray[np.float64]) -> float:
    one, other = notes - notes.mean(), profile - profile.mean()
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other) + 1e-9))


def _by_chords(harmony: Harmony) -> NDArray[np.float64]:
    lasting = np.diff(harmony.grid.edges)
    shares = (harmony.shares * lasting[:, None]).sum(axis=0) / (lasting.sum() + 1e-9)
    score = np.zeros(24)
    for mode, chords in enumerate((_MAJOR_CHORDS, _MINOR_CHORDS)):
        for tonic in range(12):
            score[12 * mode + tonic] = sum(
                weight * shares[12 * minor + (tonic + step) % 12]
                for (step, minor), weight in chords.items()
            )
    return score


def _by_ends(harmony: Harmony) -> NDArray[np.float64]:
    """Ask which chord comes first and last; its third is often hard to hear as it dies away."""
    score = np.zeros(24)
    sounding = harmony.chosen[harmony.chosen != NO_CHORD]
    ends = ((-1, _LAST_ROOT, _LAST_CHORD), (0, _FIRST_ROOT, _FIRST_CHORD))
    for at, root_weight, chord_weight in ends if len(sounding) else ():
        chord = int(sounding[at])
        score[[chord % 12, chord % 12 + 12]] += root_weight
        score[chord] += chord_weight
    return score
