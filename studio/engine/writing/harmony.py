"""Harmony: which chord holds when; every kind of section has its own progression."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from studio.engine.score import Chord, Key
from studio.engine.writing.chance import Rng, happens, stream, turn
from studio.engine.writing.stretch import Form, Stretch
from studio.engine.writing.style import Style
from studio.engine.writing.theory import read_numeral

FIFTH = 7
HALF_BAR = 2.0

Progression = tuple[tuple[str, ...], ...]
"""Bars of Roman numerals."""


@dataclass(frozen=True, slots=True)
class Loop:
    """Chords that go round."""

    bars: tuple[tuple[Chord, ...], ...]
    """Every bar counts from its own start."""
    beats_per_bar: int


class Changes:
    """The chords of a song in rising order, and what holds at any beat."""

    def __init__(self, chords: Sequence[Chord]) -> None:
        self.chords = tuple(chords)
        self._starts = [chord.start for chord in self.chords]

    def at(self, beat: float) -> Chord:
        """Return the chord that holds at `beat`; the first one holds before the song too."""
        return self.chords[max(0, bisect_right(self._starts, beat + 1e-6) - 1)]

    def between(self, start: float, end: float) -> tuple[Chord, ...]:
        """Return the chords of a stretch of time, cut to it."""
        first = max(0, bisect_right(self._starts, start + 1e-6) - 1)
        found = []
        for chord in self.chords[first:]:
            if chord.start >= end - 1e-6:
                break
            begin, stop = max(start, chord.start), min(end, chord.start + chord.beats)
            found.append(replace(chord, start=begin, beats=stop - begin))
        return tuple(found)


def harmonise(form: Form, style: Style, key: Key, seed: int) -> Changes:
    """Give every bar of `form` its chords.

    The same kind of section always has the same progression, so that its tune can return. Only
    the last half bar before a new section may differ: it leads on.
    """
    rng = stream(seed, "harmony")
    book = _choose_progressions(style, key, seed, rng)
    chords: list[Chord] = []
    for stretch, following in zip_longest(form.stretches, form.stretches[1:]):
        played = _play(_bars_of(stretch, book), stretch, key, form.beats_per_bar)
        colourful, plain = happens(rng, style.borrowed), happens(rng, 0.5)
        if following and following.kind in {"chorus", "solo"} and (colourful or plain):
            goal = read_numeral(book[following.kind][0][0], key)
            played = _lead_on(played, goal, key, colourful=colourful)
        chords += played
    return Changes(ended(chords, style, key, form.beats_per_bar))


def go_round(form: Form, loop: Loop, style: Style, key: Key) -> Changes:
    """Give every section of `form` the chords of a loop, from its first bar on."""
    chords = [
        replace(chord, start=chord.start + (stretch.start_bar + index) * form.beats_per_bar)
        for stretch in form.stretches
        for index in range(stretch.bars)
        for chord in loop.bars[index % len(loop.bars)]
    ]
    return Changes(ended(chords, style, key, form.beats_per_bar))


def usual_bars(
    style: Style, key: Key, seed: int, beats_per_bar: int
) -> dict[str, tuple[tuple[Chord, ...], ...]]:
    """Return the chords of each kind of section in the song of `seed`, bar by bar.

    Every bar counts from its own start.
    """
    book = _choose_progressions(style, key, seed, stream(seed, "harmony"))
    return {
        kind: tuple(tuple(_play((bar,), Stretch(kind, "", 1), key, beats_per_bar)) for bar in bars)
        for kind, bars in book.items()
    }


def _choose_progressions(style: Style, key: Key, seed: int, rng: Rng) -> dict[str, Progression]:
    pool = style.major_harmony if key.mode == "major" else style.minor_harmony
    verse = read_progression(turn(seed, "verse", pool.verse))
    chorus = read_progression(turn(seed, "chorus", pool.chorus))
    bridge = read_progression(turn(seed, "bridge", pool.bridge))
    lift = read_progression(turn(seed, "lift", pool.lift))
    return {
        "intro": chorus if happens(rng, 0.5) else verse,
        "verse": verse,
        "pre-chorus": lift,
        "chorus": chorus,
        "bridge": bridge,
        "solo": chorus if happens(rng, 0.4) else verse,
        "outro": chorus,
    }


def read_progression(text: str) -> Progression:
    """Read `I | vi | IV V` as bars of numerals."""
    return tuple(tuple(bar.split()) for bar in text.split("|"))


def _bars_of(stretch: Stretch, book: dict[str, Progression]) -> Progression:
    bars = book[stretch.kind]
    return tuple(bars[index % len(bars)] for index in range(stretch.bars))


def _play(bars: Progression, stretch: Stretch, key: Key, beats_per_bar: int) -> list[Chord]:
    chords: list[Chord] = []
    for index, bar in enumerate(bars):
        edges = [round(i * beats_per_bar / len(bar)) for i in range(len(bar) + 1)]
        start = float((stretch.start_bar + index) * beats_per_bar)
        for numeral, left, right in zip(bar, edges[:-1], edges[1:], strict=True):
            chords.append(read_numeral(numeral, key, start=start + left, beats=float(right - left)))
    return chords


def _lead_on(played: list[Chord], goal: Chord, key: Key, *, colourful: bool) -> list[Chord]:
    """Turn the last half bar towards `goal`: the key's dominant, or the goal's own."""
    last = played[-1]
    dominant = read_numeral("V7" if colourful else "V", key)
    if colourful:
        root = (goal.root + FIFTH) % 12
        dominant = replace(dominant, root=root, bass=root)
    if last.beats < HALF_BAR or dominant.root == last.root:
        return played
    kept = last.beats / 2 if last.beats > HALF_BAR else 0.0
    turned = replace(dominant, start=last.start + kept, beats=last.beats - kept)
    return [*played[:-1], *([replace(last, beats=kept)] if kept else []), turned]


def ended(chords: Sequence[Chord], style: Style, key: Key, beats_per_bar: int) -> list[Chord]:
    """Let the song come home: the last bar holds the ending chord, a dominant before it."""
    pool = style.major_harmony if key.mode == "major" else style.minor_harmony
    end = chords[-1].start + chords[-1].beats
    last_bar = end - beats_per_bar
    kept = [c for c in chords if c.start < last_bar - 1e-6]
    home = read_numeral(pool.ending, key, start=last_bar, beats=float(beats_per_bar))
    if len(kept) > 1 and kept[-1].root == home.root:
        away = read_numeral(pool.before_ending, key)
        kept[-1] = replace(away, start=kept[-1].start, beats=kept[-1].beats)
    return [*kept, home]
