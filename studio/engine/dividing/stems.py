"""Stems: a record of the band taken apart exactly, since everything that went into it is known.

The room belongs to whoever played in it, and what the mastering did to all is done to each. Only
the rounding of the highest peaks has no such share, because it answers to the sum; it goes to
whoever was loudest then, who caused it and covers it. So the stems add up to the record.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.ndimage import uniform_filter1d

from studio.audio.samples import Samples
from studio.audio.shaping.dynamics import STEP, Curve
from studio.audio.shaping.eq import equalise
from studio.audio.shaping.filters import ringing
from studio.audio.shaping.reverb import convolve
from studio.audio.work import UNWATCHED, Work
from studio.engine.mastering import Settings, mastered
from studio.engine.mixing import VINYL, answer_of, gain_of, sent, vinyl_of
from studio.engine.score import Score

_RUN_FRAMES = 1 << 18
_LOUDEST_STEPS = 9
"""Points over which it is seen who is loudest: 13 ms, a cycle of the lowest notes' overtones."""


@dataclass(frozen=True, slots=True)
class Console:
    """A record, and all that it takes to hear any of its stems alone."""

    score: Score
    stems: Mapping[str, Samples]
    """Treated, as `mixing.summed` takes them, and the vinyl, where there is some."""
    record: Samples
    """The mastered record, `float32 (2, frames)`."""
    answer: Samples
    """Of the room."""
    ride: Curve
    """The gain of the mix."""
    settings: Settings
    """Of the mastering."""
    left: Samples
    """What the rounding of peaks took from the sum."""
    shares: Mapping[str, Curve]
    """Of each stem in `left`, a point every `STEP` frames; they sum to one."""


def put_together(stems: Mapping[str, Samples], score: Score, *, work: Work = UNWATCHED) -> Console:
    """Mix and master as the band does, and keep everything that `alone` needs.

    Parameters
    ----------
    stems
        Treated, by name, each `float32 (2, frames)` of one length; mapped from disk is best.
    score
        What they play.
    work
        Told how far it is.
    """
    frames = next(iter(stems.values())).shape[1]
    if score.room.vinyl > 0:
        stems = _With(stems, VINYL, vinyl_of(score, frames))
    answer = answer_of(score)
    total = np.empty((2, frames), np.float32)
    powers = {name: np.zeros(-(-frames // STEP), np.float32) for name in stems}
    for run in _runs(frames, work.part(0.0, 0.6, "mixing")):
        total[:, run] = _in_the_room(stems, tuple(stems), run, answer, score)
        for name in stems:
            powers[name][run.start // STEP : -(-run.stop // STEP)] = _powers(stems[name][:, run])
    work.at(0.6, "mastering")
    ride = gain_of(total, score)
    total *= ride
    record, settings = mastered(total)
    left = record - _levelled(equalise(total, *settings.sections), settings, slice(0, frames))
    return Console(score, stems, record, answer, ride, settings, left, _shares(powers))


def alone(
    console: Console,
    names: Collection[str],
    *,
    within: slice | None = None,
    work: Work = UNWATCHED,
) -> Samples:
    """Return what some of the stems are in the record, together, `float32 (2, frames)`.

    All stems, each alone, sum to the record.

    Parameters
    ----------
    console
        The record.
    names
        Of its stems; with none of them it is silence.
    within
        The frames that are wanted; `None` for all of them.
    work
        Told how far it is.
    """
    start, end, _ = (within or slice(None)).indices(console.record.shape[1])
    sound = np.zeros((2, end - start), np.float32)
    if not names:
        return sound
    around = ringing(console.settings.sections) if console.settings.sections else 0
    share: Curve = np.sum([console.shares[name] for name in names], axis=0, dtype=np.float32)
    for into in _runs(sound.shape[1], work):
        run = slice(start + into.start, start + into.stop)
        wide = slice(max(0, run.start - around), run.stop)
        heard = _in_the_room(console.stems, names, wide, console.answer, console.score)
        heard *= console.ride[wide]
        heard = equalise(heard, *console.settings.sections)[:, run.start - wide.start :]
        sound[:, into] = _levelled(heard, console.settings, run)
        sound[:, into] += console.left[:, run] * _drawn(share, run)
    return sound


class _With(Mapping[str, Samples]):
    """Stems and one more, without asking for those that are mapped when they are needed."""

    def __init__(self, stems: Mapping[str, Samples], name: str, stem: Samples) -> None:
        self._stems, self._more = stems, {name: stem}

    def __getitem__(self, name: str) -> Samples:
        return self._more[name] if name in self._more else self._stems[name]

    def __iter__(self) -> Iterator[str]:
        yield from self._stems
        yield from self._more

    def __len__(self) -> int:
        return len(self._stems) + len(self._more)


def _runs(frames: int, work: Work) -> Iterator[slice]:
    for start in range(0, frames, _RUN_FRAMES):
        work.at(start / frames)
        yield slice(start, min(start + _RUN_FRAMES, frames))


def _in_the_room(
    stems: Mapping[str, Samples],
    names: Collection[str],
    run: slice,
    answer: Samples,
    score: Score,
) -> Samples:
    """Return a stretch of the sum of stems, with the room's answer to them."""
    early = slice(max(0, run.start - answer.shape[1]), run.stop)
    before = run.start - early.start
    dry = send = np.zeros((2, run.stop - early.start), np.float32)
    for name in names:
        stem = stems[name][:, early]
        dry = dry + stem
        if name != VINYL:
            send = send + sent(name, stem, score)
    return (dry + convolve(send, answer))[:, before:]


def _levelled(sound: Samples, settings: Settings, run: slice) -> Samples:
    levelled = sound * np.float32(settings.drive)
    if settings.limiter is not None:
        levelled *= settings.limiter[run]
    return levelled


def _powers(stem: Samples) -> Curve:
    padded = np.pad(np.square(stem).sum(axis=0), (0, -stem.shape[1] % STEP))
    return np.asarray(padded.reshape(-1, STEP).mean(axis=1), np.float32)


def _shares(powers: Mapping[str, Curve]) -> dict[str, Curve]:
    """Return whose each moment is; the square leaves little to all but the loudest."""
    squares = {name: np.square(_soft(power)) + np.float32(1e-20) for name, power in powers.items()}
    whole = sum(squares.values(), start=np.float32(0))
    return {name: square / whole for name, square in squares.items()}


def _soft(power: Curve) -> Curve:
    soft: Curve = uniform_filter1d(power, _LOUDEST_STEPS)
    return np.maximum(soft, 0)


def _drawn(points: Curve, run: slice) -> Curve:
    """Draw a curve, `[frames of the run]`, through points that lie `STEP` frames apart."""
    places = np.arange(run.start, run.stop, dtype=np.float32) / STEP
    return np.interp(places, np.arange(len(points)), points).astype(np.float32)
