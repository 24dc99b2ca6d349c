"""Form: which sections follow one another, and how many bars each has, to the wished length."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from studio.engine.writing.lyrics import CLOSING, Stanza, words_of

CountSyllables: TypeAlias = Callable[[Sequence[str], str], tuple[int, ...]]
"""How many syllables the singer makes of each word, in a language of two letters."""

BREATH_SECONDS = 0.45
SLOW_BAR = 2.8
"""Seconds from which a bar is so long that four of them are a section."""
FREE_TEMPO = 0.02
"""Reach from which a tempo is the band's own choice."""
ENERGY = {
    "intro": 0.35,
    "verse": 0.5,
    "pre-chorus": 0.65,
    "chorus": 0.88,
    "bridge": 0.45,
    "solo": 0.8,
    "outro": 0.4,
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A line that is sung in one breath."""

    text: str
    words: tuple[str, ...]
    syllables: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many syllables it has."""
        return sum(self.syllables)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A section with its place in time."""

    kind: str
    name: str
    bars: int
    phrases: tuple[Phrase, ...] = ()
    bars_per_line: int = 2
    start_bar: int = 0
    energy: float = 0.5

    @property
    def sung_bars(self) -> int:
        """Bars that the words need."""
        return len(self.phrases) * self.bars_per_line


@dataclass(frozen=True, slots=True)
class Form:
    """The order of the song."""

    stretches: tuple[Stretch, ...]
    tempo_bpm: float
    beats_per_bar: int

    @property
    def bars(self) -> int:
        """Length of the song."""
        return sum(stretch.bars for stretch in self.stretches)


@dataclass(frozen=True, slots=True)
class Pace:
    """What time there is to sing in."""

    tempo_bpm: float
    beats_per_bar: int
    syllables_per_second: float

    @property
    def bar_seconds(self) -> float:
        """Length of a bar."""
        return 60.0 / self.tempo_bpm * self.beats_per_bar

    def room(self, bars: int) -> float:
        """Return how many syllables are comfortably sung in `bars`, with a breath after them."""
        rest = max(BREATH_SECONDS + 0.1, 60.0 / self.tempo_bpm)
        return max(0.3, bars * self.bar_seconds - rest) * self.syllables_per_second


Written: TypeAlias = tuple[Stanza, tuple[Phrase, ...]]
"""A stanza and its lines, cut into words."""


def shape_form(
    stanzas: Sequence[Stanza],
    pace: Pace,
    *,
    wished_seconds: float | None,
    natural_seconds: float,
    tempo_reach: float,
    language: str,
    count: CountSyllables,
    energy: dict[str, float],
) -> Form:
    """Lay the stanzas out in bars.

    Parameters
    ----------
    wished_seconds
        Length that is held; `None` takes the length that the words ask for.
    natural_seconds
        Where a song of this style likes to end.
    tempo_reach
        How far the tempo may be bent to meet the length, as a share of it.
    """
    read = [_read(stanza, language, count) for stanza in stanzas]
    natural = [_sing(stanza, phrases, pace, read) for stanza, phrases in read]
    if wished_seconds is None:
        wished_seconds = _natural_length(natural, pace, natural_seconds)
    bars, tempo = _bars_for(wished_seconds, pace, tempo_reach)
    if _sung(natural) + _frame(bars) > bars:
        dense = replace(pace, syllables_per_second=pace.syllables_per_second * 1.45)
        natural = [_sing(stanza, phrases, dense, read, dense=True) for stanza, phrases in read]
    stretches = _grown(_cut_down(natural, bars), bars, pace)
    return Form(_placed(stretches, energy), tempo, pace.beats_per_bar)


def _read(stanza: Stanza, language: str, count: CountSyllables) -> Written:
    phrases = (_phrase(line, language, count) for line in stanza.lines)
    return stanza, tuple(phrase for phrase in phrases if phrase.words)


def _sing(
    stanza: Stanza,
    whole: tuple[Phrase, ...],
    pace: Pace,
    song: Sequence[Written],
    *,
    dense: bool = False,
) -> Stretch:
    """Give a stanza the bars that its words need; all lines of a song like the same span."""
    if not whole:
        return Stretch(stanza.kind, stanza.name, 8 if stanza.kind not in {"intro", "outro"} else 4)
    per_line = _span([phrase.size for _, phrases in song for phrase in phrases], pace)
    own = _span([phrase.size for phrase in whole], pace)
    if own >= 2 * per_line and _typical(whole) > 1.25 * pace.room(per_line):
        per_line = own
    most = max(1, int(pace.room(per_line) * 1.3))
    phrases = tuple(part for phrase in whole for part in _split(phrase, most))
    bars = len(phrases) * per_line
    step = 2 if dense else 4
    return Stretch(stanza.kind, stanza.name, -(-bars // step) * step, phrases, per_line)


def _span(sizes: Sequence[int], pace: Pace) -> int:
    """Return the bars in which a line of a typical one of these sizes is comfortably sung."""
    typical = sorted(sizes)[len(sizes) // 2]
    longest = 2 if pace.bar_seconds > 1.4 else 4  # noqa: PLR2004 - a slow bar
    return next((bars for bars in (1, 2) if typical <= pace.room(bars)), longest)


def _typical(phrases: Sequence[Phrase]) -> int:
    return sorted(phrase.size for phrase in phrases)[len(phrases) // 2]


def _phrase(line: str, language: str, count: CountSyllables) -> Phrase:
    words = words_of(line)
    return Phrase(line, words, count(words, language) if words else ())


def _split(phrase: Phrase, most: int) -> list[Phrase]:
    """Cut a phrase that is too long for one breath, at a comma where there is one."""
    if phrase.size <= most or len(phrase.words) == 1:
        return [phrase]
    half, sung, best, cut = phrase.size / 2, 0, float("inf"), 1
    for index, (word, size) in enumerate(zip(phrase.words[:-1], phrase.syllables, strict=False)):
        sung += size
        away = abs(sung - half) - (2.5 if word[-1] in CLOSING else 0)
        if away < best:
            best, cut = away, index + 1
    joint = "" if all(len(word.strip(CLOSING)) == 1 for word in phrase.words) else " "
    parts = [
        Phrase(joint.join(phrase.words[at]), phrase.words[at], phrase.syllables[at])
        for at in (slice(None, cut), slice(cut, None))
    ]
    return [piece for part in parts for piece in _split(part, most)]


def _sung(stretches: Sequence[Stretch]) -> int:
    return sum(stretch.bars for stretch in stretches if stretch.phrases)


def _frame(bars: int) -> int:
    """Bars that a song of so many bars needs before and after the words, at the least."""
    return 1 if bars < 8 else 2 if bars < 16 else 4  # noqa: PLR2004 - measured in bars


def _natural_length(stretches: Sequence[Stretch], pace: Pace, natural: float) -> float:
    """Return how long the words last with an intro and an outro; few words are said again."""
    frame = 8 if pace.bar_seconds < SLOW_BAR else 4
    whole = (_total(stretches) + frame) * pace.bar_seconds
    sung = _sung(stretches) * pace.bar_seconds
    again = min(0.75 * natural, 2.0 * sung + 16.0)
    return min(240.0, max(whole, again))


def _bars_for(seconds: float, pace: Pace, reach: float) -> tuple[int, float]:
    """Return bars and tempo that last `seconds`; even counts of bars are liked."""
    exact = seconds / pace.bar_seconds
    if reach >= FREE_TEMPO:
        reach += 0.4 / exact  # A short song has few bars to choose from.
    counts = [n for n in range(int(exact) - 1, int(exact) + 3) if n >= 2]  # noqa: PLR2004
    near = min(
        counts, key=lambda n: abs(n / exact - 1) + (0.8 * min(reach, 0.04) if n % 2 else 0.0)
    )
    bent = max(-reach, min(reach, near / exact - 1))
    return near, round(pace.tempo_bpm * (1 + bent), 3)


def _cut_down(stretches: Sequence[Stretch], bars: int) -> list[Stretch]:
    """Leave out what does not fit: from the end, but never the first verse or chorus."""
    kept = list(stretches)
    while _total(kept) > bars - _frame(bars):
        quiet = [s for s in kept if not s.phrases]
        if quiet:
            kept = _shorter_or_gone(kept, quiet[-1])
            continue
        victim = _least_missed(kept)
        if victim is None:
            break
        kept.pop(victim)
    return _fewer_lines(kept, max(1, bars - _frame(bars)))


def _total(stretches: Sequence[Stretch]) -> int:
    return sum(s.bars for s in stretches if s.kind not in {"intro", "outro"} or s.phrases)


def _shorter_or_gone(kept: list[Stretch], quiet: Stretch) -> list[Stretch]:
    at = len(kept) - 1 - kept[::-1].index(quiet)
    if quiet.bars > 4:  # noqa: PLR2004 - half a solo is still a solo
        return [*kept[:at], replace(quiet, bars=4), *kept[at + 1 :]]
    return kept[:at] + kept[at + 1 :]


def _least_missed(kept: Sequence[Stretch]) -> int | None:
    """Return the place of the section to leave out next, if one can be spared."""
    firsts = {
        next((i for i, s in enumerate(kept) if s.kind == kind), -1) for kind in ("verse", "chorus")
    }
    last = len(kept) - 1 if kept and kept[-1].kind == "chorus" else -1
    spare = [i for i in range(len(kept)) if i not in firsts and i != last]
    if spare:
        return spare[-1]
    more = [i for i in range(len(kept)) if i not in firsts]
    return more[-1] if more else None


def _fewer_lines(kept: list[Stretch], bars: int) -> list[Stretch]:
    """Cut verse and chorus to fit: lines from their ends, then the verse as a whole."""
    while _total(kept) > bars:
        longest = max(
            range(len(kept)), key=lambda i: (len(kept[i].phrases), kept[i].kind == "verse")
        )
        stretch = kept[longest]
        if len(stretch.phrases) <= 2 and len(kept) > 1:  # noqa: PLR2004 - a couplet stays whole
            kept = [s for s in kept if s.kind == "chorus"][:1] or kept[:1]
            continue
        if len(stretch.phrases) == 1:
            return [replace(stretch, bars=bars, bars_per_line=min(stretch.bars_per_line, bars))]
        phrases = stretch.phrases[:-1]
        kept[longest] = replace(stretch, phrases=phrases, bars=len(phrases) * stretch.bars_per_line)
    return kept


def _grown(kept: list[Stretch], bars: int, pace: Pace) -> list[Stretch]:
    """Fill the bars: more choruses and solos in the middle, then intro and outro."""
    intro = next((s for s in kept if s.kind == "intro"), None)
    outro = next((s for s in kept[::-1] if s.kind == "outro"), None)
    spoken_intro = [intro] if intro and intro.phrases else []
    spoken_outro = [outro] if outro and outro.phrases else []
    body = [s for s in kept if s is not intro and s is not outro]
    fixed = sum(s.bars for s in (*spoken_intro, *spoken_outro))
    body = _repeated(body, bars - fixed, pace)
    rest = bars - fixed - sum(s.bars for s in body)
    before = 0 if rest < 3 else min(8, rest // 4 * 2 or 1)  # noqa: PLR2004 - the end needs two bars
    head = [Stretch("intro", intro.name if intro else "Intro", before)] if before else []
    tail = [Stretch("outro", "Outro", rest - before)] if rest - before else []
    if outro and not outro.phrases and tail:
        tail = [replace(tail[0], name=outro.name)]
    return head + spoken_intro + body + spoken_outro + tail


def _repeated(body: list[Stretch], bars: int, pace: Pace) -> list[Stretch]:
    """Add what a band adds when a song is to go on, and let it end on its chorus."""
    solo = Stretch("solo", "Solo", 8 if pace.bar_seconds < SLOW_BAR else 4)
    body = list(body)
    spare = bars - sum(s.bars for s in body) - _ample(bars)
    units = _units(body, solo)
    turn = misses = 0
    while units and misses < len(units):
        unit = units[turn % len(units)]
        turn += 1
        needed = sum(s.bars for s in unit)
        fits = needed <= spare and not _thrice(body, unit)
        misses = 0 if fits else misses + 1
        if fits:
            body += unit
            spare -= needed
    if spare >= solo.bars and body and body[-1].kind == "chorus" and len(body) > 1:
        body.insert(len(body) - 1, solo)
    return body


def _thrice(body: Sequence[Stretch], unit: Sequence[Stretch]) -> bool:
    """Tell whether the same section would come three times in a row."""
    return [s.kind for s in body[-2:]] == ["chorus"] * 2 and unit[0].kind == "chorus"


def _units(body: Sequence[Stretch], solo: Stretch) -> list[tuple[Stretch, ...]]:
    """Return what may be added, in turn: things that belong together come together."""
    told = [s for s in body if s.phrases] or [s for s in body if s.kind != "solo"]
    chorus = next((s for s in told if s.kind == "chorus"), None)
    verse = next((s for s in told if s.kind != "chorus"), None)
    if not told:
        return [(Stretch("verse", "Theme", solo.bars),), (solo,)]
    if chorus is None:
        return [(solo, verse), (verse,)] if verse else []
    if verse is None:
        return [(solo, chorus), (chorus,)]
    first = [] if body[-1].kind == "chorus" else [(chorus,)]
    return [*first, (verse, chorus), (solo, chorus), (chorus,)]


def _ample(bars: int) -> int:
    """Bars that an intro and an outro like to have between them."""
    return 8 if bars > 28 else 4 if bars > 12 else 2  # noqa: PLR2004 - measured in bars


def _placed(stretches: Sequence[Stretch], energy: dict[str, float]) -> tuple[Stretch, ...]:
    """Give every section its bar line and its energy; things rise from repeat to repeat."""
    placed, bar = [], 0
    seen: dict[str, int] = {}
    for stretch in stretches:
        times = seen.get(stretch.kind, 0)
        seen[stretch.kind] = times + 1
        power = (ENERGY | energy)[stretch.kind] + 0.06 * min(times, 2)
        placed.append(replace(stretch, start_bar=bar, energy=round(min(1.0, power), 3)))
        bar += stretch.bars
    return tuple(placed)
