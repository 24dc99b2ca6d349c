"""Recording: the whole band at once, in one process.

The voice is sung in pieces here too, as a session hands them to several processes, so that both
ways give the same samples.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from studio.audio.samples import Samples
from studio.engine.brief import Brief
from studio.engine.mastering import master
from studio.engine.mixing import mix
from studio.engine.playing import play
from studio.engine.score import Score
from studio.engine.singing import count_syllables, sing
from studio.engine.writing import arrange

VOICE_PIECES = 3


@dataclass(frozen=True, slots=True)
class Recording:
    """A song and everything that it is made of; all sound as long as the song and its ring-out."""

    score: Score
    stems: Mapping[str, Samples]
    """As they were played and sung, by name."""
    mix: Samples
    """The mastered record, `float32 (2, frames)`."""


def compose(brief: Brief, seed: int) -> Recording:
    """Write a song and record it: the only door of the engine.

    Parameters
    ----------
    brief
        What to play.
    seed
        Same brief and seed, same song, sample for sample.

    Raises
    ------
    BriefUnplayable
        If no song can be made of the brief.
    """
    return perform(arrange(brief, seed, syllables=count_syllables))


def perform(score: Score) -> Recording:
    """Play, sing, mix and master a score."""
    stems = {part.name: play(part, score) for part in score.parts}
    stems |= joined(sing(piece) for piece in voice_pieces(score))
    return Recording(score, stems, master(mix(stems, score)))


def voice_pieces(score: Score) -> tuple[Score, ...]:
    """Cut the singing into pieces of about the same work, each a score of its own.

    Lines of the same words stay together, because the singer remembers how to say them.
    """
    if score.vocal is None:
        return ()
    pieces: list[set[int]] = [set() for _ in range(VOICE_PIECES)]
    home: dict[tuple[str, ...], set[int]] = {}
    for number in sorted({note.line for note in score.vocal.notes}):
        words = score.vocal.lines[number].words
        home.setdefault(words, min(pieces, key=len)).add(number)
    return tuple(_only(score, lines) for lines in pieces if lines)


def joined(pieces: Iterable[Mapping[str, Samples]]) -> dict[str, Samples]:
    """Add up the stems of all pieces, by name and in order."""
    whole: dict[str, Samples] = {}
    for piece in pieces:
        for name, stem in piece.items():
            whole[name] = whole[name] + stem if name in whole else stem
    return whole


def _only(score: Score, lines: set[int]) -> Score:
    assert score.vocal is not None
    vocal = replace(
        score.vocal,
        notes=tuple(note for note in score.vocal.notes if note.line in lines),
        harmony=tuple(note for note in score.vocal.harmony if note.line in lines),
    )
    return replace(score, vocal=vocal)
