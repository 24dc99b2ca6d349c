"""Comping: chords in the rhythm of the style, voice by voice near where they were."""

from studio.engine.score import Chord, Note, Part
from studio.engine.writing.band import Bar, Chart, bars, choose_ways, dynamics, finish, level_of
from studio.engine.writing.steps import Step, read_steps
from studio.engine.writing.style import Comper
from studio.engine.writing.voicing import lead_voices


def play_chords(chart: Chart, comper: Comper) -> Part:
    """Play the whole song on a chord instrument."""
    ways = choose_ways(comper.patterns, chart.seed, comper.name)
    chords = chart.changes.chords
    voiced = lead_voices(chords, reach=comper.reach, voices=comper.voices)
    book = dict(zip((chord.start for chord in chords), voiced, strict=True))
    notes: list[Note] = []
    for bar in bars(chart):
        pattern = ways.get(level_of(bar.stretch.energy))
        if bar.number == chart.last_bar:
            pattern = pattern and "x" + "-" * (chart.beats_per_bar * 4 - 1)
        if pattern:
            steps = read_steps(pattern)
            for step in steps[bar.in_stretch % len(steps)]:
                notes += _strike(chart, comper, book, bar, step)
    return finish(comper, notes, chart.seed)


def _strike(
    chart: Chart, comper: Comper, book: dict[float, tuple[int, ...]], bar: Bar, step: Step
) -> list[Note]:
    """Play one step; a chord that is held over a change is struck again."""
    start = bar.start + step.at
    single = step.mark.isdigit()
    notes: list[Note] = []
    for chord in chart.changes.between(start, start + step.beats):
        held = chart.changes.at(chord.start + 1e-3)
        pitches = book[held.start]
        if single:
            pitches = (pitches[(int(step.mark) - 1) % len(pitches)],)
        notes += _chord(chord, pitches, bar, step, comper)
    return notes


def _chord(
    chord: Chord, pitches: tuple[int, ...], bar: Bar, step: Step, comper: Comper
) -> list[Note]:
    loud = dynamics(step.mark, bar.stretch.energy)
    up = step.mark == "o"
    order = pitches[::-1] if up else pitches
    spread = comper.strum_ms / 1000.0 / max(1, len(pitches) - 1)
    return [
        Note(
            start=chord.start,
            beats=chord.beats * 0.97,
            pitch=pitch,
            # The top voice is heard as a line, so it is given a little more.
            velocity=round(loud * (0.96 if pitch < pitches[-1] else 1.04)),
            shift=spread * place,
        )
        for place, pitch in enumerate(order)
    ]
