"""Blending: new music brought to the loudness and the colour of the sound that it joins.

What was played anew is compared with the same bars of the sound itself, or with the bars next to
them; then it is filtered, raised and limited as a mastering engineer would.
"""

import numpy as np

from studio.audio.levels import SILENCE_DB, loudness
from studio.audio.samples import RATE, Samples
from studio.audio.shaping.dynamics import limiting
from studio.audio.shaping.eq import bell, equalise, high_pass
from studio.audio.shaping.filters import Section
from studio.engine.mastering import BANDS_HZ, CEILING_DB, band_levels, rounded

_FURTHEST_DB = 5.0
"""How far a band is raised or lowered to match."""
_HIGHEST_GAIN_DB = 30.0
_ROUNDS = 3
_CLOSE_LU = 0.05
_BAND_Q = 1.41
_SOFTEST_LUFS = -60.0
_NEAR_SECONDS, _GLIDE_SECONDS = 3.0, 5.0
_FURTHEST_HAND_DB = 3.0


def blended(mixed: Samples, own: slice, model: Samples, *, colour: bool = True) -> Samples:
    """Bring a mix to the sound of a model.

    Parameters
    ----------
    mixed
        New music before it is mastered, `float32 (2, frames)`.
    own
        Frames of it that are to sound like the model.
    model
        The sound that it joins, `float32 (2, frames)`.
    colour
        Whether its spectrum follows the model too, and not its loudness alone.

    Returns
    -------
    As many frames, true peaks under -1 dBTP; within 0.1 LU of the model where the limiter allows.
    """
    sections = [high_pass(28.0)]
    if colour:
        sections += _towards(model, mixed[:, own])
    polished = equalise(mixed, *sections)
    wanted = loudness(model, RATE)
    heard = loudness(polished[:, own], RATE)
    if min(wanted, heard) <= _SOFTEST_LUFS:
        return polished * np.float32(0.5)
    gain_db = min(wanted - heard, _HIGHEST_GAIN_DB)
    for _ in range(_ROUNDS):
        louder = rounded(polished * np.float32(10 ** (gain_db / 20)))
        louder *= limiting(louder, ceiling_db=CEILING_DB)
        missing = wanted - loudness(louder[:, own], RATE)
        if abs(missing) <= _CLOSE_LU or gain_db >= _HIGHEST_GAIN_DB:
            break
        gain_db += missing
    return louder


def _towards(model: Samples, own: Samples) -> list[Section]:
    """Return filters that lead the spectrum of `own` to that of the model, band by band."""
    there, here = band_levels(model), band_levels(own)
    if there is None or here is None or loudness(own, RATE) <= SILENCE_DB:
        return []
    away = np.clip(there - here, -_FURTHEST_DB, _FURTHEST_DB)
    return [
        bell(hertz, float(gain_db), q=_BAND_Q)
        for hertz, gain_db in zip(BANDS_HZ, away, strict=True)
    ]


def eased(made: Samples, before: Samples, after: Samples) -> Samples:
    """Let new music begin as loud as what is before it and end as loud as what is after it.

    An engineer's hand on the fader: at most 3 dB, and within seconds back where the music wants it.

    Parameters
    ----------
    made
        New music, `float32 (2, frames)`.
    before, after
        The sound on both sides of it; without frames where there is none.
    """
    near = min(round(_NEAR_SECONDS * RATE), made.shape[1] // 2)
    if near < RATE // 2:
        return made
    first = _missing_db(before[:, -near:], made[:, :near])
    last = _missing_db(after[:, :near], made[:, -near:])
    seconds = np.array([0.0, _NEAR_SECONDS, _NEAR_SECONDS + _GLIDE_SECONDS])
    length = made.shape[1] / RATE
    time = np.arange(made.shape[1], dtype=np.float32) / RATE
    curve_db = np.interp(time, seconds, [first, first, 0.0])
    curve_db += np.interp(length - time, seconds, [last, last, 0.0])
    raised = made * (10 ** (curve_db / 20)).astype(np.float32)
    if max(first, last) > 0:
        raised *= limiting(raised, ceiling_db=CEILING_DB)
    return raised


def _missing_db(model: Samples, own: Samples) -> float:
    """Return by how much `own` has to be raised to be as loud as the model."""
    if model.shape[1] < RATE // 2:
        return 0.0
    there, here = loudness(model, RATE), loudness(own, RATE)
    if min(there, here) <= _SOFTEST_LUFS:
        return 0.0
    return float(np.clip(there - here, -_FURTHEST_HAND_DB, _FURTHEST_HAND_DB))
