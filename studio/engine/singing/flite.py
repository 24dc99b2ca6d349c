"""Flite: the clearest voice for English, where its libraries are installed (Debian: `flite`).

Spoken through the library rather than the command, because only the library tells which word each
sound belongs to, and because no process needs to be started for each line.
"""

import ctypes
import re
from collections.abc import Iterator, Sequence
from ctypes.util import find_library
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import soxr
from numpy.typing import NDArray

from studio.engine.singing.speech import SPOKEN_HZ, SPOKEN_RATE, TURN, Phone, Sex, Throat, Utterance

VOICES: dict[Sex, str] = {"female": "cmu_us_slt", "male": "cmu_us_slt"}
"""Statistical voices of the Arctic set. The man is the woman with a longer throat: Flite's own men
come out rough when their pitch is moved."""

BRIGHTER = (
    (300.0, 0.0),
    (1000.0, 4.0),
    (2500.0, 9.0),
    (4000.0, 11.0),
    (6000.0, 6.0),
    (8000.0, 4.0),
)
"""The voices were averaged over many sentences, which has made them dull."""

THROATS: dict[Sex, Throat] = {
    "female": Throat(equaliser=BRIGHTER, ring_hz=3200.0, top_hz=7200.0),
    "male": Throat(formants=0.87, equaliser=BRIGHTER, ring_hz=2800.0, top_hz=6600.0),
}

PACE = 1.3
"""Times as slow as it would speak: singers reach their vowels."""

WORD_OF_A_PHONE = b"R:SylStructure.parent.parent.R:Token.parent"
SILENCE = "pau"

# fmt: off
# ruff: noqa: RUF001 - phonetic signs look like letters
IPA = {
    "aa": "ɑ", "ae": "æ", "ah": "ʌ", "ao": "ɔ", "aw": "aʊ", "ax": "ə", "ay": "aɪ", "b": "b",
    "ch": "tʃ", "d": "d", "dh": "ð", "eh": "ɛ", "er": "ɚ", "ey": "eɪ", "f": "f", "g": "ɡ",
    "hh": "h", "ih": "ɪ", "iy": "i", "jh": "dʒ", "k": "k", "l": "l", "m": "m", "n": "n", "ng": "ŋ",
    "ow": "oʊ", "oy": "ɔɪ", "p": "p", "r": "ɹ", "s": "s", "sh": "ʃ", "t": "t", "th": "θ",
    "uh": "ʊ", "uw": "u", "v": "v", "w": "w", "y": "j", "z": "z", "zh": "ʒ",
}
# fmt: on
"""Flite's names of the sounds of English, in phonetic signs."""


@dataclass(frozen=True, slots=True)
class Flite:
    """Speech by Flite: English only."""

    name: str = "Flite"

    def throat(self, voice: Sex) -> Throat:
        """Return what has to be done to this voice of the source."""
        return THROATS[voice]

    def speaks(self, language: str) -> bool:
        """Say whether it knows the `language`, two letters."""
        return language == "en" and _library() is not None

    def speak(self, words: Sequence[str], *, language: str, voice: Sex) -> Utterance:
        """Say `words` on `SPOKEN_HZ`; a word that cannot be said has no phones."""
        assert language == "en"
        plain, owners = plain_words(words)
        if not owners:
            return Utterance(np.zeros(0), ())
        with TURN:
            return _say(plain, owners, VOICES[voice])


def plain_words(words: Sequence[str]) -> tuple[str, list[int]]:
    """Return the text that Flite is given, and the index of the word that each token is for."""
    plain = [re.sub(r"[^a-z0-9' ]", "", word.lower()) for word in words]
    return " ".join(plain), [index for index, word in enumerate(plain) for _ in word.split()]


class _Wave(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_char_p),
        ("rate", ctypes.c_int),
        ("frames", ctypes.c_int),
        ("channels", ctypes.c_int),
        ("samples", ctypes.POINTER(ctypes.c_short)),
    )


class _Voice(ctypes.Structure):
    _fields_ = (("name", ctypes.c_char_p), ("features", ctypes.c_void_p))


SIGNATURES: dict[str, tuple[Any, ...]] = {
    "delete_utterance": (None, ctypes.c_void_p),
    "feat_set_float": (None, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_float),
    "ffeature_float": (ctypes.c_float, ctypes.c_void_p, ctypes.c_char_p),
    "ffeature_string": (ctypes.c_char_p, ctypes.c_void_p, ctypes.c_char_p),
    "flite_path_to_item": (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p),
    "flite_synth_text": (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p),
    "item_next": (ctypes.c_void_p, ctypes.c_void_p),
    "relation_head": (ctypes.c_void_p, ctypes.c_void_p),
    "utt_relation": (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p),
    "utt_wave": (ctypes.POINTER(_Wave), ctypes.c_void_p),
}
"""What is called in the library: what it returns, and what it is given."""


def _say(text: str, owners: Sequence[int], voice: str) -> Utterance:
    library = _library()
    assert library is not None
    # The noise of its consonants comes from the generator of the C library.
    ctypes.CDLL(None).srand(1)
    utterance = library.flite_synth_text(text.encode(), _voice(voice))
    try:
        phones = tuple(_phones(library, utterance, owners))
        return Utterance(_samples(library.utt_wave(utterance).contents), phones)
    finally:
        library.delete_utterance(utterance)


def _samples(wave: _Wave) -> NDArray[np.float64]:
    spoken = np.ctypeslib.as_array(wave.samples, (wave.frames,)) / 32768.0
    return np.asarray(soxr.resample(spoken, wave.rate, SPOKEN_RATE, "HQ"))


def _phones(library: Any, utterance: Any, owners: Sequence[int]) -> Iterator[Phone]:
    tokens = list(_items(library, utterance, b"Token"))
    start = 0.0
    for item in _items(library, utterance, b"Segment"):
        name = library.ffeature_string(item, b"name").decode()
        end = float(library.ffeature_float(item, b"end"))
        token = library.flite_path_to_item(item, WORD_OF_A_PHONE)
        if name != SILENCE and token in tokens:
            word = owners[min(tokens.index(token), len(owners) - 1)]
            yield Phone(IPA.get(name, name), start, end, word)
        start = end


def _items(library: Any, utterance: Any, relation: bytes) -> Iterator[Any]:
    item = library.relation_head(library.utt_relation(utterance, relation))
    while item:
        yield item
        item = library.item_next(item)


@cache
def _library() -> Any:
    """Return the library, or nothing if it is not installed."""
    path = find_library("flite")
    if path is None or not all(find_library(f"flite_{voice}") for voice in VOICES.values()):
        return None
    library = ctypes.CDLL(path)
    for name, (returned, *given) in SIGNATURES.items():
        function = getattr(library, name)
        function.restype, function.argtypes = returned, given
    library.flite_init()
    return library


@cache
def _voice(name: str) -> Any:
    """Return a voice that speaks on one pitch."""
    register = getattr(ctypes.CDLL(find_library(f"flite_{name}")), f"register_{name}")
    register.restype, register.argtypes = ctypes.c_void_p, (ctypes.c_char_p,)
    voice = register(None)
    features = _Voice.from_address(voice).features
    library = _library()
    library.feat_set_float(features, b"int_f0_target_mean", SPOKEN_HZ)
    library.feat_set_float(features, b"int_f0_target_stddev", 0.001)
    library.feat_set_float(features, b"duration_stretch", PACE)
    return voice
