"""Rewriting: new music in some bars of a song, as if it had been written with the rest.

The whole form lies on everybody's stand, old bars and new ones, so that players, tune and harmony
know what comes before and after; then only the new bars are taken from what was written.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from studio.engine.score import Chord, Line, Note, Part, Score, Section, SungNote, Vocal
from studio.engine.writing.arranging import parts_of, vocal_of
from studio.engine.writing.band import Chart
from studio.engine.writing.chance import stream
from studio.engine.writing.harmony import Changes
from studio.engine.writing.lead import compasses_of, hum_all
from studio.engine.writing.lyrics import Stanza, shown
from studio.engine.writing.metre import in_metre
from studio.engine.writing.motifs import Setting
from studio.engine.writing.musicians import line_up
from studio.engine.writing.reach import compasses_for
from studio.engine.writing.reading import Voice
from studio.engine.writing.remembering import remembered
from studio.engine.writing.same_band import lineup_of
from studio.engine.writing.stretch import Form, Stretch, stretches_of
from studio.engine.writing.style import load_style
from studio.engine.writing.swing import swing_of, swing_parts, swing_vocal
from studio.engine.writing.tune import TuneLine, compose_tune

_EDGE = 1e-6
_HELD_OVER_BEATS = 0.05
"""How far a note of old bars may reach into new ones, and the other way."""
_SHORTEST_SUNG = 0.1
"""Beats."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A song whose form and chords stand, and some of whose bars are still to be written."""

    score: Score
    """With the old music where it stays; what it has in new bars is thrown away."""
    stretches: tuple[Stretch, ...]
    """The whole form, placed; new stretches come with their words."""
    fresh: frozenset[int]
    """Which of the stretches are new."""
    sections: tuple[Section, ...]
    """The form as it is shown."""
    chords: tuple[Chord, ...]
    """Of the whole song."""
    seed: int
    """For the players of what is new; that of the song lets them play just as they did."""
    tune_seed: int = 0
    """For the new tune."""
    keeps_tune: bool = False
    """Whether lines that stand in new bars are sung on as they are."""
    style_name: str | None = None
    """Whose band plays what is new; `None` is the same band."""
    voice: Voice = "female"
    language: str = "en"

    @property
    def spans(self) -> tuple[tuple[float, float], ...]:
        """Start and end of each new stretch, in beats."""
        per_bar = self.score.beats_per_bar
        new = [self.stretches[index] for index in sorted(self.fresh)]
        return tuple(
            (float(s.start_bar * per_bar), float((s.start_bar + s.bars) * per_bar)) for s in new
        )

    def home(self, beat: float) -> int:
        """Return the stretch in which a line that begins at the bar line `beat` lies."""
        bar = beat / self.score.beats_per_bar + _EDGE
        return max(i for i, s in enumerate(self.stretches) if not i or s.start_bar <= bar)


def written(draft: Draft) -> Score:
    """Write the new bars of a draft, and return the whole song."""
    score, ratio, unit = draft.score, *swing_of(draft.score)
    known = _known_tune(draft, ratio, unit)
    stretches = _with_known_words(draft, known)
    sings = any(stretch.phrases for stretch in stretches)
    if not sings:
        stretches = hum_all(stretches, score.seed)
    style = in_metre(load_style(draft.style_name or score.style), score.beats_per_bar)
    persona = score.vocal.persona if score.vocal else None
    lineup = lineup_of(score) if draft.style_name is None else line_up(style, (), ())
    setting = Setting(
        Changes(draft.chords),
        score.key,
        style.melody,
        compasses_for(draft.voice, persona) if sings else compasses_of(lineup.lead),
        score.tempo_bpm,
        score.beats_per_bar,
    )
    rng = stream(draft.tune_seed, f"tune from {min(draft.fresh, default=0)}")
    tune = compose_tune(stretches, setting, rng, known=tuple(known.values()))
    form = Form(stretches, score.tempo_bpm, score.beats_per_bar)
    chart = Chart(form, setting.changes, score.key, style, draft.seed)
    parts = parts_of(chart, lineup, tune, setting, alone=not sings)
    stands = set(known.values())
    new_lines = [
        line for line in tune if sings and line.stretch in draft.fresh and line not in stands
    ]
    new = vocal_of(new_lines, stretches, setting, draft.voice, draft.language)
    starts = {number: line.start for number, line in known.items()}
    return replace(
        score,
        sections=draft.sections,
        chords=draft.chords,
        parts=joined_parts(score.parts, swing_parts(parts, ratio, unit), draft.spans),
        vocal=_joined_vocal(draft, starts, swing_vocal(new, ratio, unit), new_lines),
        beats=float(form.bars * form.beats_per_bar),
    )


def _known_tune(draft: Draft, ratio: float, unit: float) -> dict[int, TuneLine]:
    """Return the sung lines that stay, by their number, each at home in the new form."""
    score = draft.score
    if score.vocal is None:
        return {}
    old = stretches_of(score.sections, score.beats_per_bar)
    lines, _ = remembered(score.vocal, old, score.beats_per_bar, ratio, unit)
    homes = {number: draft.home(line.start) for number, line in lines.items()}
    return {
        number: replace(line, stretch=homes[number])
        for number, line in lines.items()
        if draft.keeps_tune or homes[number] not in draft.fresh
    }


def _with_known_words(draft: Draft, known: Mapping[int, TuneLine]) -> tuple[Stretch, ...]:
    """Give the old stretches the words that are sung in them."""
    filled = list(draft.stretches)
    for index, stretch in enumerate(draft.stretches):
        lines = [line for line in known.values() if line.stretch == index]
        if lines and (draft.keeps_tune or index not in draft.fresh):
            gaps = [b.start - a.start for a, b in pairwise(lines)]
            span = round(min(gaps) / draft.score.beats_per_bar) if gaps else stretch.bars
            filled[index] = replace(
                stretch,
                phrases=tuple(line.phrase for line in lines),
                bars_per_line=max(1, min(4, span)),
            )
    return tuple(filled)


def joined_parts(
    old: Sequence[Part], new: Sequence[Part], spans: Sequence[tuple[float, float]]
) -> tuple[Part, ...]:
    """Return the old parts with what the new ones play in the spans.

    A new part on another instrument than the old one of its name becomes a part of its own.
    """
    parts = {part.name: replace(part, notes=_outside(part.notes, spans)) for part in old}
    for part in new:
        notes = _inside(part.notes, spans)
        if not notes:
            continue
        name = part.name
        if name in parts and parts[name].instrument != part.instrument:
            name = f"{part.name} {sum(other.split(' ')[0] == part.name for other in parts) + 1}"
        home = parts.get(name, replace(part, name=name, notes=()))
        merged = sorted((*home.notes, *notes), key=lambda note: (note.start, note.pitch))
        parts[name] = replace(home, notes=tuple(merged))
    return tuple(part for part in parts.values() if part.notes)


def _outside(notes: Sequence[Note], spans: Sequence[tuple[float, float]]) -> tuple[Note, ...]:
    starts = [start for start, _ in spans]
    return tuple(
        _let_go(note, starts)
        for note in notes
        if not any(start - _EDGE <= note.start < end - _EDGE for start, end in spans)
    )


def _inside(notes: Sequence[Note], spans: Sequence[tuple[float, float]]) -> tuple[Note, ...]:
    ends = [end for _, end in spans if not any(abs(end - start) < _EDGE for start, _ in spans)]
    return tuple(
        _let_go(note, ends)
        for note in notes
        if any(start - _EDGE <= note.start < end - _EDGE for start, end in spans)
    )


def _let_go(note: Note, edges: Sequence[float]) -> Note:
    """End a note where other music begins; it rings on as its instrument does."""
    for edge in edges:
        if note.start < edge - _EDGE and note.start + note.beats > edge + _HELD_OVER_BEATS:
            note = replace(note, beats=edge - note.start)
    return note


def _joined_vocal(
    draft: Draft, starts: Mapping[int, float], new: Vocal, new_lines: Sequence[TuneLine]
) -> Vocal | None:
    """Put old and new lines into one vocal, numbered in the order in which they are sung."""
    old = draft.score.vocal
    entries = [(start, 0, number) for number, start in starts.items()]
    entries += [(line.start, 1, number) for number, line in enumerate(new_lines)]
    entries.sort()
    if not entries:
        return None
    sources = (old or new, new)
    numbers = {(which, number): place for place, (_, which, number) in enumerate(entries)}
    lines = tuple(
        replace(sources[which].lines[number], section=_section_at(draft, start))
        for start, which, number in entries
    )

    def gathered(kind: str) -> tuple[SungNote, ...]:
        found = [
            replace(note, line=numbers[which, note.line])
            for which, vocal in enumerate(sources if old else (None, new))
            if vocal is not None
            for note in getattr(vocal, kind)
            if (which, note.line) in numbers
        ]
        return _apart(sorted(found, key=lambda note: note.start))

    return replace(sources[0], lines=lines, notes=gathered("notes"), harmony=gathered("harmony"))


def _section_at(draft: Draft, beat: float) -> int:
    return max(i for i, s in enumerate(draft.sections) if not i or s.start <= beat + _EDGE)


def _apart(notes: Sequence[SungNote]) -> tuple[SungNote, ...]:
    """Let no note last into the next one."""
    ends = [*(note.start for note in notes[1:]), float("inf")]
    return tuple(
        replace(note, beats=max(_SHORTEST_SUNG, min(note.beats, end - note.start)))
        for note, end in zip(notes, ends, strict=False)
    )


def lyrics_of(score: Score) -> str:
    """Return the words of a score as they are shown, a mark for each of its sections."""
    lines: Collection[Line] = score.vocal.lines if score.vocal else ()
    return shown(
        tuple(
            Stanza(s.kind, s.name, tuple(line.text for line in lines if line.section == index))
            for index, s in enumerate(score.sections)
        )
    )
