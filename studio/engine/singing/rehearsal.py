"""Rehearsal: a few lines that every voice can sing, to hear what it is like."""

from functools import lru_cache

import numpy as np

from studio.audio.samples import RATE, Samples
from studio.engine.score import SungNote
from studio.engine.singing.analysis import Spectra, analyse
from studio.engine.singing.colour import equalise
from studio.engine.singing.fitting import fit
from studio.engine.singing.language import count_syllables
from studio.engine.singing.line import sing_line
from studio.engine.singing.manner import Manner
from studio.engine.singing.speakers import speak_line
from studio.engine.singing.speech import Phone, Sex, Speech

LINES = (
    "We saw the morning bring you home again",
    "Who would have thought my father knew the way",
    "And all the years go by like golden rain",
)
"""All vowels of English, and few hard consonants."""

STEPS = (0, 2, 3, 5, 7, 5, 3, 7, 8, 10, 7, 5)
LOWEST: dict[Sex, int] = {"female": 57, "male": 46}
BEAT_SECONDS = 0.24
LONG_BEATS = 3.5
"""Of the last note of a line, for its vibrato."""


@lru_cache(maxsize=16)
def rehearse(source: Speech, voice: Sex, manner: Manner) -> Samples:
    """Return the sound of the lines, `(1, frames)` at `RATE`."""
    pieces = []
    for index, text in enumerate(LINES):
        words = tuple(text.split())
        phones, spectra = _spoken(words, source, voice)
        sung = sing_line(
            equalise(spectra, manner.throat),
            fit(phones, _notes(words, LOWEST[voice])),
            seconds_per_beat=BEAT_SECONDS,
            manner=manner,
            breath=False,
            cents=0.0,
            rng=np.random.default_rng(index),
        )
        pieces += [sung.samples, np.zeros(RATE // 5, np.float32)]
    return np.concatenate(pieces)[None]


@lru_cache(maxsize=16)
def _spoken(
    words: tuple[str, ...], source: Speech, voice: Sex
) -> tuple[tuple[Phone, ...], Spectra]:
    utterance = speak_line(words, language="en", voice=voice, source=source)
    return utterance.phones, analyse(utterance)


def _notes(words: tuple[str, ...], lowest: int) -> list[SungNote]:
    places = [
        (word, syllable)
        for word, count in enumerate(count_syllables(words, "en"))
        for syllable in range(count)
    ]
    beats = [1.0 + index % 2 for index in range(len(places) - 1)] + [LONG_BEATS]
    starts = np.cumsum([2.0, *beats])
    return [
        SungNote(float(start), held, lowest + STEPS[index % len(STEPS)], 90, 0, *at)
        for index, (start, held, at) in enumerate(zip(starts[:-1], beats, places, strict=True))
    ]
