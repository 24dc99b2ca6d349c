"""Measured: a form whose sections last as many seconds as somebody says, for music to a picture.

Bar lines cannot fall everywhere: each section begins at the bar line nearest to where it should,
and the tempo is bent a little so that they lie near.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

from studio.engine.score import RING_OUT_SECONDS
from studio.engine.writing.form import SHORTEST_RING_OUT, placed
from studio.engine.writing.stretch import Form, Pace, Stretch

TRIED = 61
"""Tempos that are tried."""


def measured_form(
    sections: Sequence[tuple[str, float]],
    pace: Pace,
    *,
    tempo_reach: float,
    energy: Mapping[str, float],
) -> Form:
    """Lay out `sections`, each a kind and its seconds; the last rings out within its time.

    Parameters
    ----------
    tempo_reach
        How far the tempo may be bent, as a share of it.
    energy
        Of each kind of section when it first comes, 0 to 1.
    """
    whole = sum(seconds for _, seconds in sections)
    wished = list(accumulate((seconds for _, seconds in sections), initial=0.0))
    wished[-1] = max(wished[-2], whole - RING_OUT_SECONDS)
    bends = [tempo_reach * (2 * step / (TRIED - 1) - 1) for step in range(TRIED)]
    bend = min(
        sorted(bends, key=abs), key=lambda bend: _missed(wished, pace.bar_seconds / (1 + bend))
    )
    bar_seconds = pace.bar_seconds / (1 + bend)
    edges = _edges(wished, bar_seconds)
    stretches = [
        Stretch(kind, kind.title(), end - start)
        for (kind, _), (start, end) in zip(sections, pairwise(edges), strict=True)
    ]
    return Form(
        placed(stretches, energy),
        round(pace.tempo_bpm * (1 + bend), 3),
        pace.beats_per_bar,
        max(SHORTEST_RING_OUT, whole - edges[-1] * bar_seconds),
    )


def _edges(wished: Sequence[float], bar_seconds: float) -> list[int]:
    """Return the bar lines nearest to the wished seconds, at least one bar apart."""
    edges = [0]
    for second in wished[1:]:
        edges.append(max(edges[-1] + 1, round(second / bar_seconds)))
    return edges


def _missed(wished: Sequence[float], bar_seconds: float) -> float:
    """Return by how much the bar lines miss the wished seconds, in seconds, all together."""
    edges = _edges(wished, bar_seconds)
    return sum(abs(edge * bar_seconds - at) for edge, at in zip(edges, wished, strict=True))
