"""Peaks: the outline of a sound at several zooms, as JSON to draw a waveform from."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from studio.audio.files import probe
from studio.audio.peaks import ZOOMS, Outline, outlines
from studio.audio.tool import Facts, Options, Tool
from studio.audio.work import Work


class PeaksOptions(Options):
    """Nothing to choose: all zooms are made at once."""


def peaks_file(sounds: Sequence[Path], _options: Options, out: Path, work: Work) -> Facts:
    """Write the outline of a sound at each of `ZOOMS`, over all of its channels."""
    head = asdict(probe(sounds[0]))
    found = outlines(sounds[0], ZOOMS, work=work)
    zooms = [_told(outline) for outline in found]
    out.write_text(json.dumps(head | {"zooms": zooms}, separators=(",", ":")), encoding="utf-8")
    loudest = max(float(found[0].highest.max()), -float(found[0].lowest.min()))
    return head | {"columns": list(ZOOMS), "peak": round(loudest, 4)}


TOOL = Tool(PeaksOptions, peaks_file, makes=".json", seconds_per_second=0.005)


def _told(outline: Outline) -> dict[str, Any]:
    values = {"min": outline.lowest, "max": outline.highest, "rms": outline.rms}
    return {"columns": len(outline.rms)} | {
        name: [round(float(value), 4) for value in column] for name, column in values.items()
    }
