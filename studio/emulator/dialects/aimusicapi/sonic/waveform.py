"""Waveform: the outline of a sound as `vox` tells it, coarser from level to level."""

from pathlib import Path
from typing import Any

from studio.audio.files import read

FINEST = 512
"""Pairs of lowest and highest in the finest level; each next has half as many."""
LEVELS = 4


def waveform_of(path: Path) -> dict[str, Any]:
    """Return `{"waveform_aggregates": [{"data": [[low, high], ...], "mip_map_level": 0}, ...]}`.

    Values are from -1 to 1.
    """
    mono = read(path)[0].mean(axis=0)
    aggregates = []
    for level in range(LEVELS):
        count = min(FINEST >> level, len(mono))
        edges = [round(len(mono) * at / count) for at in range(count)]
        pieces = zip(edges, [*edges[1:], len(mono)], strict=True)
        ends = [(float(mono[a:b].min()), float(mono[a:b].max())) for a, b in pieces]
        pairs = [[round(low, 4), round(high, 4)] for low, high in ends]
        aggregates.append({"data": pairs, "mip_map_level": level})
    return {"waveform_aggregates": aggregates}
