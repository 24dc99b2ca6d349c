"""Swing: from the straight notation to where the beats really fall."""

import math
from dataclasses import replace
from typing import TypeVar

from studio.engine.score import Note, Part, Score, SungNote, Vocal
from studio.engine.writing.chance import place
from studio.engine.writing.style import Style, load_style

SWUNG_BEATS = {"eighths": 1.0, "sixteenths": 0.5}
STRAIGHT = 0.5

Timed = TypeVar("Timed", Note, SungNote)


def swung(beat: float, ratio: float, unit: float) -> float:
    """Return where a straight `beat` falls.

    Parameters
    ----------
    ratio
        Where the middle of each unit falls: 0.5 straight to 0.67 triplet.
    unit
        Beats that are swung as a pair: 1.0 for eighths, 0.5 for sixteenths.
    """
    whole = math.floor(beat / unit + 1e-9)
    part = beat / unit - whole
    bent = part * 2 * ratio if part < 0.5 else ratio + (part - 0.5) * 2 * (1 - ratio)  # noqa: PLR2004 - the middle
    return (whole + bent) * unit


def unswung(beat: float, ratio: float, unit: float) -> float:
    """Return the straight beat that `swung` takes to `beat`."""
    whole = math.floor(beat / unit + 1e-9)
    part = max(0.0, beat / unit - whole)
    flat = part / (2 * ratio) if part < ratio else 0.5 + (part - ratio) / (2 * (1 - ratio))
    return (whole + flat) * unit


def drawn_swing(style: Style, seed: int) -> float:
    """Return how far the song of `seed` swings in a style."""
    low, high = style.swing
    return round(low + place(seed, "swing") * (high - low), 3)


def swing_of(score: Score) -> tuple[float, float]:
    """Return how a score swings, and the beats of a pair that does.

    A score names its swing only where eighths swing; for sixteenths it is found again.
    """
    style = load_style(score.style)
    unit = SWUNG_BEATS[style.swung]
    return (score.swing if style.swung == "eighths" else drawn_swing(style, score.seed)), unit


def swing_parts(parts: tuple[Part, ...], ratio: float, unit: float) -> tuple[Part, ...]:
    """Bend every start and end of parts in straight notation."""
    if ratio == STRAIGHT:
        return parts
    return tuple(
        replace(part, notes=tuple(_bent(note, ratio, unit) for note in part.notes))
        for part in parts
    )


def swing_vocal(vocal: Vocal, ratio: float, unit: float) -> Vocal:
    """Bend every start and end of what is sung in straight notation."""
    if ratio == STRAIGHT:
        return vocal
    return replace(
        vocal,
        notes=tuple(_bent(note, ratio, unit) for note in vocal.notes),
        harmony=tuple(_bent(note, ratio, unit) for note in vocal.harmony),
    )


def _bent(note: Timed, ratio: float, unit: float) -> Timed:
    start = swung(note.start, ratio, unit)
    return replace(note, start=start, beats=swung(note.start + note.beats, ratio, unit) - start)
