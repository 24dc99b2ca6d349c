"""Levels: from noises and music to one sound at the level of others, a circle if it is to loop."""

import numpy as np

from studio.audio.levels import SILENCE_DB, loudness, true_peak_db
from studio.audio.samples import RATE, Samples
from studio.audio.shaping.dynamics import limiting
from studio.engine.sounding.colours import shaped

TARGET_LUFS = -16.0
CEILING_DB = -1.5
"""In dBTP."""
MOST_LIMITED_DB = 7.0
"""How far peaks are pressed down at the most: what only knocks stays quieter instead."""
LOWEST_HZ, HIGHEST_HZ = 24.0, 20_000.0
FADE_IN_SECONDS, FADE_OUT_SECONDS, EVENT_FADE_SECONDS = 0.06, 1.2, 0.35

TURN_SECONDS, BEAT_TURN_SECONDS = 0.02, 0.002
"""How far from its beginning a circle may be cut open; nobody hears 2 ms in a beat."""


def at_level(sound: Samples, lufs: float) -> Samples:
    """Return a sound at a loudness, nothing else done to it."""
    measured = loudness(sound, RATE)
    if measured <= SILENCE_DB:
        return sound
    return sound * np.float32(10 ** ((lufs - measured) / 20))


def levelled(sound: Samples, *, loop: bool) -> Samples:
    """Return a sound without rumble, at `TARGET_LUFS` or as near as its peaks allow.

    A circle stays one: it is heard three times over, and the middle time is kept.
    """
    frames = sound.shape[1]
    sound = shaped(sound, LOWEST_HZ, HIGHEST_HZ)
    heard = np.tile(sound, (1, 3)) if loop else sound
    measured = loudness(heard, RATE)
    if measured <= SILENCE_DB:
        return sound
    room_db = CEILING_DB + MOST_LIMITED_DB - true_peak_db(heard, RATE)
    heard = heard * np.float32(10 ** (min(TARGET_LUFS - measured, room_db) / 20))
    heard = heard * limiting(heard, ceiling_db=CEILING_DB)
    return np.ascontiguousarray(heard[:, frames : 2 * frames] if loop else heard)


def faded(sound: Samples, *, is_event: bool) -> Samples:
    """Return a sound that comes and goes softly; an event begins at once."""
    frames = sound.shape[1]
    out = min(frames // 3, round((EVENT_FADE_SECONDS if is_event else FADE_OUT_SECONDS) * RATE))
    into = min(frames // 3, round((0.002 if is_event else FADE_IN_SECONDS) * RATE))
    gain = np.ones(frames, np.float32)
    gain[:into] = np.sin(np.linspace(0, np.pi / 2, into, dtype=np.float32))
    gain[frames - out :] *= np.cos(np.linspace(0, np.pi / 2, out, dtype=np.float32))
    return sound * gain


def turned(sound: Samples, *, keeps_time: bool) -> Samples:
    """Return a circle cut open where it is quietest, just before its beginning."""
    span = round((BEAT_TURN_SECONDS if keeps_time else TURN_SECONDS) * RATE)
    before = sound[:, -span:]
    step = np.abs(np.diff(before, axis=1)).max(axis=0) + np.abs(before[:, 1:]).max(axis=0)
    return np.roll(sound, span - 1 - int(step.argmin()), axis=1)
