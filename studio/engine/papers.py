"""Papers: the score of a song, written down and found again.

A sound file of the band carries its score in a label of its own, so that wherever the file goes,
the band still knows what it played. A score beside the sound, `score.json`, serves as well.
"""

import json
import zlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from studio.audio.files import probe
from studio.audio.labels import read_label, write_label
from studio.engine.score import Score
from studio.engine.writing.theory import key_name
from studio.errors import SoundUnreadable

LABEL = "studio/score"
SCORE_FILE = "score.json"
LARGEST_SCORE_BYTES = 32 << 20
LONGEST_DIFFERENCE_SECONDS = 0.15
"""An MP3 is longer than its music by what the encoder pads, up to two of its frames."""

_SCORES = TypeAdapter(Score)


def to_json(score: Score) -> str:
    """Write a score down."""
    return json.dumps(asdict(score), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str | bytes) -> Score:
    """Read a score that `to_json` wrote; older ones lack fields, which take their usual values.

    Raises
    ------
    ValueError
        If it is no score.
    """
    try:
        return _SCORES.validate_json(text)
    except ValidationError as error:
        raise ValueError(
            f"This is not a score of the band: {error.errors()[0]['msg']} at "
            f"{'.'.join(str(step) for step in error.errors()[0]['loc']) or 'its beginning'}."
        ) from error


def keep_score(path: Path, score: Score) -> None:
    """Write `score` into the WAV or MP3 file that holds its sound; other formats stay as they are.

    The sound itself is not touched.
    """
    if path.suffix in {".wav", ".mp3"}:
        write_label(path, LABEL, zlib.compress(to_json(score).encode(), 9))


def score_of(path: Path) -> Score | None:
    """Return the score of the song at `path`, or `None` if it is not one of the band.

    A score that does not fit the length of the sound is not believed: somebody has cut the file.
    """
    score = _labelled(path) or _beside(path)
    if score is None or not _fits(score, path):
        return None
    return score


def _labelled(path: Path) -> Score | None:
    data = read_label(path, LABEL)
    return None if data is None else _believed(_unpacked(data))


def _beside(path: Path) -> Score | None:
    try:
        return _believed(path.with_name(SCORE_FILE).read_bytes())
    except OSError:
        return None


def _unpacked(data: bytes) -> bytes:
    """Return what was packed, or nothing, if it is damaged or a trap."""
    packed = zlib.decompressobj()
    try:
        text = packed.decompress(data, LARGEST_SCORE_BYTES)
    except zlib.error:
        return b""
    return b"" if packed.unconsumed_tail else text


def _believed(text: bytes) -> Score | None:
    try:
        return from_json(text)
    except ValueError:
        return None


def _fits(score: Score, path: Path) -> bool:
    try:
        length_seconds = probe(path).length_seconds
    except SoundUnreadable:
        return False
    return abs(length_seconds - score.whole_seconds) <= LONGEST_DIFFERENCE_SECONDS


def facts_of_score(score: Score) -> dict[str, Any]:
    """Return what every tool tells of a score: in words and numbers, without the notes."""
    return {
        "title": score.title,
        "style": score.tags,
        "tempo_bpm": score.tempo_bpm,
        "key": key_name(score.key),
        "sections": [section.name for section in score.sections],
    }
