"""Replacing: some bars of a song written anew, with the rest of it as it was.

New words are sung to the tune that was there, if they have as many lines; another style plays the
same tune on the same chords; and without either everything is new but the words.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from studio.engine.covering.rewording import reword
from studio.engine.score import Chord, Line, Score, Section, Vocal
from studio.engine.writing.author import Wish, language_for, voice_of
from studio.engine.writing.continuing import Bars, chords_of
from studio.engine.writing.cutting import cut
from studio.engine.writing.ending import rung_out
from studio.engine.writing.given import SHORTEST_SUNG_BARS, worded
from studio.engine.writing.harmony import ended, usual_bars
from studio.engine.writing.lyrics import INSTRUMENTAL_KINDS, Stanza, parse_lyrics
from studio.engine.writing.metre import in_metre
from studio.engine.writing.remembering import remembered
from studio.engine.writing.rewriting import Draft, lyrics_of, written
from studio.engine.writing.scansion import CountSyllables
from studio.engine.writing.stretch import Pace, Stretch, stretches_of
from studio.engine.writing.style import load_style
from studio.engine.writing.swing import swing_of

OTHER_SEED = 7
"""How far the seed of new music is from that of the old."""


def replaced(
    score: Score,
    bars: tuple[int, int],
    wish: Wish,
    *,
    syllables: CountSyllables,
    keep_chords: bool = False,
) -> Score:
    """Return a song with other music, or other words, from one bar line to another.

    Parameters
    ----------
    score
        The song.
    bars
        The first bar that is replaced, and the first one that is not.
    wish
        With words, a style, or neither: then words stay, and the music is new.
    syllables
        How many syllables the singer makes of each word, in a language.
    keep_chords
        Whether new music keeps the chords that are there.
    """
    if (new := _with_new_words(score, bars, wish, syllables)) is not None:
        return new
    stretches, fresh = _parted(score, bars)
    stretches = _with_words(score, stretches, fresh, wish, syllables)
    is_new = not wish.lyrics and wish.style_name is None
    seed = score.seed + (OTHER_SEED + wish.seed if is_new else 0)
    draft = Draft(
        score=score,
        stretches=stretches,
        fresh=fresh,
        sections=score.sections,
        chords=_new_chords(score, stretches, fresh, seed)
        if is_new and not keep_chords
        else score.chords,
        seed=seed,
        tune_seed=score.seed + OTHER_SEED + wish.seed,
        keeps_tune=not is_new and not wish.lyrics and not wish.instrumental,
        style_name=wish.style_name,
        voice=voice_of(score, wish),
        language=language_for(score, wish),
    )
    whole = written(draft)
    if max(fresh) == len(stretches) - 1:
        whole = rung_out(whole)
    return replace(whole, lyrics=lyrics_of(whole) if whole.vocal else "")


def _with_new_words(
    score: Score, bars: tuple[int, int], wish: Wish, syllables: CountSyllables
) -> Score | None:
    """Return the song with other words under the same tune, if these have lines for it."""
    stanzas = parse_lyrics(wish.lyrics)
    vocal, lines = score.vocal, [line for stanza in stanzas for line in stanza.lines]
    if vocal is None or not lines or wish.style_name or wish.instrumental:
        return None
    inside = _lines_in(score, bars)
    if len(inside) != len(lines):
        return None
    numbers = {old: new for new, old in enumerate(inside)}
    part = replace(
        vocal,
        lines=tuple(vocal.lines[number] for number in inside),
        notes=tuple(replace(n, line=numbers[n.line]) for n in vocal.notes if n.line in numbers),
        harmony=tuple(replace(n, line=numbers[n.line]) for n in vocal.harmony if n.line in numbers),
    )
    language = language_for(score, wish)
    sections = _counted(part, score.sections)
    done = reword(
        part,
        sections,
        _by_section(part, sections, lines),
        language=language,
        count=syllables,
    )
    if done.cut or done.left_out or language != vocal.language:
        return None
    return _with_lines(score, done.vocal, inside)


def _counted(part: Vocal, sections: Sequence[Section]) -> tuple[Section, ...]:
    """Give each section that is sung a kind of its own, so that words stay where they belong."""
    sung = {line.section for line in part.lines}
    return tuple(
        replace(section, kind=f"{section.kind} {index}") if index in sung else section
        for index, section in enumerate(sections)
    )


def _by_section(
    part: Vocal, sections: Sequence[Section], lines: Sequence[str]
) -> tuple[Stanza, ...]:
    homes = [line.section for line in part.lines]
    return tuple(
        Stanza(
            sections[home].kind,
            sections[home].name,
            tuple(line for line, other in zip(lines, homes, strict=True) if other == home),
        )
        for home in dict.fromkeys(homes)
    )


def _with_lines(score: Score, new: Vocal, inside: Sequence[int]) -> Score:
    assert score.vocal is not None
    vocal = score.vocal
    lines = list(vocal.lines)
    for place, number in enumerate(inside):
        lines[number] = new.lines[place]
    taken = set(inside)
    notes = [n for n in vocal.notes if n.line not in taken]
    notes += [replace(n, line=inside[n.line]) for n in new.notes]
    harmony = [n for n in vocal.harmony if n.line not in taken]
    harmony += [replace(n, line=inside[n.line]) for n in new.harmony]
    sung = replace(
        vocal,
        lines=tuple(lines),
        notes=tuple(sorted(notes, key=lambda note: note.start)),
        harmony=tuple(sorted(harmony, key=lambda note: note.start)),
    )
    whole = replace(score, vocal=sung)
    return replace(whole, lyrics=lyrics_of(whole))


def _lines_in(score: Score, bars: tuple[int, int]) -> list[int]:
    """Return the numbers of the lines whose bar line is in the window, in order."""
    assert score.vocal is not None
    per_bar = score.beats_per_bar
    old = stretches_of(score.sections, per_bar)
    lines, _ = remembered(score.vocal, old, per_bar, *swing_of(score))
    first, last = (bar * per_bar for bar in bars)
    return [number for number, line in sorted(lines.items()) if first <= line.start < last]


def _parted(score: Score, bars: tuple[int, int]) -> tuple[tuple[Stretch, ...], frozenset[int]]:
    """Cut the form at the edges of the window."""
    parts: list[Stretch] = []
    fresh: set[int] = set()
    for stretch in stretches_of(score.sections, score.beats_per_bar):
        end = stretch.start_bar + stretch.bars
        edges = sorted(
            {stretch.start_bar, end, *(bar for bar in bars if stretch.start_bar < bar < end)}
        )
        for left, right in pairwise(edges):
            if bars[0] <= left < bars[1]:
                fresh.add(len(parts))
            parts.append(replace(stretch, start_bar=left, bars=right - left))
    return tuple(parts), frozenset(fresh)


def _with_words(
    score: Score,
    stretches: tuple[Stretch, ...],
    fresh: frozenset[int],
    wish: Wish,
    syllables: CountSyllables,
) -> tuple[Stretch, ...]:
    """Give the new bars the words that were given, or those that they had."""
    if wish.instrumental:
        return stretches
    window = [stretches[index] for index in sorted(fresh)]
    stanzas = parse_lyrics(wish.lyrics)
    if not stanzas and score.vocal is not None:
        inside = (window[0].start_bar, window[-1].start_bar + window[-1].bars)
        lines = [score.vocal.lines[number] for number in _lines_in(score, inside)]
        stanzas = _stanzas_at(score, lines)
    if not stanzas:
        return stretches
    window = [
        replace(s, kind="verse") if s.kind in INSTRUMENTAL_KINDS and wish.lyrics else s
        for s in window
    ]
    sung = [
        s for s in window if s.kind not in INSTRUMENTAL_KINDS and s.bars >= SHORTEST_SUNG_BARS
    ] or window
    named = [
        replace(stanza, kind=sung[min(index, len(sung) - 1)].kind)
        for index, stanza in enumerate(stanzas)
    ]
    manner = load_style(wish.style_name or score.style).melody
    pace = Pace(score.tempo_bpm, score.beats_per_bar, manner.syllables_per_second)
    language = language_for(score, wish)
    filled = iter(worded(window, named, pace, language=language, count=syllables))
    return tuple(next(filled) if i in fresh else s for i, s in enumerate(stretches))


def _stanzas_at(score: Score, lines: Sequence[Line]) -> tuple[Stanza, ...]:
    assert score.vocal is not None
    homes = dict.fromkeys(line.section for line in lines)
    return tuple(
        Stanza(
            score.sections[home].kind,
            score.sections[home].name,
            tuple(line.text for line in lines if line.section == home),
        )
        for home in homes
    )


def _new_chords(
    score: Score, stretches: Sequence[Stretch], fresh: frozenset[int], seed: int
) -> tuple[Chord, ...]:
    """Return the chords of the song, with others in the new bars."""
    per_bar = score.beats_per_bar
    style = in_metre(load_style(score.style), per_bar)
    book: dict[str, Bars] = usual_bars(style, score.key, seed, per_bar)
    window = [stretches[index] for index in sorted(fresh)]
    start = float(window[0].start_bar * per_bar)
    end = float((window[-1].start_bar + window[-1].bars) * per_bar)
    after = [replace(c, start=c.start + end) for c in cut(score.chords, end, score.beats)]
    chords = [
        *cut(score.chords, 0.0, start),
        *(chord for stretch in window for chord in chords_of(stretch, book, per_bar)),
        *after,
    ]
    return tuple(chords if after else ended(chords, style, score.key, per_bar))
