"""Fitting: which sounds of speech are sung on which notes.

A score counts syllables as they are written in its lines; a source may make more of a word, or
fewer, or say three words as one. Whatever it makes is fitted to the notes that there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from studio.engine.score import SungNote
from studio.engine.singing.phones import CONTINUANT, is_reduced, makes_a_syllable, plain
from studio.engine.singing.speech import Phone

REST_BEATS = 0.2
"""A gap between notes from which on they are not one."""


@dataclass(frozen=True, slots=True)
class Syllable:
    """What is sung on one note, or on some notes in a melisma."""

    onset: tuple[Phone, ...]
    nucleus: Phone | None
    """What is held; `None` is a hum."""
    coda: tuple[Phone, ...]
    notes: tuple[SungNote, ...]


def fit(phones: Sequence[Phone], notes: Sequence[SungNote]) -> tuple[Syllable, ...]:
    """Give each syllable of the `notes` of one line its phones.

    Parameters
    ----------
    phones
        Of the whole line, in rising order.
    notes
        Of the same line, in rising order, at least one.
    """
    said_at = sorted({phone.word for phone in phones})
    syllables: list[Syllable] = []
    for first, group in groupby(notes, key=lambda note: _owner(note.word, said_at)):
        spoken = [phone for phone in phones if phone.word == first]
        syllables += _fit_group(spoken, _places(list(group)))
    return tuple(syllables)


def _owner(word: int, said_at: Sequence[int]) -> int:
    """Return the word under which `word` was said: itself, or the one before in `of the`."""
    return max((said for said in said_at if said <= word), default=-1)


def _places(notes: Sequence[SungNote]) -> list[tuple[SungNote, ...]]:
    return [tuple(run) for _, run in groupby(notes, key=lambda note: (note.word, note.syllable))]


def _fit_group(phones: Sequence[Phone], places: Sequence[tuple[SungNote, ...]]) -> list[Syllable]:
    nuclei = _nuclei(phones, len(places))
    if not nuclei:
        return [Syllable((), None, (), place) for place in places]
    tied, rest = _tie(places, len(nuclei))
    edges = [0, *(_boundary(phones, a, b) for a, b in pairwise(nuclei))]
    ends = [*edges[1:], len(phones)]
    return [
        Syllable(
            tuple(phones[edge:nucleus]), phones[nucleus], tuple(phones[nucleus + 1 : end]), place
        )
        for edge, nucleus, end, place in zip(edges, nuclei, ends, tied, strict=True)
    ] + [Syllable((), phones[nuclei[-1]], (), place) for place in rest]


def _tie(
    places: Sequence[tuple[SungNote, ...]], count: int
) -> tuple[list[tuple[SungNote, ...]], list[tuple[SungNote, ...]]]:
    """Return `count` places, the last of which takes in what follows it, and what lies apart."""
    tied, rest = list(places[:count]), list(places[count:])
    while rest and rest[0][0].start - (tied[-1][-1].start + tied[-1][-1].beats) < REST_BEATS:
        tied[-1] += rest.pop(0)
    return tied, rest


def _nuclei(phones: Sequence[Phone], most: int) -> list[int]:
    """Return the places of the phones to hold, as many as there are, at `most` so many."""
    vowels = [index for index, phone in enumerate(phones) if makes_a_syllable(phone.ipa)]
    if not vowels:
        hummed = [i for i, phone in enumerate(phones) if plain(phone.ipa)[:1] in CONTINUANT]
        return sorted(hummed, key=lambda i: -phones[i].seconds)[:1]
    strongest = sorted(vowels, key=lambda i: (is_reduced(phones[i].ipa), -phones[i].seconds))
    return sorted(strongest[:most])


def _boundary(phones: Sequence[Phone], nucleus: int, following: int) -> int:
    """Return where the next syllable begins: before its last consonant, or two before a liquid."""
    if following - nucleus <= 2:  # noqa: PLR2004 - nothing or one consonant between them
        return nucleus + 1
    is_liquid = plain(phones[following - 1].ipa)[:1] in ("l", "r", "ɹ", "ɾ", "w", "j")
    return max(nucleus + 1, following - (2 if is_liquid else 1))
