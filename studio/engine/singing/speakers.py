"""Speakers: who speaks for the singer on this machine."""

from collections.abc import Sequence
from itertools import groupby

import numpy as np

from studio.engine.singing.espeak import Espeak
from studio.engine.singing.flite import Flite
from studio.engine.singing.flite_wasm import HOW_TO_GET_IT, FliteWasm
from studio.engine.singing.language import said, tongue
from studio.engine.singing.speech import SPOKEN_RATE, Phone, Sex, Speech, Utterance

SOURCES: tuple[Speech, ...] = (Flite(), FliteWasm(), Espeak())
"""Clearest first; the first that knows a language speaks it."""


def source_for(language: str) -> Speech:
    """Return the clearest source on this machine that knows the `language`."""
    return next((source for source in SOURCES if source.speaks(language)), SOURCES[-1])


def sources() -> str:
    """Say in a sentence which voice sings here, and how to get a clearer one."""
    clear = source_for("en")
    if not isinstance(clear, Espeak):
        return f"{clear.name} sings English, espeak-ng all other languages."
    return (
        "espeak-ng sings in every language. English is much clearer with Flite: "
        "install the package `flite` (Debian and Ubuntu: apt install flite), or put "
        f"{HOW_TO_GET_IT}; then start again."
    )


def speak_line(
    words: Sequence[str], *, language: str, voice: Sex, source: Speech | None = None
) -> Utterance:
    """Say the written words of a line, each in a language that knows its script.

    Parameters
    ----------
    words
        As they are written.
    language
        Of the song, two letters.
    voice
        Who speaks.
    source
        Who must speak, where it knows the language; `None` takes the clearest.
    """
    phones: list[Phone] = []
    blocks = [np.zeros(0)]
    spoken = [(index, said(word), tongue(word, language)) for index, word in enumerate(words)]
    for spoken_in, group in groupby(spoken, key=lambda word: word[2]):
        indices, texts, _ = zip(*group, strict=True)
        speaker = source if source and source.speaks(spoken_in) else source_for(spoken_in)
        part = speaker.speak(texts, language=spoken_in, voice=voice)
        late = sum(block.size for block in blocks) / SPOKEN_RATE
        phones += [
            Phone(phone.ipa, phone.start + late, phone.end + late, indices[phone.word])
            for phone in part.phones
        ]
        blocks.append(part.samples)
    return Utterance(np.concatenate(blocks), tuple(phones))
