"""Stand-in: a score for a sound that has none, so that the band can go on from it.

It has the time, key, chords and form that were heard, and what the band of a matching style would
play over them. Nobody ever hears those bars; but whoever plays on knows what came before.
"""

from dataclasses import replace

import numpy as np

from studio.engine.continuing.ground import Ground
from studio.engine.score import Room, Score
from studio.engine.writing.given import band_over
from studio.engine.writing.metre import in_metre
from studio.engine.writing.style import load_style
from studio.engine.writing.swing import STRAIGHT, drawn_swing
from studio.engine.writing.theory import key_name

LOCAL_BEATS = 12
"""From how many beats the tempo at a place is told."""


def stand_in(ground: Ground, style_name: str, seed: int, *, title: str) -> Score:
    """Return what a band of `style_name` would have on the stand for a sound.

    Parameters
    ----------
    ground
        What was heard.
    style_name
        One of `STYLES`.
    seed
        Same ground, style and seed, same score.
    title
        What the sound is called.
    """
    style = in_metre(load_style(style_name), ground.beats_per_bar)
    eighths = style.swung == "eighths"
    parts = band_over(
        ground, style_name, seed, without=() if ground.has_pulse else ("drums", "percussion")
    )
    return Score(
        title=title,
        style=style_name,
        tags=f"{style.words[0]}, {ground.tempo_bpm:.0f} bpm, {key_name(ground.key)}",
        tempo_bpm=ground.tempo_bpm,
        key=ground.key,
        beats_per_bar=ground.beats_per_bar,
        swing=drawn_swing(style, seed) if eighths else STRAIGHT,
        sections=ground.sections,
        chords=ground.chords,
        parts=parts,
        vocal=None,
        lyrics="",
        beats=ground.beats,
        seed=seed,
        room=Room(**style.room.model_dump()),
    )


def steadied(ground: Ground, beat: float) -> Ground:
    """Return a ground that keeps, all through, the tempo that it has just before a beat.

    The line through the last beats before it smooths what the ear placed a little off. Where the
    tempo bends, a line would miss the beat itself, and so a curve finds its place.
    """
    last = int(np.clip(round(beat), 1, len(ground.beat_seconds) - 1))
    first = max(0, last - LOCAL_BEATS)
    numbers = np.arange(first - last, 1)
    times = np.array(ground.beat_seconds[first : last + 1])
    step = float(np.polyfit(numbers, times, 1)[0])
    place = float(np.polyfit(numbers, times, 2 if len(times) > LOCAL_BEATS // 2 else 1)[-1])
    return replace(
        ground,
        tempo_bpm=round(60.0 / step, 3),
        beat_seconds=tuple(place + step * (n - last) for n in range(len(ground.beat_seconds))),
    )


def smoothed(ground: Ground) -> Ground:
    """Return a ground whose beats lie on the line through those around them.

    The ear places single beats some milliseconds off; a band that followed would stumble.
    """
    times = np.array(ground.beat_seconds)
    reach = LOCAL_BEATS // 2
    lines = []
    for beat in range(len(times)):
        near = np.arange(max(0, beat - reach), min(len(times), beat + reach + 1))
        lines.append(float(np.polyval(np.polyfit(near - beat, times[near], 1), 0.0)))
    return replace(ground, beat_seconds=tuple(lines))


def in_tempo_of(ground: Ground, bars: tuple[int, int]) -> Ground:
    """Return a ground whose tempo is that of some of its bars."""
    first, last = (bar * ground.beats_per_bar for bar in bars)
    seconds = ground.beat_seconds[last] - ground.beat_seconds[first]
    return replace(ground, tempo_bpm=round(60.0 * (last - first) / seconds, 3))
