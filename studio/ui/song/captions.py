"""Captions: timed words as lines, and as the files that players and films read."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

BREAK_SECONDS = 0.9
"""A rest that ends a line where nothing else says so."""
LONGEST_LINE = 10
"""Words, where nothing says where a line ends."""


class TimedWord(NamedTuple):
    """One word, and when it is sung, in seconds."""

    word: str
    start: float
    end: float


class TimedLine(NamedTuple):
    """One line, and when it is sung, in seconds."""

    text: str
    start: float
    end: float


def words_of(facts: Mapping[str, Any]) -> list[TimedWord]:
    """Read the timed words of an attachment; what is not a word with its times is left out."""
    told = facts.get("words", ())
    read = (_word(each) for each in told if isinstance(each, Mapping))
    return [word for word in read if word is not None]


def _word(told: Mapping[str, Any]) -> TimedWord | None:
    word, start, end = told.get("word"), told.get("start"), told.get("end")
    numbers = isinstance(start, int | float) and isinstance(end, int | float)
    if not isinstance(word, str) or not word.strip() or not numbers:
        return None
    return TimedWord(word, float(start or 0), float(end or 0))


def lines_of(words: Sequence[TimedWord], lyrics: str = "") -> list[TimedLine]:
    """Lay timed words into lines: as they are written, else where the singer breathes.

    Parameters
    ----------
    words
        In singing order. A line break in a word ends its line.
    lyrics
        The words as they were written; used where they are as many as were timed, or were sung
        several times over.
    """
    if not words:
        return []
    written = [len(line.split()) for line in lyrics.splitlines() if _is_sung(line)]
    if any("\n" in word.word for word in words):
        rows = list(_as_broken(words))
    elif written and len(words) % sum(written) == 0:
        rows = list(_as_counted(words, written * (len(words) // sum(written))))
    else:
        rows = list(_as_breathed(words))
    return [
        TimedLine(" ".join(" ".join(word.word.split()) for word in row), row[0].start, row[-1].end)
        for row in rows
    ]


def _is_sung(line: str) -> bool:
    line = line.strip()
    return bool(line) and not (line.startswith("[") and line.endswith("]"))


def _as_broken(words: Sequence[TimedWord]) -> Iterator[list[TimedWord]]:
    row: list[TimedWord] = []
    for word in words:
        if row and word.word.startswith("\n"):
            yield row
            row = []
        row.append(word)
        if "\n" in word.word.lstrip("\n"):
            yield row
            row = []
    if row:
        yield row


def _as_counted(words: Sequence[TimedWord], counts: Sequence[int]) -> Iterator[list[TimedWord]]:
    at = 0
    for count in counts:
        yield list(words[at : at + count])
        at += count


def _as_breathed(words: Sequence[TimedWord]) -> Iterator[list[TimedWord]]:
    row = [words[0]]
    for before, word in pairwise(words):
        if word.start - before.end >= BREAK_SECONDS or len(row) >= LONGEST_LINE:
            yield row
            row = []
        row.append(word)
    yield row


def to_lrc(lines: Sequence[TimedLine], title: str) -> str:
    """Give LRC, as players of songs read it: each line with the moment at which it begins."""
    head = f"[ti:{' '.join(title.split())}]"
    return "\n".join([head, *(f"[{_lrc_time(line.start)}]{line.text}" for line in lines)]) + "\n"


def to_srt(lines: Sequence[TimedLine]) -> str:
    """Give SubRip, as films read it, numbered from 1."""
    cues = [
        f"{number}\n{_srt_time(line.start)} --> {_srt_time(line.end)}\n{line.text}\n"
        for number, line in enumerate(lines, 1)
    ]
    return "\n".join(cues)


def _lrc_time(seconds: float) -> str:
    minutes, hundredths = divmod(round(seconds * 100), 6000)
    return f"{minutes:02d}:{hundredths // 100:02d}.{hundredths % 100:02d}"


def _srt_time(seconds: float) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d},{thousandths:03d}"
