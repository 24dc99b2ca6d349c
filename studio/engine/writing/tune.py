"""Tune: the melody of a whole song, line by line, so that what returns sounds the same.

First every line of a section gets its rhythm, then the peak is chosen, then pitches are found.
A line with as many syllables as the line at its place in an earlier section of the same kind
has the same tune.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from studio.engine.score import Key
from studio.engine.writing.chance import Rng, happens, pick
from studio.engine.writing.form import BREATH_SECONDS, Phrase, Stretch
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
from studio.engine.writing.rhythm import (
    Floats,
    Window,
    draw_taste,
    metre,
    pauses_of,
    place,
    stresses_of,
)
from studio.engine.writing.style import Melody
from studio.engine.writing.theory import chord_tones, scale_over

VOICES: dict[str, dict[str, Compass]] = {
    "female": {
        "verse": Compass(57, 67, 61.5),
        "pre-chorus": Compass(58, 69, 63.5),
        "chorus": Compass(60, 72, 65.5),
        "bridge": Compass(59, 70, 64.5),
    },
    "male": {
        "verse": Compass(45, 57, 50.5),
        "pre-chorus": Compass(47, 60, 53.0),
        "chorus": Compass(50, 65, 56.5),
        "bridge": Compass(48, 62, 54.5),
    },
}
"""Where each voice sounds well, by kind of section."""

LETTERS = {1: ("A",), 2: ("AA", "AB"), 3: ("AAB", "ABA"), 4: ("AABA", "ABAB", "ABAC", "AABC")}
LONG_SECTION = "ABACABAD"
LONGEST_NOTE = 3.5
"""Beats that are held in one breath."""


@dataclass(frozen=True, slots=True)
class TuneNote:
    """A note of the tune, in beats from the start of the song."""

    start: float
    beats: float
    pitch: int
    weight: float
    word: int
    syllable: int


@dataclass(frozen=True, slots=True)
class TuneLine:
    """A line with its notes."""

    stretch: int
    start: float
    phrase: Phrase
    notes: tuple[TuneNote, ...]


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
class _Rhythm:
    """Onsets of a line, relative to its start."""

    window: Window
    slots: tuple[int, ...]
    onsets: tuple[Onset, ...]


def compose_tune(stretches: Sequence[Stretch], setting: Setting, rng: Rng) -> tuple[TuneLine, ...]:
    """Return the tune of all phrases in `stretches`."""
    composer = _Composer(setting, rng)
    return tuple(
        line
        for index, stretch in enumerate(stretches)
        if stretch.phrases
        for line in composer.lines(index, stretch)
    )


class _Composer:
    """Somebody who remembers the tunes and rhythms of the sections before."""

    def __init__(self, setting: Setting, rng: Rng) -> None:
        self._setting, self._rng = setting, rng
        self._known: dict[tuple[str, int, int, int], tuple[TuneNote, ...]] = {}
        self._tastes: dict[tuple[str, Window], Floats] = {}

    def lines(self, index: int, stretch: Stretch) -> list[TuneLine]:
        """Write the tune of one section."""
        rhythms = [self._rhythm(phrase, stretch) for phrase in stretch.phrases]
        starts = [
            float((stretch.start_bar + i * stretch.bars_per_line) * self._setting.beats_per_bar)
            for i in range(len(stretch.phrases))
        ]
        pitches = _Pitches(stretch, self._setting, rhythms, starts, self._rng)
        lines = []
        for i, (phrase, start) in enumerate(zip(stretch.phrases, starts, strict=True)):
            name = (stretch.kind, i, phrase.size, stretch.bars_per_line)
            if name not in self._known:
                self._known[name] = pitches.notes(i)
            spelled = _spell(self._known[name], phrase)
            early = -min(0.0, start + spelled[0].start)  # Nothing sounds before the song.
            notes = tuple(replace(note, start=note.start + start + early) for note in spelled)
            lines.append(TuneLine(index, start, phrase, notes))
        return lines

    def _rhythm(self, phrase: Phrase, stretch: Stretch) -> _Rhythm:
        """Place a line; the first one of a kind sets the rhythm for the others."""
        window = _window(stretch, phrase.size, self._setting)
        name = (stretch.kind, window)
        fresh = name not in self._tastes
        if fresh:
            taste = draw_taste(window, self._setting.manner.syncopation, self._rng)
            self._tastes[name] = taste
        slots = place(stresses_of(phrase), pauses_of(phrase), window, self._tastes[name])
        if fresh:
            liked = np.isin(np.arange(window.first, window.last + 1), slots)
            self._tastes[name] = self._tastes[name] + 0.8 * liked
        return _Rhythm(window, slots, _onsets(slots, window))


def _window(stretch: Stretch, size: int, setting: Setting) -> Window:
    span = float(stretch.bars_per_line * setting.beats_per_bar)
    pickup = 1.0 if stretch.bars_per_line > 1 else 0.5
    breath = BREATH_SECONDS * setting.tempo_bpm / 60.0
    end = max(1.0, span - pickup - breath)
    tail = 1.0 if stretch.bars_per_line > 1 else 0.6
    slot = 0.25 if setting.manner.speech > STRONG else 0.5
    while True:
        first, last = -round(pickup / slot), int(max(0.0, end - min(tail, end / 2)) / slot)
        if last - first + 1 >= size * 1.25:
            return Window(first, last, end, slot, setting.beats_per_bar)
        slot /= 2


def _onsets(slots: Sequence[int], window: Window) -> tuple[Onset, ...]:
    strengths = metre(window)
    beats = [slot * window.slot_beats for slot in slots]
    onsets = []
    for index, (slot, beat, after) in enumerate(
        zip(slots, beats, [*beats[1:], window.end], strict=True)
    ):
        held = min(after - beat, LONGEST_NOTE)
        strength = float(strengths[slot - window.first])
        long = held >= 1.0
        weight = strength if strength >= STRONG else 0.45 if long else 0.1
        onsets.append(Onset(beat, held, max(weight, 0.6 if index + 1 == len(slots) else 0.0)))
    return tuple(onsets)


class _Pitches:
    """The pitches of one section, line for line, with its motifs and its peak."""

    def __init__(
        self,
        stretch: Stretch,
        setting: Setting,
        rhythms: Sequence[_Rhythm],
        starts: Sequence[float],
        rng: Rng,
    ) -> None:
        self._stretch, self._setting, self._rng = stretch, setting, rng
        self._rhythms, self._starts = rhythms, starts
        self._compass = _compass(stretch.kind, setting)
        count = len(rhythms)
        self._letters = pick(rng, LETTERS[count]) if count in LETTERS else LONG_SECTION * count
        self._curves: dict[str, Curve] = {}
        self._last: int | None = None
        self._peak = self._choose_peak() if stretch.kind == "chorus" else None

    def notes(self, index: int) -> tuple[TuneNote, ...]:
        """Write line `index`, relative to its start."""
        rhythm, start, manner = self._rhythms[index], self._starts[index], self._setting.manner
        onsets = [replace(onset, beat=onset.beat + start) for onset in rhythm.onsets]
        letter = self._letters[index]
        curve = self._curve(letter, index)
        peak = self._peak[1:] if self._peak and self._peak[0] == index else None
        compass = self._compass
        if self._peak and not peak:
            compass = replace(compass, high=self._peak[2] - 1)
        leap = happens(self._rng, manner.leaps) and len(onsets) > 3 and peak is None  # noqa: PLR2004 - room to leap
        pitches = sing_line(
            onsets,
            line_start=start,
            changes=self._setting.changes,
            key=self._setting.key,
            compass=compass,
            curve=curve,
            rng=self._rng,
            leap_at=int(self._rng.integers(1, len(onsets) - 1)) if leap else None,
            before=self._last,
            home=index == len(self._rhythms) - 1 and self._stretch.kind == "chorus",
            peak=peak,
        )
        self._last = pitches[-1]
        self._curves.setdefault(letter, curve_of(onsets, pitches, start))
        return self._decorated(
            onsets, pitches, start, ceiling=self._peak[2] if self._peak else compass.high
        )

    def _curve(self, letter: str, index: int) -> Curve:
        if letter not in self._curves:
            return invent_curve(self._compass, self._rhythms[index].window.end, self._rng)
        return self._curves[letter].moved(float(pick(self._rng, (0.0, 0.0, 2.0, -2.0))))

    def _choose_peak(self) -> tuple[int, int, int] | None:
        """Choose line, note and pitch of the highest note, on a strong beat and in its chord."""
        index = len(self._rhythms) * 2 // 3
        rhythm, start = self._rhythms[index], self._starts[index]
        top = range(self._compass.high, self._compass.high - 5, -1)
        places = [
            (onset.weight >= STRONG, pitch, -note)
            for pitch in top
            for note, onset in enumerate(rhythm.onsets[:-1])
            if pitch % 12 in chord_tones(self._setting.changes.at(onset.beat + start))
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
        if not happens(self._rng, self._setting.manner.melisma) or last.beats < 1.5:  # noqa: PLR2004 - time for two notes
            return tuple(notes)
        chord = self._setting.changes.at(onsets[-1].beat)
        heard = scale_over(self._setting.key, chord.root, chord.quality)
        above = next(last.pitch + i for i in (1, 2, 3) if (last.pitch + i) % 12 in heard)
        below = next(last.pitch - i for i in (1, 2, 3) if (last.pitch - i) % 12 in heard)
        other = above if above < ceiling else below
        turn = replace(last, beats=0.5, pitch=other, weight=0.1)
        return (*notes[:-1], turn, replace(last, start=last.start + 0.5, beats=last.beats - 0.5))


def _compass(kind: str, setting: Setting) -> Compass:
    usual = setting.compasses["verse"]
    compass = setting.compasses.get(kind, usual)
    if setting.manner.speech > STRONG and kind not in {"chorus", "bridge"}:
        middle = round(compass.centre)
        return Compass(middle - 3, middle + 3, compass.centre)
    return compass


def _spell(notes: Sequence[TuneNote], phrase: Phrase) -> list[TuneNote]:
    """Put the syllables of `phrase` under the notes."""
    places = [
        (word, syllable) for word, size in enumerate(phrase.syllables) for syllable in range(size)
    ]
    return [
        replace(note, word=places[note.syllable][0], syllable=places[note.syllable][1])
        for note in notes
    ]
