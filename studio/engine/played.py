"""Played: tools that need the band to play something before their result can be put together.

They work in three steps, so that the band can play in several processes at once: `write` measures
and composes, the band plays the score, `join` puts the result together.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from studio.audio.samples import Samples
from studio.audio.tool import Facts, Options
from studio.audio.work import UNWATCHED, Work
from studio.engine.mixing import treat
from studio.engine.playing import play
from studio.engine.recording import joined, voice_pieces
from studio.engine.score import Key, Score
from studio.engine.singing import sing

NOBODY = Score(
    title="",
    style="",
    tags="",
    tempo_bpm=120.0,
    key=Key(0, "major"),
    beats_per_bar=4,
    swing=0.5,
    sections=(),
    chords=(),
    parts=(),
    vocal=None,
    lyrics="",
    beats=0.0,
    seed=0,
)
"""What a tool writes when nothing has to be played after all."""

Stems: TypeAlias = Mapping[str, Samples]
"""Treated stems by name, as `mixing.summed` takes them: `float32 (2, frames)`, one length."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What `write` hands over to the band, and to `join`."""

    score: Score
    """What has to be played."""
    carry: Any = None
    """What `join` needs besides: small frozen data that pickles. Sound is read again from files."""


@dataclass(frozen=True, slots=True)
class PlayedTool:
    """A tool whose result the band plays; registered like a `Tool`."""

    options: type[Options]
    write: Callable[[Sequence[Path], Any, Work], Plan]
    """Called with sounds, options and the work: measures and composes, writes no file."""
    join: Callable[[Sequence[Path], Any, Plan, Stems, Path, Work], Facts]
    """Called with sounds, options, what `write` returned, what was played, where to write it, and
    the work."""
    sounds: tuple[int, int] = (1, 1)
    makes: str = ".wav"
    many: bool = False
    seconds_per_second: float = 0.05
    """About how long writing and joining take for a second of the sound that is given."""


def played(score: Score) -> dict[str, Samples]:
    """Play and sing a score in this process, and treat each stem for the mix."""
    raw = {part.name: play(part, score) for part in score.parts}
    raw |= joined(sing(piece) for piece in voice_pieces(score))
    return {name: treat(name, stem, score) for name, stem in raw.items()}


def perform_alone(
    tool: PlayedTool,
    sounds: Sequence[Path],
    options: Options,
    out: Path,
    work: Work = UNWATCHED,
) -> Facts:
    """Do all three steps in this process: what tests and scripts use."""
    plan = tool.write(sounds, options, work.part(0.0, 0.3))
    work.at(0.3, "playing")
    return tool.join(sounds, options, plan, played(plan.score), out, work.part(0.7, 1.0))
