"""Session: a song recorded by several processes at once, and written to files.

The first bars are played, sung and written before the rest, so that there is something to hear
within seconds. Then voice and instruments are recorded side by side.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from studio.audio.work import Cancelled
from studio.engine import stages
from studio.engine.brief import Brief
from studio.engine.crew import Crew, Report, Stage
from studio.engine.desk import Desk
from studio.engine.playing.bank import the_bank
from studio.engine.recording import voice_pieces
from studio.engine.score import Score
from studio.engine.singing import count_syllables, sources
from studio.engine.stages import EARLY, RECORD
from studio.engine.writing import understand

__all__ = ["Cancelled", "Recorded", "Report", "record", "warm"]

EARLY_SECONDS = 10.0

# Measured seconds; progress needs only their ratios. The first is a constant, the others are for
# a second of song: each part, each line that is sung, and so on.
_WRITE_COST = 0.1
_PART_COST = 0.003
_LINE_COST = 0.1
_MIX_COST = 0.015
_SOUND_COST = 0.005
_WAV_COST = 0.001
_PAPERS_COST = 0.003
_VOICE_COST = 0.005
_USUAL_SECONDS = 120.0
_USUAL_COST = 0.1


@dataclass(frozen=True, slots=True)
class Recorded:
    """A song that lies on disk."""

    score: Score
    sound: Path
    """`song.mp3`."""
    wav: Path
    """`song.wav`, 16 bits."""
    cover: Path
    """`cover.png`."""
    score_file: Path
    """`score.json`."""


def warm() -> None:
    """Load what a worker needs, so that its first song does not wait: styles, sounds, voice."""
    understand(Brief())
    the_bank()
    sources()
    count_syllables(("la",), "en")


def record(
    brief: Brief,
    seed: int,
    folder: Path,
    *,
    executor: Executor,
    report: Callable[[Report], None],
    cancelled: Callable[[], bool],
) -> Recorded:
    """Write and record a song into `folder`; blocks until all of it lies there.

    Parameters
    ----------
    brief, seed
        What to play; the sound is, sample for sample, that of `recording.compose`.
    folder
        Must exist. Gets `early.mp3` first, then `song.mp3`, `song.wav`, `cover.png`, `score.json`.
    executor
        Does the work; two workers that ran `warm` are best.
    report
        Called from this thread whenever there is news.
    cancelled
        Asked ten times a second.

    Raises
    ------
    Cancelled
        Soon after `cancelled` says yes; workers stop by themselves at their next stem or line.
    BriefUnplayable
        If no song can be made of the brief.
    BrokenProcessPool
        If a worker's process died. The executor must be replaced.
    """
    desk = Desk(folder / "desk")
    desk.open()
    usual = _USUAL_COST * (brief.length_seconds or _USUAL_SECONDS)
    crew = Crew(executor, desk, report, cancelled, expected_cost=usual)
    try:
        writing = Stage("write", "writing the tune", _WRITE_COST, stages.write, (brief, seed))
        score: Score = crew.run([writing])[writing.name]
        recorded = Recorded(
            score,
            folder / "song.mp3",
            folder / "song.wav",
            folder / "cover.png",
            folder / "score.json",
        )
        plan = [*_early(score, folder / "early.mp3"), *_whole(recorded)]
        crew.expect(plan)
        crew.run(plan)
    finally:
        desk.close()
    return recorded


def _early(score: Score, path: Path) -> Iterator[Stage]:
    """Plan the first seconds."""
    head = score.head(EARLY_SECONDS)
    stems = list(playing(head, EARLY))
    yield from stems
    yield Stage(
        "early",
        "mixing the first bars",
        (_MIX_COST + _SOUND_COST) * head.length_seconds,
        stages.mix_early,
        (head, head.beats / score.beats, path),
        after=tuple(stage.name for stage in stems),
        early=path,
    )


def _whole(recorded: Recorded) -> Iterator[Stage]:
    """Plan the whole song."""
    score, length = recorded.score, recorded.score.length_seconds
    stems = list(playing(score))
    yield from stems
    done = tuple(stage.name for stage in stems)
    mixing = (score, "mix")
    yield Stage("mix", "mixing", _MIX_COST * length, stages.mix_and_master, mixing, after=done)
    papers = (score, recorded.cover, recorded.score_file)
    for name, cost, work, arguments in (
        ("mp3", _SOUND_COST, stages.write_sound, (RECORD, recorded.sound, score)),
        ("wav", _WAV_COST, stages.write_sound, (RECORD, recorded.wav, score)),
        ("papers", _PAPERS_COST, stages.write_papers, papers),
    ):
        yield Stage(name, "mastering", cost * length, work, arguments, after=("mix",))


def playing(score: Score, prefix: str = "") -> Iterator[Stage]:
    """Plan who sings and who plays; the stems will lie on the desk, `prefix` before their names."""
    length = score.length_seconds
    singers = []
    for number, piece in enumerate(voice_pieces(score), 1):
        singers.append(f"{prefix}voice {number}")
        cost = _LINE_COST * _lines_of(piece)
        yield Stage(singers[-1], "singing", cost, stages.sing_piece, (piece, singers[-1]))
    if singers:
        yield Stage(
            f"{prefix}voices",
            "listening to the voice",
            _VOICE_COST * length,
            stages.join_voices,
            (score, tuple(singers), prefix),
            after=tuple(singers),
        )
    for pair in _pairs(score):
        cost = _PART_COST * len(pair) * length
        doing = f"playing {' and '.join(pair)}"
        yield Stage(f"{prefix}{pair[0]}", doing, cost, stages.play_parts, (score, pair, prefix))


def _pairs(score: Score) -> Iterator[list[str]]:
    names = [part.name for part in score.parts]
    for at in range(0, len(names), 2):
        yield names[at : at + 2]


def _lines_of(piece: Score) -> int:
    return len({note.line for note in piece.vocal.notes}) if piece.vocal else 0
