"""The models and what each accepts, row by row as the vendor's tables print it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from studio.providers.limits import Limits, Model
from studio.providers.sunoapi.offering.lists import KEYS
from studio.songs import Ability as A  # noqa: N817 - this file is a table

NEEDED_TO_ADD = frozenset({"style", "exclude"})
"""The vendor really refuses where nothing is excluded."""
LONGEST_UPLOAD_SECONDS = 480.0
SHORT_UPLOAD_SECONDS = 60.0
SECTION: dict[str, Any] = {"description": 0, "needs": frozenset({"lyrics"})}


@dataclass(frozen=True, slots=True)
class Row:
    """What the tables say of one model, in characters and seconds."""

    lyrics: int = 5000
    style: int = 1000
    on_song_title: int = 100
    """Of a song that is made from another; of a new one it is 80 everywhere."""
    upload_seconds: float = LONGEST_UPLOAD_SECONDS
    adds: bool = False
    """Whether it can add a voice or a band, before all could."""
    sounds: bool = False
    voices: bool = False
    """Whether a voice that was made from a recording can sing with it."""
    timed: bool = False
    """Whether a length can be asked for, since that can be at all."""
    exclude: int | None = None
    note: str = ""


ROWS: Mapping[str, Row] = {
    "V4": Row(lyrics=3000, style=200, on_song_title=80, note="An older model: fewer words."),
    "V4_5": Row(),
    "V4_5PLUS": Row(adds=True),
    "V4_5ALL": Row(
        on_song_title=80,
        upload_seconds=SHORT_UPLOAD_SECONDS,
        note="Works on sounds of one's own of up to one minute only.",
    ),
    "V5": Row(adds=True, sounds=True, voices=True),
    "V5_5": Row(adds=True, sounds=True, voices=True, timed=True),
    "V6": Row(on_song_title=80, sounds=True, voices=True, timed=True, exclude=1000),
    "V6_WILD": Row(on_song_title=80, sounds=True, voices=True, timed=True, exclude=1000),
    "V6_MINI": Row(on_song_title=80, sounds=True, voices=True, timed=True, exclude=1000),
}

ON_ALL = frozenset({A.CREATE, A.EXTEND, A.COVER, A.MASHUP})
ADDS = frozenset({A.ADD_VOCALS, A.ADD_INSTRUMENTAL})


def before_autumn(name: str) -> Model:
    """Return a model as the generations 3 and 4 describe it."""
    row = ROWS[name]
    usual = _usual(row)
    own = {"longest_source": row.upload_seconds}
    added: dict[str, Any] = usual | own | {"exclude": 200, "description": 0, "audio_weight": True}
    sung: dict[str, Any] = {"needs": NEEDED_TO_ADD | {"lyrics"}, "instrumental": False}
    return Model(
        limits=Limits(**usual),
        exceptions={
            A.CREATE: Limits(**usual, persona=True),
            A.EXTEND: Limits(
                **usual | {"title": row.on_song_title}, persona=True, audio_weight=True
            ),
            A.COVER: Limits(
                **usual | own | {"title": row.on_song_title}, persona=True, audio_weight=True
            ),
            A.MASHUP: Limits(**usual | own | {"exclude": 0}, audio_weight=True),
            A.ADD_VOCALS: Limits(**added, **sung),
            A.ADD_INSTRUMENTAL: Limits(**added | {"lyrics": 0}, needs=NEEDED_TO_ADD),
            A.SOUNDS: _sounds(),
        },
        abilities=ON_ALL | (ADDS if row.adds else set()) | ({A.SOUNDS} if row.sounds else set()),
        note=row.note,
    )


def since_autumn(name: str, *, is_deprecated: bool) -> Model:
    """Return a model as the generation 5 describes it: varied, timed, and all able to add."""
    row = ROWS[name]
    usual = _usual(row) | {"description": 3000}
    wild = usual | {"variety": 4, "persona": True}
    timed = {"shortest": 10.0, "longest": 360.0} if row.timed else {}
    own = {"longest_source": row.upload_seconds, "audio_weight": True}
    on_song = {"title": row.on_song_title, "description": 500}
    added = usual | own | {"exclude": 200, "description": 0, "variety": 4}
    needs: dict[str, Any] = {"needs": NEEDED_TO_ADD}
    return Model(
        limits=Limits(**usual),
        exceptions={
            A.CREATE: Limits(**wild | timed),
            A.EXTEND: Limits(**usual | on_song | {"persona": True, "audio_weight": True}),
            A.COVER: Limits(**wild | own | on_song),
            A.MASHUP: Limits(**wild | own | timed | {"exclude": 0, "description": 500}),
            A.ADD_VOCALS: Limits(**added, **needs, instrumental=False),
            A.ADD_INSTRUMENTAL: Limits(**added, **needs),
            A.SOUNDS: _sounds(),
            A.REPLACE: Limits(**usual | SECTION, shortest_window=10.0),
        },
        abilities=ON_ALL | ADDS | {A.REPLACE} | ({A.SOUNDS} if name.startswith("V6") else set()),
        note=row.note,
        is_deprecated=is_deprecated,
    )


def _usual(row: Row) -> dict[str, Any]:
    return {
        "description": 500,
        "style": row.style,
        "lyrics": row.lyrics,
        "exclude": row.exclude,
        "longest_source": LONGEST_UPLOAD_SECONDS,
    }


def _sounds() -> Limits:
    return Limits(description=500, tempos=(1, 300), keys=tuple(KEYS))
