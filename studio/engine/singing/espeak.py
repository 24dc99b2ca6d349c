"""espeak-ng: speech in about a hundred languages, from the library in the `espeakng-loader` wheel.

The library keeps everything in globals: one voice, one callback, one of it in a process. So it is
started once, and every use holds a lock and sets all that it depends on.
"""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import espeakng_loader
import numpy as np

from studio.engine.singing.speech import SPOKEN_HZ, SPOKEN_RATE, TURN, Phone, Sex, Throat, Utterance

if TYPE_CHECKING:
    from numpy.typing import NDArray

VOICES = {
    "en": "en-us", "fr": "fr", "pt": "pt-br", "zh": "cmn", "es": "es-419", "no": "nb",
}  # fmt: skip
"""Voices that are not called like their language."""

VARIANT: dict[Sex, str] = {"female": "+f5", "male": ""}

RETRIEVE, PHONEME_EVENTS, PHONEME_IPA, DONT_EXIT = 2, 0x1, 0x2, 0x8000
RATE, VOLUME, PITCH, RANGE, WORDGAP = 1, 2, 3, 4, 7
UTF8, POSITION_CHARACTER = 1, 1
WORD_EVENT, PHONEME_EVENT = 1, 7

WORDS_A_MINUTE = 130
"""Slower than it would speak: singers reach their vowels."""

SOFTER = ((1000.0, 0.0), (2500.0, -3.0), (4000.0, -7.0), (6000.0, -5.0), (8000.0, -4.0))

THROATS: dict[Sex, Throat] = {
    "female": Throat(formants=1.02, equaliser=SOFTER, ring_hz=3200.0),
    "male": Throat(equaliser=((1000.0, 0.0), (2500.0, -2.0)), ring_hz=2800.0),
}


@dataclass(frozen=True, slots=True)
class Espeak:
    """Speech by espeak-ng."""

    name: str = "espeak-ng"

    def throat(self, voice: Sex) -> Throat:
        """Return what has to be done to this voice of the source."""
        return THROATS[voice]

    def speaks(self, language: str) -> bool:
        """Say whether it knows the `language`, two letters."""
        with TURN:
            return _choose_voice(_library(), language, "")

    def speak(self, words: Sequence[str], *, language: str, voice: Sex) -> Utterance:
        """Say `words` on `SPOKEN_HZ`; a word that cannot be said has no phones."""
        text = " ".join(words)
        with TURN:
            library = _library()
            if not _choose_voice(library, language, VARIANT[voice]):
                _choose_voice(library, "en", VARIANT[voice])
            heard = _Ear()
            _say(library, text, heard)
        return heard.utterance(_word_starts(words))


class _Id(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("ipa", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    )


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


class _Ear:
    """What the library says, as it comes."""

    def __init__(self) -> None:
        self.blocks: list[NDArray[np.float64]] = []
        self.events: list[tuple[int, int, int, str]] = []
        """Type, first character of its word, sample, phone."""
        self.callback = _Callback(self._hear)

    def _hear(self, samples: Any, count: int, events: Any) -> int:
        if samples and count:
            self.blocks.append(np.ctypeslib.as_array(samples, (count,)) / 32768.0)
        index = 0
        while events[index].type:
            event = events[index]
            is_phone = event.type == PHONEME_EVENT
            ipa = event.id.ipa.decode("utf-8", "ignore") if is_phone else ""
            self.events.append((event.type, event.text_position - 1, event.sample, ipa))
            index += 1
        return 0

    def utterance(self, word_starts: Sequence[int]) -> Utterance:
        samples = np.concatenate(self.blocks) if self.blocks else np.zeros(0)
        phones: list[Phone] = []
        word, begun = 0, None
        for kind, position, sample, ipa in [*self.events, (PHONEME_EVENT, 0, samples.size, "")]:
            if kind == WORD_EVENT:
                word = int(np.searchsorted(word_starts, position, side="right")) - 1
            if kind != PHONEME_EVENT:
                continue
            if begun and begun[0] and sample > begun[1]:
                phones.append(
                    Phone(begun[0], begun[1] / SPOKEN_RATE, sample / SPOKEN_RATE, begun[2])
                )
            begun = (ipa, sample, word)
        return Utterance(samples, tuple(phones))


def _word_starts(words: Sequence[str]) -> list[int]:
    lengths = [len(word) + 1 for word in words]
    return [sum(lengths[:index]) for index in range(len(words))]


def _choose_voice(library: Any, language: str, variant: str) -> bool:
    name = VOICES.get(language, language) + variant
    return int(library.espeak_SetVoiceByName(name.encode())) == 0


def _say(library: Any, text: str, heard: _Ear) -> None:
    library.espeak_SetSynthCallback(heard.callback)
    library.espeak_SetParameter(RATE, WORDS_A_MINUTE, 0)
    library.espeak_SetParameter(VOLUME, 80, 0)
    library.espeak_SetParameter(PITCH, 50, 0)
    library.espeak_SetParameter(RANGE, 0, 0)
    library.espeak_ng_SetConstF0(int(SPOKEN_HZ))
    # The noise of its consonants comes from a generator of its own.
    library.espeak_ng_SetRandSeed(ctypes.c_long(1))
    spoken = text.encode()
    library.espeak_Synth(
        spoken, ctypes.c_size_t(len(spoken) + 1), 0, POSITION_CHARACTER, 0, UTF8, None, None
    )
    library.espeak_Synchronize()


@cache
def _library() -> Any:
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    data = espeakng_loader.get_data_path().encode()
    rate = library.espeak_Initialize(RETRIEVE, 0, data, PHONEME_EVENTS | PHONEME_IPA | DONT_EXIT)
    if rate != SPOKEN_RATE:
        raise OSError(f"espeak-ng did not start with its data in {data.decode()}.")
    return library
