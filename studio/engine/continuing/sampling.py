"""Sampling: a window of a sound as the loop that a new song is built on.

The window is cut at bar lines, brought to the usual tuning and to an even beat; then the song is
written in its tempo, its key and over its chords, so that it fits wherever it comes back.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.ndimage import uniform_filter1d

from studio.audio.levels import SILENCE_DB, loudness
from studio.audio.samples import RATE, Samples
from studio.audio.shaping.dynamics import STEP, drawn
from studio.audio.shaping.stretching import warp
from studio.audio.work import Work
from studio.engine.continuing.ground import Ground, part_of
from studio.engine.continuing.tuning import raised
from studio.engine.score import Chord, Score, Section
from studio.engine.writing.cutting import cut
from studio.engine.writing.harmony import Loop
from studio.engine.writing.style import Style

LOOPED = {"intro": -1.0, "chorus": -4.0, "solo": -4.0, "outro": -1.0}
"""Sections in which the loop is heard, and how loud, in LU beside the band before it steps back."""
STEPS_BACK_DB = {"intro": 6.0, "chorus": 1.5, "solo": 1.5, "outro": 5.0}
"""How far the band steps back for it."""

_EDGE_SECONDS = 0.01
"""Of each side of the loop that fades into what comes before and after."""
_HAND_SECONDS = 0.3
_STEADY_SECONDS = 0.004
_QUIETEST_BAND = -40.0
"""LUFS; the loop beside a band that does not play is as loud as if it did so softly."""
_PREFERENCE = 0.3
"""Octaves of tempo by which the loop's own count is preferred."""


@dataclass(frozen=True, slots=True)
class Window:
    """A loop, as it lies in the sound that it is taken from."""

    ground: Ground
    """Of its bars alone; `beat_seconds` are those of the sound."""
    cents: float
    """How far the sound is tuned above the usual pitch."""
    doubling: float
    """How many beats of the song go to one of the sound: 0.5, 1 or 2."""

    @property
    def tempo_bpm(self) -> float:
        """Tempo of the song: the loop's own, once its tuning has been put right."""
        slower = float(2 ** (self.cents / 1200))
        return round(self.ground.tempo_bpm * self.doubling / slower, 4)

    @property
    def beats(self) -> float:
        """How long the loop is in the song."""
        return self.ground.beats * self.doubling

    @property
    def loop(self) -> Loop:
        """Its chords, bar by bar of the song."""
        per_bar = self.ground.beats_per_bar
        count = max(1, round(self.beats / per_bar))
        return Loop(tuple(self._bar(index) for index in range(count)), per_bar)

    def _bar(self, index: int) -> tuple[Chord, ...]:
        own = self.ground.beats_per_bar / self.doubling
        return tuple(
            replace(chord, start=chord.start * self.doubling, beats=chord.beats * self.doubling)
            for chord in cut(self.ground.chords, index * own, (index + 1) * own)
        )


def window_in(ground: Ground, bars: tuple[int, int], cents: float, style: Style) -> Window:
    """Return a window of some bars, counted at the speed that a style likes."""
    part = part_of(ground, *bars)
    middle = float(np.sqrt(style.tempo[0] * style.tempo[1]))
    ways = (1.0, 2.0, 0.5) if (bars[1] - bars[0]) % 2 == 0 else (1.0, 2.0)
    doubling = min(
        ways,
        key=lambda way: abs(np.log2(part.tempo_bpm * way / middle)) - _PREFERENCE * (way == 1),
    )
    return Window(part, cents, doubling)


def loop_of(window: Window, source: Samples, work: Work) -> Samples:
    """Return the loop, with a little of what is on both sides of it, in tune and even.

    Parameters
    ----------
    window
        Where it lies.
    source
        The sound, `float32 (2, frames)`.
    work
        Told of the progress.
    """
    times = np.array(window.ground.beat_seconds)
    first, last = times[0] - _EDGE_SECONDS, times[-1] + _EDGE_SECONDS
    start, end = round(first * RATE), round(last * RATE)
    taken = source[:, max(0, start) : end]
    before, after = max(0, -start), max(0, end - source.shape[1])
    taken = np.pad(taken, ((0, 0), (before, after)))
    even = np.linspace(times[0], times[-1], len(times))
    if np.abs(times - even).max() > _STEADY_SECONDS:
        seconds = taken.shape[1] / RATE
        taken = warp(
            taken,
            [0.0, *(times - first).tolist(), seconds],
            [0.0, *(even - first).tolist(), seconds],
            work=work,
        )
    return raised(taken, -window.cents)


def with_loop(mixed: Samples, score: Score, loop: Samples, window: Window) -> None:
    """Lay the loop into the mix of a song, the band stepping back where it is heard.

    Parameters
    ----------
    mixed
        The band, `float32 (2, frames)`; written into, since a long song fills the memory.
    score
        What it plays.
    loop
        What `loop_of` returned.
    window
        Where it was taken.
    """
    loud = loudness(loop, RATE)
    if loud <= SILENCE_DB:
        return
    looped = [section for section in score.sections if section.kind in LOOPED]
    levels = [max(_QUIETEST_BAND, _loudness_in(section, score, mixed)) for section in looped]
    mixed *= _stepping_back(score, mixed.shape[1])
    faded = _edged(loop)
    for section, level in zip(looped, levels, strict=True):
        gain = np.float32(10 ** ((level + LOOPED[section.kind] - loud) / 20))
        _lay(mixed, faded * gain, section, score, beats=window.beats)


def _loudness_in(section: Section, score: Score, mixed: Samples) -> float:
    beat = score.seconds_per_beat * RATE
    begin, end = (round(at * beat) for at in (section.start, section.start + section.beats))
    return loudness(mixed[:, begin:end], RATE)


def _lay(result: Samples, loop: Samples, section: Section, score: Score, *, beats: float) -> None:
    """Let the loop go round in one section."""
    beat = score.seconds_per_beat * RATE
    edge = round(_EDGE_SECONDS * RATE)
    end = min(round((section.start + section.beats) * beat) + edge, result.shape[1])
    for turn in range(int(np.ceil(section.beats / beats - 1e-6))):
        at = round((section.start + turn * beats) * beat) - edge
        piece = loop[:, max(0, -at) : max(0, end - at)].copy()
        if end - at < loop.shape[1]:
            _fade_out(piece, 2 * edge)
        result[:, max(0, at) : max(0, at) + piece.shape[1]] += piece


def _fade_out(piece: Samples, frames: int) -> None:
    piece[:, -frames:] *= np.linspace(1, 0, min(frames, piece.shape[1]), dtype=np.float32)


def _edged(loop: Samples) -> Samples:
    """Fade both edges so that one turn goes over into the next at an even level."""
    frames = 2 * round(_EDGE_SECONDS * RATE)
    rise = np.linspace(0, 1, frames, dtype=np.float32)
    edged = loop.copy()
    edged[:, :frames] *= rise
    edged[:, -frames:] *= rise[::-1]
    return edged


def _stepping_back(score: Score, frames: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    time = np.arange(-(-frames // STEP)) * (STEP / RATE)
    gain_db = np.zeros(len(time))
    for section in score.sections:
        start = section.start * score.seconds_per_beat
        end = (section.start + section.beats) * score.seconds_per_beat
        gain_db[(time >= start) & (time < end)] = -STEPS_BACK_DB.get(section.kind, 0.0)
    soft = uniform_filter1d(gain_db, round(_HAND_SECONDS * RATE / STEP), mode="nearest")
    return drawn(soft, STEP, frames)
