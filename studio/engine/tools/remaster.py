"""Remaster: another record of the same song, in three strengths.

A song of the band is mixed again from its stems; of any other sound the finished mix is worked on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import Field

from studio.audio.files import write
from studio.audio.intake import load
from studio.audio.levels import loudness, peak_db, rms_db, true_peak_db
from studio.audio.samples import RATE, Samples
from studio.audio.shaping.remastering import Level, Remaster, remaster
from studio.audio.shaping.tone_balance import CENTRES_HZ
from studio.audio.tool import Facts, Options
from studio.audio.work import Work
from studio.engine.dividing.likeness import compare
from studio.engine.mixing import summed
from studio.engine.papers import keep_score, score_of
from studio.engine.played import NOBODY, Plan, PlayedTool, Stems
from studio.engine.score import Score

REGIONS = {"lows": 120.0, "warmth": 500.0, "middle": 2_000.0, "presence": 6_000.0, "air": 20_000.0}
"""What engineers call parts of the spectrum, and up to where each goes, in hertz."""

_STILL_THE_SONG = 0.8
_AUDIBLE_DB = 0.3
# How much wider and warmer the band is mixed again.
_WIDTHS: Mapping[Level, float] = {"subtle": 1.0, "normal": 1.06, "high": 1.12}
_DRIVES: Mapping[Level, float] = {"subtle": 0.0, "normal": 0.03, "high": 0.07}


class RemasterOptions(Options):
    """How a song is mastered anew."""

    level: Level = "normal"
    """How firmly: subtle tidies up, normal is for most songs, high is dense and open."""
    variation: int = Field(0, ge=0)
    """Another number, another small turn of taste; 0 is the usual one."""


def prepare(sounds: Sequence[Path], options: RemasterOptions, work: Work) -> Plan:
    """Find out whether the band knows the song, and how it will mix it this time."""
    work.at(0.0, "looking for the score")
    score = score_of(sounds[0])
    return Plan(NOBODY if score is None else _mixed_anew(score, options.level))


def master_again(  # noqa: PLR0917 - the shape of every `join`
    sounds: Sequence[Path],
    options: RemasterOptions,
    plan: Plan,
    stems: Stems,
    out: Path,
    work: Work,
) -> Facts:
    """Write the new record, and tell what was done."""
    sound = load(sounds[0], work=work.part(0.0, 0.1))
    came = _measured(sound, work.part(0.1, 0.15))
    mixed = None
    if plan.score != NOBODY:
        work.at(0.15, "mixing")
        mixed = summed(stems.items(), plan.score)
        if compare(sound, mixed).correlation < _STILL_THE_SONG:
            mixed = None
    if mixed is not None:
        sound = mixed
    done = remaster(sound, options.level, variation=options.variation, work=work.part(0.2, 0.9))
    del sound
    work.at(0.92, "writing the file")
    write(out, done.samples, RATE)
    if mixed is not None:
        keep_score(out, plan.score)
    return {
        "level": options.level,
        "variation": options.variation,
        "exact": mixed is not None,
        "length_seconds": round(done.samples.shape[1] / RATE, 4),
        "before": came,
        "after": _measured(done.samples, work.part(0.95, 1.0)),
        "tone_db": _tone(done),
        "reduction_db": round(done.reduction_db, 2),
        "done": _in_words(done, again=mixed is not None),
    }


TOOL = PlayedTool(RemasterOptions, prepare, master_again, seconds_per_second=0.06)


def _mixed_anew(score: Score, level: Level) -> Score:
    room = score.room
    return replace(
        score,
        room=replace(room, width=room.width * _WIDTHS[level], drive=room.drive + _DRIVES[level]),
    )


def _measured(samples: Samples, work: Work) -> dict[str, float]:
    lufs = loudness(samples, RATE, work=work.part(0.0, 0.4))
    peak = true_peak_db(samples, RATE, work=work.part(0.4, 1.0))
    return {
        "loudness_lufs": round(lufs, 2),
        "true_peak_db": round(peak, 2),
        "peak_to_loudness_db": round(peak - lufs, 2),
        "crest_db": round(peak_db(samples) - rms_db(samples), 2),
    }


def _tone(done: Remaster) -> dict[str, float]:
    regions, below, hertz = {}, 0.0, CENTRES_HZ
    for name, up_to in REGIONS.items():
        inside = (hertz > below) & (hertz <= up_to)
        regions[name] = round(float(np.mean(done.tone_db[inside])), 1)
        below = up_to
    return regions


def _in_words(done: Remaster, *, again: bool) -> list[str]:
    """Tell what was done, in the order of a studio day."""
    words = ["The band's stems were mixed again."] if again else []
    if done.hum_lines:
        words.append(f"Mains hum was taken out, {done.hum_lines} lines of it.")
    turned: dict[str, Any] = {n: g for n, g in _tone(done).items() if abs(g) >= _AUDIBLE_DB}
    if turned:
        told = ", ".join(f"{name} {gain:+.1f} dB" for name, gain in turned.items())
        words.append(f"The tone was led towards that of records: {told}.")
    if done.reduction_db >= _AUDIBLE_DB:
        words.append(f"Three bands were held together, by {done.reduction_db:.1f} dB on average.")
    words.append("It was brought to the loudness of streaming, with its peaks under the ceiling.")
    return words
