"""Alignment: the words of a song in time, as listeners of all vendors get them.

Line breaks and marks of sections stand inside the words.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from studio.songs import Value

_UNSURE = 0.5
"""How sure a word is that was heard, not known."""


class TimedWord(Value):
    """A word, and when it is sung."""

    text: str
    start_seconds: float
    end_seconds: float
    sure: float
    """0 to 1."""


def words_in_time(lines: Sequence[Mapping[str, Any]]) -> Iterator[TimedWord]:
    """Return the words of the lines that the tool `timeline` writes as JSON."""
    section = None
    for line in lines:
        words, mark = line["words"], ""
        if line["section"] and line["section"] != section:
            section = line["section"]
            mark = f"[{section}]\n"
        for place, word in enumerate(words, 1):
            before, after = mark if place == 1 else "", "\n" if place == len(words) else " "
            yield TimedWord(
                text=f"{before}{word['word']}{after}",
                start_seconds=round(word["start_seconds"], 3),
                end_seconds=round(word["end_seconds"], 3),
                sure=1.0 if line["exact"] else _UNSURE,
            )
