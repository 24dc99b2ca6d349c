"""Stems: the instruments of a song, each in a file of its own.

Exact for a song of the band, whose stems add up to the record; for any other sound an estimate.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import numpy as np

from studio.audio.formats.encoders import encoding
from studio.audio.intake import load
from studio.audio.levels import SILENCE_DB, loudness, peak_db
from studio.audio.samples import RATE, Samples
from studio.audio.separating.separation import OTHER, STEMS
from studio.audio.tool import Facts, Options
from studio.audio.work import Work
from studio.engine.dividing.apart import Separator, take_apart
from studio.engine.dividing.families import CHOIR, FAMILIES, SINGER, sources_of
from studio.engine.dividing.likeness import Likeness, compare
from studio.engine.dividing.picking import Kind, Picks, pick
from studio.engine.dividing.stems import Console, alone, put_together
from studio.engine.papers import score_of
from studio.engine.played import NOBODY, Plan, PlayedTool, Stems
from studio.errors import ToolUnfit

Take = Callable[[Collection[str], Work], Samples]
"""Returns the sum of some of the sources, `float32 (channels, frames)`."""

_WRITTEN_AT_ONCE = 10 * RATE

_ROUGH = "Taken apart by rule of thumb: each stem is heard through the others."
_CLOSE = "Taken apart by a trained network: close, but not exact."
_ANOTHER_SOUND = "The score in this file is of another sound, so it was taken apart by ear."
_HEARD = dict(zip(STEMS, STEMS, strict=True))
"""What can be told apart by ear, each a family of its own."""


class StemsOptions(Options):
    """What is taken out of a song."""

    kind: Kind = "2"
    """2 (singing and the rest), 12 (by instrument), or each (the parts as the band played them)."""
    only: str = ""
    """One stem alone, by its name, for example bass."""
    without: str = ""
    """All but one stem, in one file; without vocals it is for karaoke."""
    rest: bool = False
    """Beside one stem alone, all but it in a second file."""
    separator: Separator = "own"
    """For sounds that the band did not make: own, demucs, or auto (demucs where it is ready)."""
    format: Literal["wav", "flac", "mp3", "ogg", "m4a"] = "wav"
    """Format of the files."""
    bits: Literal["16", "24"] = "24"
    """Per sample, in WAV and FLAC."""
    silent: bool = False
    """Write a file for each empty stem too."""


def prepare(sounds: Sequence[Path], options: StemsOptions, work: Work) -> Plan:
    """Find out what has to be played, and whether the wished stems can exist."""
    work.at(0.0, "looking for the score")
    score = score_of(sounds[0])
    if score is None:
        _picks_by_ear(options)
        return Plan(NOBODY)
    _picked(sources_of(score), options)
    return Plan(score)


def write_stems(  # noqa: PLR0917 - as every tool that is played
    sounds: Sequence[Path], options: StemsOptions, plan: Plan, stems: Stems, out: Path, work: Work
) -> Facts:
    """Write the stems of a sound into the folder `out`."""
    if plan.score == NOBODY:
        return _by_ear(load(sounds[0], work=work.part(0.0, 0.05)), options, out, work.part(0.05, 1))
    console = put_together(stems, plan.score, work=work.part(0.0, 0.3))
    likeness = compare(load(sounds[0]), console.record)
    if likeness.holds:
        return _by_score(console, likeness, options, out, work.part(0.3, 1.0))
    del console
    facts = _by_ear(load(sounds[0]), options, out, work.part(0.3, 1.0))
    return {**facts, "note": f"{_ANOTHER_SOUND} {facts['note']}"}


TOOL = PlayedTool(
    StemsOptions, prepare, write_stems, makes=".wav", many=True, seconds_per_second=0.12
)


def _by_score(
    console: Console, likeness: Likeness, options: StemsOptions, out: Path, work: Work
) -> Facts:
    """Write the stems of a song of the band."""
    families = sources_of(console.score)
    picks = _picked(families, options)

    def take(names: Collection[str], part: Work) -> Samples:
        sound = alone(console, names, work=part)
        sound *= np.float32(likeness.gain)
        return sound

    return {
        "exact": True,
        "length_seconds": round(console.record.shape[1] / RATE, 3),
        "difference_db": round(likeness.difference_db, 1),
        "late_seconds": round(likeness.late_frames / RATE, 4),
        "stems": _written(picks, take, options, out, work),
    }


def _by_ear(sound: Samples, options: StemsOptions, out: Path, work: Work) -> Facts:
    """Write the stems of any other sound."""
    picks = _picks_by_ear(options)
    with TemporaryDirectory(prefix=".apart-", dir=out.parent) as folder:
        apart = take_apart(sound, options.separator, Path(folder), work=work.part(0.0, 0.7))
        length_seconds = round(sound.shape[1] / RATE, 3)
        del sound

        def take(names: Collection[str], _part: Work) -> Samples:
            return apart.take(names)

        found = {name: sources for name, sources in picks.items() if sources}
        stems = _written(found, take, options, out, work.part(0.7, 1.0))
    stems += [_within(name) for name in picks if name not in found]
    return {
        "exact": False,
        "separator": apart.by,
        "note": " ".join(filter(None, (_ROUGH if apart.by == "own" else _CLOSE, apart.missing))),
        "length_seconds": length_seconds,
        "stems": stems,
    }


def _picks_by_ear(options: StemsOptions) -> Picks:
    for wanted in (options.only, options.without):
        if wanted in FAMILIES and wanted not in STEMS:
            raise ToolUnfit(
                f"“{wanted}” cannot be told apart in a sound that the band did not make. Take one "
                f"of {', '.join(STEMS)}; “other” holds the rest."
            )
    return _picked(_HEARD, options)


def _picked(families: Mapping[str, str], options: StemsOptions) -> Picks:
    return pick(
        families, options.kind, only=options.only, without=options.without, rest=options.rest
    )


def _within(name: str) -> dict[str, Any]:
    """Tell of a stem that nobody can tell apart by ear."""
    whole = SINGER if name == CHOIR else OTHER
    note = f"not separated: it is in “{whole}”"
    return {"name": name, "file": None, "empty": False, "separated": False, "note": note}


def _written(
    picks: Picks, take: Take, options: StemsOptions, out: Path, work: Work
) -> list[dict[str, Any]]:
    """Write one stem after another, and tell about each."""
    facts = []
    for number, (name, sources) in enumerate(picks.items()):
        part = work.part(number / len(picks), (number + 1) / len(picks), f"writing {name}")
        part.at(0.0)
        if sources or options.silent:
            sound = take(sources, part.part(0.0, 0.5))
            facts.append(_one(name, sound, options, out, part.part(0.5, 1.0)))
            del sound
        else:
            facts.append({"name": name, "file": None, "empty": True})
    work.at(1.0)
    return facts


def _one(name: str, sound: Samples, options: StemsOptions, out: Path, work: Work) -> dict[str, Any]:
    """Write one stem, unless it is silent and nobody asked for silence."""
    lufs = loudness(sound, RATE)
    empty = lufs <= SILENCE_DB
    if empty and not options.silent:
        return {"name": name, "file": None, "empty": True}
    path = out / f"{name.replace(' ', '-')}.{options.format}"
    with encoding(path, RATE, len(sound), bits=int(options.bits)) as feed:
        for start in range(0, sound.shape[1], _WRITTEN_AT_ONCE):
            work.at(start / sound.shape[1])
            feed(sound[:, start : start + _WRITTEN_AT_ONCE])
    levels = {"lufs": round(lufs, 1), "peak_db": round(peak_db(sound), 1)}
    return {"name": name, "file": path.name, "empty": empty, **levels}
