"""Transcription: the notes of a sound that nobody has the score of.

A voice alone, a melody or a bass, is followed by its pitch. What sounds together is heard by a
small network where the extra `midi` is there, and by explaining the spectrum where it is not; a
melody or a bass in it is then the line through those notes that is worth most. All of it is
approximate, the more so the more sounds at once: `bench/transcription.py` says how much.
"""

from collections.abc import Sequence
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from studio.audio import extras
from studio.audio.ear.onsets import Onsets, find_onsets
from studio.audio.ear.spectrum import HEARING_RATE, heard_mono
from studio.audio.hearing import HeardNote
from studio.audio.samples import Samples
from studio.audio.transcribing import basic_pitch, drum_hits, overtones
from studio.audio.transcribing.attacks import pick_attacks
from studio.audio.transcribing.cleaning import MANNERS, cleaned
from studio.audio.transcribing.one_voice import notes_of_voice, singleness, steadiness, tuning_of
from studio.audio.transcribing.pitch import Pitch, track_pitch
from studio.audio.transcribing.salience import Salience, notes_of
from studio.audio.work import UNWATCHED, Work

Kind: TypeAlias = Literal["melody", "bass", "chords", "any"]
Method: TypeAlias = Literal["own", "basic-pitch"]

SHORTEST_SECONDS = 0.2
SINGLE = 0.45
"""From this singleness on a pitch is believed: stems of one instrument have 0.5 to 0.9."""
SPEECH_STEADINESS = 0.4
FAIR_SHARE = 0.1
FAINT = 0.01
BLOCK_FRAMES = HEARING_RATE // 10
ATTACK = 0.3
"""How much more than usual must begin for a note to be struck again."""

Mono: TypeAlias = NDArray[np.float32]
"""`[frames]` at `HEARING_RATE`, from `spectrum.heard_mono`."""


def best_method() -> Method:
    """Return by what several notes at once are heard best, of what is installed."""
    return "basic-pitch" if extras.has("midi") else "own"


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
        `None` takes the best that is there. `own`, and the best for a bass, follow the pitch if it
        is one voice alone.
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
    mono = heard_mono(samples, work=work.part(0.0, 0.1))
    return transcribe_mono(mono, kind, method=method, work=work.part(0.1, 1.0))


def transcribe_mono(
    mono: Mono, kind: Kind, *, method: Method | None = None, work: Work = UNWATCHED
) -> tuple[HeardNote, ...]:
    """Do what `transcribe` does, for what was brought to `HEARING_RATE` already."""
    if method == "basic-pitch":
        extras.need("midi")
    if len(mono) < SHORTEST_SECONDS * HEARING_RATE:
        return ()
    manner, chosen = MANNERS[kind], method or best_method()
    # Of a melody the network hears more, of a bass its pitch tells more.
    if manner.one_voice and (chosen == "own" or (kind == "bass" and method is None)):
        low, high = manner.hertz
        track = work.part(0.0, 0.3)
        pitch = track_pitch(mono, low_hz=low, high_hz=high, rate=HEARING_RATE, work=track)
        if steadiness(pitch) < SPEECH_STEADINESS:
            return ()
        if singleness(pitch) >= SINGLE:
            onsets = find_onsets(mono, work=work.part(0.3, 0.9))
            return _of_one_voice(pitch, onsets, struck=kind == "bass")
        work = work.part(0.3, 1.0)
    salience = _listen(mono, chosen, work)
    need = manner.needs[chosen]
    notes = cleaned(notes_of(salience, need, low=manner.low, high=manner.high), kind)
    return notes if _fill(notes, mono) else ()


def _fill(notes: Sequence[HeardNote], mono: Mono) -> bool:
    """Tell whether notes fill a fair part of what sounds: in noise there are a few, too."""
    blocks = mono[: len(mono) // BLOCK_FRAMES * BLOCK_FRAMES].reshape(-1, BLOCK_FRAMES)
    levels = np.sqrt(np.square(blocks).mean(axis=1))
    sounds = float((levels > levels.max(initial=0.0) * FAINT).sum()) * BLOCK_FRAMES / HEARING_RATE
    return sum(note.seconds for note in notes) >= FAIR_SHARE * sounds


def is_speech(mono: Mono, *, work: Work = UNWATCHED) -> bool:
    """Tell whether somebody speaks in a sound, rather than sings: the voice never stays."""
    pitch = track_pitch(mono, rate=HEARING_RATE, work=work)
    return steadiness(pitch) < SPEECH_STEADINESS


def _of_one_voice(pitch: Pitch, onsets: Onsets, *, struck: bool) -> tuple[HeardNote, ...]:
    attacks = pick_attacks(onsets.all, least=ATTACK)
    return notes_of_voice(pitch, attacks, tuning=tuning_of(pitch), struck=struck)


def _listen(mono: Mono, method: Method, work: Work) -> Salience:
    model = basic_pitch.find_model()
    if method == "basic-pitch" and model:
        return basic_pitch.listen(mono, model, work=work)
    return overtones.explain(mono, work=work)


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
    mono = heard_mono(samples, work=work.part(0.0, 0.2))
    return transcribe_drums_mono(mono, work=work.part(0.2, 1.0))


def transcribe_drums_mono(mono: Mono, *, work: Work = UNWATCHED) -> tuple[HeardNote, ...]:
    """Do what `transcribe_drums` does, for what was brought to `HEARING_RATE` already."""
    if len(mono) < SHORTEST_SECONDS * HEARING_RATE:
        return ()
    return drum_hits.find_hits(find_onsets(mono, work=work))
