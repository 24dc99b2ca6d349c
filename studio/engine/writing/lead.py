"""Lead: the hook before the song, answers to the singer, solos; the tune itself without one."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from studio.engine.score import Note, Part
from studio.engine.writing.band import Chart, dynamics, finish
from studio.engine.writing.chance import Rng, happens, stream
from studio.engine.writing.lyrics import INSTRUMENTAL_KINDS
from studio.engine.writing.melody import Compass, Onset, curve_of, invent_curve, sing_line
from studio.engine.writing.motifs import Setting, TuneNote
from studio.engine.writing.stretch import Phrase, Stretch
from studio.engine.writing.style import Soloist
from studio.engine.writing.tune import TuneLine, compose_tune

SHORTEST_SILENCE = 1.5
"""Beats of the singer's silence that are answered."""
LONGEST_ANSWER = 5
"""Notes."""
SHORTEST_NOTE = 0.05
"""Beats; what is left less room by the next note is not played."""


def hum_all(stretches: Sequence[Stretch], seed: int) -> tuple[Stretch, ...]:
    """Fill every section that would be sung, the same kind in the same way each time."""
    return tuple(
        stretch
        if stretch.kind in INSTRUMENTAL_KINDS
        else _hum(stretch, stream(seed, f"hum {stretch.kind}"), busy=1.0)
        for stretch in stretches
    )


def compasses_of(soloist: Soloist) -> dict[str, Compass]:
    """Return where the instrument plays each kind of section."""
    low, high = soloist.reach
    return {
        "verse": Compass(low, high - 6, (low + high) / 2 - 3),
        "chorus": Compass(low + 3, high, (low + high) / 2 + 2),
        "solo": Compass(low, high, (low + high) / 2 + 1),
        "intro": Compass(low, high - 2, (low + high) / 2),
    }


def play_lead(
    chart: Chart, soloist: Soloist, tune: Sequence[TuneLine], setting: Setting, *, alone: bool
) -> Part:
    """Play the lead.

    Parameters
    ----------
    tune
        What is sung; when `alone`, what the lead itself plays.
    setting
        What the tune was written for.
    alone
        Whether nobody sings.
    """
    player = _Lead(chart, soloist, tune, setting)
    notes = player.told(tune) if alone else []
    for stretch in chart.form.stretches:
        if not stretch.phrases and stretch.kind in soloist.plays:
            notes += player.solo(stretch) if stretch.kind == "solo" else player.hook(stretch)
    if "answers" in soloist.plays and not alone:
        notes += player.answers()
    end = float(chart.last_bar * chart.beats_per_bar)
    return finish(soloist, _in_turn(notes, end), chart.seed)


def _hum(stretch: Stretch, rng: Rng, *, busy: float) -> Stretch:
    """Fill a stretch with lines without words: like verses, for an instrument to play."""
    per_line = min(2, stretch.bars)
    sizes = [int(rng.integers(5, 9) * busy) for _ in range(2)]
    phrases = tuple(_wordless(sizes[index % 2]) for index in range(stretch.bars // per_line))
    return replace(stretch, phrases=phrases, bars_per_line=per_line)


def _wordless(size: int) -> Phrase:
    return Phrase("", tuple("la" if index % 2 else "lala" for index in range(size)), (1,) * size)


class _Lead:
    """Who plays the tunes that are not sung."""

    def __init__(
        self, chart: Chart, soloist: Soloist, tune: Sequence[TuneLine], setting: Setting
    ) -> None:
        self._chart, self._tune = chart, tune
        self._setting = replace(setting, compasses=compasses_of(soloist))
        self._rng = stream(chart.seed, "lead")

    def told(self, lines: Sequence[TuneLine]) -> list[Note]:
        """Play lines of a tune as they are."""
        stretches = self._chart.form.stretches
        return [
            _note(note, stretches[line.stretch].energy) for line in lines for note in line.notes
        ]

    def solo(self, stretch: Stretch) -> list[Note]:
        """Play a section over its chords, busier than a singer would be."""
        lines = compose_tune([_hum(stretch, self._rng, busy=1.5)], self._setting, self._rng)
        return [_note(note, stretch.energy) for line in lines for note in line.notes]

    def hook(self, stretch: Stretch) -> list[Note]:
        """Play the first line of the chorus, as a promise before the song or a memory after it."""
        stretches, beats_per_bar = self._chart.form.stretches, self._chart.beats_per_bar
        choruses = [line for line in self._tune if stretches[line.stretch].kind == "chorus"]
        line = next(iter([*choruses, *self._tune]), None)
        if line is None:
            return self.solo(stretch)
        length = float(stretches[line.stretch].bars_per_line * beats_per_bar)
        start = float(stretch.start_bar * beats_per_bar)
        end = min(self._chart.last_bar, stretch.start_bar + stretch.bars) * beats_per_bar
        notes: list[TuneNote] = []
        while start + length <= end:
            notes += self._elsewhere(line, start)
            start += length
        return [_note(note, stretch.energy) for note in notes if note.start >= 0]

    def _elsewhere(self, line: TuneLine, start: float) -> list[TuneNote]:
        """Play `line` at another place, in the instrument's reach and over the chords there."""
        onsets = [Onset(n.start - line.start + start, n.beats, n.weight) for n in line.notes]
        compass = self._setting.compasses["intro"]
        middle = sum(note.pitch for note in line.notes) / len(line.notes)
        octaves = round((compass.centre - middle) / 12) * 12
        curve = curve_of(onsets, [note.pitch + octaves for note in line.notes], start)
        pitches = sing_line(
            onsets,
            line_start=start,
            changes=self._setting.changes,
            key=self._setting.key,
            compass=compass,
            curve=curve,
            rng=self._rng,
        )
        return [
            TuneNote(onset.beat, onset.beats, pitch, onset.weight, 0, 0)
            for onset, pitch in zip(onsets, pitches, strict=True)
        ]

    def answers(self) -> list[Note]:
        """Fill some of the singer's silences with a few notes."""
        notes: list[Note] = []
        for line, after in pairwise(self._tune):
            energy = self._chart.form.stretches[line.stretch].energy
            begin = line.notes[-1].start + min(line.notes[-1].beats, SHORTEST_SILENCE)
            free = after.notes[0].start - begin
            wanted = happens(self._rng, 0.3 + 0.4 * energy)
            if wanted and free >= SHORTEST_SILENCE and line.stretch == after.stretch:
                notes += self._answer(begin, free, energy)
        return notes

    def _answer(self, begin: float, free: float, energy: float) -> list[Note]:
        first = -(-begin // 0.5) * 0.5
        count = min(LONGEST_ANSWER, int((begin + free - 0.25 - first) / 0.5))
        onsets = [Onset(first + i * 0.5, 0.5, 0.1 if i % 2 else 0.5) for i in range(count)]
        if len(onsets) <= 1:
            return []
        compass = self._setting.compasses["intro"]
        pitches = sing_line(
            onsets,
            line_start=first,
            changes=self._setting.changes,
            key=self._setting.key,
            compass=compass,
            curve=invent_curve(compass, free, self._rng),
            rng=self._rng,
        )
        # An answer is softer than what it answers.
        loud = round(dynamics("x", energy) * 0.86)
        return [
            Note(onset.beat, onset.beats, pitch, loud)
            for onset, pitch in zip(onsets, pitches, strict=True)
        ]


def _note(note: TuneNote, energy: float) -> Note:
    loud = dynamics("x", energy) * (0.94 + 0.12 * note.weight)
    return Note(max(0.0, note.start), note.beats * 0.95, note.pitch, round(loud))


def _in_turn(notes: list[Note], end: float) -> list[Note]:
    """Let one note end where the next begins, and all before the last bar."""
    ordered = sorted(notes, key=lambda note: note.start)
    starts = [*(note.start for note in ordered[1:]), end]
    return [
        replace(note, beats=min(note.beats, after - note.start))
        for note, after in zip(ordered, starts, strict=False)
        if min(after, end) - note.start > SHORTEST_NOTE
    ]
