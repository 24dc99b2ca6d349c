"""Timeline: when each line, word and syllable of a song is sung, in seconds.

Of a song of the band it is exact: the singer begins every vowel on its note, so that the notes tell
it all. A word therefore begins with its first vowel; its consonants come a little before.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, TypeAlias

from studio.audio.transcribing.alignment import AlignedWord
from studio.audio.transcribing.phrases import Phrase, lay_lines, spread
from studio.engine.score import Score, SungNote
from studio.engine.writing.lyrics import Stanza, words_of

By: TypeAlias = Literal["score", "words", "lines"]


@dataclass(frozen=True, slots=True)
class TimedSyllable:
    """From when to when a syllable is held."""

    start_seconds: float
    end_seconds: float


@dataclass(frozen=True, slots=True)
class TimedWord:
    """A word and when it is sung."""

    word: str
    start_seconds: float
    end_seconds: float
    syllables: tuple[TimedSyllable, ...]
    """In order; empty where they are not known."""


@dataclass(frozen=True, slots=True)
class TimedLine:
    """A line and when it is sung."""

    line: str
    start_seconds: float
    end_seconds: float
    section: str
    """As shown: `Verse 2`; empty if it has no name."""
    words: tuple[TimedWord, ...]


Timeline: TypeAlias = tuple[TimedLine, ...]
"""Lines in the order they are sung."""


@dataclass(frozen=True, slots=True)
class GivenLine:
    """A line of words that somebody says are sung."""

    text: str
    words: tuple[str, ...]
    section: str


def timeline_of(score: Score) -> Timeline:
    """Return when the words of a score are sung; empty if nobody sings."""
    if score.vocal is None:
        return ()
    vocal = score.vocal
    return tuple(
        _sung_line(vocal.lines[number].text, _section(score, number), list(notes), score)
        for number, notes in groupby(vocal.notes, key=lambda note: note.line)
    )


def given_lines(stanzas: Sequence[Stanza]) -> tuple[GivenLine, ...]:
    """Return the lines of a text that was read, those without a word left out."""
    return tuple(
        GivenLine(line, words_of(line), stanza.name)
        for stanza in stanzas
        for line in stanza.lines
        if words_of(line)
    )


def timeline_by_words(lines: Sequence[GivenLine], aligned: Sequence[AlignedWord]) -> Timeline:
    """Put lines together from words that were found in the sound, one for each word of `lines`."""
    found = iter(aligned)
    return tuple(
        _line(line, [_found_word(word, next(found)) for word in line.words]) for line in lines
    )


def timeline_by_lines(lines: Sequence[GivenLine], phrases: Sequence[Phrase]) -> Timeline:
    """Lay lines over what is sung, at least one phrase, and spread their words: a guess."""
    placed = lay_lines(phrases, [_length(line.words) for line in lines])
    return tuple(
        _line(line, list(_spread_words(line, span, phrases)))
        for line, span in zip(lines, placed, strict=True)
    )


def _section(score: Score, line: int) -> str:
    assert score.vocal is not None
    return score.sections[score.vocal.lines[line].section].name


def _sung_line(text: str, section: str, notes: Sequence[SungNote], score: Score) -> TimedLine:
    assert score.vocal is not None
    words = score.vocal.lines[notes[0].line].words
    timed = tuple(
        _sung_word(words[number], list(sung), score.seconds_per_beat)
        for number, sung in groupby(notes, key=lambda note: note.word)
    )
    return TimedLine(text, timed[0].start_seconds, timed[-1].end_seconds, section, timed)


def _sung_word(word: str, notes: Sequence[SungNote], seconds_per_beat: float) -> TimedWord:
    held = [list(group) for _, group in groupby(notes, key=lambda note: note.syllable)]
    syllables = tuple(
        TimedSyllable(
            group[0].start * seconds_per_beat,
            (group[-1].start + group[-1].beats) * seconds_per_beat,
        )
        for group in held
    )
    return TimedWord(word, syllables[0].start_seconds, syllables[-1].end_seconds, syllables)


def _found_word(word: str, found: AlignedWord) -> TimedWord:
    ends = (*found.vowels[1:], found.end_seconds)
    syllables = tuple(
        TimedSyllable(start, end) for start, end in zip(found.vowels, ends, strict=True)
    )
    return TimedWord(word, found.start_seconds, found.end_seconds, syllables)


def _spread_words(line: GivenLine, span: Phrase, phrases: Sequence[Phrase]) -> Iterator[TimedWord]:
    places = spread(span, phrases, [_length((word,)) for word in line.words])
    for word, (start, end) in zip(line.words, places, strict=True):
        yield TimedWord(word, start, end, ())


def _line(given: GivenLine, words: Sequence[TimedWord]) -> TimedLine:
    start, end = words[0].start_seconds, max(word.end_seconds for word in words)
    return TimedLine(given.text, start, end, given.section, tuple(words))


def _length(words: Sequence[str]) -> float:
    """Return about how long words are sung, in letters; a sign of Chinese is a word."""
    return float(sum(2 + len(word) for word in words))
