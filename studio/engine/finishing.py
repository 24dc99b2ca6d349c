"""Finishing: from a mix to the mastered file, with the score in it, and what is told of it."""

from pathlib import Path
from typing import Any

from studio.audio.files import write
from studio.audio.levels import loudness, true_peak_db
from studio.audio.samples import RATE, Samples
from studio.audio.work import Work
from studio.engine.mastering import master
from studio.engine.papers import keep_score
from studio.engine.score import Score


def finished(mixed: Samples, out: Path, *, score: Score | None, work: Work) -> dict[str, Any]:
    """Master a mix and write it.

    Parameters
    ----------
    mixed
        `float32 (2, frames)` at `RATE`.
    out
        Where to; its ending says in which format.
    score
        What the record is played from, if that is the whole truth about it.
    work
        Told of the progress.

    Returns
    -------
    Facts about the record: length in seconds, loudness in LUFS, true peak in dBTP.
    """
    work.at(0.0, "mastering")
    record = master(mixed, work=work.part(0.0, 0.7))
    work.at(0.7, "writing the file")
    write(out, record, RATE)
    if score is not None:
        keep_score(out, score)
    return {
        "length_seconds": round(record.shape[1] / RATE, 3),
        "loudness_lufs": round(loudness(record, RATE), 2),
        "true_peak_db": round(true_peak_db(record, RATE), 2),
    }


def counted(count: int, thing: str) -> str:
    """Say a number of things: `1 line`, `2 lines`."""
    return f"{count} {thing}" + ("" if count == 1 else "s")
