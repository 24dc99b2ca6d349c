"""Timing: when the mouth does what, so that every vowel begins on its note.

Consonants keep about the length they have in speech and are taken from the vowel before; vowels
are held in their middle, so that the ways in and out of them, which carry the words, stay natural.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from studio.engine.singing.fitting import Syllable
from studio.engine.singing.phones import held_part
from studio.engine.singing.speech import Phone

JOINED_SECONDS = 0.14
"""A rest shorter than this is sung over."""

CONSONANT_STRETCH = 1.0
VOWEL_SHARE = 0.4
"""How much of its note a vowel keeps, however many consonants there are."""

RELEASE_SECONDS = 0.05
"""How far the last consonants may ring into a rest."""

GLIDE_SHARE = 1 / 3
LONGEST_GLIDE_SECONDS = 0.24
"""A diphthong closes in the last third of its note, or later."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of speech and when it is sung, all in seconds."""

    start: float
    end: float
    source_start: float
    source_end: float
    is_vowel: bool = False


Phrase = tuple[Stretch, ...]
"""What is sung without a rest; each stretch begins where the one before ends."""


def place(
    syllables: Sequence[Syllable], *, seconds_per_beat: float, hum: tuple[float, float]
) -> tuple[Phrase, ...]:
    """Return when each piece of speech is sung, in seconds of the song.

    Parameters
    ----------
    syllables
        Of one line, in rising order of their notes.
    seconds_per_beat
        Length of a beat, above 0.
    hum
        From when to when the speech hums, in seconds.
    """
    timed = [_timed(syllable, seconds_per_beat, hum) for syllable in syllables]
    phrases = []
    free_from = -float("inf")
    for group in _groups(timed):
        phrase = tuple(_phrase(group, free_from))
        phrases.append(phrase)
        free_from = phrase[-1].end
    return tuple(phrases)


@dataclass(frozen=True, slots=True)
class _Timed:
    start: float
    end: float
    onset: tuple[Phone, ...]
    nucleus: Phone
    coda: tuple[Phone, ...]


def _timed(syllable: Syllable, seconds_per_beat: float, hum: tuple[float, float]) -> _Timed:
    last = syllable.notes[-1]
    return _Timed(
        syllable.notes[0].start * seconds_per_beat,
        (last.start + last.beats) * seconds_per_beat,
        syllable.onset,
        syllable.nucleus or Phone("m", *hum, word=-1),
        syllable.coda,
    )


def _groups(timed: Sequence[_Timed]) -> Iterator[list[_Timed]]:
    group: list[_Timed] = []
    for syllable in timed:
        if group and syllable.start - group[-1].end > JOINED_SECONDS:
            yield group
            group = []
        group.append(syllable)
    if group:
        yield group


def _phrase(group: Sequence[_Timed], free_from: float) -> Iterator[Stretch]:
    first = group[0]
    lead = min(_length(first.onset), max(first.start - free_from, 0.0))
    yield from _consonants(first.onset, first.start - lead, first.start)
    for syllable, following in zip(group, [*group[1:], None], strict=True):
        if following:
            consonants, until = (*syllable.coda, *following.onset), following.start
        else:
            consonants, until = syllable.coda, syllable.end + RELEASE_SECONDS
        room = (until - syllable.start) * (1 - VOWEL_SHARE)
        vowel_end = until - min(_length(consonants), room)
        yield from _vowel(syllable.nucleus, syllable.start, vowel_end)
        yield from _consonants(consonants, vowel_end, until)


def _length(phones: Sequence[Phone]) -> float:
    return sum(phone.seconds for phone in phones) * CONSONANT_STRETCH


def _consonants(phones: Sequence[Phone], start: float, end: float) -> Iterator[Stretch]:
    squeeze = (end - start) / max(sum(phone.seconds for phone in phones), 1e-3)
    for phone in phones:
        until = start + phone.seconds * squeeze
        yield Stretch(start, until, phone.start, phone.end)
        start = until


def _vowel(phone: Phone, start: float, end: float) -> Iterator[Stretch]:
    held_from, held_to = held_part(phone.ipa)
    way_in, way_out = phone.seconds * held_from, phone.seconds * (1 - held_to)
    if held_to < 0.5:  # noqa: PLR2004 - a closing diphthong is held in its first half
        way_out = max(way_out, min((end - start) * GLIDE_SHARE, LONGEST_GLIDE_SECONDS))
    squeeze = min(1.0, 0.9 * (end - start) / (way_in + way_out))
    holds, leaves = start + way_in * squeeze, end - way_out * squeeze
    from_, to = (phone.start + phone.seconds * share for share in (held_from, held_to))
    yield Stretch(start, holds, phone.start, from_, is_vowel=True)
    yield Stretch(holds, leaves, from_, to, is_vowel=True)
    yield Stretch(leaves, end, to, phone.end, is_vowel=True)
