"""Drums: a groove for each level of energy, fills into new sections, an ending together."""

from dataclasses import replace

from studio.engine.score import Note, Part
from studio.engine.writing.band import Bar, Chart, bars, dynamics, finish, level_of
from studio.engine.writing.chance import Rng, happens, pick, stream, turn
from studio.engine.writing.steps import STEPS_PER_BEAT, read_steps, steps_in
from studio.engine.writing.style import Drummer

LANES = {
    "kick": 36,
    "rim": 37,
    "snare": 38,
    "clap": 39,
    "hat": 42,
    "pedal": 44,
    "open": 46,
    "low": 45,
    "mid": 47,
    "high": 50,
    "floor": 41,
    "crash": 49,
    "ride": 51,
    "bell": 53,
    "tambourine": 54,
    "cowbell": 56,
    "shaker": 82,
    "conga": 63,
    "bongo": 60,
    "claves": 75,
}
"""General MIDI keys of the lanes that a groove may name."""

FILL_EVERY = 8
GHOST_STEPS = (3, 6, 7, 9, 10, 11, 14, 15)


def play_drums(chart: Chart, drummer: Drummer) -> Part:
    """Play the whole song on the drums."""
    rng = stream(chart.seed, "drums")
    groove = turn(chart.seed, "groove", drummer.grooves)
    notes: list[Note] = []
    for bar in bars(chart):
        lanes = {"soft": groove.soft, "main": groove.main, "full": groove.full}
        if bar.number == chart.last_bar:
            notes += _last_stroke(bar, bool(lanes[level_of(bar.stretch.energy)]), drummer)
            continue
        played = _bar(bar, lanes[level_of(bar.stretch.energy)], drummer)
        if played:
            played += _ghosts(bar, played, drummer, rng)
        if played or _goes_up(bar):
            played = _with_fill(bar, played, drummer, rng)
        notes += played
    return finish(drummer, notes, chart.seed)


def _bar(bar: Bar, lanes: dict[str, str], drummer: Drummer) -> list[Note]:
    ways = {lane: read_steps(pattern) for lane, pattern in lanes.items()}
    notes = [
        _stroke(bar, lane, step.at, step.mark, drummer)
        for lane, way in ways.items()
        for step in way[bar.in_stretch % len(way)]
    ]
    arrives = bar.in_stretch == 0 and bar.stretch.kind in {"chorus", "solo"}
    if drummer.crash and arrives and lanes:
        notes.append(_stroke(bar, "crash", 0.0, "x", drummer))
    return notes


def _stroke(bar: Bar, lane: str, at: float, mark: str, drummer: Drummer) -> Note:
    return Note(
        start=bar.start + at,
        beats=0.25,
        pitch=LANES[lane],
        velocity=round(dynamics(mark, bar.stretch.energy)),
        shift=drummer.lanes_late_ms.get(lane, 0.0) / 1000.0,
    )


def _ghosts(bar: Bar, played: list[Note], drummer: Drummer, rng: Rng) -> list[Note]:
    """Add the soft strokes that a hand makes between the written ones, never the same way twice."""
    chances = rng.random(len(GHOST_STEPS))
    lanes = ("snare", "kick") if {LANES["kick"], LANES["snare"]} & {n.pitch for n in played} else ()
    taken = {(note.start, note.pitch) for note in played}
    strokes = [
        _stroke(bar, lanes[step % 2 == 0], step / STEPS_PER_BEAT, "o", drummer)
        for step, chance in zip(GHOST_STEPS, chances, strict=True)
        if lanes and chance < drummer.ghosts * (0.5 + bar.stretch.energy)
    ]
    return [note for note in strokes if (note.start, note.pitch) not in taken]


def _goes_up(bar: Bar) -> bool:
    return bar.following is not None and bar.following.energy > bar.stretch.energy


def _with_fill(bar: Bar, played: list[Note], drummer: Drummer, rng: Rng) -> list[Note]:
    """Change the end of a bar: a fill, a roll, or the kick that waits for the chorus."""
    chorus_next = _goes_up(bar) and bar.following is not None and bar.following.kind == "chorus"
    middle = bar.in_stretch % FILL_EVERY == FILL_EVERY - 1 and happens(rng, 0.6)
    if drummer.build and chorus_next:
        return [*_without(played, {"kick", "snare", "clap"}, bar.start), *_roll(bar, drummer)]
    if drummer.drop and chorus_next:
        return _without(played, {"kick"}, bar.start + 2.0)
    if not drummer.fills or not (bar.following or middle):
        return played
    fill = pick(rng, drummer.fills)
    length = max(steps_in(pattern)[0] for pattern in fill.values()) / STEPS_PER_BEAT
    begin = max(0.0, _bar_beats(drummer) - length)
    kept = [note for note in played if note.start < bar.start + begin - 1e-6]
    strokes = [
        _stroke(bar, lane, begin + step.at, step.mark, drummer)
        for lane, pattern in fill.items()
        for step in read_steps(pattern)[0]
    ]
    return kept + strokes


def _bar_beats(drummer: Drummer) -> float:
    pattern = next(iter(drummer.grooves[0].main.values()))
    return steps_in(pattern)[0] / STEPS_PER_BEAT


def _without(played: list[Note], lanes: set[str], since: float) -> list[Note]:
    silent = {LANES[lane] for lane in lanes}
    return [note for note in played if note.start < since - 1e-6 or note.pitch not in silent]


def _roll(bar: Bar, drummer: Drummer) -> list[Note]:
    """Roll from eighths to sixteenths, growing."""
    strokes = []
    for sixteenth in range(14):
        if sixteenth < 8 and sixteenth % 2:  # noqa: PLR2004 - the first half in eighths
            continue
        note = _stroke(bar, "snare", sixteenth / STEPS_PER_BEAT, "o", drummer)
        strokes.append(replace(note, velocity=44 + 4 * sixteenth))
    return strokes


def _last_stroke(bar: Bar, playing: bool, drummer: Drummer) -> list[Note]:
    lanes = ("kick", "crash") if drummer.crash else ("kick",)
    return [_stroke(bar, lane, 0.0, "x", drummer) for lane in lanes] if playing else []
