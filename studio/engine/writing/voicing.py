"""Voicing: where the notes of a chord lie, so that hands move little from one to the next."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, pairwise

from studio.engine.score import Chord
from studio.engine.writing.theory import chord_tones


def lead_voices(
    chords: Sequence[Chord], *, reach: tuple[int, int], voices: int
) -> tuple[tuple[int, ...], ...]:
    """Return rising pitches for each chord, each as near as can be to the one before."""
    voiced: list[tuple[int, ...]] = []
    before: tuple[int, ...] = ()
    for chord in chords:
        before = voice(chord_tones(chord), reach, voices, before)
        voiced.append(before)
    return tuple(voiced)


@lru_cache(maxsize=4096)
def voice(
    tones: tuple[int, ...], reach: tuple[int, int], voices: int, before: tuple[int, ...]
) -> tuple[int, ...]:
    """Return the best voicing of `tones` after `before`."""
    wanted = _wanted(tones, voices)
    ways = _ways(wanted, reach, voices)
    middle = sum(reach) / 2
    return min(ways, key=lambda way: _cost(way, before, middle))


def _wanted(tones: tuple[int, ...], voices: int) -> tuple[int, ...]:
    """Leave out what is missed least when there are few voices: the fifth, then the root."""
    kept = list(tones)
    for spare in (2, 0):
        if len(kept) > voices and len(kept) > 2:  # noqa: PLR2004 - two notes are the least chord
            kept.remove(tones[spare])
    return tuple(kept[:voices])


@lru_cache(maxsize=2048)
def _ways(
    tones: tuple[int, ...], reach: tuple[int, int], voices: int
) -> tuple[tuple[int, ...], ...]:
    low, high = reach
    places = [pitch for pitch in range(low, high + 1) if pitch % 12 in tones]
    count = min(voices, len(places))
    ways = [
        way
        for way in combinations(places, count)
        if way[-1] - way[0] <= 19  # noqa: PLR2004 - an octave and a fifth: one or two hands
        and {pitch % 12 for pitch in way} >= set(tones[:count])
        and min((b - a for a, b in pairwise(way)), default=3) > 1
    ]
    return tuple(ways) or (tuple(places[:count]),)


def _cost(way: tuple[int, ...], before: tuple[int, ...], middle: float) -> float:
    centre = abs(sum(way) / len(way) - middle)
    # Close notes are muddy at the bottom of a chord.
    open_low = max(0, 5 - (way[1] - way[0])) if len(way) > 1 else 0
    if not before:
        return centre + open_low
    moved = sum(min(abs(pitch - old) for old in before) for pitch in way)
    top = abs(way[-1] - before[-1])
    return moved + 0.5 * top + 0.35 * centre + 0.6 * open_low
