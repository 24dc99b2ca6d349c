"""Extension: more of a song, after any bar of it or before its start.

On a song of the band the score goes on; on any other sound a stand-in for its score does. Either
way some bars that are there already are played again, so that what was struck before the seam
rings over it, and so that loudness and colour can be compared bar for bar.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from studio.audio.samples import RATE, Samples
from studio.audio.work import Work
from studio.engine.continuing.blending import blended, eased
from studio.engine.continuing.seam import AHEAD_SECONDS, calmest, faded, lag_between, on_grid
from studio.engine.continuing.tuning import raised, slowed
from studio.engine.mixing import summed
from studio.engine.played import Stems
from studio.engine.score import Score
from studio.engine.singing.line import LEAD_SECONDS
from studio.engine.writing.author import Wish
from studio.engine.writing.continuing import continued, preceded
from studio.engine.writing.cutting import excerpt, line_spans
from studio.engine.writing.scansion import CountSyllables

CONTEXT_SECONDS = 8.0
"""How much that is there already is played again."""
SETTLING_SECONDS = 1.0
"""After which the ring of what came before the context is no longer missed."""
_NEAR_SEAM_SECONDS = 0.15
_SWELL_DB = 3.0
"""How much louder a section of energy 1 is than one of energy 0."""


@dataclass(frozen=True, slots=True)
class Extension:
    """What is played for an extension, and where it goes."""

    piece: Score
    """To be played: some bars that are there, and the new ones."""
    whole: Score
    """The song as it is afterwards."""
    seam_seconds: float
    """Where the sound is left; when something is put in front, where it begins to sound."""
    piece_at: float
    """Where in the sound the first bar of the piece lies, in seconds; negative in front of it."""
    is_front: bool = False
    same_music: bool = True
    """Whether the sound plays just what the first bars of the piece do."""
    same_style: bool = True
    cents: float = 0.0
    """How far above the usual pitch the sound is tuned."""
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def to_play(self) -> Score:
        """The piece, as it has to be played to come out in tune with the sound."""
        return slowed(self.piece, self.cents)


@dataclass(frozen=True, slots=True, eq=False)
class Tail:
    """What was made, and the frame at which it meets the sound."""

    frame: int
    samples: Samples


def extended(
    score: Score, bar: int, wish: Wish, *, bar_seconds: float, syllables: CountSyllables
) -> Extension:
    """Plan how a song goes on after `bar` bars, the last of which ends at `bar_seconds`."""
    per_bar, beat_seconds = score.beats_per_bar, score.seconds_per_beat
    whole = continued(score, bar, wish, syllables=syllables)
    cut = float(bar * per_bar)
    context = min(bar, max(1, round(CONTEXT_SECONDS / (per_bar * beat_seconds))))
    start = float((bar - context) * per_bar)
    early = early_seconds(score, whole, cut)
    return Extension(
        piece=excerpt(whole, start, whole.beats, ring_out_seconds=whole.ring_out_seconds),
        whole=whole,
        seam_seconds=max(0.0, bar_seconds - early),
        piece_at=bar_seconds - (cut - start) * beat_seconds,
        same_style=wish.style_name is None,
    )


def fronted(
    score: Score, wish: Wish, *, start_seconds: float, syllables: CountSyllables
) -> Extension:
    """Plan what is played before a song whose first bar begins at `start_seconds`."""
    whole = preceded(score, wish, syllables=syllables)
    beats = whole.beats - score.beats
    piece = excerpt(whole, 0.0, beats, ring_out_seconds=score.ring_out_seconds)
    return Extension(
        piece=piece,
        whole=whole,
        seam_seconds=start_seconds,
        piece_at=start_seconds - piece.length_seconds,
        is_front=True,
        same_style=wish.style_name is None,
    )


def early_seconds(old: Score, whole: Score, cut: float) -> float:
    """Return how long before the bar line the seam lies, so that no pickup is cut or lost."""
    beat_seconds = old.seconds_per_beat
    pickups = [first for first, last in line_spans(old) if first < cut < last]
    pickups += [first for first, _ in line_spans(whole) if cut - 2 <= first < cut]
    before = [last for first, last in line_spans(whole) if first < cut and last <= cut]
    starts = [first for first in pickups if first >= max(before, default=0.0)]
    if not starts:
        return AHEAD_SECONDS
    return max(AHEAD_SECONDS, (cut - min(starts)) * beat_seconds + LEAD_SECONDS / 2)


def tail_of(extension: Extension, source: Samples, stems: Stems, work: Work) -> Tail:
    """Put together what follows the seam.

    Parameters
    ----------
    extension
        What was planned.
    source
        The sound that goes on, `float32 (2, frames)`.
    stems
        What was played of `extension.to_play`.
    work
        Told of the progress.
    """
    mixed = _mixed(extension, stems, work)
    work.at(0.5, "matching")
    at = round(extension.piece_at * RATE)
    seam = min(round(extension.seam_seconds * RATE), source.shape[1])
    settled = min(round(SETTLING_SECONDS * RATE), max(0, seam - at) // 2)
    if extension.same_music:
        at += lag_between(source[:, at + settled : seam], mixed[:, settled : seam - at])
    own = slice(max(0, settled), max(seam - at, settled + 1))
    made = blended(mixed, own, source[:, max(0, at + settled) : seam], colour=extension.same_style)
    near = round(_NEAR_SEAM_SECONDS * RATE)
    start = max(at, seam - near, 0)
    seam = start + calmest(
        source[:, start : seam + near], made[:, start - at : seam + near - at], seam - start
    )
    tail = np.ascontiguousarray(made[:, seam - at :])
    if not extension.same_music:
        tail = eased(tail, source[:, :seam], source[:, :0])
    return Tail(seam, on_grid(faded(source[:, seam:], tail)))


def front_of(extension: Extension, source: Samples, stems: Stems, work: Work) -> Tail:
    """Put together what is in front, ring-out and all; its `frame` is where the sound begins."""
    mixed = _mixed(extension, stems, work)
    work.at(0.5, "matching")
    frame = max(0, round(-extension.piece_at * RATE))
    near = round(CONTEXT_SECONDS * RATE)
    begin = max(0, frame - near)
    first = max(0, round(extension.seam_seconds * RATE))
    model = source[:, first : first + near]
    old, new = extension.whole.sections, extension.piece.sections
    behind = old[min(len(new), len(old) - 1)]
    quieter = np.float32(10 ** (_SWELL_DB * (new[-1].energy - behind.energy) / 20))
    made = blended(mixed, slice(begin, frame), model * quieter, colour=extension.same_style)
    skipped = max(0, round(extension.piece_at * RATE))
    return Tail(frame, on_grid(made[:, skipped:]))


def _mixed(extension: Extension, stems: Stems, work: Work) -> Samples:
    mixing = work.part(0.0, 0.5, "mixing")
    return raised(summed(stems.items(), extension.to_play, work=mixing), extension.cents)
