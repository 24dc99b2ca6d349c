"""Motifs: the pitches of one section, line for line.

Lines that say the same are sung alike; lines of one letter follow one curve; in a chorus the peak
is chosen before anything else is written, so that nothing else reaches it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from studio.engine.score import Key
from studio.engine.writing.chance import Rng, happens, pick
from studio.engine.writing.harmony import Changes
from studio.engine.writing.melody import (
    STRONG,
    Compass,
    Curve,
    Onset,
    curve_of,
    invent_curve,
    sing_line,
)
from studio.engine.writing.stretch import Stretch
from studio.engine.writing.style import Melody
from studio.engine.writing.theory import chord_tones, scale_over

LETTERS = {1: ("A",), 2: ("AA", "AB"), 3: ("AAB", "ABA"), 4: ("AABA", "ABAB", "ABAC", "AABC")}
LONG_SECTION = "ABACABAD"
SEQUENCES = (0.0, 0.0, 2.0, -2.0)
"""Semitones by which a motif that returns is moved."""
PEAK_REACH = 5
"""Semitones under the top of the compass in which the peak is looked for."""
LEAPING_SIZE = 4
"""Notes that a line needs for a leap to have somewhere to come from and go to."""
MELISMA_BEATS = 1.5


@dataclass(frozen=True, slots=True)
class Setting:
    """What a tune is written for."""

    changes: Changes
    key: Key
    manner: Melody
    compasses: Mapping[str, Compass]
    tempo_bpm: float
    beats_per_bar: int


@dataclass(frozen=True, slots=True)
class TuneNote:
    """A note of the tune, in beats from the start of the song."""

    start: float
    beats: float
    pitch: int
    weight: float
    word: int
    syllable: int


class Motifs:
    """The motifs of one section, and its peak."""

    def __init__(
        self,
        stretch: Stretch,
        setting: Setting,
        rhythms: Sequence[Sequence[Onset]],
        starts: Sequence[float],
        rng: Rng,
    ) -> None:
        self._stretch, self._setting, self._rng = stretch, setting, rng
        self._lines = [
            tuple(replace(onset, beat=onset.beat + start) for onset in rhythm)
            for rhythm, start in zip(rhythms, starts, strict=True)
        ]
        self._starts = starts
        self._compass = _compass(stretch.kind, setting)
        self._letters = _letters([phrase.words for phrase in stretch.phrases], rng)
        self._curves: dict[str, Curve] = {}
        self._last: int | None = None
        self._peak = self._choose_peak() if stretch.kind == "chorus" else None

    def notes(self, index: int) -> tuple[TuneNote, ...]:
        """Write line `index`, relative to its start."""
        onsets, start, letter = self._lines[index], self._starts[index], self._letters[index]
        peak = self._peak[1:] if self._peak and self._peak[0] == index else None
        compass = self._compass
        if self._peak and not peak:
            compass = replace(compass, high=self._peak[2] - 1)
        leaps = happens(self._rng, self._setting.manner.leaps)
        leaps = leaps and len(onsets) >= LEAPING_SIZE and peak is None
        pitches = sing_line(
            onsets,
            line_start=start,
            changes=self._setting.changes,
            key=self._setting.key,
            compass=compass,
            curve=self._curve(letter, index),
            rng=self._rng,
            leap_at=int(self._rng.integers(1, len(onsets) - 1)) if leaps else None,
            before=self._last,
            home=index == len(self._lines) - 1 and self._stretch.kind == "chorus",
            peak=peak,
        )
        self._last = pitches[-1]
        self._curves.setdefault(letter, curve_of(onsets, pitches, start))
        return self._decorated(
            onsets, pitches, start, ceiling=self._peak[2] if self._peak else compass.high
        )

    def _curve(self, letter: str, index: int) -> Curve:
        if letter not in self._curves:
            last = self._lines[index][-1]
            beats = last.beat + last.beats - self._starts[index]
            return invent_curve(self._compass, beats, self._rng)
        words = [phrase.words for phrase in self._stretch.phrases]
        by = pick(self._rng, SEQUENCES)
        return self._curves[letter].moved(0.0 if words[index] in words[:index] else by)

    def _choose_peak(self) -> tuple[int, int, int] | None:
        """Choose line, note and pitch of the highest note, on a strong beat and in its chord."""
        index = len(self._lines) * 2 // 3
        top = range(self._compass.high, self._compass.high - PEAK_REACH, -1)
        places = [
            (onset.weight >= STRONG, pitch, -note)
            for pitch in top
            for note, onset in enumerate(self._lines[index][:-1])
            if pitch % 12 in chord_tones(self._setting.changes.at(onset.beat))
        ]
        if not places:
            return None
        _, pitch, note = max(places)
        return index, -note, pitch

    def _decorated(
        self, onsets: Sequence[Onset], pitches: Sequence[int], start: float, *, ceiling: int
    ) -> tuple[TuneNote, ...]:
        """Turn onsets into notes; at times the last one becomes a melisma."""
        notes = [
            TuneNote(onset.beat - start, onset.beats, pitch, onset.weight, 0, index)
            for index, (onset, pitch) in enumerate(zip(onsets, pitches, strict=True))
        ]
        last = notes[-1]
        if not happens(self._rng, self._setting.manner.melisma) or last.beats < MELISMA_BEATS:
            return tuple(notes)
        chord = self._setting.changes.at(onsets[-1].beat)
        heard = scale_over(self._setting.key, chord.root, chord.quality)
        above = next(last.pitch + i for i in (1, 2, 3) if (last.pitch + i) % 12 in heard)
        below = next(last.pitch - i for i in (1, 2, 3) if (last.pitch - i) % 12 in heard)
        other = above if above < ceiling else below
        turn = replace(last, beats=0.5, pitch=other, weight=0.1)
        return (*notes[:-1], turn, replace(last, start=last.start + 0.5, beats=last.beats - 0.5))


def _letters(lines: Sequence[tuple[str, ...]], rng: Rng) -> list[str]:
    """Say which lines share a motif; those that say the same always do."""
    count = len(lines)
    drawn = pick(rng, LETTERS[count]) if count in LETTERS else LONG_SECTION * count
    return [drawn[lines.index(line)] for line in lines]


def _compass(kind: str, setting: Setting) -> Compass:
    usual = setting.compasses["verse"]
    compass = setting.compasses.get(kind, usual)
    if setting.manner.speech > STRONG and kind not in {"chorus", "bridge"}:
        middle = round(compass.centre)
        return Compass(middle - 3, middle + 3, compass.centre)
    return compass
