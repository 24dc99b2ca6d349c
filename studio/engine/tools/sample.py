"""Sample: a new song on a loop that is taken out of another sound."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from studio.audio.files import write
from studio.audio.intake import load
from studio.audio.samples import RATE
from studio.audio.tool import Facts, Options
from studio.audio.work import Work
from studio.engine.brief import Brief
from studio.engine.continuing.foreign import listen, window_of
from studio.engine.continuing.ground import Ground, ground_of
from studio.engine.continuing.sampling import LOOPED, Window, loop_of, window_in, with_loop
from studio.engine.mastering import master
from studio.engine.mixing import summed
from studio.engine.papers import facts_of_score, score_of
from studio.engine.persona import read_persona
from studio.engine.played import Plan, PlayedTool, Stems
from studio.engine.score import Score
from studio.engine.singing import count_syllables
from studio.engine.writing import arrange
from studio.engine.writing.style import load_style, style_named
from studio.engine.writing.theory import key_name
from studio.errors import ToolUnfit

LONGEST_WINDOW_SECONDS = 30.0


class SampleOptions(Options):
    """What is taken, and what is made of it."""

    start_seconds: float = Field(ge=0)
    """Where the window begins; taken to the nearest bar line."""
    end_seconds: float = Field(gt=0)
    """Where it ends, at most 30 s later; taken to the nearest bar line."""
    style: str = ""
    """Style of the new song, one of the band's; without it, that of the sound."""
    lyrics: str = ""
    """Words with [Section] marks; without any, the band writes them."""
    description: str = ""
    """What the song is about, when no words are given."""
    title: str = ""
    """What it is called."""
    instrumental: bool = False
    """Sing nothing."""
    voice: Literal["female", "male"] | None = None
    """Who sings."""
    persona: Path | None = None
    """A file that holds a persona, who sings; it goes before the voice."""
    length_seconds: float = Field(default=90.0, ge=15, le=240)
    """How long the new song is, about."""
    seed: int = 0
    """Another number, another song."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The loop, and what was measured to find it."""

    window: Window
    score: Score
    facts: dict[str, Any]


def plan(sounds: Sequence[Path], options: SampleOptions, work: Work) -> Plan:
    """Find the loop and write a song for it."""
    _check(options)
    style_name = style_named(options.style)
    score = score_of(sounds[0])
    if score is not None:
        window = _window_of_score(score, options, style_name or score.style)
        facts: dict[str, Any] = {"exact": True}
        style_name = style_name or score.style
    else:
        listened = listen(load(sounds[0]), style_name or "", work.part(0.1, 0.9))
        style_name = listened.style_name
        ground, _ = window_of(listened, options.start_seconds, options.end_seconds)
        window = _window(ground, options, listened.cents, style_name)
        facts = dict(listened.facts)
    new = _written(window, options, style_name)
    return Plan(new, Taken(window, new, facts))


def _check(options: SampleOptions) -> None:
    length = options.end_seconds - options.start_seconds
    if not 0 < length <= LONGEST_WINDOW_SECONDS:
        raise ToolUnfit(
            f"The window is {length:.1f} s long. Take up to {LONGEST_WINDOW_SECONDS:.0f} s, "
            "with the end after the start."
        )


def _window_of_score(score: Score, options: SampleOptions, style_name: str) -> Window:
    return _window(ground_of(score), options, 0.0, style_name)


def _window(ground: Ground, options: SampleOptions, cents: float, style_name: str) -> Window:
    """Return the window between the bar lines that are nearest to what was asked for."""
    lines = ground.beat_seconds[:: ground.beats_per_bar]

    def nearest(seconds: float) -> int:
        return min(range(len(lines)), key=lambda bar: abs(lines[bar] - seconds))

    first = min(nearest(options.start_seconds), len(lines) - 2)
    last = max(first + 1, nearest(options.end_seconds))
    return window_in(ground, (first, last), cents, load_style(style_name))


def _written(window: Window, options: SampleOptions, style_name: str) -> Score:
    brief = Brief(
        style=style_name,
        lyrics=options.lyrics,
        description=options.description,
        title=options.title,
        instrumental=options.instrumental,
        voice=options.voice,
        persona=read_persona(options.persona) if options.persona else None,
        length_seconds=options.length_seconds,
        key=key_name(window.ground.key),
        tempo_bpm=window.tempo_bpm,
    )
    score = arrange(brief, options.seed, syllables=count_syllables, loop=window.loop)
    # The loop cannot follow a tempo that was bent to the wished length.
    tags = score.tags.replace(f"{score.tempo_bpm:.0f} bpm", f"{window.tempo_bpm:.0f} bpm")
    return replace(score, tempo_bpm=window.tempo_bpm, tags=tags)


def join(  # noqa: PLR0917 - as every PlayedTool is called
    sounds: Sequence[Path],
    options: SampleOptions,
    plan: Plan,
    stems: Stems,
    out: Path,
    work: Work,
) -> Facts:
    """Lay the loop into the song, master both, and write them."""
    taken: Taken = plan.carry
    loop = loop_of(taken.window, load(sounds[0]), work.part(0.0, 0.2, "cutting the loop"))
    mixed = summed(stems.items(), plan.score, work=work.part(0.2, 0.5, "mixing"))
    with_loop(mixed, plan.score, loop, taken.window)
    work.at(0.5, "mastering")
    record = master(mixed)
    work.at(0.9, "writing")
    write(out, record, RATE)
    times, score = taken.window.ground.beat_seconds, taken.score
    return {
        "wanted_seconds": [options.start_seconds, options.end_seconds],
        "window_seconds": [round(times[0], 4), round(times[-1], 4)],
        "loop_beats": taken.window.beats,
        "loop_at_seconds": [
            round(section.start * score.seconds_per_beat, 3)
            for section in score.sections
            if section.kind in LOOPED
        ],
        "length_seconds": round(record.shape[1] / RATE, 3),
        **taken.facts,
        **facts_of_score(score),
        "lyrics": score.lyrics,
    }


TOOL = PlayedTool(SampleOptions, plan, join, seconds_per_second=0.06)
