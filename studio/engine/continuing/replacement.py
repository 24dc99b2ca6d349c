"""Replacement: other music in a window of a sound, between two seams.

The bars before the window are played again too, so that they ring into it and can be compared with
the sound; if there are none, the bars after it are. Outside the seams nothing changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from studio.audio.samples import RATE, Samples
from studio.audio.shaping.stretching import warp
from studio.audio.work import Work
from studio.engine.continuing.blending import blended, eased
from studio.engine.continuing.extension import CONTEXT_SECONDS, SETTLING_SECONDS, early_seconds
from studio.engine.continuing.ground import Ground
from studio.engine.continuing.seam import (
    FADE_SECONDS,
    calmest,
    faded,
    lag_between,
    on_grid,
    turned_into,
)
from studio.engine.continuing.tuning import raised, slowed
from studio.engine.mixing import summed
from studio.engine.played import Stems
from studio.engine.score import RING_OUT_SECONDS, Score
from studio.engine.writing.cutting import excerpt

_STEADY_SECONDS = 0.008
"""How far beats may be from an even count before the music is bent to them."""
_LEAST_CONTEXT_SECONDS = 3.0
_NEAR_SEAM_SECONDS = 0.15


@dataclass(frozen=True, slots=True)
class Replacement:
    """What is played for a window, and where it goes."""

    piece: Score
    whole: Score
    start_seconds: float
    """First seam."""
    end_seconds: float
    """Second seam; from here on the sound is as it was."""
    piece_beats: tuple[float, ...]
    """Where in the sound each beat of the piece lies, in seconds."""
    context: tuple[float, float]
    """Seconds of the sound that the piece plays again, to be compared."""
    same_music: bool = True
    same_style: bool = True
    cents: float = 0.0
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def to_play(self) -> Score:
        """The piece, as it has to be played to come out in tune with the sound."""
        return slowed(self.piece, self.cents)


def replacement(
    old: Score, new: Score, bars: tuple[int, int], ground: Ground, *, same_style: bool
) -> Replacement:
    """Plan how the bars of a window are exchanged.

    Parameters
    ----------
    old, new
        The song before and after.
    bars
        The first bar that is exchanged, and the first one that is not.
    ground
        Where the beats of the song lie in the sound.
    same_style
        Whether the window may take the colour of what is around it.
    """
    per_bar, beat_seconds = old.beats_per_bar, old.seconds_per_beat
    near = max(1, round(CONTEXT_SECONDS / (per_bar * beat_seconds)))
    first, last = max(0, bars[0] - near), bars[1]
    before = (bars[0] - first) * per_bar * beat_seconds
    if before < _LEAST_CONTEXT_SECONDS:
        last = min(round(old.beats / per_bar), bars[1] + near)
    cuts = [float(bar * per_bar) for bar in (first, bars[0], bars[1], last)]
    is_end = bars[1] * per_bar >= old.beats - 1e-6
    ring_out = new.ring_out_seconds if is_end else RING_OUT_SECONDS
    start, end = (ground.seconds_at(cut) - early_seconds(old, new, cut) for cut in cuts[1:3])
    beats = np.arange(cuts[0], cuts[3] + 1)
    context = (
        (ground.seconds_at(cuts[0]), start)
        if before >= _LEAST_CONTEXT_SECONDS
        else (ground.seconds_at(cuts[2]), ground.seconds_at(cuts[3]))
    )
    return Replacement(
        piece=excerpt(new, cuts[0], cuts[3], ring_out_seconds=ring_out),
        whole=new,
        start_seconds=max(0.0, start) if bars[0] else 0.0,
        end_seconds=ground.seconds_at(cuts[2]) + ring_out if is_end else end,
        piece_beats=tuple(ground.seconds_at(float(beat)) for beat in beats),
        context=context,
        same_style=same_style,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Exchanged:
    """A sound with another window, and where its seams are."""

    samples: Samples
    start_seconds: float
    end_seconds: float


def put_in(plan: Replacement, source: Samples, stems: Stems, work: Work) -> Exchanged:
    """Return the sound with its window exchanged; `source` itself is written into.

    Parameters
    ----------
    plan
        What was planned.
    source
        `float32 (2, frames)`.
    stems
        What was played of `plan.to_play`.
    work
        Told of the progress.
    """
    mixing = work.part(0.0, 0.3, "mixing")
    mixed = raised(summed(stems.items(), plan.to_play, work=mixing), plan.cents)
    mixed = _on_the_beats(plan, mixed, work.part(0.3, 0.6, "bending to the beat"))
    work.at(0.6, "matching")
    at = round(plan.piece_beats[0] * RATE)
    begin, stop = (round(seconds * RATE) for seconds in plan.context)
    begin = min(begin + round(SETTLING_SECONDS * RATE), (begin + stop) // 2)
    stop = min(stop, source.shape[1])
    made = mixed
    if stop > begin:
        if plan.same_music:
            at += lag_between(source[:, begin:stop], mixed[:, max(0, begin - at) : stop - at])
        own = slice(max(0, begin - at), max(1, stop - at))
        made = blended(mixed, own, source[:, begin:stop], colour=plan.same_style)
    first = _calm(source, made, at, round(plan.start_seconds * RATE))
    if at > first:
        # What is new begins a moment after the very start, where there is no seam.
        made, at = np.pad(made, ((0, 0), (at - first, 0))), first
    last = min(round(plan.end_seconds * RATE), source.shape[1], at + made.shape[1])
    if last < source.shape[1]:
        fade = round(FADE_SECONDS * RATE)
        last = _calm(source, made, at, last - fade) + fade
    window = made[:, first - at : last - at]
    if not plan.same_music:
        window = eased(window, source[:, :first], source[:, last:])
    if first > 0:
        window = faded(source[:, first:], window)
    if last < source.shape[1]:
        window = turned_into(window, source[:, :last])
    source[:, first:last] = on_grid(window)
    return Exchanged(source, first / RATE, last / RATE)


def _calm(source: Samples, made: Samples, at: int, frame: int) -> int:
    """Return the frame of a calm seam near `frame`; the very start stays what it is."""
    near = round(_NEAR_SEAM_SECONDS * RATE)
    start = max(at, frame - near, 0)
    if frame <= start:
        return frame
    return start + calmest(
        source[:, start : frame + near], made[:, start - at : frame + near - at], frame - start
    )


def _on_the_beats(plan: Replacement, mixed: Samples, work: Work) -> Samples:
    """Bend what was played evenly to beats that are not even."""
    there = [seconds - plan.piece_beats[0] for seconds in plan.piece_beats]
    here = [beat * plan.piece.seconds_per_beat for beat in range(len(there))]
    if max(abs(a - b) for a, b in zip(there, here, strict=True)) <= _STEADY_SECONDS:
        return mixed
    rest = mixed.shape[1] / RATE - here[-1]
    return warp(mixed, [*here, here[-1] + rest], [*there, there[-1] + rest], work=work)
