"""Scansion: how many bars a line needs, and where a long one is cut."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from studio.engine.writing.lyrics import CLOSING, Stanza, words_of
from studio.engine.writing.stretch import Pace, Phrase, Stretch

CountSyllables: TypeAlias = Callable[[Sequence[str], str], tuple[int, ...]]
"""How many syllables the singer makes of each word, in a language of two letters."""
Written: TypeAlias = tuple[Stanza, tuple[Phrase, ...]]
"""A stanza and its lines, cut into words."""

QUIET_BARS = {"intro": 4, "outro": 4}
"""Bars of a section without words, where they are not eight."""
LONG_LINE = 1.2
"""How much longer than comfortable a line may be before it is cut."""
COMMA_SYLLABLES = 2.5
"""How far from the middle of a line a comma still decides where it is cut."""


def read_phrases(stanza: Stanza, language: str, count: CountSyllables) -> Written:
    """Read the lines of a stanza; what nobody can say is left out."""
    phrases = (_phrase(line, language, count) for line in stanza.lines)
    return stanza, tuple(phrase for phrase in phrases if phrase.words)


def scan(
    stanza: Stanza,
    whole: tuple[Phrase, ...],
    pace: Pace,
    song: Sequence[Written],
    *,
    dense: bool = False,
) -> Stretch:
    """Give a stanza the bars that its words need; all lines of a song like the same span.

    Parameters
    ----------
    whole
        The lines of the stanza, as `read_phrases` has read them.
    song
        All that is sung, of which the typical line is measured.
    dense
        Whether sections may be as short as two bars.
    """
    if not whole:
        return Stretch(stanza.kind, stanza.name, QUIET_BARS.get(stanza.kind, 8))
    per_line = usual_span([phrase.size for _, phrases in song for phrase in phrases], pace)
    own = usual_span([phrase.size for phrase in whole], pace)
    if own >= 2 * per_line and _typical(whole) > 1.25 * pace.room(per_line):
        per_line = own
    phrases = cut_phrases(whole, pace, per_line)
    bars = len(phrases) * per_line
    step = 2 if dense else 4
    return Stretch(stanza.kind, stanza.name, -(-bars // step) * step, phrases, per_line)


def cut_phrases(whole: Sequence[Phrase], pace: Pace, per_line: int) -> tuple[Phrase, ...]:
    """Cut what is too long to be sung in `per_line` bars."""
    most = max(1, int(pace.room(per_line) * LONG_LINE))
    return tuple(part for phrase in whole for part in _split(phrase, most))


def usual_span(sizes: Sequence[int], pace: Pace) -> int:
    """Return the bars in which a line of a typical one of these sizes is comfortably sung."""
    typical = sorted(sizes)[len(sizes) // 2]
    longest = 2 if pace.bar_seconds > 1.4 else 4  # noqa: PLR2004 - a slow bar
    return next((bars for bars in (1, 2) if typical <= pace.room(bars)), longest)


def _typical(phrases: Sequence[Phrase]) -> int:
    return sorted(phrase.size for phrase in phrases)[len(phrases) // 2]


def _phrase(line: str, language: str, count: CountSyllables) -> Phrase:
    words = words_of(line)
    return Phrase(line, words, count(words, language) if words else ())


def _split(phrase: Phrase, most: int) -> list[Phrase]:
    """Cut a phrase that is too long for one breath, at a comma where there is one."""
    if phrase.size <= most or len(phrase.words) == 1:
        return [phrase]
    half, sung, best, cut = phrase.size / 2, 0, float("inf"), 1
    for index, (word, size) in enumerate(zip(phrase.words[:-1], phrase.syllables, strict=False)):
        sung += size
        away = abs(sung - half) - (COMMA_SYLLABLES if word[-1] in CLOSING else 0)
        if away < best:
            best, cut = away, index + 1
    joint = "" if all(len(word.strip(CLOSING)) == 1 for word in phrase.words) else " "
    parts = [
        Phrase(joint.join(phrase.words[at]), phrase.words[at], phrase.syllables[at])
        for at in (slice(None, cut), slice(cut, None))
    ]
    return [piece for part in parts for piece in _split(part, most)]
