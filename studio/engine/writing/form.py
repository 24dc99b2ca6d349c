"""Form: which sections follow one another, and how many bars each has, to the wished length."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from studio.engine.score import RING_OUT_SECONDS
from studio.engine.writing.length import cut_down, grown
from studio.engine.writing.lyrics import Stanza
from studio.engine.writing.scansion import CountSyllables, read_phrases, scan
from studio.engine.writing.stretch import (
    SLOW_BAR,
    Form,
    Pace,
    Stretch,
    body_bars,
    frame_bars,
    sung_bars,
)

FREE_TEMPO = 0.02
"""Reach from which a tempo is the band's own choice."""
ENERGY: dict[str, float] = {
    "intro": 0.35,
    "verse": 0.5,
    "pre-chorus": 0.65,
    "chorus": 0.88,
    "bridge": 0.45,
    "solo": 0.8,
    "outro": 0.4,
}


DENSER = 1.3
"""How much faster than comfortable is sung, when the words are many."""
LONGEST_SECONDS = 240.0
SHORTEST_RING_OUT = 1.0
"""Seconds."""


def shape_form(
    stanzas: Sequence[Stanza],
    pace: Pace,
    *,
    wished_seconds: float | None,
    natural_seconds: float,
    tempo_reach: float,
    language: str,
    count: CountSyllables,
    energy: Mapping[str, float],
    must_sing_all: bool = False,
) -> Form:
    """Lay the stanzas out in bars.

    Parameters
    ----------
    wished_seconds
        Length of the sound, ring-out and all, that is held; `None` takes the length that the words
        ask for.
    natural_seconds
        Where a song of this style likes to end.
    tempo_reach
        How far the tempo may be bent to meet the length, as a share of it.
    energy
        Of each kind of section when it first comes, 0 to 1.
    must_sing_all
        Whether many words are sung faster before any are left out.
    """
    read = [read_phrases(stanza, language, count) for stanza in stanzas]
    natural = [scan(stanza, phrases, pace, read) for stanza, phrases in read]
    if wished_seconds is None:
        wished_seconds = _natural_length(natural, pace, natural_seconds)
    bars, tempo, ring_out = _bars_for(wished_seconds, pace, tempo_reach)
    if must_sing_all and sung_bars(natural) + frame_bars(bars) > bars:
        dense = replace(pace, syllables_per_second=pace.syllables_per_second * DENSER)
        natural = [scan(stanza, phrases, dense, read, dense=True) for stanza, phrases in read]
    stretches = grown(cut_down(natural, bars), bars, pace)
    return Form(placed(stretches, energy), tempo, pace.beats_per_bar, ring_out)


def _natural_length(stretches: Sequence[Stretch], pace: Pace, natural: float) -> float:
    """Return how long the words last with an intro and an outro; few words are said again."""
    frame = 8 if pace.bar_seconds < SLOW_BAR else 4
    whole = (body_bars(stretches) + frame) * pace.bar_seconds
    sung = sung_bars(stretches) * pace.bar_seconds
    again = min(0.75 * natural, 2.0 * sung + 16.0)
    return min(LONGEST_SECONDS, max(whole, again) + RING_OUT_SECONDS)


def _bars_for(seconds: float, pace: Pace, reach: float) -> tuple[int, float, float]:
    """Return bars, tempo and ring-out that last `seconds` together.

    Even counts of bars are liked. The tempo is bent as far as it may; what is still missing rings.
    """
    exact = (seconds - RING_OUT_SECONDS) / pace.bar_seconds
    if reach >= FREE_TEMPO:
        reach += 0.4 / exact  # A short song has few bars to choose from.

    def ring_out(bars: int, bent: float) -> float:
        return seconds - bars * pace.bar_seconds / (1 + bent)

    near, bent = min(
        (
            (bars, max(-reach, min(reach, bars / exact - 1)))
            for bars in range(max(2, int(exact) - 1), int(exact) + 3)
        ),
        key=lambda way: (
            ring_out(*way) < SHORTEST_RING_OUT,
            abs(way[0] / exact - 1) + (0.8 * min(reach, 0.04) if way[0] % 2 else 0.0),
        ),
    )
    tempo = round(pace.tempo_bpm * (1 + bent), 3)
    left = seconds - near * pace.beats_per_bar * 60.0 / tempo
    return near, tempo, max(SHORTEST_RING_OUT, left)


def placed(stretches: Sequence[Stretch], energy: Mapping[str, float]) -> tuple[Stretch, ...]:
    """Give every section its bar line and its energy; things rise from repeat to repeat."""
    placed, bar = [], 0
    seen: dict[str, int] = {}
    for stretch in stretches:
        times = seen.get(stretch.kind, 0)
        seen[stretch.kind] = times + 1
        power = energy[stretch.kind] + 0.06 * min(times, 2)
        placed.append(replace(stretch, start_bar=bar, energy=round(min(1.0, power), 3)))
        bar += stretch.bars
    return tuple(placed)
