"""Voices: a whole record taken apart, and the notes of each part of it."""

from collections.abc import Sequence

import numpy as np
import soxr
from numpy.typing import NDArray

from studio.audio.ear.spectrum import HEARING_RATE, heard_mono
from studio.audio.hearing import HeardNote
from studio.audio.samples import RATE, Samples
from studio.audio.separating.separation import separating
from studio.audio.transcribing.transcription import (
    Kind,
    is_speech,
    transcribe_drums_mono,
    transcribe_mono,
)
from studio.audio.work import UNWATCHED, Work

WHOLE = "whole"
STEM_OF = {"melody": "vocals", "bass": WHOLE, "chords": "other", "drums": "drums"}
"""What each voice is heard from: a stem, or the whole, where taking it apart does more harm."""

VOICES = tuple(STEM_OF)
KINDS: dict[str, Kind] = {"melody": "melody", "bass": "bass", "chords": "chords", "mix": "any"}

_APART_SHARE = 0.6
"""Of the work, for taking the sound apart."""


def transcribe_voices(
    samples: Samples, voices: Sequence[str] = VOICES, *, work: Work = UNWATCHED
) -> dict[str, tuple[HeardNote, ...]]:
    """Take a record apart and hear the notes of its voices.

    Parameters
    ----------
    samples
        `float32 (channels, frames)` at `RATE`.
    voices
        Which of `VOICES`.
    work
        Asked several times a second.

    Returns
    -------
    Notes by voice, in the order that was asked for; none where somebody only speaks.
    """
    whole = heard_mono(samples, work=work.part(0.0, 0.02))
    if is_speech(whole, work=work.part(0.02, 0.1)):
        return dict.fromkeys(voices, ())
    wanted = [STEM_OF[voice] for voice in voices if STEM_OF[voice] != WHOLE]
    stems = stems_to_hear(samples, wanted, work=work.part(0.1, _APART_SHARE)) if wanted else {}
    stems[WHOLE] = whole
    rest = work.part(_APART_SHARE, 1.0)
    found = {}
    for number, voice in enumerate(voices):
        part = rest.part(
            number / len(voices), (number + 1) / len(voices), f"writing down the {voice}"
        )
        found[voice] = transcribe_voice(stems[STEM_OF[voice]], voice, work=part)
    return found


def transcribe_alone(
    samples: Samples, voice: str, *, work: Work = UNWATCHED
) -> tuple[HeardNote, ...]:
    """Hear the notes of a sound that is one voice already: one of `VOICES`, or `mix` for any."""
    mono = heard_mono(samples, work=work.part(0.0, 0.1))
    if voice != "drums" and is_speech(mono, work=work.part(0.1, 0.3)):
        return ()
    return transcribe_voice(mono, voice, work=work.part(0.3, 1.0, f"writing down the {voice}"))


def transcribe_voice(
    mono: NDArray[np.float32], voice: str, *, work: Work = UNWATCHED
) -> tuple[HeardNote, ...]:
    """Do what `transcribe_alone` does, for what is at `HEARING_RATE` already, `[frames]`."""
    if voice == "drums":
        return transcribe_drums_mono(mono, work=work)
    return transcribe_mono(mono, KINDS[voice], work=work)


def stems_to_hear(
    samples: Samples, stems: Sequence[str], *, work: Work = UNWATCHED
) -> dict[str, NDArray[np.float32]]:
    """Return some of the stems of a record, mixed to one channel at `HEARING_RATE`, `[frames]`.

    Separated block by block, so that the stems are never in memory as a whole at the full rate.
    """
    streams = {
        name: soxr.ResampleStream(RATE, HEARING_RATE, 1, dtype="float32", quality="MQ")
        for name in stems
    }
    parts: dict[str, list[NDArray[np.float32]]] = {name: [] for name in stems}
    for _, block in separating(samples, work=work):
        for name, stream in streams.items():
            parts[name].append(stream.resample_chunk(block[name].mean(axis=0, dtype=np.float32)))
    nothing = np.zeros(0, np.float32)
    for name, stream in streams.items():
        parts[name].append(stream.resample_chunk(nothing, last=True))
    return {name: np.concatenate(pieces) for name, pieces in parts.items()}
