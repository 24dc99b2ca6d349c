"""Theory: scales, chord tones and Roman numerals, as pitch classes (0 is C)."""

import re
from functools import lru_cache

from studio.engine.score import Chord, Key

INTERVALS: dict[str, tuple[int, ...]] = {
    "maj": (0, 4, 7),
    "min": (0, 3, 7),
    "dim": (0, 3, 6),
    "aug": (0, 4, 8),
    "maj7": (0, 4, 7, 11),
    "min7": (0, 3, 7, 10),
    "dom7": (0, 4, 7, 10),
    "sus2": (0, 2, 7),
    "sus4": (0, 5, 7),
    "add9": (0, 4, 7, 14),
    "maj9": (0, 4, 7, 11, 14),
    "min9": (0, 3, 7, 10, 14),
    "m7b5": (0, 3, 6, 10),
    "6": (0, 4, 7, 9),
    "m6": (0, 3, 7, 9),
}
"""Chord tones above the root, for every quality that a score may name."""

SCALES = {"major": (0, 2, 4, 5, 7, 9, 11), "minor": (0, 2, 3, 5, 7, 8, 10)}
DEGREES = ("i", "ii", "iii", "iv", "v", "vi", "vii")
NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")

_NUMERAL = re.compile(r"^([b#]?)([ivIV]+)([^/]*)(?:/(?:([357])|([b#]?[ivIV]+)))?$")
_UPPER = {"": "maj", "7": "dom7", "9": "dom7", "6": "6", "+": "aug", "maj7": "maj7"}
_LOWER = {"": "min", "7": "min7", "9": "min9", "6": "m6", "o": "dim", "h": "m7b5"}
_EITHER = ("sus2", "sus4", "add9", "maj9", "maj7", "m7b5")


def key_name(key: Key) -> str:
    """Say a key: `C minor`."""
    return f"{NAMES[key.tonic]} {key.mode}"


@lru_cache
def scale(key: Key) -> tuple[int, ...]:
    """Return the seven pitch classes of `key`, from its tonic."""
    return tuple((key.tonic + step) % 12 for step in SCALES[key.mode])


@lru_cache(maxsize=1024)
def tones(root: int, quality: str) -> tuple[int, ...]:
    """Return the pitch classes of a chord, root first."""
    return tuple((root + interval) % 12 for interval in INTERVALS[quality])


def chord_tones(chord: Chord) -> tuple[int, ...]:
    """Return the pitch classes of `chord`, root first."""
    return tones(chord.root, chord.quality)


@lru_cache(maxsize=1024)
def scale_over(key: Key, root: int, quality: str) -> tuple[int, ...]:
    """Return the scale to play over a chord: that of the key, bent to the chord's own tones."""
    heard = list(scale(key))
    for tone in tones(root, quality):
        if tone in heard:
            continue
        near = [h for h in heard if (h - tone) % 12 in {1, 11} and h not in tones(root, quality)]
        heard = [h for h in heard if h not in near[:1]] + [tone]
    return tuple(sorted(heard))


def read_numeral(numeral: str, key: Key, *, start: float = 0.0, beats: float = 4.0) -> Chord:
    """Return the chord that a Roman numeral means in `key`.

    Capitals are major, small letters minor. `I/3` has its third in the bass, `V7/vi` is the
    dominant of the sixth degree. In minor the degrees are those of the natural scale.

    Raises
    ------
    ValueError
        If it is not a Roman numeral with a quality that we know.
    """
    match = _NUMERAL.match(numeral)
    if not match or match[2].lower() not in DEGREES:
        raise ValueError(f"{numeral!r} is not a Roman numeral such as ii7, Vsus4 or IV/3.")
    accidental, roman, suffix, inversion, of = match.groups()
    root = _degree(accidental, roman, key)
    if of:
        # A dominant of something stands where it would in that something's major key.
        target = read_numeral(of, key).root
        root = _degree(accidental, roman, Key(target, "major"))
    quality = _quality(roman, suffix)
    bass = root if not inversion else tones(root, quality)[int(inversion) // 2]
    return Chord(start=start, beats=beats, root=root, quality=quality, bass=bass)


def _degree(accidental: str, roman: str, key: Key) -> int:
    step = SCALES[key.mode][DEGREES.index(roman.lower())]
    return (key.tonic + step + {"b": -1, "#": 1, "": 0}[accidental]) % 12


def _quality(roman: str, suffix: str) -> str:
    if suffix in _EITHER:
        return suffix
    table = _UPPER if roman.isupper() else _LOWER
    if suffix not in table:
        raise ValueError(f"{roman}{suffix} has a quality that we do not know: {suffix!r}.")
    return table[suffix]
