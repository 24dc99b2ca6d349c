"""Remembering: the tune of a song read back out of what is sung, as it was when it was written.

Whoever continues or accompanies a song has to know its lines as a composer does: in straight
notation, each from its own bar line.
"""

from collections.abc import Sequence
from dataclasses import replace

from studio.engine.score import Line, SungNote, Vocal
from studio.engine.writing.motifs import TuneNote
from studio.engine.writing.stretch import Phrase, Stretch
from studio.engine.writing.swing import unswung
from studio.engine.writing.tune import TuneLine

PICKUP_BEATS = 1.0
"""How long before its bar line a line may begin."""
_HEAVY, _LIGHT = 0.55, 0.2


def remembered(
    vocal: Vocal,
    stretches: Sequence[Stretch],
    beats_per_bar: int,
    ratio: float,
    unit: float,
) -> tuple[dict[int, TuneLine], tuple[Stretch, ...]]:
    """Return the tune of a vocal by line, and the stretches with the words that are sung in them.

    Parameters
    ----------
    vocal
        What is sung.
    stretches
        The form; `Line.section` is an index into it.
    beats_per_bar
        Metre of the song.
    ratio, unit
        How it swings, as `swing.swung` takes it.
    """
    sung: dict[int, list[SungNote]] = {}
    for note in vocal.notes:
        sung.setdefault(note.line, []).append(note)
    tune: dict[int, TuneLine] = {}
    filled = list(stretches)
    for index, stretch in enumerate(stretches):
        numbers = [n for n in sorted(sung) if vocal.lines[n].section == index]
        if not numbers:
            continue
        starts = [unswung(sung[n][0].start, ratio, unit) for n in numbers]
        span = _span(starts, stretch, beats_per_bar)
        phrases = tuple(_phrase(vocal.lines[n]) for n in numbers)
        filled[index] = replace(stretch, phrases=phrases, bars_per_line=span)
        for place, (number, phrase) in enumerate(zip(numbers, phrases, strict=True)):
            start = float((stretch.start_bar + place * span) * beats_per_bar)
            notes = tuple(_note(note, ratio, unit) for note in sung[number])
            tune[number] = TuneLine(index, start, phrase, notes)
    return tune, tuple(filled)


def _span(starts: Sequence[float], stretch: Stretch, beats_per_bar: int) -> int:
    """Return the bars that each line has, by where the lines begin."""

    def misses(span: int) -> tuple[int, int]:
        beats = span * beats_per_bar
        lines = [start - stretch.start_bar * beats_per_bar for start in starts]
        outside = sum(
            not -PICKUP_BEATS - 0.01 <= at - place * beats < beats - PICKUP_BEATS
            for place, at in enumerate(lines)
        )
        return outside, -span

    return min((1, 2, 4), key=misses)


def _phrase(line: Line) -> Phrase:
    return Phrase(line.text, line.words, line.syllables)


def _note(note: SungNote, ratio: float, unit: float) -> TuneNote:
    start = unswung(note.start, ratio, unit)
    end = unswung(note.start + note.beats, ratio, unit)
    heavy = start % 1.0 == 0 or end - start >= 1.0
    return TuneNote(
        start, end - start, note.pitch, _HEAVY if heavy else _LIGHT, note.word, note.syllable
    )
