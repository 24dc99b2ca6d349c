"""Arrange: from a brief to a score, the door of this room.

The order is that of a band at work: read the brief, agree on style, key and tempo, find the
words, lay out the form, then chords, tune, and everybody's part.
"""

from collections.abc import Sequence
from dataclasses import replace

from studio.engine.brief import Brief
from studio.engine.score import Line, Part, Room, Score, Section, SungNote, Vocal
from studio.engine.writing.band import Chart
from studio.engine.writing.bass import play_bass
from studio.engine.writing.chance import stream
from studio.engine.writing.comping import play_chords
from studio.engine.writing.drums import play_drums
from studio.engine.writing.ending import rung_out
from studio.engine.writing.form import ENERGY, shape_form
from studio.engine.writing.harmony import Loop, go_round, harmonise
from studio.engine.writing.lead import compasses_of, hum_all, play_lead
from studio.engine.writing.lyrics import Stanza, shown
from studio.engine.writing.measured import measured_form
from studio.engine.writing.metre import in_metre
from studio.engine.writing.motifs import Setting
from studio.engine.writing.musicians import Lineup, line_up
from studio.engine.writing.reach import compasses_for
from studio.engine.writing.reading import Decision, Voice, decide, read_brief
from studio.engine.writing.scansion import CountSyllables
from studio.engine.writing.second_voice import second_voice
from studio.engine.writing.stretch import Form, Pace, Stretch
from studio.engine.writing.swing import SWUNG_BEATS, swing_parts, swing_vocal
from studio.engine.writing.theory import key_name
from studio.engine.writing.tune import TuneLine, compose_tune
from studio.engine.writing.words import Words, find_words
from studio.errors import BriefUnplayable

MOOD = 0.1
"""How much a calm or wild wish moves the energy of every section."""
TEMPO_REACH = 0.04
FIXED_TEMPO_REACH = 0.008
"""A tempo that was asked for is bent only as little as nobody notices."""


def arrange(
    brief: Brief, seed: int, *, syllables: CountSyllables, loop: Loop | None = None
) -> Score:
    """Write a whole song.

    Parameters
    ----------
    brief
        What the band is asked to play.
    seed
        Same brief and seed, same score.
    syllables
        How many syllables the singer makes of each word, in a language.
    loop
        Chords that go round in every section, and their metre; `None` leaves both to the style.

    Raises
    ------
    BriefUnplayable
        If nothing can be made of the brief.
    """
    decision = _decided(brief, loop, seed)
    words = find_words(brief, decision.style, instrumental=decision.instrumental, seed=seed)
    decision = replace(decision, instrumental=not words.sung)
    form = _shape(brief, decision, words, syllables, seed)
    if not words.sung:
        form = replace(form, stretches=hum_all(form.stretches, seed))
    style = decision.style
    changes = (
        go_round(form, loop, style, decision.key)
        if loop
        else harmonise(form, style, decision.key, seed)
    )
    lineup = line_up(style, decision.wanted, decision.unwanted)
    if not (words.sung or decision.wanted or lineup.drums or lineup.bass or lineup.chords):
        raise BriefUnplayable(
            "Nobody is left to play: the song is instrumental, and every instrument of "
            f"{style.words[0]} is left out. Leave one in, or let somebody sing."
        )
    compasses = (
        compasses_for(decision.voice, brief.persona) if words.sung else compasses_of(lineup.lead)
    )
    setting = Setting(
        changes, decision.key, style.melody, compasses, form.tempo_bpm, form.beats_per_bar
    )
    tune = compose_tune(form.stretches, setting, stream(seed, "tune"))
    chart = Chart(form, changes, decision.key, style, seed)
    parts = parts_of(chart, lineup, tune, setting, alone=not words.sung)
    swing = (decision.swing, SWUNG_BEATS[style.swung])
    vocal = None
    if words.sung:
        sung = vocal_of(tune, form.stretches, setting, decision.voice, words.language)
        vocal = replace(swing_vocal(sung, *swing), persona=brief.persona)
    return rung_out(_score(chart, decision, words, swing_parts(parts, *swing), vocal))


def _decided(brief: Brief, loop: Loop | None, seed: int) -> Decision:
    decision = decide(read_brief(brief), brief, seed)
    if loop is None:
        return decision
    return replace(decision, style=in_metre(decision.style, loop.beats_per_bar))


def _shape(
    brief: Brief, decision: Decision, words: Words, syllables: CountSyllables, seed: int
) -> Form:
    style = decision.style
    pace = Pace(decision.tempo_bpm, style.beats_per_bar, style.melody.syllables_per_second)
    tempo_reach = FIXED_TEMPO_REACH if decision.tempo_is_fixed else TEMPO_REACH
    energy = {
        kind: max(0.1, power + MOOD * decision.energy)
        for kind, power in (ENERGY | style.energy).items()
    }
    if brief.sections and not words.sung:
        return measured_form(brief.sections, pace, tempo_reach=tempo_reach, energy=energy)
    return shape_form(
        words.stanzas,
        pace,
        wished_seconds=brief.length_seconds,
        natural_seconds=style.seconds * float(stream(seed, "length").uniform(0.93, 1.07)),
        tempo_reach=tempo_reach,
        language=words.language,
        count=syllables,
        energy=energy,
        must_sing_all=words.given,
    )


def parts_of(
    chart: Chart, lineup: Lineup, tune: Sequence[TuneLine], setting: Setting, *, alone: bool
) -> tuple[Part, ...]:
    """Let everybody in the band play; `alone` is a lead that plays the tune, since nobody sings."""
    parts = [play_chords(chart, comper) for comper in lineup.chords]
    if lineup.bass:
        parts.insert(0, play_bass(chart, lineup.bass))
    if lineup.drums:
        parts.insert(0, play_drums(chart, lineup.drums))
    parts.append(play_lead(chart, lineup.lead, tune, setting, alone=alone))
    return tuple(part for part in parts if part.notes)


def vocal_of(
    tune: Sequence[TuneLine],
    stretches: Sequence[Stretch],
    setting: Setting,
    voice: Voice,
    language: str,
) -> Vocal:
    """Let a voice sing a tune, with a second one under its choruses."""
    lines = tuple(
        Line(line.phrase.text, line.phrase.words, line.phrase.syllables, line.stretch)
        for line in tune
    )
    notes = tuple(
        SungNote(
            start=note.start,
            beats=note.beats,
            pitch=note.pitch,
            velocity=round(48 + 58 * stretches[line.stretch].energy + 10 * note.weight),
            line=index,
            word=note.word,
            syllable=note.syllable,
        )
        for index, line in enumerate(tune)
        for note in line.notes
    )
    choruses = {i for i, line in enumerate(tune) if stretches[line.stretch].kind == "chorus"}
    harmony = second_voice([n for n in notes if n.line in choruses], setting, voice)
    return Vocal(voice, language, lines, notes, harmony)


def _score(
    chart: Chart,
    decision: Decision,
    words: Words,
    parts: tuple[Part, ...],
    vocal: Vocal | None,
) -> Score:
    form, style = chart.form, decision.style
    return Score(
        title=words.title,
        style=style.name,
        tags=_tags(decision, form),
        tempo_bpm=form.tempo_bpm,
        key=decision.key,
        beats_per_bar=form.beats_per_bar,
        swing=decision.swing if style.swung == "eighths" else 0.5,
        sections=tuple(
            Section(
                kind=stretch.kind,
                name=stretch.name,
                start=float(stretch.start_bar * form.beats_per_bar),
                beats=float(stretch.bars * form.beats_per_bar),
                energy=stretch.energy,
            )
            for stretch in form.stretches
        ),
        chords=chart.changes.chords,
        parts=parts,
        vocal=vocal,
        lyrics=_lyrics(form) if vocal else "",
        beats=float(form.bars * form.beats_per_bar),
        seed=chart.seed,
        room=Room(**style.room.model_dump()),
        ring_out_seconds=form.ring_out_seconds,
    )


def _tags(decision: Decision, form: Form) -> str:
    said = [
        decision.style.words[0],
        f"{form.tempo_bpm:.0f} bpm",
        key_name(decision.key),
        *decision.wanted,
        "instrumental" if decision.instrumental else f"{decision.voice} voice",
    ]
    return ", ".join(said)


def _lyrics(form: Form) -> str:
    """Return the words as they are sung, with the marks of the form that is played."""
    return shown(
        tuple(
            Stanza(stretch.kind, stretch.name, tuple(phrase.text for phrase in stretch.phrases))
            for stretch in form.stretches
        )
    )
