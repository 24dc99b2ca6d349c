"""Continuing: what comes after a song, or before it, when it is to go on.

Sections that come again have the chords and tunes that they had, the same players play on, and
what stood is not touched.
"""

from collections.abc import Mapping
from dataclasses import replace

from studio.engine.score import RING_OUT_SECONDS, Chord, Score, Section
from studio.engine.writing.author import Author, Wish, language_for, voice_of
from studio.engine.writing.cutting import cut, moved
from studio.engine.writing.ending import rung_out
from studio.engine.writing.harmony import Changes, ended, usual_bars
from studio.engine.writing.metre import in_metre
from studio.engine.writing.rewriting import Draft, lyrics_of, written
from studio.engine.writing.scansion import CountSyllables
from studio.engine.writing.stretch import Stretch, stretches_of
from studio.engine.writing.style import load_style


def continued(score: Score, bar: int, wish: Wish, *, syllables: CountSyllables) -> Score:
    """Return a song that stays as it is up to a bar line, and goes on from there.

    Parameters
    ----------
    score
        The song so far.
    bar
        Bars of it that stay, at least 1; see `cutting.bar_before`.
    wish
        How it goes on.
    syllables
        How many syllables the singer makes of each word, in a language.
    """
    per_bar = score.beats_per_bar
    kept = cut(score.sections, 0.0, float(bar * per_bar))
    old = stretches_of(kept, per_bar)
    coming = Author(score, old, wish, syllables).coming(bar)
    stretches = (*old, *coming)
    style = in_metre(load_style(wish.style_name or score.style), per_bar)
    book = bars_by_kind(score, wish.style_name)
    chords = [
        *cut(score.chords, 0.0, float(bar * per_bar)),
        *(chord for stretch in coming for chord in chords_of(stretch, book, per_bar)),
    ]
    draft = Draft(
        score=score,
        stretches=stretches,
        fresh=frozenset(range(len(old), len(stretches))),
        sections=_as_shown(kept, tuple(section_of(stretch, per_bar) for stretch in coming)),
        chords=tuple(ended(chords, style, score.key, per_bar)),
        seed=score.seed + wish.seed,
        tune_seed=score.seed + wish.seed + 1,
        style_name=wish.style_name,
        voice=voice_of(score, wish),
        language=language_for(score, wish),
    )
    whole = written(draft)
    return rung_out(replace(whole, ring_out_seconds=RING_OUT_SECONDS, lyrics=_shown(whole, score)))


def preceded(score: Score, wish: Wish, *, syllables: CountSyllables) -> Score:
    """Return a song with new music in front of it; see `continued`."""
    per_bar = score.beats_per_bar
    front = Author(score, (), wish, syllables).front()
    bars = sum(stretch.bars for stretch in front)
    later = moved(score, float(bars * per_bar))
    behind = stretches_of(later.sections, per_bar)
    book = bars_by_kind(score, wish.style_name)
    draft = Draft(
        score=later,
        stretches=(*front, *behind),
        fresh=frozenset(range(len(front))),
        sections=(*(section_of(stretch, per_bar) for stretch in front), *later.sections),
        chords=(
            *(chord for stretch in front for chord in chords_of(stretch, book, per_bar)),
            *later.chords,
        ),
        seed=score.seed + wish.seed,
        tune_seed=score.seed + wish.seed + 1,
        style_name=wish.style_name,
        voice=voice_of(score, wish),
        language=language_for(score, wish),
    )
    whole = written(draft)
    return replace(whole, lyrics=_shown(whole, score))


def _as_shown(kept: tuple[Section, ...], coming: tuple[Section, ...]) -> tuple[Section, ...]:
    """Return the form; a section that was cut and goes on is one."""
    if not kept or (kept[-1].kind, kept[-1].name) != (coming[0].kind, coming[0].name):
        return (*kept, *coming)
    whole = replace(kept[-1], beats=kept[-1].beats + coming[0].beats)
    return (*kept[:-1], whole, *coming[1:])


def _shown(whole: Score, before: Score) -> str:
    return lyrics_of(whole) if whole.vocal else before.lyrics


def section_of(stretch: Stretch, beats_per_bar: int) -> Section:
    """Return a placed stretch as a section of a score."""
    return Section(
        stretch.kind,
        stretch.name,
        float(stretch.start_bar * beats_per_bar),
        float(stretch.bars * beats_per_bar),
        stretch.energy,
    )


Bars = tuple[tuple[Chord, ...], ...]


def bars_by_kind(score: Score, style_name: str | None = None) -> Mapping[str, Bars]:
    """Return the chords of every kind of section, bar by bar: the song's own, else the style's."""
    per_bar = score.beats_per_bar
    style = in_metre(load_style(style_name or score.style), per_bar)
    found = dict(usual_bars(style, score.key, score.seed, per_bar))
    changes = Changes(score.chords)
    longest: dict[str, float] = {}
    for section in score.sections:
        is_last = section.start + section.beats >= score.beats - 1e-6
        # The last bar of a song comes home, which is no way to begin a section again.
        beats = section.beats - (per_bar if is_last else 0)
        if beats > longest.get(section.kind, 0.0):
            longest[section.kind] = beats
            found[section.kind] = tuple(
                tuple(
                    replace(chord, start=chord.start - at)
                    for chord in changes.between(at, at + per_bar)
                )
                for at in (section.start + i * per_bar for i in range(round(beats / per_bar)))
            )
    return found


def chords_of(stretch: Stretch, book: Mapping[str, Bars], beats_per_bar: int) -> list[Chord]:
    """Return the chords of a placed stretch."""
    bars = book[stretch.kind]
    return [
        replace(chord, start=chord.start + (stretch.start_bar + index) * beats_per_bar)
        for index in range(stretch.bars)
        for chord in bars[index % len(bars)]
    ]
