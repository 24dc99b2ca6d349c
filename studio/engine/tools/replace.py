"""Replace: other words or other music in a window of a sound; the rest stays as it is."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from studio.audio.files import write
from studio.audio.intake import load
from studio.audio.samples import RATE
from studio.audio.tool import Facts, Options
from studio.audio.work import Work
from studio.engine.continuing.foreign import listen, window_of
from studio.engine.continuing.ground import ground_of
from studio.engine.continuing.replacement import Replacement, put_in, replacement
from studio.engine.continuing.seam import smoothness
from studio.engine.continuing.stand_in import stand_in
from studio.engine.papers import facts_of_score, keep_score, score_of
from studio.engine.played import Plan, PlayedTool, Stems
from studio.engine.score import Score
from studio.engine.singing import count_syllables
from studio.engine.writing.author import Wish
from studio.engine.writing.cutting import bar_after, bar_before
from studio.engine.writing.lyrics import is_wordless
from studio.engine.writing.replacing import replaced
from studio.engine.writing.style import style_named
from studio.errors import ToolUnfit


class ReplaceOptions(Options):
    """Which window, and what comes into it."""

    start_seconds: float = Field(ge=0)
    """Where the window begins; taken to the bar line before."""
    end_seconds: float = Field(gt=0)
    """Where it ends; taken to the bar line after."""
    lyrics: str = ""
    """New words for it; as many lines as there were keep their tune."""
    style: str = ""
    """Another style, one of the band's, that plays the same tune; without it and without words,
    new music is written."""
    instrumental: bool = False
    """Sing nothing in the window."""
    voice: Literal["female", "male"] | None = None
    """Who sings, where nobody sang before."""
    give: Literal["whole", "section"] = "whole"
    """The whole sound, or only what is new: the window, to be put into what was before."""
    seed: int = 0
    """Another number, other music."""


def plan(sounds: Sequence[Path], options: ReplaceOptions, work: Work) -> Plan:
    """Measure what is around the window, and write what comes into it."""
    if options.end_seconds <= options.start_seconds:
        raise ToolUnfit(
            f"The window ends at {options.end_seconds:g} s, before it begins at "
            f"{options.start_seconds:g} s. Give a later end."
        )
    path = sounds[0]
    score = score_of(path)
    wordless = is_wordless(options.lyrics)
    wish = Wish(
        lyrics="" if wordless else options.lyrics,
        style_name=style_named(options.style),
        instrumental=options.instrumental or wordless,
        voice=options.voice,
        seed=options.seed,
    )
    if score is not None:
        planned = _of_the_band(score, options, wish)
    else:
        planned = _of_another(path, options, wish, work)
    return Plan(planned.to_play, planned)


def _of_the_band(score: Score, options: ReplaceOptions, wish: Wish) -> Replacement:
    if options.start_seconds >= score.length_seconds:
        raise ToolUnfit(
            f"The song is over at {score.length_seconds:.1f} s. Choose a window before that."
        )
    bars = (bar_before(score, options.start_seconds), bar_after(score, options.end_seconds))
    new = replaced(score, bars, wish, syllables=count_syllables)
    return replacement(score, new, bars, ground_of(score), same_style=wish.style_name is None)


def _of_another(path: Path, options: ReplaceOptions, wish: Wish, work: Work) -> Replacement:
    listened = listen(load(path), wish.style_name or "", work.part(0.1, 0.9))
    ground, bars = window_of(listened, options.start_seconds, options.end_seconds)
    score = stand_in(ground, listened.style_name, options.seed, title=path.stem)
    # The band of the stand-in is the one that was asked for.
    same = replace(wish, style_name=None)
    new = replaced(score, bars, same, syllables=count_syllables, keep_chords=True)
    planned = replacement(score, new, bars, ground, same_style=wish.style_name is None)
    return replace(planned, same_music=False, cents=listened.cents, facts=listened.facts)


def join(  # noqa: PLR0917 - as every PlayedTool is called
    sounds: Sequence[Path],
    options: ReplaceOptions,
    plan: Plan,
    stems: Stems,
    out: Path,
    work: Work,
) -> Facts:
    """Put what was played into the window, and write the sound."""
    planned: Replacement = plan.carry
    done = put_in(planned, load(sounds[0]), stems, work.part(0.0, 0.8))
    whole, start, end = done.samples, done.start_seconds, done.end_seconds
    work.at(0.8, "writing")
    section_only = options.give == "section"
    frames = slice(round(start * RATE), round(end * RATE))
    write(out, whole[:, frames] if section_only else whole, RATE)
    if planned.same_music and not section_only:
        keep_score(out, planned.whole)
    seams = [smoothness(whole, round(seconds * RATE)) for seconds in (start, end)]
    facts: dict[str, Any] = {
        "given": options.give,
        "wanted_seconds": [options.start_seconds, options.end_seconds],
        "window_seconds": [round(start, 6), round(end, 6)],
        "snapped": "The window reaches from bar line to bar line, so that no line is cut.",
        "level_steps_lu": [seam.level_step_lu for seam in seams],
        "largest_step_ratios": [seam.step_ratio for seam in seams],
    }
    if planned.same_music:
        return facts | {"exact": True, **facts_of_score(planned.whole)}
    return facts | dict(planned.facts)


TOOL = PlayedTool(ReplaceOptions, plan, join, seconds_per_second=0.05)
