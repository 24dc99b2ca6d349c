"""Riding: what the engineer's hand does to a fader during a song, by the score."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from studio.audio.levels import SILENCE_DB, loudness
from studio.audio.samples import RATE, Samples
from studio.audio.shaping.dynamics import STEP, Curve, drawn
from studio.engine.balance import DRUMS, Role
from studio.engine.score import Score

Times: TypeAlias = NDArray[np.float64]
"""Seconds, or a value for each of them, `STEP` frames apart."""

_KICKS = (35, 36)
_DUCK_SECONDS = 0.11
_STEP_BACK_DB = 2.2
_USUAL_ENERGY = 0.6
_LIFT_LU = 2.6
"""How much louder than a verse a chorus is to be, at the least."""
_MOST_LIFT_DB = 2.0


def ridden(role: Role, score: Score, frames: int) -> Curve:
    """Return the gain of a stem over the song, `[frames]`.

    It follows the form, and gives way to kick and singer where the role says so.
    """
    time = np.arange(-(-frames // STEP), dtype=np.float64) * (STEP / RATE)
    gain_db = np.zeros(len(time))
    if role.ducks and score.room.duck_db > 0:
        gain_db -= role.ducks * score.room.duck_db * _since_kick(score, time)
    if role.makes_way and score.vocal is not None:
        gain_db -= _STEP_BACK_DB * _sung(score, time)
    swells_db = [role.swell_db * (s.energy - _USUAL_ENERGY) for s in score.sections]
    gain_db += _by_section(swells_db, score, time)
    return drawn(gain_db, STEP, frames)


def fading(score: Score, frames: int) -> Curve:
    """Return the gain of the whole record, `[frames]`: 1, and to nothing through the ring-out."""
    tail = min(frames, round(score.ring_out_seconds * RATE))
    curve = np.ones(frames, dtype=np.float32)
    curve[frames - tail :] = np.cos(np.linspace(0, np.pi / 2, tail, dtype=np.float32))
    return curve


def lifting(mixed: Samples, glue: Curve, score: Score) -> Curve:
    """Return the gain of the whole record, `[frames]`, that lets its choruses stand out.

    Heard by section, since some bands get louder by themselves and others hardly do; `glue` is the
    gain, `[frames]`, that the record has already.
    """
    verse, chorus = (_loudness_of(kind, mixed, glue, score) for kind in ("verse", "chorus"))
    time = np.arange(-(-mixed.shape[1] // STEP), dtype=np.float64) * (STEP / RATE)
    if min(verse, chorus) <= SILENCE_DB:
        return np.ones(mixed.shape[1], np.float32)
    missing_db = np.clip(_LIFT_LU - (chorus - verse), 0.0, _MOST_LIFT_DB)
    wanted_db = [missing_db * (section.kind == "chorus") for section in score.sections]
    return drawn(_by_section(wanted_db, score, time), STEP, mixed.shape[1])


def _loudness_of(kind: str, mixed: Samples, glue: Curve, score: Score) -> float:
    """Return how loud all sections of a kind are together."""
    beat = score.seconds_per_beat * RATE
    spans = [
        slice(round(section.start * beat), round((section.start + section.beats) * beat))
        for section in score.sections
        if section.kind == kind and section.start < score.beats
    ]
    heard = [mixed[:, span] * glue[span] for span in spans]
    return loudness(np.concatenate(heard, axis=1), RATE) if heard else SILENCE_DB


def _since_kick(score: Score, time: Times) -> Times:
    """Return 1 at each stroke of the kick, falling to 0 after it."""
    kicks = sorted(
        note.start * score.seconds_per_beat + note.shift
        for part in score.parts
        if part.name == DRUMS
        for note in part.notes
        if note.pitch in _KICKS
    )
    if not kicks:
        return np.zeros(len(time))
    last = np.searchsorted(kicks, time, side="right") - 1
    since = np.where(last >= 0, time - np.array(kicks)[last], np.inf)
    return np.asarray(np.exp(-((since / _DUCK_SECONDS) ** 2) / 2))


def _by_section(values: Sequence[float], score: Score, time: Times) -> Times:
    """Return the value of the section that plays, drawn softly from one to the next."""
    found = np.zeros(len(time))
    for value, section in zip(values, score.sections, strict=True):
        start, end = section.start, section.start + section.beats
        # What rings out after the last bar stays as loud as it was.
        last = np.inf if end >= score.beats else end * score.seconds_per_beat
        found[(time >= start * score.seconds_per_beat) & (time < last)] = value
    soft: Times = uniform_filter1d(found, round(0.4 * RATE / STEP), mode="nearest")
    return soft


def _sung(score: Score, time: Times) -> Times:
    """Return 1 where someone sings, with soft edges."""
    sung = np.zeros(len(time))
    for note in score.vocal.notes if score.vocal else ():
        start, end = (
            beat * score.seconds_per_beat for beat in (note.start, note.start + note.beats)
        )
        sung[np.searchsorted(time, start - 0.1) : np.searchsorted(time, end + 0.3)] = 1
    soft: Times = uniform_filter1d(sung, round(0.3 * RATE / STEP))
    return soft
