"""Profiles: what the AI Music API is on a date. It has no versions; it changes under one address.

`2026-01` is that of its documentation's sidebar, `2026-09` that of the autumn after. What was added
in between and takes nothing away (the model v5-5, voices, downloads) is there on both dates.
"""  # noqa: A005 - a room of this package; nobody means the profiler

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from studio.emulator.dialects.aimusicapi.errors import say
from studio.emulator.door import TurnedAway
from studio.emulator.house import PROFILES as DATES

DURATION_TASKS = frozenset(
    {
        "create_music",
        "persona_music",
        "extend_music",
        "cover_music",
        "sonic/upload-extend",
        "sonic/upload-cover",
    }
)
RETIRED_TASKS = (
    "extend_music",
    "cover_music",
    "replace_music",
    "swap_music_vocals",
    "swap_music_sound",
    "music_variation",
)
"""Of the producer; in autumn it only creates."""
RETIRED = "This endpoint has been retired."  # guessed, but for the status and the kind
_OLD_MODELS = frozenset({"v3-5", "v4"})
_MODELS = frozenset({*_OLD_MODELS, "v4-5", "v4-5-plus", "v5", "v5-5"})
_ONLY_FOR_PARTS = {name: frozenset({"v4-5-all"}) for name in ("sonic/sample", "sonic/mashup")}
_DEARER = frozenset({"create_music", "cover_music", "sonic/sample", "sonic/mashup"})
"""What costs more in autumn when it is done well, or from a description."""
_PRICES = MappingProxyType(
    {
        "create_music": 10,
        "extend_music": 10,
        "cover_music": 10,
        "concat_music": 2,
        "persona_music": 10,
        "extend_upload_music": 10,
        "cover_upload_music": 10,
        "remaster": 10,
        "add_vocals": 10,
        "add_instrumental": 10,
        "sonic/upload": 2,
        "sonic/upload-extend": 12,  # guessed: an upload and a song
        "sonic/upload-cover": 12,  # guessed: an upload and a song
        "sonic/persona": 1,
        "sonic/create-voice": 4,
        "sonic/sample": 10,
        "sonic/mashup": 10,
        "sonic/replace-section": 10,
        "sonic/bpm": 1,
        "sonic/vox": 1,
        "sonic/wav": 1,
        "sonic/midi": 1,
        "sonic/aligned-lyrics": 1,
        "sonic/upsample-tags": 1,
        "sonic/stems/basic": 10,
        "sonic/stems/full": 50,
        "sonic/download": 2,
        "sonic/lyrics": 2,
        "riffusion/create": 10,
        "riffusion/upload": 2,  # guessed: as elsewhere
        "producer/create": 10,
        "producer/upload": 2,
        "producer/download": 2,
        "producer/lyrics-create": 1,
        "producer/video-clip": 5,
        "nuro/create": 10,
    }
)


@dataclass(frozen=True, slots=True)
class Profile:
    """What holds on a date.

    An operation is named by its task type where it goes through `sonic/create`, and otherwise by
    the path behind `/api/v1/`: `cover_music`, `sonic/upload`, `producer/create`.
    """

    name: str
    prices: Mapping[str, int]
    advanced_price: int
    """Of `create_music`, `cover_music`, sample and mashup with a newer model or a description."""
    needs_suno_cdn: bool
    """Whether `sonic/create` must say `use_suno_cdn`, true or false."""
    duration_tasks: frozenset[str]
    """Operations that know `duration`; where it is empty, nobody knows it and nobody minds."""
    retired: frozenset[str]
    """Operations that answer 410; of the producer by task: `producer/create extend_music`."""
    full_stems: int
    """How many clips `sonic/stems/full` has."""
    producer_poll: Literal["not_ready", "status"]
    """`not_ready`: 202 until it is done, then clips with a state; `status`: 200 with a status."""
    basic_stems: int = 2

    def price(self, operation: str, *, model: str = "", description: bool = False) -> int:
        """Return what an operation costs, in credits.

        Parameters
        ----------
        operation
            As in `prices`.
        model
            Without its brand: `v5`.
        description
            Whether the song is asked for by a description only.
        """
        is_advanced = description or (bool(model) and model not in _OLD_MODELS)
        dearer = operation in _DEARER and is_advanced
        return self.advanced_price if dearer else self.prices[operation]

    def accepts(self, model: str, operation: str) -> bool:
        """Tell whether an operation of sonic has this model, named without its brand."""
        return model in _MODELS | _ONLY_FOR_PARTS.get(operation, frozenset())

    def knows_duration(self, operation: str) -> bool:
        """Tell whether an operation may be asked for a length."""
        return operation in self.duration_tasks

    def turn_away(self, operation: str) -> None:
        """Return if an operation is still there.

        Raises
        ------
        TurnedAway
            With the vendor's 410.
        """
        if operation in self.retired:
            raise TurnedAway(say(410, "endpoint_retired", RETIRED))


JANUARY = Profile(
    name="2026-01",
    prices=_PRICES,
    advanced_price=10,
    needs_suno_cdn=False,
    duration_tasks=frozenset(),
    retired=frozenset(),
    full_stems=12,
    producer_poll="not_ready",
)
SEPTEMBER = Profile(
    name="2026-09",
    prices=MappingProxyType({**_PRICES, "sonic/stems/basic": 20}),
    advanced_price=14,
    needs_suno_cdn=True,
    duration_tasks=DURATION_TASKS,
    retired=frozenset(
        {
            "nuro/create",
            "nuro/task",
            "riffusion/create",
            "riffusion/upload",
            "sonic/persona",  # guessed: marked as unavailable, and nobody says how
            *(f"producer/create {name}" for name in RETIRED_TASKS),
        }
    ),
    full_stems=24,
    producer_poll="status",
)
PROFILES = MappingProxyType(dict(zip(DATES, (JANUARY, SEPTEMBER), strict=True)))
