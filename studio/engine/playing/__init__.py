"""Playing: from a part of the score to its sound, one stem for each player."""

from studio.audio.samples import Samples, checked
from studio.engine.playing.cues import cues, frames_of, seeded
from studio.engine.playing.instruments import player_of
from studio.engine.score import Part, Score

__all__ = ["play"]


def play(part: Part, score: Score) -> Samples:
    """Play one part of a score.

    Returns
    -------
    Its stem, `float32 (2, frames)`, as long as the song and its ring-out. Level and place are as
    the instrument has them; balance and pan are the mix's work.

    Raises
    ------
    ValueError
        If nobody plays `part.instrument`.
    """
    player = player_of(part.instrument)
    return checked(player(cues(part, score), frames_of(score), seeded(score, part.name)))
