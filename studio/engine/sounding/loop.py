"""Loop: a few whole bars for some of the band, written so that they can go round.

The band writes more bars than are asked for and some are cut out of their middle, where nothing
begins and nothing ends.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from studio.engine.continuing.ground import Ground
from studio.engine.score import Chord, Note, Part, Room, Score, Section
from studio.engine.sounding.wanted import ARPEGGIO, BAND, BASS, CHORDS, DRUMS, LEAD
from studio.engine.writing.given import band_over
from studio.engine.writing.harmony import usual_bars
from studio.engine.writing.musicians import guests
from studio.engine.writing.reading import Decision
from studio.engine.writing.theory import chord_tones, key_name

LEAD_IN_BARS, ENDING_BARS = 4, 2
"""What is written before and after, and cut away."""
COUNT_IN_BARS = 1
"""What stays empty before the first bar of the score, so that nobody comes too early."""
USUAL_SECONDS = 8.0
SHORTEST_SECONDS, LONGEST_SECONDS = 2.0, 22.0
SLOWEST_BPM, FASTEST_BPM = 40.0, 240.0
SECTIONS = ("verse", "chorus", "bridge")
"""Whose chords may go round."""
USUAL_BARS = (1, 2, 4, 8, 16)
ENERGY = 0.62
"""With which a band plays a loop; calm and wild words move it."""
_MOOD, _FULL = 0.22, 0.95
_STRINGED = 60
"""Where arpeggios begin."""


@dataclass(frozen=True, slots=True)
class Bars:
    """So many bars in a tempo."""

    count: int
    tempo_bpm: float
    beats_per_bar: int

    @property
    def seconds(self) -> float:
        """How long they last."""
        return self.count * self.beats_per_bar * 60.0 / self.tempo_bpm


def playable(tempo_bpm: float) -> float:
    """Return a tempo at which bars are neither too long nor too short: doubled or halved."""
    while tempo_bpm < SLOWEST_BPM:
        tempo_bpm *= 2
    while tempo_bpm > FASTEST_BPM:
        tempo_bpm /= 2
    return tempo_bpm


def bars_for(tempo_bpm: float, beats_per_bar: int, seconds: float | None, longest: float) -> Bars:
    """Return as many whole bars as come nearest to a length: 1, 2, 4, 8 or 16 if none is asked."""
    bar = beats_per_bar * 60.0 / tempo_bpm
    most = max(1, int(longest / bar + 1e-6))
    least = min(most, max(1, int(-(-SHORTEST_SECONDS // bar))))
    if seconds is not None:
        return Bars(min(most, max(least, round(seconds / bar))), tempo_bpm, beats_per_bar)
    fitting = [count for count in USUAL_BARS if least <= count <= most] or [least]
    nearest = min(fitting, key=lambda count: abs(count * bar - USUAL_SECONDS))
    return Bars(nearest, tempo_bpm, beats_per_bar)


def write_loop(players: Collection[str], decision: Decision, bars: Bars, seed: int) -> Score:
    """Write bars for some players; they begin after `COUNT_IN_BARS`."""
    ground = _ground(decision, bars, seed)
    parts: dict[str, Part] = {}
    for style_name, energy in _tries(decision):
        # Some players come in loud sections only, and some styles have no drummer at all.
        missing = [
            name for name in players if name != ARPEGGIO and not _chosen([name], parts.values())
        ]
        if missing:
            played = _played(ground, style_name, energy, missing, decision, seed)
            parts |= _chosen(missing, [part for part in played if part.notes])
    if ARPEGGIO in players:
        parts[ARPEGGIO] = _arpeggio(ground)
    style, beats = decision.style, bars.beats_per_bar * (COUNT_IN_BARS + bars.count)
    shift = bars.beats_per_bar * (LEAD_IN_BARS - COUNT_IN_BARS)
    return Score(
        title="",
        style=style.name,
        tags=", ".join([style.words[0], *parts, f"{bars.tempo_bpm:.0f} bpm", key_name(ground.key)]),
        tempo_bpm=bars.tempo_bpm,
        key=ground.key,
        beats_per_bar=bars.beats_per_bar,
        swing=decision.swing if style.swung == "eighths" else 0.5,
        sections=(Section("verse", "Loop", 0.0, float(beats), ENERGY),),
        chords=tuple(
            replace(chord, start=chord.start - shift)
            for chord in ground.chords
            if shift <= chord.start < shift + beats
        ),
        parts=tuple(_cut(part, shift, beats, bars.beats_per_bar) for part in parts.values()),
        vocal=None,
        lyrics="",
        beats=float(beats),
        seed=seed,
        room=Room(**style.room.model_dump()),
        ring_out_seconds=style.room.reverb_seconds + 2.0,
    )


def without_count_in(score: Score) -> Score:
    """Return the score of a loop as it is heard: its first bar first, and nothing rings on."""
    early = float(COUNT_IN_BARS * score.beats_per_bar)
    return replace(
        score,
        parts=tuple(
            replace(part, notes=tuple(_earlier(note, early) for note in part.notes))
            for part in score.parts
        ),
        chords=tuple(
            replace(chord, start=chord.start - early)
            for chord in score.chords
            if chord.start >= early
        ),
        sections=tuple(replace(s, beats=s.beats - early) for s in score.sections),
        beats=score.beats - early,
        ring_out_seconds=0.0,
    )


def _earlier(note: Note, beats: float) -> Note:
    return replace(note, start=max(0.0, note.start - beats))


def _ground(decision: Decision, bars: Bars, seed: int) -> Ground:
    per_bar, count = bars.beats_per_bar, LEAD_IN_BARS + bars.count + ENDING_BARS
    book = usual_bars(decision.style, decision.key, seed, per_bar)
    # A few bars tell their key only when they begin at home.
    at_home = [book[kind] for kind in SECTIONS if book[kind][0][0].root == decision.key.tonic]
    usual = (at_home or [book["verse"]])[0]
    chords: list[Chord] = [
        replace(chord, start=chord.start + bar * per_bar)
        for bar in range(count)
        for chord in usual[(bar - LEAD_IN_BARS) % bars.count % len(usual)]
    ]
    beats = count * per_bar
    return Ground(
        tempo_bpm=bars.tempo_bpm,
        beats_per_bar=per_bar,
        key=decision.key,
        chords=tuple(chords),
        sections=(Section("verse", "Loop", 0.0, float(beats), ENERGY),),
        beats=float(beats),
        beat_seconds=tuple(beat * 60.0 / bars.tempo_bpm for beat in range(beats + 1)),
        swing=decision.swing if decision.style.swung == "eighths" else None,
    )


def _tries(decision: Decision) -> tuple[tuple[str, float], ...]:
    energy = min(_FULL, max(0.2, ENERGY + _MOOD * decision.energy))
    return (decision.style.name, energy), (decision.style.name, _FULL), ("pop", _FULL)


def _played(  # noqa: PLR0917 - what a band has to know
    ground: Ground,
    style: str,
    energy: float,
    players: Collection[str],
    decision: Decision,
    seed: int,
) -> tuple[Part, ...]:
    wanted = dict.fromkeys(name for name in (*players, *decision.wanted) if name in guests())
    return band_over(
        replace(ground, sections=tuple(replace(s, energy=energy) for s in ground.sections)),
        style,
        seed,
        wanted=tuple(wanted),
        unwanted=decision.unwanted,
        without=() if LEAD in players else (LEAD,),
    )


def _chosen(players: Collection[str], parts: Iterable[Part]) -> dict[str, Part]:
    """Return the parts of those who are asked to play."""
    parts = tuple(parts)
    sounds = {sound for name in players if name in guests() for sound in guests()[name].instruments}
    harmony = {part.name for part in parts} - {DRUMS, BASS, LEAD, "percussion"}

    def plays(part: Part) -> bool:
        is_asked = part.name in players or part.instrument in sounds
        return BAND in players or is_asked or (CHORDS in players and part.name in harmony)

    return {part.name: part for part in parts if plays(part)}


def _arpeggio(ground: Ground) -> Part:
    """Run through each chord in sixteenths, up two octaves and down again."""
    notes = []
    for chord in ground.chords:
        tones = sorted({_STRINGED + (tone - _STRINGED) % 12 for tone in chord_tones(chord)[:4]})
        up = [*tones, *(tone + 12 for tone in tones)]
        way = up + up[-2:0:-1]
        for step in range(round(chord.beats * 4)):
            strength = 96 if step % 4 == 0 else 74
            notes.append(
                Note(chord.start + step / 4, 0.24, way[step % len(way)], strength + step % 3)
            )
    return Part(ARPEGGIO, "synth:pluck", tuple(notes), reverb=0.35)


def _cut(part: Part, shift: int, beats: int, per_bar: int) -> Part:
    """Return what of a part lies in the bars that are heard."""
    begin, end = shift + COUNT_IN_BARS * per_bar, shift + beats
    return replace(
        part,
        notes=tuple(
            replace(note, start=note.start - shift, beats=min(note.beats, end - note.start))
            for note in part.notes
            if begin - 0.01 <= note.start < end - 0.01
        ),
    )
