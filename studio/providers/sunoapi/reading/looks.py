"""Looks: where to ask how far something is, and how to read what is told; by its ability."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from studio.providers.base import Progress
from studio.providers.sunoapi.reading import records
from studio.providers.sunoapi.reading.tracks import music
from studio.songs import Ability as A  # noqa: N817 - this file is a table
from studio.songs import SongRequest


@dataclass(frozen=True, slots=True)
class Look:
    """How to look at one kind of task."""

    path: str
    """Behind `/api/v1/`; the id of the task follows."""
    reads: Callable[[Mapping[str, Any], SongRequest], Progress]
    seconds: float = 30.0
    """How long to leave between two looks, as the vendor advises."""


MUSIC = Look("generate/record-info?taskId=", music)
RECOVERY = "suno/recovery/record-info?task_id="

LOOKS: Mapping[A, Look] = {
    **dict.fromkeys(
        (
            A.CREATE,
            A.EXTEND,
            A.COVER,
            A.ADD_VOCALS,
            A.ADD_INSTRUMENTAL,
            A.MASHUP,
            A.REPLACE,
            A.SOUNDS,
        ),
        MUSIC,
    ),
    A.COVER_IMAGE: Look("suno/cover/record-info?taskId=", records.covers),
    A.LYRICS: Look("lyrics/record-info?taskId=", records.lyrics),
    A.WAV: Look("wav/record-info?taskId=", records.wav),
    A.STEMS: Look("vocal-removal/record-info?taskId=", records.stems),
    A.MIDI: Look("midi/record-info?taskId=", records.midi, 20.0),
    A.VIDEO: Look("mp4/record-info?taskId=", records.video),
    A.PHRASE: Look("voice/validate-info?taskId=", records.phrase),
    A.VOICE: Look("voice/record-info?taskId=", records.voice),
}
RECOVERY_SECONDS = 2.0
