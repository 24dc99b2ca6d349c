"""Agreement: how far what was heard is what was written."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.audio.hearing import Heard
from studio.engine.score import Chord, Score
from studio.engine.writing.theory import INTERVALS

BEAT_WINDOW_SECONDS = 0.07
"""What counts as the same beat, as everywhere in the literature."""

_MINOR_THIRD = 3
_STEP_SECONDS = 0.1
_SOMETHING_ELSE = 0.5


@dataclass(frozen=True, slots=True)
class Agreement:
    """Shares of a song, 0 to 1, in which hearing and score agree."""

    beats: float
    """F-measure: of written and heard beats, those with one of the others within 70 ms."""
    chords: float
    """Share of time with the same root and the same third."""
    key: bool

    @property
    def same_song(self) -> bool:
        """Whether the score can be that of the sound at all."""
        return max(self.beats, self.chords) > _SOMETHING_ELSE


def agreement(score: Score, heard: Heard) -> Agreement:
    """Compare a score with what was heard of its sound."""
    written = np.arange(round(score.beats)) * score.seconds_per_beat
    return Agreement(
        beats=_beats_agree(written.tolist(), heard.beats),
        chords=_chords_agree(score, heard),
        key=(score.key.tonic, score.key.mode) == (heard.key.tonic, heard.key.mode),
    )


def is_minor(chord: Chord) -> bool:
    """Tell whether a chord has a minor third."""
    return _MINOR_THIRD in INTERVALS[chord.quality]


def _beats_agree(ones: Sequence[float], others: Sequence[float]) -> float:
    if not ones or not others:
        return 0.0
    near = np.abs(np.subtract.outer(np.array(ones), np.array(others))) <= BEAT_WINDOW_SECONDS
    found = near.any(axis=1).sum() + near.any(axis=0).sum()
    return float(found / (len(ones) + len(others)))


def _chords_agree(score: Score, heard: Heard) -> float:
    times = np.arange(_STEP_SECONDS / 2, score.length_seconds, _STEP_SECONDS)
    second = score.seconds_per_beat
    written = _holding([chord.start * second for chord in score.chords], times)
    found = _holding([chord.start_seconds for chord in heard.chords], times)
    pairs = (
        (score.chords[one], heard.chords[other]) for one, other in zip(written, found, strict=True)
    )
    same = [
        one.root == other.root and is_minor(one) == (other.quality == "min") for one, other in pairs
    ]
    return float(np.mean(same)) if same else 0.0


def _holding(starts: Sequence[float], times: NDArray[np.float64]) -> list[int]:
    """Return the number of the last start at or before each time."""
    places = np.searchsorted(np.array(starts), times, side="right") - 1
    return [int(place) for place in np.maximum(0, places)]
