"""Accompanying: what a band needs to know of a voice that came alone.

The beat is found in the onsets of the notes. Where a bar begins, and whether it has three beats or
four, is what the harmony says: bars are laid so that chords can change with them and carry the tune
best, which is how a listener would hear it too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from studio.audio.hearing import HeardNote
from studio.engine.continuing.ground import FREE_TEMPO_BPM, Ground
from studio.engine.covering.aligning import even_ground
from studio.engine.covering.borrowed import beat_at
from studio.engine.covering.harmonising import Harmonised, TonedNote, harmonise_tune
from studio.engine.covering.pulse import USUAL_BPM, SungPulse, sung_pulse
from studio.engine.score import Key, Section
from studio.errors import ToolUnfit

Times = NDArray[np.float64]

LEAST_NOTES = 4
RELUCTANCE = 0.072
"""How much better three beats must carry a tune than four to be believed."""
SECTION_BARS = 8
CHORUS_ENERGY, VERSE_ENERGY = 0.82, 0.58
LIFTED_SEMITONES = 1.0
"""How much higher than the whole a section lies that is a chorus."""


@dataclass(frozen=True, slots=True)
class Accompaniment:
    """The ground under a voice."""

    ground: Ground
    is_even: bool
    """Whether it keeps one tempo."""
    beat_confidence: float
    key_confidence: float


def ground_under(
    notes: Sequence[HeardNote],
    *,
    key: Key | None = None,
    usual_bpm: tuple[float, float] = USUAL_BPM,
) -> Accompaniment:
    """Find beats, bars, key, chords and sections under sung notes.

    Parameters
    ----------
    notes
        In seconds, in rising order.
    key
        Of the tune; `None` looks for it.
    usual_bpm
        Slowest and fastest tempo of the music that it shall become.

    Raises
    ------
    ToolUnfit
        If there are hardly any notes.
    """
    if len(notes) < LEAST_NOTES:
        raise ToolUnfit(
            f"Only {len(notes)} sung notes were found, too few to play along with. Take a voice "
            "that sings, alone and clearly."
        )
    pulse = sung_pulse(notes, usual_bpm=usual_bpm)
    beats = np.array(pulse.beats) if pulse.beats else _counted(notes)
    per_bar, place, found = _bars(notes, beats, key, has_pulse=bool(pulse.beats))
    ground = _ground(notes, _from_bar_line(beats, place, per_bar, notes), per_bar, pulse)
    smooth, is_even = even_ground(ground)
    ground = replace(ground, beat_seconds=smooth.beat_seconds, tempo_bpm=smooth.tempo_bpm)
    again = harmonise_tune(
        _toned(notes, ground), bars=ground.bars, beats_per_bar=per_bar, key=found.key
    )
    ground = replace(ground, key=again.key, chords=again.chords)
    ground = replace(ground, sections=tuple(_sections(notes, ground)))
    return Accompaniment(ground, is_even, pulse.confidence, found.confidence)


def _counted(notes: Sequence[HeardNote]) -> Times:
    """Count beats in an easy tempo where nobody can hear a pulse, from the first note on."""
    step = 60.0 / FREE_TEMPO_BPM
    end = notes[-1].start_seconds + notes[-1].seconds
    return np.arange(notes[0].start_seconds, end + 2 * step, step)


def _bars(
    notes: Sequence[HeardNote], beats: Times, key: Key | None, *, has_pulse: bool
) -> tuple[int, float, Harmonised]:
    """Return the beats of a bar, where in `beats` one begins, and the harmony of bars laid so."""
    best: tuple[float, int, float, Harmonised] | None = None
    for per_bar in (4, 3) if has_pulse else (4,):
        places = np.arange(0, per_bar, 0.5 if has_pulse else float(per_bar))
        for place in places.tolist():
            toned = _placed(notes, beats, place - per_bar)
            bars = int(max(note.start + note.beats for note in toned) // per_bar) + 1
            found = harmonise_tune(toned, bars=bars, beats_per_bar=per_bar, key=key)
            worth = found.worth - RELUCTANCE * (per_bar == 3)  # noqa: PLR2004 - as in a waltz
            if best is None or worth > best[0]:
                best = (worth, per_bar, place, found)
    assert best is not None
    return best[1:]


def _placed(notes: Sequence[HeardNote], beats: Times, first: float) -> list[TonedNote]:
    """Return notes in beats from place `first` of the beats."""
    count = np.arange(len(beats))
    starts = np.interp([note.start_seconds for note in notes], beats, count)
    ends = np.interp([note.start_seconds + note.seconds for note in notes], beats, count)
    return [
        TonedNote(float(start) - first, float(end - start), note.pitch)
        for note, start, end in zip(notes, starts, ends, strict=True)
    ]


def _from_bar_line(beats: Times, place: float, per_bar: int, notes: Sequence[HeardNote]) -> Times:
    """Return beats from the bar line before the first note to the one after the last.

    A voice that begins late is given the bars before it as an intro.
    """
    early, late = beats[1] - beats[0], beats[-1] - beats[-2]
    start, end = notes[0].start_seconds, notes[-1].start_seconds + notes[-1].seconds

    def at(where: float) -> float:
        if where < 0:
            return float(beats[0] + where * early)
        if where > len(beats) - 1:
            return float(beats[-1] + (where - len(beats) + 1) * late)
        return float(np.interp(where, np.arange(len(beats)), beats))

    first = place
    while at(first) > max(0.5 * early, start - SECTION_BARS * per_bar * early) or at(first) > start:
        first -= per_bar
    while at(first + per_bar) <= min(start, 0.5 * early):
        first += per_bar
    last = first + per_bar
    while at(last) < end:
        last += per_bar
    return np.array([at(where) for where in np.arange(first, last + 0.25)])


def _ground(notes: Sequence[HeardNote], times: Times, per_bar: int, pulse: SungPulse) -> Ground:
    """Return a ground without chords and sections yet."""
    count = len(times) - 1
    return Ground(
        tempo_bpm=60.0 * count / float(times[-1] - times[0]),
        beats_per_bar=per_bar,
        key=Key(notes[-1].pitch % 12, "major"),
        chords=(),
        sections=(),
        beats=float(count),
        beat_seconds=tuple(float(time) for time in times),
        has_pulse=bool(pulse.beats),
    )


def _toned(notes: Sequence[HeardNote], ground: Ground) -> list[TonedNote]:
    toned = []
    for note in notes:
        start = beat_at(ground, note.start_seconds)
        end = beat_at(ground, note.start_seconds + note.seconds)
        toned.append(TonedNote(start, end - start, note.pitch))
    return toned


def _sections(notes: Sequence[HeardNote], ground: Ground) -> Iterator[Section]:
    """Cut the song into eight bars each; what lies high is a chorus, what is not sung an intro."""
    toned = _toned(notes, ground)
    usual = float(np.mean([note.pitch for note in toned]))
    starts = list(range(0, ground.bars, SECTION_BARS))
    if len(starts) > 1 and ground.bars - starts[-1] < SECTION_BARS // 2:
        starts.pop()
    verses = 0
    for start, end in zip(starts, [*starts[1:], ground.bars], strict=True):
        begin, stop = float(start * ground.beats_per_bar), float(end * ground.beats_per_bar)
        sung = [note.pitch for note in toned if begin <= note.start < stop]
        is_chorus = bool(sung) and float(np.mean(sung)) - usual >= LIFTED_SEMITONES
        kind = "chorus" if is_chorus else "verse" if sung else "intro" if not start else "solo"
        verses += kind == "verse"
        name = f"Verse {verses}" if kind == "verse" else kind.title()
        energy = CHORUS_ENERGY if is_chorus else VERSE_ENERGY
        yield Section(kind, name, begin, stop - begin, energy)
