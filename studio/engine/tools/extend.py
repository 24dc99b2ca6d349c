"""Extend: a sound that goes on, from any second of it, or gets something in front."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
from pydantic import Field

from studio.audio.files import write
from studio.audio.intake import load
from studio.audio.samples import RATE, Samples
from studio.audio.tool import Facts, Options
from studio.audio.work import Work
from studio.engine.continuing.extension import Extension, extended, front_of, fronted, tail_of
from studio.engine.continuing.foreign import entry_before, first_entry, listen
from studio.engine.continuing.seam import smoothness
from studio.engine.continuing.stand_in import stand_in
from studio.engine.papers import facts_of_score, keep_score, score_of
from studio.engine.played import Plan, PlayedTool, Stems
from studio.engine.score import Score
from studio.engine.singing import count_syllables
from studio.engine.writing.author import Wish
from studio.engine.writing.cutting import bar_after, bar_before
from studio.engine.writing.style import style_named
from studio.errors import ToolUnfit

LONGEST_SECONDS = 480.0
_FULL = 0.99
_NEVER_MIND_SECONDS = 0.1
"""How far a seam may lie from where it was wanted before anything is said."""


class ExtendOptions(Options):
    """How a sound goes on."""

    from_seconds: float | None = Field(default=None, ge=0)
    """Second from which it goes on; what comes later is replaced. Without it, from the end."""
    forward: bool = False
    """Where no bar is over by then, go on after the first one that is, instead of refusing."""
    before: bool = False
    """Put something in front of its start instead."""
    lyrics: str = ""
    """Words with [Section] marks for what is new; without any, the band writes on."""
    style: str = ""
    """Another style for what is new, one of the band's."""
    length_seconds: float | None = Field(default=None, ge=5, le=240)
    """How long the new part is; about a minute if nobody says."""
    instrumental: bool = False
    """Sing nothing in the new part."""
    voice: Literal["female", "male"] | None = None
    """Who sings, where nobody sang before."""
    give: Literal["whole", "tail"] = "whole"
    """The whole sound, or only what is new: from the seam on, to be joined to what was before."""
    seed: int = 0
    """Another number, another continuation."""


def plan(sounds: Sequence[Path], options: ExtendOptions, work: Work) -> Plan:
    """Measure what is there, and write what follows."""
    path = sounds[0]
    score = score_of(path)
    wish = wish_of(options)
    if score is not None:
        extension = _of_the_band(score, options, wish)
    else:
        extension = _of_another(path, options, wish, work)
    if extension.whole.whole_seconds > LONGEST_SECONDS:
        raise ToolUnfit(
            f"The song would be {extension.whole.whole_seconds:.0f} s long; "
            f"{LONGEST_SECONDS:.0f} s is the most. Ask for less, or go on from an earlier second."
        )
    return Plan(extension.to_play, extension)


def wish_of(options: ExtendOptions) -> Wish:
    """Read the options as a wish to the band."""
    return Wish(
        lyrics=options.lyrics,
        style_name=style_named(options.style),
        seconds=options.length_seconds,
        instrumental=options.instrumental,
        voice=options.voice,
        seed=options.seed,
    )


def _of_the_band(score: Score, options: ExtendOptions, wish: Wish) -> Extension:
    if options.before:
        return fronted(score, wish, start_seconds=0.0, syllables=count_syllables)
    wanted = score.length_seconds if options.from_seconds is None else options.from_seconds
    bar = bar_before(score, wanted)
    if bar < 1 and options.forward:
        bar = bar_after(score, score.beats_per_bar * score.seconds_per_beat)
    if bar < 1:
        raise ToolUnfit(
            f"Nothing is left of the song before {wanted:.1f} s: its first line or bar is not "
            "over. Go on from a later second, or put something in front of it."
        )
    return extended(
        score,
        bar,
        wish,
        bar_seconds=bar * score.beats_per_bar * score.seconds_per_beat,
        syllables=count_syllables,
    )


def _of_another(path: Path, options: ExtendOptions, wish: Wish, work: Work) -> Extension:
    source = load(path)
    listened = listen(source, wish.style_name or "", work.part(0.1, 0.9))
    entry = (
        first_entry(listened) if options.before else entry_before(listened, options.from_seconds)
    )
    score = stand_in(entry.ground, listened.style_name, options.seed, title=path.stem)
    # The band of the stand-in is the one that was asked for.
    same = replace(wish, style_name=None)
    if options.before:
        planned = fronted(score, same, start_seconds=entry.seconds, syllables=count_syllables)
    else:
        planned = extended(
            score, entry.bar, same, bar_seconds=entry.seconds, syllables=count_syllables
        )
    return replace(
        planned,
        same_music=False,
        same_style=not options.style,
        cents=listened.cents,
        facts=listened.facts,
    )


def join(  # noqa: PLR0917 - as every PlayedTool is called
    sounds: Sequence[Path],
    options: ExtendOptions,
    plan: Plan,
    stems: Stems,
    out: Path,
    work: Work,
) -> Facts:
    """Join what was played to the sound, and write it."""
    extension: Extension = plan.carry
    source = load(sounds[0])
    whole, seam = (_in_front if extension.is_front else _behind)(extension, source, stems, work)
    work.at(0.9, "writing")
    tail_only = options.give == "tail"
    write(out, _tail(whole, seam, extension) if tail_only else whole, RATE)
    if extension.same_music and not tail_only:
        keep_score(out, extension.whole)
    return _facts(extension, options, whole, seam)


def _behind(extension: Extension, source: Samples, stems: Stems, work: Work) -> tuple[Samples, int]:
    tail = tail_of(extension, source, stems, work)
    return np.concatenate([source[:, : tail.frame], tail.samples], axis=1), tail.frame


def _in_front(
    extension: Extension, source: Samples, stems: Stems, work: Work
) -> tuple[Samples, int]:
    front = front_of(extension, source, stems, work)
    begin = front.frame
    whole = np.zeros((2, max(begin + source.shape[1], front.samples.shape[1])), np.float32)
    whole[:, begin : begin + source.shape[1]] = source
    ringing = front.samples[:, begin:]
    under = whole[:, begin : begin + ringing.shape[1]]
    loudest = float(np.abs(under + ringing).max(initial=0.0))
    room = 1.0 if loudest <= _FULL else max(0.0, 1 - (loudest - _FULL))
    under += ringing * np.float32(room)
    whole[:, :begin] = front.samples[:, :begin]
    return whole, begin


def _tail(whole: Samples, seam: int, extension: Extension) -> Samples:
    return whole[:, :seam] if extension.is_front else whole[:, seam:]


def _facts(extension: Extension, options: ExtendOptions, whole: Samples, seam: int) -> Facts:
    smooth = smoothness(whole, seam, fades=not extension.is_front)
    facts: dict[str, Any] = {
        "seam_seconds": round(seam / RATE, 6),
        "length_seconds": round(whole.shape[1] / RATE, 3),
        "given": options.give,
        "level_step_lu": smooth.level_step_lu,
        "largest_step_ratio": smooth.step_ratio,
    }
    if extension.same_music:
        facts |= {"exact": True, **facts_of_score(extension.whole)}
    else:
        facts |= {
            **extension.facts,
            "sections": [section.name for section in extension.piece.sections],
        }
    return facts | _moved_seam(extension, options)


def _moved_seam(extension: Extension, options: ExtendOptions) -> dict[str, Any]:
    wanted = options.from_seconds
    if wanted is None or abs(extension.seam_seconds - wanted) <= _NEVER_MIND_SECONDS:
        return {}
    where = "nearest earlier" if extension.seam_seconds < wanted else "first"
    return {
        "wanted_seconds": wanted,
        "snapped": f"The seam lies before the {where} bar line at which no line is sung.",
    }


TOOL = PlayedTool(ExtendOptions, plan, join, seconds_per_second=0.06)
