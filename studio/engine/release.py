"""Release: a record that a tool made is put out as a song, with MP3 and cover beside its WAV."""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

import numpy as np

from studio.audio.files import read
from studio.engine import stages
from studio.engine.crew import Crew, Report, Stage
from studio.engine.desk import Desk
from studio.engine.painting.picture import paint
from studio.engine.papers import keep_score, score_of
from studio.engine.played import NOBODY
from studio.engine.score import Score
from studio.engine.stages import RECORD

# Measured seconds for a second of song, as in a session; progress needs only their ratios.
_READ_COST, _SOUND_COST, _PAINT_COST = 0.001, 0.005, 0.003
_LEAST_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Released:
    """A song that lies on disk."""

    score: Score | None
    """`None` if no score tells all of its sound."""
    length_seconds: float
    chance: int = 0
    """Drawn from the sound, so that two takes of one title have two faces."""


def release(
    wav: Path,
    *,
    title: str,
    executor: Executor,
    report: Callable[[Report], None],
    cancelled: Callable[[], bool],
) -> Released:
    """Write `song.mp3` and `cover.png` beside a WAV; blocks until both lie there.

    Parameters
    ----------
    wav
        At 44.1 kHz. A score in its label goes into the MP3 too.
    title
        Put into the score, if it is not empty; the cover of a song without a score hangs on it
        and on the sound.
    executor, report, cancelled
        As for `session.record`.

    Raises
    ------
    Cancelled
        Soon after `cancelled` says yes.
    BrokenProcessPool
        If a worker's process died.
    """
    desk = Desk(wav.with_name("desk"))
    desk.open()
    crew = Crew(executor, desk, report, cancelled, expected_cost=_LEAST_SECONDS)
    try:
        laying = Stage("lay", "putting it together", _READ_COST, lay_down, (wav, title))
        released: Released = crew.run([laying])[laying.name]
        length = max(released.length_seconds, _LEAST_SECONDS)
        mp3, cover, score = wav.with_name("song.mp3"), wav.with_name("cover.png"), released.score
        sitter = score or replace(NOBODY, title=title, seed=released.chance)
        plan = [
            Stage(name, doing, cost * length, work, arguments)
            for name, doing, cost, work, arguments in (
                ("mp3", "mastering", _SOUND_COST, stages.write_sound, (RECORD, mp3, score)),
                ("cover", "painting the cover", _PAINT_COST, paint_cover, (sitter, cover)),
            )
        ]
        crew.expect(plan)
        crew.run(plan)
    finally:
        desk.close()
    return released


def lay_down(desk: Desk, wav: Path, title: str) -> Released:
    """Lay the record on the desk, and see what is known of it."""
    score = score_of(wav)
    if score is not None and title and title != score.title:
        score = replace(score, title=title)
        keep_score(wav, score)
    sound, rate = read(wav)
    desk.put(RECORD, sound)
    chance = crc32(np.ascontiguousarray(sound[:, :: rate // 10]).tobytes(), crc32(title.encode()))
    return Released(score, round(sound.shape[1] / rate, 3), chance)


def paint_cover(desk: Desk, score: Score, path: Path) -> None:
    """Paint the cover of what lies on the desk."""
    if not desk.is_closed():
        path.write_bytes(paint(score, desk.take(RECORD)))
