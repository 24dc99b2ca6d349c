"""Riding: what the engineer's hand does to a fader during a song, by the score."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from studio.audio.dynamics import STEP, Curve, drawn
from studio.audio.samples import RATE
from studio.engine.balance import DRUMS, Role
from studio.engine.score import Score

Times: TypeAlias = NDArray[np.float64]
"""Seconds, or a value for each of them, `STEP` frames apart."""

_KICKS = (35, 36)
_DUCK_SECONDS = 0.11
_STEP_BACK_DB = 1.5
_USUAL_ENERGY = 0.6


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
    gain_db += role.swell_db * (_energy(score, time) - _USUAL_ENERGY)
    return drawn(gain_db, STEP, frames)


def fading(score: Score, frames: int) -> Curve:
    """Return the gain of the whole record, `[frames]`: 1, and to nothing through the ring-out."""
    tail = min(frames, round(score.ring_out_seconds * RATE))
    curve = np.ones(frames, dtype=np.float32)
    curve[frames - tail :] = np.cos(np.linspace(0, np.pi / 2, tail, dtype=np.float32))
    return curve


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


def _energy(score: Score, time: Times) -> Times:
    """Return the energy of the section that plays, drawn softly from one to the next."""
    energies = np.full(len(time), _USUAL_ENERGY)
    for section in score.sections:
        start, end = section.start, section.start + section.beats
        # What rings out after the last bar stays as loud as it was.
        last = np.inf if end >= score.beats else end * score.seconds_per_beat
        energies[(time >= start * score.seconds_per_beat) & (time < last)] = section.energy
    soft: Times = uniform_filter1d(energies, round(0.4 * RATE / STEP), mode="nearest")
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
