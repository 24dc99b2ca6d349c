"""Transcription: the notes of a sound that nobody has the score of.

One voice, a melody or a bass, is followed by its pitch; several notes at once are heard by a small
network where the extra `midi` is there, and by explaining the spectrum where it is not. All of it
is approximate, the more so the more sounds at once: `bench/transcription.py` says how much.
"""

from typing import Literal, TypeAlias

import numpy as np

from studio.audio import basic_pitch, overtones
from studio.audio.attacks import pick_attacks
from studio.audio.hearing import HeardNote
from studio.audio.one_voice import notes_of_voice, tuning_of
from studio.audio.onsets import find_onsets
from studio.audio.pitch import track_pitch
from studio.audio.salience import Sureness, notes_of
from studio.audio.samples import Samples
from studio.audio.spectrum import heard_mono
from studio.audio.work import UNWATCHED, Work

Kind: TypeAlias = Literal["melody", "bass", "chords", "any"]
Method: TypeAlias = Literal["own", "basic-pitch"]

SHORTEST_SECONDS = 0.2
ATTACK = 0.3
VOICE_HERTZ: dict[str, tuple[float, float]] = {"melody": (65.0, 1_500.0), "bass": (30.0, 420.0)}

NEEDS: dict[Method, Sureness] = {
    "basic-pitch": Sureness(begins=0.5, sounds=0.3, least_seconds=0.06),
    "own": Sureness(begins=0.3, sounds=0.2, least_seconds=0.06),
}
LOWEST, HIGHEST = 28, 100


def best_method(kind: Kind) -> Method:
    """Return by what method this kind is heard best, of those that are installed."""
    one_voice = kind in VOICE_HERTZ
    return "own" if one_voice or basic_pitch.find_model() is None else "basic-pitch"


def transcribe(
    samples: Samples, kind: Kind, *, method: Method | None = None, work: Work = UNWATCHED
) -> tuple[HeardNote, ...]:
    """Hear the notes of an instrument, or of several.

    Parameters
    ----------
    samples
        `float32 (channels, frames)` at `RATE`; the cleaner the stem, the better.
    kind
        `melody` and `bass` are of one voice, `chords` and `any` of several.
    method
        `None` chooses the best one that is there.
    work
        Asked several times a second.

    Returns
    -------
    Notes by start, then pitch; of one voice none overlap. Empty if nothing is heard.

    Raises
    ------
    ExtraMissing
        If `basic-pitch` is asked for and is not there.
    """
    if samples.shape[1] < SHORTEST_SECONDS * 44_100:
        return ()
    chosen = method or best_method(kind)
    if kind in VOICE_HERTZ and chosen == "own":
        return _of_one_voice(samples, kind, work)
    mono = heard_mono(samples, work=work.part(0.0, 0.1))
    rest = work.part(0.1, 1.0)
    model = basic_pitch.find_model()
    if chosen == "basic-pitch" and model:
        salience = basic_pitch.listen(mono, model, work=rest)
    else:
        salience = overtones.explain(mono, work=rest)
    return notes_of(salience, NEEDS[chosen], low=LOWEST, high=HIGHEST)


def _of_one_voice(samples: Samples, kind: Kind, work: Work) -> tuple[HeardNote, ...]:
    low, high = VOICE_HERTZ[kind]
    mono = samples.mean(axis=0, dtype=np.float32)
    pitch = track_pitch(mono, low_hz=low, high_hz=high, work=work.part(0.0, 0.6))
    onsets = find_onsets(heard_mono(samples, work=work.part(0.6, 0.7)), work=work.part(0.7, 1.0))
    attacks = pick_attacks(onsets.all, least=ATTACK)
    return notes_of_voice(pitch, attacks, tuning=tuning_of(pitch))


def transcribe_drums(samples: Samples, *, work: Work = UNWATCHED) -> tuple[HeardNote, ...]:
    """Hear kick, snare and hat.

    Parameters
    ----------
    samples
        `float32 (channels, frames)` at `RATE`, of a drum stem.
    work
        Asked several times a second.

    Returns
    -------
    Notes by start; `pitch` is the General MIDI drum key: 36 kick, 38 snare, 42 closed hat.
    """
    if samples.shape[1] < SHORTEST_SECONDS * 44_100:
        return ()
    onsets = find_onsets(heard_mono(samples, work=work.part(0.0, 0.2)), work=work.part(0.2, 1.0))
    found = []
    for key, strength in ((36, onsets.low), (38, onsets.middle), (42, onsets.high)):
        for step in pick_attacks(strength, least=0.6).tolist():
            velocity = int(np.clip(60 + 25 * strength[step], 20, 120))
            found.append(HeardNote(step * 220 / 22_050, 0.1, key, velocity))
    return tuple(sorted(found, key=lambda note: (note.start_seconds, note.pitch)))
