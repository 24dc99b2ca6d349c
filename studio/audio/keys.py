"""Keys: the tonic and mode that a song's notes and chords fit best.

Note profiles alone confuse relative keys, which share all their notes. What tells them apart is
which chord the song rests on: its first, its last, and those that last long.
"""

import numpy as np
from numpy.typing import NDArray

from studio.audio.chords import NO_CHORD, Harmony
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
_LAST_WEIGHT = 1.0
_FIRST_WEIGHT = 0.4


def find_key(harmony: Harmony) -> tuple[HeardKey, float]:
    """Return the key, and how sure it is, 0 to 1."""
    score = (
        _PROFILE_WEIGHT * _by_notes(harmony)
        + _CHORD_WEIGHT * _by_chords(harmony)
        + _by_ends(harmony)
    )
    shares = np.exp(2 * (score - score.max()))
    best = int(score.argmax())
    share = float(shares[best] / shares.sum()) * float(1 - harmony.shares[:, NO_CHORD].mean())
    return HeardKey(best % 12, "minor" if best >= 12 else "major"), share  # noqa: PLR2004 - minors


def _by_notes(harmony: Harmony) -> NDArray[np.float64]:
    notes = np.average(harmony.treble, axis=0, weights=np.diff(harmony.edges) + 1e-9)
    score = np.zeros(24)
    for mode, profile in enumerate((_MAJOR, _MINOR)):
        for tonic in range(12):
            score[12 * mode + tonic] = _alike(notes, np.roll(profile, tonic))
    return score


def _alike(notes: NDArray[np.floating], profile: NDArray[np.float64]) -> float:
    one, other = notes - notes.mean(), profile - profile.mean()
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other) + 1e-9))


def _by_chords(harmony: Harmony) -> NDArray[np.float64]:
    lasting = np.diff(harmony.edges)
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
    score = np.zeros(24)
    sounding = harmony.chosen[harmony.chosen != NO_CHORD]
    if len(sounding):
        score[sounding[-1]] += _LAST_WEIGHT
        score[sounding[0]] += _FIRST_WEIGHT
    return score
