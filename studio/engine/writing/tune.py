"""Tune: the melody of a whole song, line by line, so that what returns sounds the same.

First every line of a section gets its rhythm, then the peak is chosen, then pitches are found.
A line with as many syllables as the line at its place in an earlier section of the same kind
has the same tune.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from studio.engine.writing.chance import Rng, pick
from studio.engine.writing.melody import STRONG, Compass, Onset
from studio.engine.writing.motifs import Motifs, Setting, TuneNote
from studio.engine.writing.rhythm import (
    Floats,
    Window,
    draw_taste,
    metre,
    pauses_of,
    place,
    stresses_of,
)
from studio.engine.writing.stretch import BREATH_SECONDS, Phrase, Stretch

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

SIXTEENTH = 0.25
LONGEST_NOTE = 3.5
"""Beats that are held in one breath."""
CADENCES = (1.0, 1.5, 2.0, 2.0, 2.5)
"""Beats before the end of a line at which its last syllable likes to fall."""


@dataclass(frozen=True, slots=True)
class TuneLine:
    """A line with its notes."""

    stretch: int
    start: float
    phrase: Phrase
    notes: tuple[TuneNote, ...]


def compose_tune(
    stretches: Sequence[Stretch],
    setting: Setting,
    rng: Rng,
    *,
    known: Sequence[TuneLine] = (),
) -> tuple[TuneLine, ...]:
    """Return the tune of all phrases in `stretches`.

    Lines that are `known` stay as they are, and are remembered by the sections that are like
    theirs.
    """
    composer = _Composer(setting, rng)
    composer.remember(known, stretches)
    done = {line.stretch for line in known}
    written = [
        line
        for index, stretch in enumerate(stretches)
        if stretch.phrases and index not in done
        for line in composer.lines(index, stretch)
    ]
    return tuple(sorted((*known, *written), key=lambda line: line.start))


class _Composer:
    """Somebody who remembers the tunes and rhythms of the sections before."""

    def __init__(self, setting: Setting, rng: Rng) -> None:
        self._setting, self._rng = setting, rng
        self._known: dict[tuple[str, int, int, int], tuple[TuneNote, ...]] = {}
        self._tastes: dict[tuple[str, Window], Floats] = {}
        self._cadences: dict[tuple[str, Window], tuple[float, float]] = {}

    def remember(self, lines: Sequence[TuneLine], stretches: Sequence[Stretch]) -> None:
        """Take lines of sections that stand for the tunes of those that come again."""
        places: dict[int, int] = {}
        for line in lines:
            place = places.get(line.stretch, 0)
            places[line.stretch] = place + 1
            stretch = stretches[line.stretch]
            name = (stretch.kind, place, line.phrase.size, stretch.bars_per_line)
            notes = tuple(replace(note, start=note.start - line.start) for note in line.notes)
            self._known.setdefault(name, _counted(notes, line.phrase))

    def lines(self, index: int, stretch: Stretch) -> list[TuneLine]:
        """Write the tune of one section."""
        rhythms = [self._rhythm(i, phrase, stretch) for i, phrase in enumerate(stretch.phrases)]
        starts = [
            float((stretch.start_bar + i * stretch.bars_per_line) * self._setting.beats_per_bar)
            for i in range(len(stretch.phrases))
        ]
        motifs = Motifs(stretch, self._setting, rhythms, starts, self._rng)
        lines = []
        for i, (phrase, start) in enumerate(zip(stretch.phrases, starts, strict=True)):
            name = (stretch.kind, i, phrase.size, stretch.bars_per_line)
            if name not in self._known:
                self._known[name] = motifs.notes(i)
            spelled = _spell(self._known[name], phrase)
            notes = tuple(replace(note, start=note.start + start) for note in spelled)
            lines.append(TuneLine(index, start, phrase, notes))
        return self._held(lines)

    def _held(self, lines: list[TuneLine]) -> list[TuneLine]:
        """Hold the last note of a line until there is just time to breathe for the next."""
        breath = _breath(self._setting)
        held = []
        for line, after in pairwise(lines):
            last = line.notes[-1]
            room = after.notes[0].start - breath - last.start
            longer = replace(last, beats=max(last.beats, min(LONGEST_NOTE, room)))
            held.append(replace(line, notes=(*line.notes[:-1], longer)))
        return [*held, *lines[-1:]]

    def _rhythm(self, index: int, phrase: Phrase, stretch: Stretch) -> tuple[Onset, ...]:
        """Place a line; the first one of a kind sets the rhythm for the others."""
        window = _window(stretch, phrase.size, self._setting)
        name = (stretch.kind, window)
        fresh = name not in self._tastes
        if fresh:
            taste = draw_taste(window, self._setting.manner.syncopation, self._rng)
            self._tastes[name] = taste
            self._cadences[name] = (pick(self._rng, CADENCES), pick(self._rng, CADENCES))
        slots = place(
            stresses_of(phrase),
            pauses_of(phrase),
            window,
            self._tastes[name],
            ending=self._cadences[name][index % 2],
        )
        if fresh:
            liked = np.isin(np.arange(window.first, window.last + 1), slots)
            self._tastes[name] = self._tastes[name] + 0.8 * liked
        return _onsets(slots, window)


def _window(stretch: Stretch, size: int, setting: Setting) -> Window:
    span = float(stretch.bars_per_line * setting.beats_per_bar)
    pickup = 1.0 if stretch.bars_per_line > 1 else 0.5
    end = max(1.0, span - pickup - _breath(setting))
    tail = 1.0 if stretch.bars_per_line > 1 else 0.6
    slot = 0.25 if setting.manner.speech > STRONG else 0.5
    # Nothing sounds before the song.
    early = pickup if stretch.start_bar else 0.0
    while True:
        first, last = -round(early / slot), int(max(0.0, end - min(tail, end / 2)) / slot)
        # There is a choice of places among eighths; sixteenths may all be taken.
        if last - first + 1 >= size * (1.1 if slot > SIXTEENTH else 1.0):
            return Window(first, last, end, slot, setting.beats_per_bar)
        slot /= 2


def _breath(setting: Setting) -> float:
    return BREATH_SECONDS * setting.tempo_bpm / 60.0


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


def _counted(notes: Sequence[TuneNote], phrase: Phrase) -> tuple[TuneNote, ...]:
    """Count the syllables of a line through, as they are before they are spelled."""
    before = [sum(phrase.syllables[:word]) for word in range(len(phrase.syllables))]
    return tuple(
        replace(note, word=0, syllable=before[note.word] + note.syllable) for note in notes
    )


def _spell(notes: Sequence[TuneNote], phrase: Phrase) -> list[TuneNote]:
    """Put the syllables of `phrase` under the notes."""
    places = [
        (word, syllable) for word, size in enumerate(phrase.syllables) for syllable in range(size)
    ]
    return [
        replace(note, word=places[note.syllable][0], syllable=places[note.syllable][1])
        for note in notes
    ]
