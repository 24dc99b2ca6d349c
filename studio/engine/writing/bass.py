"""Bass: roots that groove with the drums, and steps that lead to the next chord."""

from dataclasses import replace

from studio.engine.score import Chord, Note, Part
from studio.engine.writing.band import Bar, Chart, bars, choose_ways, dynamics, finish, level_of
from studio.engine.writing.chance import happens, stream
from studio.engine.writing.steps import Step, read_steps
from studio.engine.writing.style import Bassist
from studio.engine.writing.theory import chord_tones, scale_over


def play_bass(chart: Chart, bassist: Bassist) -> Part:
    """Play the whole song on the bass."""
    ways = choose_ways(bassist.patterns, chart.seed, bassist.name)
    rng = stream(chart.seed, "bass")
    line = _Line(chart, bassist)
    notes: list[Note] = []
    for bar in bars(chart):
        pattern = ways.get(level_of(bar.stretch.energy))
        if bar.number == chart.last_bar:
            pattern = "R" + "-" * (chart.beats_per_bar * 4 - 1)
        if pattern:
            bars_of_it = read_steps(pattern)
            steps = bars_of_it[bar.in_stretch % len(bars_of_it)]
            if bar.number != chart.last_bar and bar.in_stretch % 2 and happens(rng, 0.4):
                steps = _leading_on(steps, chart.beats_per_bar)
            notes += [line.note(bar, step) for step in steps]
    return finish(bassist, _parted(notes), chart.seed)


def _leading_on(steps: tuple[Step, ...], beats_per_bar: int) -> tuple[Step, ...]:
    """Change the last beat of a bar into two eighths that lead to the next."""
    last = beats_per_bar - 1.0
    if not any(step.at < last for step in steps):
        return steps
    kept = tuple(
        replace(step, beats=min(step.beats, last - step.at)) for step in steps if step.at < last
    )
    return (*kept, Step(last, 0.5, "5"), Step(last + 0.5, 0.5, "a"))


class _Line:
    """The hand on the neck: it stays near where it is."""

    def __init__(self, chart: Chart, bassist: Bassist) -> None:
        self._chart = chart
        self._low, self._high = bassist.reach
        self._root = self._low + 7

    def note(self, bar: Bar, step: Step) -> Note:
        """Return the note that a step of the pattern means here."""
        start = bar.start + step.at
        chord = self._chart.changes.at(start)
        pitch = self._pitch(step, chord, start)
        left = chord.start + chord.beats - start
        return Note(
            start=start,
            # A held note lets go when the harmony moves.
            beats=min(step.beats, max(0.25, left)) * 0.97,
            pitch=pitch,
            velocity=round(dynamics("X" if step.at == 0 else "x", bar.stretch.energy)),
        )

    def _pitch(self, step: Step, chord: Chord, start: float) -> int:
        on_one = abs(start - chord.start) < 0.01  # noqa: PLR2004 - the change itself
        root = self._near(chord.bass if on_one or chord.bass == chord.root else chord.root)
        tones = chord_tones(chord)
        match step.mark:
            case "a":
                return self._approach(chord, start + step.beats)
            case "8":
                return root + 12 if root + 12 <= self._high + 5 else root
            case "3" | "5" | "7":
                index = int(step.mark) // 2
                return self._above(root, tones[index] if index < len(tones) else tones[0])
            case _:
                self._root = root
                return root

    def _near(self, pitch_class: int) -> int:
        places = [p for p in range(self._low, self._high + 1) if p % 12 == pitch_class]
        centre = self._low + 8
        return min(places, key=lambda p: abs(p - self._root) + 0.8 * abs(p - centre))

    def _above(self, root: int, pitch_class: int) -> int:
        pitch = root + (pitch_class - root) % 12
        return pitch if pitch <= self._high + 4 else pitch - 12

    def _approach(self, chord: Chord, goal_beat: float) -> int:
        """Return a scale step below or above the next root, whichever is nearer."""
        goal = self._near(self._chart.changes.at(goal_beat).bass)
        scale = scale_over(self._chart.key, chord.root, chord.quality)
        below = next(goal - i for i in (1, 2, 3) if (goal - i) % 12 in scale)
        above = next(goal + i for i in (1, 2, 3) if (goal + i) % 12 in scale)
        if below < self._low:
            return above
        return min((below, above), key=lambda pitch: abs(pitch - self._root))


def _parted(notes: list[Note]) -> list[Note]:
    """One string, one note: nothing overlaps."""
    ordered = sorted(notes, key=lambda note: note.start)
    return [
        note
        if after is None or note.start + note.beats <= after.start
        else Note(note.start, after.start - note.start, note.pitch, note.velocity, note.shift)
        for note, after in zip(ordered, [*ordered[1:], None], strict=True)
    ]
