"""Alignment: when each word of a given English text is sung.

By PocketSphinx, whose package carries its acoustic model: a first look at the whole finds the words
and a second one the sounds in them, so that a word begins with its first vowel, which is what a
singer puts on the beat. What the dictionary lacks is spelled out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import soxr
from numpy.typing import NDArray

from studio.audio import extras
from studio.audio.ear.spectrum import HEARING_RATE
from studio.audio.work import UNWATCHED, Work

Mono: TypeAlias = NDArray[np.float32]
"""`[frames]` at `HEARING_RATE`, from `spectrum.heard_mono`."""

MODEL_RATE = 16_000
FRAMES_A_SECOND = 100
"""Of the recogniser."""
CHUNK_FRAMES = MODEL_RATE // 2
ENOUGH = 0.98
"""Of the words; the last ones may be lost where a voice rings out."""
LEVEL = 0.5
"""The peak that the recogniser is given."""

WISHES: dict[str, Any] = {
    # Held vowels are unlikely speech: without wide beams the right path is dropped.
    "beam": 1e-64,
    "wbeam": 1e-48,
    "pbeam": 1e-64,
    "remove_noise": False,
}

_DIGRAPHS = {
    "ch": "CH", "sh": "SH", "th": "TH", "ph": "F", "wh": "W", "ng": "NG", "ck": "K", "qu": "K W",
    "ee": "IY", "ea": "IY", "oo": "UW", "ou": "AW", "ow": "OW", "oi": "OY", "oy": "OY", "ai": "EY",
    "ay": "EY", "au": "AO", "aw": "AO", "ar": "AA R", "er": "ER", "ir": "ER", "ur": "ER",
    "or": "AO R", "igh": "AY", "kn": "N",
}  # fmt: skip
_LETTERS = {
    "a": "AH", "b": "B", "c": "K", "d": "D", "e": "EH", "f": "F", "g": "G", "h": "HH", "i": "IH",
    "j": "JH", "k": "K", "l": "L", "m": "M", "n": "N", "o": "OW", "p": "P", "q": "K", "r": "R",
    "s": "S", "t": "T", "u": "AH", "v": "V", "w": "W", "x": "K S", "y": "IY", "z": "Z",
}  # fmt: skip
_SOUNDS = re.compile("|".join(sorted([*_DIGRAPHS, *_LETTERS], key=len, reverse=True)))


CONSONANTS_SECONDS = 0.07
"""Before the first vowel of a word, usually."""
VOWELS = frozenset(
    ("AA", "AE", "AH", "AO", "AW", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW")
)


@dataclass(frozen=True, slots=True)
class AlignedWord:
    """When a word is sung."""

    start_seconds: float
    """Where its first vowel begins; its consonants come before."""
    end_seconds: float
    vowels: tuple[float, ...]
    """Where each of its vowels begins: a syllable each."""


def align_words(
    mono: Mono, words: Sequence[str], *, work: Work = UNWATCHED
) -> tuple[AlignedWord, ...] | None:
    """Find each word of an English text in a voice.

    Parameters
    ----------
    mono
        Of the voice alone, or as good as alone.
    words
        All that is sung, in order, as it is written.
    work
        Asked for every half second of sound.

    Returns
    -------
    One for each word, rising; `None` if the text was not found in the sound.

    Raises
    ------
    ExtraMissing
        Without the extra `align`.
    """
    extras.need("align")
    decoder = _decoder()
    said = [_known(word, decoder) for word in words]
    text = " ".join(word for word in said if word)
    if not text or not mono.any():
        return None
    sound = _for_model(mono)
    decoder.set_align_text(text)
    _decode(decoder, sound, work.part(0.0, 0.4, "finding the words"))
    found = [_word(entry) for entry in decoder.seg() or () if _is_said(entry.word)]
    wanted = sum(map(bool, said))
    if not wanted * ENOUGH <= len(found) <= wanted:
        return None
    closer = _by_sounds(decoder, sound, work.part(0.4, 1.0, "finding the vowels"))
    return _in_place(closer if len(closer) == len(found) else found, said)


def spell(word: str) -> str:
    """Return a rough pronunciation in ARPABET: good enough to be found where it should be."""
    sounds = (_DIGRAPHS.get(found) or _LETTERS[found] for found in _SOUNDS.findall(word.lower()))
    return " ".join(sounds)


def _decoder() -> Any:
    import pocketsphinx  # noqa: PLC0415 - an extra, and slow to import

    return pocketsphinx.Decoder(lm=None, loglevel="FATAL", samprate=MODEL_RATE, **WISHES)


def _known(word: str, decoder: Any) -> str:
    """Return the word as the dictionary has it now, or nothing if it cannot be said."""
    plain = re.sub(r"[^a-z']", "", word.lower().replace("\u2019", "'"))
    for form in (plain, plain.strip("'"), plain.replace("'", "")):
        if form and decoder.lookup_word(form):
            return form
    phones = spell(plain)
    if not phones:
        return ""
    decoder.add_word(plain, phones, True)
    return plain


def _for_model(mono: Mono) -> NDArray[np.int16]:
    sound = soxr.resample(mono, HEARING_RATE, MODEL_RATE)
    sound *= LEVEL / max(float(np.abs(sound).max(initial=0.0)), 1e-6)
    return np.asarray(np.rint(sound * 32_767), np.int16)


def _decode(decoder: Any, sound: NDArray[np.int16], work: Work) -> None:
    decoder.start_utt()
    try:
        for start in range(0, len(sound), CHUNK_FRAMES):
            work.at(start / len(sound))
            decoder.process_raw(sound[start : start + CHUNK_FRAMES].tobytes())
    finally:
        decoder.end_utt()


def _by_sounds(decoder: Any, sound: NDArray[np.int16], work: Work) -> list[AlignedWord]:
    """Look again for the sounds of the words that were found; nothing if they are not heard."""
    try:
        decoder.set_alignment()
        _decode(decoder, sound, work)
        return [_closer(word) for word in decoder.get_alignment() if _is_said(word.name)]
    except RuntimeError:
        # It gives up where a voice is too much covered by others.
        return []


def _is_said(name: str) -> bool:
    return not name.startswith(("<", "["))


def _word(entry: Any) -> AlignedWord:
    start, end = entry.start_frame / FRAMES_A_SECOND, (entry.end_frame + 1) / FRAMES_A_SECOND
    start = min(start + CONSONANTS_SECONDS, end)
    return AlignedWord(start, end, (start,))


def _closer(word: Any) -> AlignedWord:
    start, end = word.start / FRAMES_A_SECOND, (word.start + word.duration) / FRAMES_A_SECOND
    vowels = tuple(phone.start / FRAMES_A_SECOND for phone in word if phone.name in VOWELS)
    vowels = vowels or (start,)
    return AlignedWord(vowels[0], max(end, vowels[-1]), vowels)


def _in_place(found: Sequence[AlignedWord], said: Sequence[str]) -> tuple[AlignedWord, ...]:
    """Put in the words that cannot be said: they take no time, after the word before."""
    words, last, waiting = [], 0.0, iter(found)
    for word in said:
        nowhere = AlignedWord(last, last, (last,))
        words.append(next(waiting, nowhere) if word else nowhere)
        last = words[-1].end_seconds
    return tuple(words)
