"""Lead: the hook before the song, answers to the singer, solos; the tune itself without one."""

from collections.abc import Sequence
from dataclasses import replace

from studio.engine.score import Note, Part
from studio.engine.writing.band import Chart, dynamics, finish
from studio.engine.writing.chance import Rng, happens, stream
from studio.engine.writing.form import Phrase, Stretch
from studio.engine.writing.melody import Compass, Onset, curve_of, invent_curve, sing_line
from studio.engine.writing.style import Soloist
from studio.engine.writing.tune import Setting, TuneLine, TuneNote, compose_tune

ANSWER_BEATS = 1.5
"""The shortest silence of the singer that is answered."""


def hum(stretch: Stretch, rng: Rng, *, busy: float, bars_per_line: int = 2) -> Stretch:
    """Fill a stretch with lines without words: like verses, for an instrument to play."""
    count = max(1, stretch.bars // bars_per_line)
    sizes = [int(rng.integers(5, 9) * busy) for _ in range(2)]
    phrases = tuple(_wordless(sizes[index % 2]) for index in range(count))
    return replace(stretch, phrases=phrases, bars_per_line=min(bars_per_line, stretch.bars))


def hum_all(stretches: Sequence[Stretch], seed: int) -> tuple[Stretch, ...]:
    """Fill every section that would be sung, the same kind in the same way each time."""
    return tuple(
        hum(stretch, stream(seed, f"hum {stretch.kind}"), busy=1.0)
        if stretch.kind not in {"intro", "solo", "outro"}
        else stretch
        for stretch in stretches
    )


def _wordless(size: int) -> Phrase:
    return Phrase("", tuple("la" if i % 2 else "lala" for i in range(size)), (1,) * size)


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
    chart: Chart, soloist: Soloist, sung: Sequence[TuneLine], setting: Setting, *, alone: bool
) -> Part:
    """Play the lead.

    Parameters
    ----------
    sung
        The tune of the singer; when `alone`, the tune that the lead itself plays.
    setting
        What the tune was written for.
    alone
        Whether nobody sings.
    """
    rng = stream(chart.seed, "lead")
    setting = replace(setting, compasses=compasses_of(soloist))
    notes: list[Note] = []
    if alone:
        notes += _notes(chart, sung)
    for stretch in chart.form.stretches:
        notes += _own(chart, soloist, stretch, sung, setting, rng)
    if "answers" in soloist.plays and not alone:
        notes += _answers(chart, sung, setting, rng)
    return finish(soloist, _in_turn(notes, chart), chart.seed)


def _own(
    chart: Chart,
    soloist: Soloist,
    stretch: Stretch,
    sung: Sequence[TuneLine],
    setting: Setting,
    rng: Rng,
) -> list[Note]:
    """Play a section that nobody sings in."""
    if stretch.phrases or stretch.kind not in soloist.plays:
        return []
    if stretch.kind == "solo":
        return _notes(chart, compose_tune([hum(stretch, rng, busy=1.5)], setting, rng))
    return _hook(chart, stretch, sung, setting, rng)


def _hook(
    chart: Chart, stretch: Stretch, sung: Sequence[TuneLine], setting: Setting, rng: Rng
) -> list[Note]:
    """Play the first line of the chorus, as a promise before the song or a memory after it."""
    stretches = chart.form.stretches
    chorus = [line for line in sung if stretches[line.stretch].kind == "chorus"] or list(sung)
    if not chorus:
        return _notes(chart, compose_tune([hum(stretch, rng, busy=1.0)], setting, rng))
    line = chorus[0]
    compass = setting.compasses["intro"]
    length = stretches[line.stretch].bars_per_line * chart.beats_per_bar
    start, end = _span(stretch, chart)
    notes: list[TuneNote] = []
    while start + length <= end + 1e-6:
        notes += _answer_line(line, start, compass, setting, rng)
        start += length
    return [_note(chart, note, stretch.energy) for note in notes if note.start >= 0]


def _span(stretch: Stretch, chart: Chart) -> tuple[float, float]:
    start = float(stretch.start_bar * chart.beats_per_bar)
    last = chart.last_bar * chart.beats_per_bar
    return start, min(float(last), start + stretch.bars * chart.beats_per_bar)


def _answer_line(
    line: TuneLine, start: float, compass: Compass, setting: Setting, rng: Rng
) -> list[TuneNote]:
    """Play `line` at another place, in the instrument's reach and over its chords."""
    onsets = [Onset(n.start - line.start + start, n.beats, n.weight) for n in line.notes]
    middle = sum(note.pitch for note in line.notes) / len(line.notes)
    octaves = round((compass.centre - middle) / 12) * 12
    curve = curve_of(onsets, [note.pitch + octaves for note in line.notes], start)
    pitches = sing_line(
        onsets,
        line_start=start,
        changes=setting.changes,
        key=setting.key,
        compass=compass,
        curve=curve,
        rng=rng,
    )
    return [
        TuneNote(onset.beat, onset.beats, pitch, onset.weight, 0, 0)
        for onset, pitch in zip(onsets, pitches, strict=True)
    ]


def _answers(chart: Chart, sung: Sequence[TuneLine], setting: Setting, rng: Rng) -> list[Note]:
    """Fill some of the singer's silences with a few notes."""
    notes: list[Note] = []
    for line, after in zip(sung, sung[1:], strict=False):
        stretch = chart.form.stretches[line.stretch]
        begin = line.notes[-1].start + min(line.notes[-1].beats, 1.5)
        free = after.notes[0].start - begin
        wanted = happens(rng, 0.3 + 0.4 * stretch.energy)
        if not wanted or free < ANSWER_BEATS or line.stretch != after.stretch:
            continue
        notes += _answer(chart, begin, min(free, 4.0), stretch, setting, rng)
    return notes


def _answer(
    chart: Chart, begin: float, free: float, stretch: Stretch, setting: Setting, rng: Rng
) -> list[Note]:
    first = -(-begin // 0.5) * 0.5
    count = int(min(5, (begin + free - 0.25 - first) / 0.5))
    if count < 2:  # noqa: PLR2004 - one note is no answer
        return []
    onsets = [Onset(first + i * 0.5, 0.5, 0.5 if i % 2 == 0 else 0.1) for i in range(count)]
    compass = setting.compasses["intro"]
    pitches = sing_line(
        onsets,
        line_start=first,
        changes=setting.changes,
        key=setting.key,
        compass=compass,
        curve=invent_curve(compass, free, rng),
        rng=rng,
    )
    return [
        Note(onset.beat, onset.beats, pitch, round(dynamics("x", stretch.energy) * 0.86))
        for onset, pitch in zip(onsets, pitches, strict=True)
    ]


def _notes(chart: Chart, lines: Sequence[TuneLine]) -> list[Note]:
    stretches = {s.start_bar: s for s in chart.form.stretches}
    notes = []
    for line in lines:
        bar = int(line.start // chart.beats_per_bar)
        home = max((start for start in stretches if start <= bar), default=0)
        notes += [_note(chart, note, stretches[home].energy) for note in line.notes]
    return notes


def _note(chart: Chart, note: TuneNote, energy: float) -> Note:
    loud = dynamics("x", energy) * (0.94 + 0.12 * note.weight)
    return Note(max(0.0, note.start), note.beats * 0.95, note.pitch, round(loud))


def _in_turn(notes: list[Note], chart: Chart) -> list[Note]:
    """Let one note end where the next begins, and everything before the last bar."""
    ordered = sorted(notes, key=lambda note: note.start)
    end = float(chart.last_bar * chart.beats_per_bar)
    ordered = [note for note in ordered if note.start < end - 0.2]
    parted = []
    for index, note in enumerate(ordered):
        room = (ordered[index + 1].start if index + 1 < len(ordered) else end) - note.start
        if room > 0.05:  # noqa: PLR2004 - two players on one instrument: the later one plays
            parted.append(replace(note, beats=min(note.beats, room)))
    return parted
