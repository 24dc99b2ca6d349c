"""Overhearing: any sound as a song that the band could play, by ear.

Beats, key, chords and sections are measured; the tune is followed through what separation holds for
the voice. All of it is approximate, and says how much.
"""

from dataclasses import dataclass, replace

import numpy as np

from studio.audio.ear.listening import hear
from studio.audio.hearing import Heard
from studio.audio.samples import RATE, Samples
from studio.audio.separating.separation import separate
from studio.audio.transcribing.foremost import foremost
from studio.audio.work import UNWATCHED, Work
from studio.engine.continuing.ground import FREE_TEMPO_BPM, Ground, ground_heard
from studio.engine.continuing.matching import style_like
from studio.engine.covering.aligning import even_ground
from studio.engine.covering.borrowed import borrowed_song
from studio.engine.score import Score

VOICE = "vocals"
SHORTEST_RING_OUT = 1.0
"""Seconds."""

_HOP_SECONDS = 0.02
_RISE_HOPS = 3
_STROKE_DB, _BELOW_LOUD_DB = 4.0, 25.0
_LAST_BARS = 1.2
"""The bar that is struck last, and a bit for a beat that was heard late."""


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
    bar = 60.0 / (heard.tempo_bpm or FREE_TEMPO_BPM) * heard.beats_per_bar
    end = _last_stroke(samples) + _LAST_BARS * bar
    ground, is_even = even_ground(ground_heard(heard, 0.0, min(heard.length_seconds, end)))
    style = style_like(heard, samples, work=work.part(0.3, 0.4))
    voice = separate(samples, wanted=(VOICE,), work=work.part(0.4, 0.8, "listening to the tune"))
    notes = foremost(voice[VOICE], work=work.part(0.8, 1.0))
    song = borrowed_song(ground, notes, title=title, style=style)
    rest = heard.length_seconds - ground.beat_seconds[-1]
    song = replace(song, ring_out_seconds=max(SHORTEST_RING_OUT, rest))
    return Overheard(heard, ground, is_even, song)


def _last_stroke(samples: Samples) -> float:
    """Return when the sound is struck for the last time, in seconds: from there on it rings out."""
    hop = round(_HOP_SECONDS * RATE)
    whole = samples.shape[1] // hop * hop
    power = np.zeros(whole // hop)
    for channel in samples[:, :whole]:
        power += np.square(channel.reshape(-1, hop)).mean(axis=1)
    level = 10 * np.log10(power + 1e-9)
    rises = level[_RISE_HOPS:] - level[:-_RISE_HOPS]
    loud = level[_RISE_HOPS:] > np.percentile(level, 90) - _BELOW_LOUD_DB
    struck = np.flatnonzero((rises > _STROKE_DB) & loud)
    return float(struck[-1] * _HOP_SECONDS) if struck.size else whole / RATE
