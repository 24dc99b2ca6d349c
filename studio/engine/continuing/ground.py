"""Ground: what is given before the band writes: time, key, chords and the form.

A song of the band has it in its score; of any other sound it is measured. Whoever writes over it
need not know which.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from studio.audio.hearing import Heard, HeardChord
from studio.engine.score import Chord, Key, Score, Section
from studio.engine.writing.cutting import cut
from studio.engine.writing.swing import swing_of
from studio.errors import ToolUnfit

FREE_TEMPO_BPM = 80.0
"""What is counted where nobody can hear a pulse."""

_EARLY_SECONDS = 0.08
"""How far before a window its first beat may lie and still belong to it."""
_SHORTEST_SECTION_BARS = 2
_SOFTEST = 0.35
"""Energy that a band plays with at the least, however soft what it heard was."""
_LOUD, _QUIET = 0.8, 0.45
"""Energies of a section, as heard, that make it a chorus or an intro."""
_TRUSTED = 0.1
"""Beat confidence under which beats are not used."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What is given; beats count from its first bar line."""

    tempo_bpm: float
    beats_per_bar: int
    key: Key
    chords: tuple[Chord, ...]
    """They fill it from 0 to `beats`, without a gap."""
    sections: tuple[Section, ...]
    """They too."""
    beats: float
    """Where its last bar ends."""
    beat_seconds: tuple[float, ...]
    """When each beat falls in the sound that it is the ground of, the end of the last bar as well:
    `beats + 1` values, rising."""
    swing: float | None = None
    """As `Score.swing`, for pairs as long as `swung_beats`; `None` leaves it to the style."""
    swung_beats: float = 1.0
    has_pulse: bool = True
    """Whether its beats were heard, and are not merely counted."""

    @property
    def bars(self) -> int:
        """How many bars it has."""
        return round(self.beats / self.beats_per_bar)

    def seconds_at(self, beat: float) -> float:
        """Return when a beat falls, between two of them or beyond both ends too."""
        times = self.beat_seconds
        if beat < 0:
            return times[0] + beat * (times[1] - times[0])
        if beat > self.beats:
            return times[-1] + (beat - self.beats) * (times[-1] - times[-2])
        return float(np.interp(beat, np.arange(len(times)), times))


def ground_of(score: Score) -> Ground:
    """Return the ground of a song of the band."""
    ratio, unit = swing_of(score)
    count = round(score.beats) + 1
    return Ground(
        tempo_bpm=score.tempo_bpm,
        beats_per_bar=score.beats_per_bar,
        key=score.key,
        chords=score.chords,
        sections=score.sections,
        beats=score.beats,
        beat_seconds=tuple(beat * score.seconds_per_beat for beat in range(count)),
        swing=ratio,
        swung_beats=unit,
    )


def ground_heard(
    heard: Heard, start_seconds: float = 0.0, end_seconds: float | None = None
) -> Ground:
    """Return the ground of a stretch of any sound, from its first bar line to its last.

    Where no pulse was found, bars are counted from the start at an easy tempo, and `has_pulse` is
    false.

    Parameters
    ----------
    heard
        What was measured of the whole sound.
    start_seconds, end_seconds
        The stretch, at least a bar long; `None` is the end of the sound.

    Raises
    ------
    ToolUnfit
        If no whole bar lies in the stretch.
    """
    end_seconds = heard.length_seconds if end_seconds is None else end_seconds
    times, has_pulse = _bar_lined(heard, start_seconds, end_seconds)
    per_bar = heard.beats_per_bar
    beats = max(0, len(times) - 1) // per_bar * per_bar
    if not beats:
        raise ToolUnfit(
            f"No whole bar lies between {start_seconds:.1f} and {end_seconds:.1f} s. "
            "Choose a longer stretch."
        )
    times = times[: beats + 1]
    key = Key(heard.key.tonic, heard.key.mode)
    chords = _chords(heard.chords, times, key)
    return Ground(
        tempo_bpm=round(60.0 * beats / float(times[-1] - times[0]), 3),
        beats_per_bar=per_bar,
        key=key,
        chords=chords,
        sections=_sections(heard, times, per_bar),
        beats=float(beats),
        beat_seconds=tuple(float(time) for time in times),
        has_pulse=has_pulse,
    )


def part_of(ground: Ground, first_bar: int, last_bar: int) -> Ground:
    """Return the bars from `first_bar` up to, but not with, `last_bar` as a ground of its own."""
    per_bar = ground.beats_per_bar
    start, end = float(first_bar * per_bar), float(last_bar * per_bar)
    return replace(
        ground,
        chords=cut(ground.chords, start, end),
        sections=cut(ground.sections, start, end),
        beats=end - start,
        beat_seconds=ground.beat_seconds[first_bar * per_bar : last_bar * per_bar + 1],
    )


def _bar_lined(heard: Heard, start: float, end: float) -> tuple[NDArray[np.float64], bool]:
    """Return the times of the beats of a stretch, from its first bar line on."""
    times = np.array(heard.beats)
    if len(times) <= heard.beats_per_bar or heard.beat_confidence < _TRUSTED:
        step = 60.0 / FREE_TEMPO_BPM
        count = int((end - start) / step + 1e-6) + 1
        return np.linspace(start, start + step * (count - 1), count), False
    times = _completed(times, start, end)
    inside = (times >= start - _EARLY_SECONDS) & (times <= end + _EARLY_SECONDS)
    first = int(np.argmax(inside))
    within = times[inside]
    phase = _phase(heard, times)
    lead = (phase - first) % heard.beats_per_bar
    return within[lead:], True


def _completed(times: NDArray[np.float64], start: float, end: float) -> NDArray[np.float64]:
    """Count on before the first beat and after the last one, at the tempo that is there."""
    reach = min(8, len(times) - 1)
    before = float(times[reach] - times[0]) / reach
    after = float(times[-1] - times[-1 - reach]) / reach
    early = times[0] - before * np.arange(int(max(0.0, times[0] - start) / before), 0, -1)
    late = times[-1] + after * np.arange(1, int(max(0.0, end - times[-1]) / after) + 1)
    return np.concatenate([early, times, late])


def _phase(heard: Heard, times: NDArray[np.float64]) -> int:
    """Return at which of `times`, modulo a bar, most bars begin."""
    if not heard.downbeats:
        return 0
    added = int(np.argmin(np.abs(times - heard.beats[0])))
    places = (np.array(heard.downbeats) + added) % heard.beats_per_bar
    return int(np.bincount(places, minlength=heard.beats_per_bar).argmax())


def _chords(heard: Sequence[HeardChord], times: NDArray[np.float64], key: Key) -> tuple[Chord, ...]:
    """Return a chord for every beat, those that are alike as one; silence holds what was before."""
    middles = (times[:-1] + times[1:]) / 2
    home = (key.tonic, "maj" if key.mode == "major" else "min")
    sounding = [chord for chord in heard if chord.root is not None]
    chords: list[Chord] = []
    now = home
    for beat, middle in enumerate(middles):
        here = next(
            (c for c in sounding if c.start_seconds <= middle < c.start_seconds + c.seconds), None
        )
        if here is not None and here.root is not None:
            now = (here.root, here.quality)
        last = chords[-1] if chords else None
        if last and (last.root, last.quality) == now:
            chords[-1] = replace(last, beats=last.beats + 1.0)
        else:
            chords.append(Chord(float(beat), 1.0, now[0], now[1], now[0]))
    return tuple(chords)


def _sections(heard: Heard, times: NDArray[np.float64], per_bar: int) -> tuple[Section, ...]:
    """Return the sections at the nearest bar lines, called by what they sound like."""
    bar_times = times[::per_bar]
    edges = {0: 0}
    for index, section in enumerate(heard.sections):
        if section.start_seconds + section.seconds > bar_times[0]:
            edges[int(np.argmin(np.abs(bar_times - section.start_seconds)))] = index
    last = len(bar_times) - 1
    starts = sorted(edge for edge in edges if edge < last)
    kept = [s for i, s in enumerate(starts) if not i or s - starts[i - 1] >= _SHORTEST_SECTION_BARS]
    found: list[Section] = []
    for start, end in zip(kept, [*kept[1:], last], strict=True):
        kind, energy = _kind(heard, edges[start], first=start == 0, last=end == last)
        count = sum(section.kind == kind for section in found) + 1
        name = f"{kind.title()} {count}" if kind == "verse" else kind.title()
        found.append(
            Section(kind, name, float(start * per_bar), float((end - start) * per_bar), energy)
        )
    return tuple(found)


def _kind(heard: Heard, index: int, *, first: bool, last: bool) -> tuple[str, float]:
    """Call a section by its energy and by whether it comes back."""
    if not heard.sections:
        return "verse", 0.6
    section = heard.sections[index]
    energy = round(max(_SOFTEST, section.energy), 3)
    returns = sum(other.letter == section.letter for other in heard.sections) > 1
    if section.energy < _QUIET and (first or last) and not returns:
        return ("intro" if first else "outro"), energy
    if section.energy >= _LOUD and (returns or len(heard.sections) == 1):
        return "chorus", energy
    return "verse", energy
