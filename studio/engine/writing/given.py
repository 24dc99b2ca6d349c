"""Given: a band and a tune over chords and a form that stand already.

The players are the same as those of a song of the band's own; only what they have on the stand
was written by somebody else.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from studio.engine.continuing.ground import Ground
from studio.engine.persona import Persona
from studio.engine.score import Part, Vocal
from studio.engine.writing.arranging import parts_of, vocal_of
from studio.engine.writing.band import Chart
from studio.engine.writing.chance import stream
from studio.engine.writing.harmony import Changes
from studio.engine.writing.lead import compasses_of, hum_all
from studio.engine.writing.lyrics import INSTRUMENTAL_KINDS, Stanza
from studio.engine.writing.metre import in_metre
from studio.engine.writing.motifs import Setting
from studio.engine.writing.musicians import line_up
from studio.engine.writing.reach import compasses_for
from studio.engine.writing.reading import Voice
from studio.engine.writing.remembering import remembered
from studio.engine.writing.scansion import CountSyllables, cut_phrases, read_phrases, usual_span
from studio.engine.writing.stretch import Form, Pace, Phrase, Stretch, stretches_of
from studio.engine.writing.style import Style, load_style
from studio.engine.writing.swing import SWUNG_BEATS, drawn_swing, swing_parts, swing_vocal
from studio.engine.writing.tune import compose_tune

SHORTEST_SUNG_BARS = 2


def band_over(
    ground: Ground,
    style_name: str,
    seed: int,
    *,
    wanted: tuple[str, ...] = (),
    unwanted: tuple[str, ...] = (),
    without: Collection[str] = (),
    vocal: Vocal | None = None,
) -> tuple[Part, ...]:
    """Let the band of a style play over given chords and a given form.

    Parameters
    ----------
    ground
        What is given. Its last bar is played as an ending, held by everybody.
    style_name
        One of `STYLES`; its patterns are fitted to the metre of the ground.
    seed
        Same ground, style and seed, same notes.
    wanted, unwanted
        Instruments that join or stay away, by the names of `players.toml`.
    without
        Parts that are not played at all: `drums bass keys lead` and so on.
    vocal
        What is sung over it, swing and all: the lead plays its hook and answers it. Without one the
        lead plays a tune of its own, unless it is among `without`.

    Returns
    -------
    Parts in beats of the ground, swung as it says.
    """
    style = in_metre(load_style(style_name), ground.beats_per_bar)
    lineup = line_up(style, wanted, unwanted)
    form, changes = form_over(ground), Changes(ground.chords)
    ratio, unit = _swing_over(ground, style, seed)
    setting = Setting(
        changes,
        ground.key,
        style.melody,
        compasses_of(lineup.lead),
        ground.tempo_bpm,
        ground.beats_per_bar,
    )
    if vocal is None:
        form = replace(form, stretches=hum_all(form.stretches, seed))
        tune = compose_tune(form.stretches, setting, stream(seed, "tune"))
    else:
        lines, stretches = remembered(vocal, form.stretches, ground.beats_per_bar, ratio, unit)
        tune = tuple(lines.values())
        form = replace(form, stretches=stretches)
    chart = Chart(form, changes, ground.key, style, seed)
    parts = parts_of(chart, lineup, tune, setting, alone=vocal is None)
    played = tuple(part for part in parts if part.name not in without)
    return swing_parts(played, ratio, unit)


def sing_over(
    ground: Ground,
    stanzas: Sequence[Stanza],
    seed: int,
    *,
    voice: Voice,
    persona: Persona | None = None,
    language: str,
    syllables: CountSyllables,
    style_name: str = "pop",
) -> Vocal:
    """Write a new tune for given words over given chords.

    Stanzas go to sections of their kind where there are such, and to the next section otherwise;
    words that find no room are not sung (compare `Vocal.lines`).

    Parameters
    ----------
    ground
        What is given.
    stanzas
        Words, as `parse_lyrics` returns them.
    seed
        Same ground, words and seed, same tune.
    voice
        Who sings.
    persona
        Who that is exactly, with a reach of its own.
    language
        Two letters.
    syllables
        How many syllables the singer makes of each word, in a language.
    style_name
        Whose manner of singing it is: how dense, how syncopated.

    Returns
    -------
    What is sung, swung as the ground says; `Line.section` is an index into `ground.sections`.
    """
    style = load_style(style_name)
    pace = Pace(ground.tempo_bpm, ground.beats_per_bar, style.melody.syllables_per_second)
    form = form_over(ground)
    stretches = worded(form.stretches, stanzas, pace, language=language, count=syllables)
    setting = Setting(
        Changes(ground.chords),
        ground.key,
        style.melody,
        compasses_for(voice, persona),
        ground.tempo_bpm,
        ground.beats_per_bar,
    )
    tune = compose_tune(stretches, setting, stream(seed, "tune"))
    sung = vocal_of(tune, stretches, setting, voice, language)
    return replace(swing_vocal(sung, *_swing_over(ground, style, seed)), persona=persona)


def form_over(ground: Ground) -> Form:
    """Return the sections of a ground as stretches without words."""
    stretches = stretches_of(ground.sections, ground.beats_per_bar)
    return Form(stretches, ground.tempo_bpm, ground.beats_per_bar)


def worded(
    stretches: Sequence[Stretch],
    stanzas: Sequence[Stanza],
    pace: Pace,
    *,
    language: str,
    count: CountSyllables,
) -> tuple[Stretch, ...]:
    """Give stretches the words of the stanzas; what has no room goes to the next stretch.

    A chorus that comes again without words of its own has those of the one before.
    """
    read = [read_phrases(stanza, language, count) for stanza in stanzas]
    per_line = usual_span([phrase.size for _, lines in read for phrase in lines], pace)
    waiting = [(stanza.kind, cut_phrases(lines, pace, per_line)) for stanza, lines in read if lines]
    chorus: tuple[Phrase, ...] = ()
    done: list[Stretch] = []
    has_verses = any(_is_sung(stretch) and stretch.kind != "chorus" for stretch in stretches)
    for stretch in stretches:
        if not _is_sung(stretch):
            done.append(stretch)
            continue
        lines = _taken(waiting, stretch.kind, has_verses=has_verses) or (
            chorus if stretch.kind == "chorus" else ()
        )
        sung, left = _laid(stretch, lines, per_line)
        if stretch.kind == "chorus":
            chorus = sung.phrases or chorus
        if left:
            waiting.insert(0, (stretch.kind, left))
        done.append(sung)
    return tuple(done)


def _is_sung(stretch: Stretch) -> bool:
    return stretch.kind not in INSTRUMENTAL_KINDS and stretch.bars >= SHORTEST_SUNG_BARS


def _taken(
    waiting: list[tuple[str, tuple[Phrase, ...]]], kind: str, *, has_verses: bool
) -> tuple[Phrase, ...]:
    """Take the next words of a kind, or simply the next ones, out of those that wait."""
    if kind == "chorus" and has_verses and not any(name == kind for name, _ in waiting):
        # Verses that are left are sung in verses; a chorus comes back with its own words.
        return ()
    at = next((i for i, (name, _) in enumerate(waiting) if name == kind), 0)
    return waiting.pop(at)[1] if waiting else ()


def _laid(
    stretch: Stretch, lines: tuple[Phrase, ...], per_line: int
) -> tuple[Stretch, tuple[Phrase, ...]]:
    """Lay lines into the bars of a stretch; return it, and the lines that have no room."""
    spans = [span for span in (4, 2, 1) if span <= max(1, per_line) and span <= stretch.bars]
    span = next((span for span in spans if len(lines) * span <= stretch.bars), spans[0])
    room = stretch.bars // span
    return replace(stretch, phrases=lines[:room], bars_per_line=span), lines[room:]


def _swing_over(ground: Ground, style: Style, seed: int) -> tuple[float, float]:
    if ground.swing is not None:
        return ground.swing, ground.swung_beats
    return drawn_swing(style, seed), SWUNG_BEATS[style.swung]
