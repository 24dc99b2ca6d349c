"""Sections: where the music turns to something else, and what of it returns.

Bars are compared with each other by harmony and colour; a boundary is where the bars before are
alike, those after are alike, and the two are not (Foote 2000, "Automatic audio segmentation using
a measure of audio novelty").
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from studio.audio.hearing import HeardSection

_REACH = 4
_LEAST_BARS = 2
_SAME = 0.75


def find_sections(
    bars: NDArray[np.float64], features: NDArray[np.float32], energy: NDArray[np.float32]
) -> tuple[HeardSection, ...]:
    """Cut a song into sections.

    Parameters
    ----------
    bars
        `[bars + 1]`, edges of the bars in seconds.
    features
        `[bars, any]`, what each bar sounds like.
    energy
        `[bars]`, linear, of any unit.

    Returns
    -------
    Sections without gaps from the first edge to the last.
    """
    if len(bars) < 2:  # noqa: PLR2004 - nothing to cut
        return ()
    unit = features / (np.linalg.norm(features, axis=1, keepdims=True) + 1e-9)
    alike = unit @ unit.T
    edges = _boundaries(_novelty(alike))
    letters = _letters(alike, edges)
    loud = np.array([energy[a:b].mean() for a, b in pairwise(edges)])
    loudest = float(loud.max(initial=0.0)) or 1.0
    return tuple(
        HeardSection(float(bars[a]), float(bars[b] - bars[a]), letter, float(level / loudest))
        for a, b, letter, level in zip(edges, edges[1:], letters, loud, strict=False)
    )


def _novelty(alike: NDArray[np.float32]) -> NDArray[np.float64]:
    count = len(alike)
    found = np.zeros(count)
    for at in range(1, count):
        reach = min(_REACH, at, count - at)
        before, after = slice(at - reach, at), slice(at, at + reach)
        within = (alike[before, before].mean() + alike[after, after].mean()) / 2
        found[at] = (within - alike[before, after].mean()) * reach / _REACH
    return found


def _boundaries(novelty: NDArray[np.float64]) -> list[int]:
    count = len(novelty)
    level = float(novelty.mean() + 0.3 * novelty.std())
    edges = [0]
    for at in np.argsort(-novelty):
        far = all(abs(int(at) - edge) >= _LEAST_BARS for edge in [*edges, count])
        if novelty[at] > level and far:
            edges.append(int(at))
    return [*sorted(edges), count]


def _letters(alike: NDArray[np.float32], edges: list[int]) -> list[str]:
    letters: list[str] = []
    for at, (start, end) in enumerate(pairwise(edges)):
        likeness = [
            float(alike[start:end, edges[k] : edges[k + 1]].max(axis=1).mean()) for k in range(at)
        ]
        best = int(np.argmax(likeness)) if likeness else 0
        if likeness and likeness[best] > _SAME:
            letters.append(letters[best])
        else:
            letters.append(chr(ord("A") + min(25, len(set(letters)))))
    return letters
