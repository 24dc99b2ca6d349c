"""Overhearing: any sound as a song that the band could play, by ear.

Beats, key, chords and sections are measured; the tune is followed through what separation holds for
the voice. All of it is approximate, and says how much.
"""

from dataclasses import dataclass

from studio.audio.foremost import foremost
from studio.audio.hearing import Heard
from studio.audio.listening import hear
from studio.audio.samples import Samples
from studio.audio.separation import separate
from studio.audio.work import UNWATCHED, Work
from studio.engine.aligning import even_ground
from studio.engine.borrowed import borrowed_song
from studio.engine.ground import Ground, ground_heard
from studio.engine.matching import style_like
from studio.engine.score import Score

VOICE = "vocals"


@dataclass(frozen=True, slots=True)
class Overheard:
    """What the band needs to know of a sound."""

    heard: Heard
    ground: Ground
    """With beats that do not tremble."""
    is_even: bool
    """Whether it keeps one tempo."""
    song: Score
    """Its tune on `la`, its chords and its form; nobody plays."""

    @property
    def confidence(self) -> float:
        """0 to 1: how sure beats and key are, by the less sure of the two."""
        return round(min(self.heard.beat_confidence, self.heard.key_confidence), 3)


def overhear(samples: Samples, *, title: str, work: Work = UNWATCHED) -> Overheard:
    """Listen to a sound as somebody who wants to play it.

    Parameters
    ----------
    samples
        `float32 (2, frames)` at `RATE`.
    title
        What the song is called.
    work
        Told of the progress.

    Raises
    ------
    ToolUnfit
        If it is shorter than a bar.
    """
    heard = hear(samples, work=work.part(0.0, 0.3, "listening"))
    ground, is_even = even_ground(ground_heard(heard))
    style = style_like(heard, samples, work=work.part(0.3, 0.4))
    voice = separate(samples, wanted=(VOICE,), work=work.part(0.4, 0.8, "listening to the tune"))
    notes = foremost(voice[VOICE], work=work.part(0.8, 1.0))
    return Overheard(heard, ground, is_even, borrowed_song(ground, notes, title=title, style=style))
