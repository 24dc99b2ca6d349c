"""Foreign: a sound that the band did not make, listened to until the band can join in.

What is measured can be wrong, so everything that follows from it is told with how sure it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from studio.audio.ear.listening import hear
from studio.audio.hearing import Heard
from studio.audio.samples import RATE, Samples
from studio.audio.work import Work
from studio.engine.continuing.ground import FREE_TEMPO_BPM, Ground, ground_heard
from studio.engine.continuing.matching import FREE_STYLE, style_like
from studio.engine.continuing.stand_in import LOCAL_BEATS, in_tempo_of, smoothed, steadied
from studio.engine.writing.theory import key_name
from studio.errors import ToolUnfit

LEAST_CENTS = 5.0
"""Less of a difference in tuning is not heard."""

_BLOCK_SECONDS = 0.1
_FADED_DB = 15.0
"""How far under its usual level a sound counts as faded out."""
_DOUBTFUL = 0.5
_LATE_SECONDS = 0.05
"""How much too early a person may ask for a bar line."""


@dataclass(frozen=True, slots=True)
class Listened:
    """A sound, as the band has it on the stand."""

    heard: Heard
    ground: Ground
    style_name: str
    end_seconds: float
    """Where it fades or ends."""

    @property
    def cents(self) -> float:
        """How far the band tunes up to it."""
        cents = self.heard.tuning_cents
        return round(cents, 1) if abs(cents) > LEAST_CENTS else 0.0

    @property
    def facts(self) -> Mapping[str, Any]:
        """What was measured, and how sure that is."""
        heard = self.heard
        told: dict[str, Any] = {
            "exact": False,
            "tempo_bpm": round(self.ground.tempo_bpm, 2),
            "beat_confidence": round(heard.beat_confidence, 2),
            "key": key_name(self.ground.key),
            "key_confidence": round(heard.key_confidence, 2),
            "tuning_cents": round(heard.tuning_cents, 1),
            "style": self.style_name,
        }
        notes = _notes(self)
        return told | ({"note": " ".join(notes)} if notes else {})


def _notes(listened: Listened) -> list[str]:
    notes = []
    if not listened.ground.has_pulse:
        notes.append(
            "No beat could be heard, so the band plays without drums, in free time at "
            f"{FREE_TEMPO_BPM:.0f} bpm."
        )
    elif listened.heard.beat_confidence < _DOUBTFUL:
        notes.append("The beat is doubtful.")
    if listened.heard.key_confidence < _DOUBTFUL:
        notes.append(f"The key is doubtful; {key_name(listened.ground.key)} is the best guess.")
    return notes


def listen(source: Samples, style_name: str, work: Work) -> Listened:
    """Measure a sound and find the style of the band that goes with it, unless one is named.

    Parameters
    ----------
    source
        `float32 (2, frames)` at `RATE`.
    style_name
        One of `STYLES`, or empty.
    work
        Told of the progress.

    Raises
    ------
    ToolUnfit
        If the sound is shorter than a bar.
    """
    heard = hear(source, work=work.part(0.0, 0.8, "listening"))
    ground = ground_heard(heard)
    usual = FREE_STYLE
    if not style_name and ground.has_pulse:
        usual = style_like(heard, source, work=work.part(0.8, 1.0))
    return Listened(heard, ground, style_name or usual, sounding_seconds(source))


def sounding_seconds(source: Samples) -> float:
    """Return where a sound stops being about as loud as it usually is."""
    block = round(_BLOCK_SECONDS * RATE)
    count = max(1, source.shape[1] // block)
    blocks = source[:, : count * block].reshape(source.shape[0], count, -1)
    levels = 10 * np.log10(np.square(blocks).mean(axis=(0, 2)) + 1e-12)
    usual = float(np.median(levels[levels >= np.median(levels)]))
    loud = np.flatnonzero(levels > usual - _FADED_DB)
    return float(min(source.shape[1], (int(loud[-1]) + 1) * block) / RATE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A bar line at which the band comes in."""

    ground: Ground
    """At the tempo that the sound has there, all through."""
    bar: int
    seconds: float
    """Where in the sound it lies."""


def entry_before(listened: Listened, seconds: float | None) -> Entry:
    """Return the last bar line that is not after `seconds`; `None` is where the sound ends."""
    wanted = listened.end_seconds if seconds is None else seconds
    ground = _counted_to(listened, wanted)
    lines = np.array(ground.beat_seconds[:: ground.beats_per_bar])
    bar = max(1, int(np.searchsorted(lines, wanted + _LATE_SECONDS, side="right")) - 1)
    return _entry(ground, bar)


def first_entry(listened: Listened) -> Entry:
    """Return the first bar line of a sound."""
    local = steadied(listened.ground, float(min(LOCAL_BEATS, listened.ground.beats)))
    return Entry(local, 0, max(0.0, local.seconds_at(0.0)))


def _entry(ground: Ground, bar: int) -> Entry:
    beat = float(bar * ground.beats_per_bar)
    local = steadied(ground, beat)
    return Entry(local, bar, local.seconds_at(beat))


def _counted_to(listened: Listened, seconds: float) -> Ground:
    """Return the ground; without a pulse its bars are counted so that one ends at `seconds`."""
    ground = listened.ground
    if ground.has_pulse:
        return ground
    bar = ground.beats_per_bar * 60.0 / FREE_TEMPO_BPM
    return ground_heard(listened.heard, seconds - int(seconds / bar) * bar)


def window_of(
    listened: Listened, start_seconds: float, end_seconds: float
) -> tuple[Ground, tuple[int, int]]:
    """Return the ground of a sound and the bars that a window touches.

    The beats of the ground lie where they are heard; its tempo is that of the window.

    Raises
    ------
    ToolUnfit
        If no bar of the sound lies there.
    """
    ground = _counted_to(listened, start_seconds)
    lines = np.array(ground.beat_seconds[:: ground.beats_per_bar])
    first = int(np.searchsorted(lines, start_seconds + _LATE_SECONDS, side="right")) - 1
    last = int(np.searchsorted(lines, end_seconds - _LATE_SECONDS))
    bars = (max(0, first), min(last, len(lines) - 1))
    if bars[0] >= bars[1]:
        raise ToolUnfit(
            f"No whole bar lies between {start_seconds:.1f} and {end_seconds:.1f} s: bars were "
            f"heard from {lines[0]:.1f} to {lines[-1]:.1f} s. Choose another window."
        )
    return in_tempo_of(smoothed(ground), bars), bars
