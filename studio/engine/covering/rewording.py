"""Rewording: other words under a tune that stands.

Every line of the tune takes a line of the new words. Where there are fewer syllables than notes,
some notes are sung on the syllable before them; where there are more, long notes are parted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from studio.engine.score import Line, Section, SungNote, Vocal
from studio.engine.writing.lyrics import Stanza, shown, words_of
from studio.engine.writing.scansion import CountSyllables

SHORTEST_BEATS = 0.2
"""Of what is left of a note that is parted."""
STRONG_BEATS = 1.0
"""How much a place on a beat is worth when syllables are fewer than notes, in beats of length."""

Place = tuple[SungNote, ...]
"""The notes of one syllable."""


@dataclass(frozen=True, slots=True)
class Reworded:
    """A tune with its new words."""

    vocal: Vocal
    lyrics: str
    """As they are sung, with the marks of the sections."""
    left_out: int
    """Lines that found no line of the tune."""
    cut: int
    """Lines of which the last words did not fit."""


def reword(
    vocal: Vocal,
    sections: Sequence[Section],
    stanzas: Sequence[Stanza],
    *,
    language: str,
    count: CountSyllables,
) -> Reworded:
    """Put the words of `stanzas` under the tune of `vocal`.

    Stanzas go to sections of their kind in turn, or to any where there are none of their kind.

    Parameters
    ----------
    vocal
        A tune with words; each of its lines takes one line.
    sections
        Of the song that the tune is from.
    stanzas
        At least one of them with lines.
    language
        Of the new words, two letters.
    count
        How many syllables the singer makes of each word, in a language.
    """
    texts = _texts(vocal, sections, [stanza for stanza in stanzas if stanza.lines])
    lines, notes, cut = [], list[SungNote](), 0
    for number, text in texts.items():
        places = _places(vocal.notes, number)
        words = words_of(text)
        fitted, sung = _fit(places, words, count(words, language))
        cut += len(fitted) < len(words)
        joint = " " if any(len(word) > 1 for word in words) or language == "ko" else ""
        whole = text if len(fitted) == len(words) else joint.join(fitted)
        sizes = count(fitted, language)
        lines.append(Line(whole, fitted, sizes, vocal.lines[number].section))
        notes += [replace(note, line=len(lines) - 1) for note in sung]
    new = replace(
        vocal,
        language=language,
        lines=tuple(lines),
        notes=tuple(notes),
        harmony=_harmony(vocal, notes, list(texts)),
    )
    sung_lines = set(texts.values())
    unsung = sum(line not in sung_lines for stanza in stanzas for line in stanza.lines)
    return Reworded(new, _shown(new, sections), unsung, cut)


def _texts(vocal: Vocal, sections: Sequence[Section], stanzas: Sequence[Stanza]) -> dict[int, str]:
    """Return the new text of each line of the tune."""
    numbers = sorted({note.line for note in vocal.notes})
    texts: dict[int, str] = {}
    turns: dict[str, int] = {}
    for section, group in groupby(numbers, key=lambda number: vocal.lines[number].section):
        kind = sections[section].kind if section < len(sections) else "verse"
        alike = [stanza for stanza in stanzas if stanza.kind == kind] or stanzas
        name = kind if alike is not stanzas else ""
        stanza = alike[turns.get(name, 0) % len(alike)]
        turns[name] = turns.get(name, 0) + 1
        for place, number in enumerate(group):
            texts[number] = stanza.lines[place % len(stanza.lines)]
    return texts


def _places(notes: Sequence[SungNote], line: int) -> list[Place]:
    own = [note for note in notes if note.line == line]
    return [tuple(run) for _, run in groupby(own, key=lambda note: (note.word, note.syllable))]


def _fit(
    places: Sequence[Place], words: tuple[str, ...], sizes: tuple[int, ...]
) -> tuple[tuple[str, ...], list[SungNote]]:
    """Return the words that fit on the places, and the notes with them."""
    while len(words) > 1 and sum(sizes) > _most(places):
        words, sizes = words[:-1], sizes[:-1]
    spots = [(word, part) for word, size in enumerate(sizes) for part in range(size)]
    spots = spots[: _most(places)]
    fitted = _parted(list(places), len(spots))
    fitted = _tied(fitted, len(spots))
    return words, [
        replace(note, word=word, syllable=part)
        for place, (word, part) in zip(fitted, spots, strict=True)
        for note in place
    ]


def _most(places: Sequence[Place]) -> int:
    """Return how many syllables could be sung if every note were parted as far as it can be."""
    return sum(
        max(1, int(note.beats / SHORTEST_BEATS + 1e-6)) for place in places for note in place
    )


def _parted(places: list[Place], count: int) -> list[Place]:
    """Give each note of a melisma its own syllable, then part the longest notes."""
    while len(places) < count:
        at = max(range(len(places)), key=lambda i: (len(places[i]) > 1, _length(places[i])))
        first, *rest = places[at]
        if not rest:
            half = first.beats / 2
            first, rest = (
                replace(first, beats=half),
                [replace(first, start=first.start + half, beats=half)],
            )
        places[at : at + 1] = [(first,), tuple(rest)]
    return places


def _tied(places: list[Place], count: int) -> list[Place]:
    """Sing the least important places on the syllable before them, not too many on one."""
    while len(places) > count:
        at = min(range(1, len(places)), key=lambda i: _weight(places[i]) + len(places[i - 1]))
        before, after = places[at - 1][-1], places[at][0]
        if before.pitch == after.pitch:
            held = replace(before, beats=after.start + after.beats - before.start)
            places[at - 1 : at + 1] = [(*places[at - 1][:-1], held, *places[at][1:])]
        else:
            places[at - 1 : at + 1] = [places[at - 1] + places[at]]
    return places


def _length(place: Place) -> float:
    return sum(note.beats for note in place)


def _weight(place: Place) -> float:
    on_beat = abs(place[0].start - round(place[0].start)) < 0.05  # noqa: PLR2004 - swing bends no beat
    return _length(place) + STRONG_BEATS * on_beat


def _harmony(vocal: Vocal, notes: Sequence[SungNote], old: Sequence[int]) -> tuple[SungNote, ...]:
    """Let the second voice say the same syllables at the same time."""
    under = {(note.line, round(note.start, 4)): note for note in vocal.harmony}
    found = []
    for note in notes:
        same = [
            second
            for (line, start), second in under.items()
            if line == old[note.line] and start <= note.start + 1e-4 < start + second.beats
        ]
        found += [replace(note, pitch=s.pitch, velocity=s.velocity) for s in same[:1]]
    return tuple(found)


def _shown(vocal: Vocal, sections: Sequence[Section]) -> str:
    return shown(tuple(_stanzas(vocal, sections)))


def _stanzas(vocal: Vocal, sections: Sequence[Section]) -> Iterator[Stanza]:
    for number, lines in groupby(vocal.lines, key=lambda line: line.section):
        section = sections[number]
        yield Stanza(section.kind, section.name, tuple(line.text for line in lines))
