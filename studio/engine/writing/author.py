"""Author: somebody who knows what was sung, and what a song of this kind does next.

A verse leads to its chorus, a chorus back to a verse or on to a bridge, and the end has an outro.
Sections that come again have the bars and the words that they had; new verses say what was not
said before.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from studio.engine.brief import Brief
from studio.engine.score import Score
from studio.engine.writing.chance import turn
from studio.engine.writing.form import ENERGY
from studio.engine.writing.language import language_of
from studio.engine.writing.lyrics import INSTRUMENTAL_KINDS, Stanza, parse_lyrics
from studio.engine.writing.reading import VOICES, Voice
from studio.engine.writing.remembering import remembered
from studio.engine.writing.scansion import CountSyllables, Written, read_phrases, scan
from studio.engine.writing.stretch import SLOW_BAR, Pace, Phrase, Stretch, stretches_of
from studio.engine.writing.style import load_style
from studio.engine.writing.swing import swing_of
from studio.engine.writing.writer import WRITTEN_LANGUAGES, write_song

USUAL_SECONDS = 60.0
"""Of new music, when nobody says how much."""
OUTRO_BARS = 4
SHORTEST_BARS = 4
MOST_VERSES = 3
_OTHER_WORDS = 5
"""How often other words are looked for when they were sung before."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wished of the new part of a song."""

    lyrics: str = ""
    """Words with `[Section]` marks; empty lets the band write on."""
    style_name: str | None = None
    """Whose band plays it; `None` is the same."""
    seconds: float | None = None
    """How long it is to be; `None` as long as the words need, or about a minute."""
    instrumental: bool = False
    voice: Voice | None = None
    seed: int = 0


def voice_of(score: Score, wish: Wish) -> Voice:
    """Return who sings what is new."""
    if wish.voice is not None:
        return wish.voice
    return score.vocal.voice if score.vocal else turn(score.seed // 3, "voice", VOICES)


def language_for(score: Score, wish: Wish) -> str:
    """Return in which language what is new is sung."""
    if wish.lyrics:
        return language_of(wish.lyrics)
    return score.vocal.language if score.vocal else "en"


class Author:
    """Somebody who knows what was sung, and what a song of this kind does next."""

    def __init__(
        self, score: Score, old: Sequence[Stretch], wish: Wish, syllables: CountSyllables
    ) -> None:
        self._score, self._old, self._wish, self._count = score, old, wish, syllables
        manner = load_style(wish.style_name or score.style).melody
        self._pace = Pace(score.tempo_bpm, score.beats_per_bar, manner.syllables_per_second)
        self._before = self._sung_before()
        self._model = _longest(self._before)
        self._sings = not wish.instrumental and bool(score.vocal or wish.lyrics)

    def coming(self, bar: int) -> tuple[Stretch, ...]:
        """Return the sections that follow, placed, the last one an outro."""
        given = self._given()
        wanted = self._bars(self._wish.seconds or (None if given else USUAL_SECONDS))
        outro = [] if given and given[-1].kind == "outro" else [Stretch("outro", "Outro", 0)]
        body = self._grown(
            given or self._rest_of_section(bar), max(0, wanted - (OUTRO_BARS if outro else 0))
        )
        if outro:
            left = wanted - sum(stretch.bars for stretch in body)
            body.append(replace(outro[0], bars=max(2 if left == 2 else OUTRO_BARS, left)))  # noqa: PLR2004 - two bars are an ending
        return self._placed(body, bar)

    def front(self) -> tuple[Stretch, ...]:
        """Return the sections before the song, placed: words if some are given, else an intro."""
        given = self._given()
        wanted = self._bars(self._wish.seconds or (None if given else 4 * self._pace.bar_seconds))
        left = wanted - sum(stretch.bars for stretch in given)
        intro = [Stretch("intro", "Intro", left)] if left > 0 else []
        return self._placed([*intro, *given], 0)

    def _bars(self, seconds: float | None) -> int:
        if seconds is None:
            return 0
        bars = max(2, round(seconds / self._pace.bar_seconds))
        return bars + bars % 2

    def _given(self) -> list[Stretch]:
        """Return the words that were given, as sections."""
        stanzas = [] if self._wish.instrumental else parse_lyrics(self._wish.lyrics)
        language = language_for(self._score, self._wish)
        read = [read_phrases(stanza, language, self._count) for stanza in stanzas]
        return [scan(stanza, phrases, self._pace, self._like(read)) for stanza, phrases in read]

    def _like(self, read: Sequence[Written]) -> list[Written]:
        """Add what was sung before, so that new lines are as long as the old ones."""
        old = [(Stanza(s.kind, s.name), s.phrases) for s in self._model.values() if s.phrases]
        return [*read, *old] or [(Stanza("verse", ""), (Phrase("la", ("la",), (1,)),))]

    def _grown(self, given: list[Stretch], bars: int) -> list[Stretch]:
        """Let sections follow the given ones until there are so many bars."""
        body = [stretch for stretch in given if stretch.kind != "outro"]
        ending = [stretch for stretch in given if stretch.kind == "outro"]
        left = bars - sum(stretch.bars for stretch in given)
        while left >= SHORTEST_BARS:
            kinds = [stretch.kind for stretch in (*self._old, *body)]
            following = self._new(following_kind(kinds), len(body))
            if kinds[-1:] == ["chorus"] and following.bars > left - SHORTEST_BARS:
                # A song that is about to end sings its chorus once more rather than a new verse.
                if kinds[-2:] != ["chorus"] * 2:
                    following = self._new("chorus", len(body))
                elif left < 2 * SHORTEST_BARS:
                    break
            following = _shortened(following, left - left % 2)
            body.append(following)
            left -= following.bars
        return body + ending

    def _rest_of_section(self, bar: int) -> list[Stretch]:
        """Return what is missing of the section that was cut; an outro is simply left."""
        cut_open = [s for s in self._before if s.start_bar < bar < s.start_bar + s.bars]
        if not cut_open or cut_open[0].kind == "outro":
            return []
        whole = cut_open[0]
        done = bar - whole.start_bar
        lines = whole.phrases[-(-done // whole.bars_per_line) :]
        if lines and self._sings and whole.kind != "chorus":
            new = self._new(whole.kind, 0)
            same_span = new.bars_per_line == whole.bars_per_line
            lines = new.phrases[-len(lines) :] if same_span else lines
        return [replace(whole, bars=whole.bars - done, phrases=lines if self._sings else ())]

    def _new(self, kind: str, number: int) -> Stretch:
        """Return one more section of a kind, with the words that belong there."""
        model = self._model.get(kind)
        if not self._sings or kind in INSTRUMENTAL_KINDS:
            usual = 8 if self._pace.bar_seconds < SLOW_BAR else 4
            return Stretch(kind, kind.title(), model.bars if model else usual)
        if model and model.phrases and kind == "chorus":
            return model
        lines = self._new_lines(kind, number)
        if not lines:
            return model or Stretch(kind, kind.title(), 8)
        stanza = Stanza(kind, kind.title(), lines)
        language = language_for(self._score, self._wish)
        read = read_phrases(stanza, language, self._count)
        return scan(stanza, read[1], self._pace, self._like([read]))

    def _new_lines(self, kind: str, number: int) -> tuple[str, ...]:
        """Write words that were not sung yet; nothing in a language that nobody writes in."""
        language = language_for(self._score, self._wish)
        if language not in WRITTEN_LANGUAGES:
            return ()
        brief = Brief(title=self._score.title, description=_about(self._score, language))
        sung = {line.casefold() for line in self._score.lyrics.splitlines()}
        chorus = self._model.get("chorus")
        known = [Stanza("chorus", "", tuple(p.text for p in chorus.phrases))] if chorus else []
        seed = self._score.seed + self._wish.seed + 17 * (number + 1)
        lines: tuple[str, ...] = ()
        for other in range(_OTHER_WORDS):
            stanzas = (*known, Stanza(kind, kind.title()))
            _, _, done = write_song(brief, self._score.style, stanzas, seed + other)
            lines = done[-1].lines
            if not sung & {line.casefold() for line in lines}:
                break
        return lines

    def _sung_before(self) -> tuple[Stretch, ...]:
        """Return the sections of the song as it was, with their words."""
        score = self._score
        stretches = stretches_of(score.sections, score.beats_per_bar)
        if score.vocal is None:
            return stretches
        return remembered(score.vocal, stretches, score.beats_per_bar, *swing_of(score))[1]

    def _placed(self, stretches: Sequence[Stretch], bar: int) -> tuple[Stretch, ...]:
        """Give sections their bar lines, their energies and their names."""
        placed: list[Stretch] = []
        verses = sum(stretch.kind == "verse" for stretch in self._old)
        style = load_style(self._wish.style_name or self._score.style)
        for stretch in stretches:
            is_rest = not placed and self._old and stretch.name == self._old[-1].name
            verses += stretch.kind == "verse" and not is_rest
            counted = stretch.kind == "verse" and verses > 1 and not is_rest
            name = f"Verse {verses}" if counted and not self._wish.lyrics else stretch.name
            model = self._model.get(stretch.kind)
            energy = model.energy if model else (ENERGY | style.energy)[stretch.kind]
            placed.append(replace(stretch, start_bar=bar, name=name, energy=energy))
            bar += stretch.bars
        return tuple(placed)


def _longest(stretches: Sequence[Stretch]) -> dict[str, Stretch]:
    """Return the section with the most words, or bars, of each kind."""
    ordered = sorted(stretches, key=lambda stretch: (len(stretch.phrases), stretch.bars))
    return {stretch.kind: stretch for stretch in ordered}


def following_kind(kinds: Sequence[str]) -> str:
    """Return which kind of section follows those that were."""
    has = set(kinds)
    match kinds[-1] if kinds else "intro":
        case "intro":
            return "verse"
        case "verse":
            lifts = any(pair == ("verse", "pre-chorus") for pair in pairwise(kinds))
            return "pre-chorus" if lifts else "chorus"
        case "chorus":
            return _after_chorus(kinds, has)
        case "outro":
            return "solo"
        case _:
            return "chorus"


def _after_chorus(kinds: Sequence[str], has: set[str]) -> str:
    if kinds.count("chorus") > 1 and "bridge" not in has:
        return "bridge"
    if kinds.count("verse") < MOST_VERSES:
        return "verse"
    return "solo" if kinds.count("solo") <= kinds.count("bridge") else "verse"


def _shortened(stretch: Stretch, bars: int) -> Stretch:
    """Return a stretch of no more than so many bars, with as many lines as have room."""
    if stretch.bars <= bars:
        return stretch
    lines = max(1, bars // stretch.bars_per_line)
    return replace(stretch, bars=bars, phrases=stretch.phrases[:lines])


def _about(score: Score, language: str) -> str:
    return f"\u5173\u4e8e{score.title}" if language == "zh" else ""
