"""The models and what each accepts, as data: what pages read before anything is sent."""

from collections.abc import Iterable, Mapping
from typing import Any

from studio.providers.aimusicapi.choices import INSTRUMENTAL, SECTIONS, VOCAL
from studio.providers.aimusicapi.families import Family
from studio.providers.limits import Limits, Model
from studio.songs import Ability as A  # noqa: N817 - this file is a table
from studio.songs import Request

FRESH: dict[str, Any] = {"fresh_hours": 24.0}
"""How old a clip may be, as the vendor advises for half a dozen endpoints."""
TIMED: dict[str, Any] = {"shortest": 10.0, "longest": 360.0}
MIXED: dict[str, Any] = {"style": 200, "lyrics": 3000, "description": 200, "audio_weight": True}
"""Samples and mashups keep the limits of the first models, whichever model makes them."""

LEGACY = "An older model: fewer words, and no choice of who sings."
SPRING = "Of spring 2026: an account that does not have it yet is refused, at no cost."
RETIRING = "Accounts since spring 2026 can only create with it; the rest is refused, at no cost."
CLOSED = "Closed since spring 2026: newer accounts are refused, at no cost."
CHINESE = f"Sings Chinese and English. {CLOSED}"
DEPRECATED = "Deprecated by its vendor: for accounts that still have it."


def _sonic(*more: A, note: str = "", variations: tuple[str, ...] = (), **usual: Any) -> Model:
    def but(**changes: Any) -> Limits:
        return Limits(**usual | changes)

    added = {"audio_weight": True, "origin": "uploaded", "description": 0} | FRESH
    return Model(
        limits=but(),
        exceptions={
            A.CREATE: but(**TIMED, persona=True),
            A.EXTEND: but(**TIMED),
            A.COVER: but(**TIMED, audio_weight=True),
            A.REPLACE: but(description=0, needs=frozenset({"lyrics"})),
            A.SAMPLE: but(**MIXED, shortest_window=6.0, longest_window=60.0),
            A.MASHUP: but(**MIXED),
            A.ADD_VOCALS: but(**added, instrumental=False, needs=frozenset({"lyrics"})),
            A.ADD_INSTRUMENTAL: but(**added, needs=frozenset({"style"})),
            A.REMASTER: but(**FRESH, variations=variations),
        },
        abilities=frozenset({A.CREATE, A.EXTEND, A.COVER, A.SAMPLE, A.MASHUP, *more}),
        family=Family.SONIC,
        note=note,
    )


ADDS = (A.ADD_VOCALS, A.ADD_INSTRUMENTAL)
OLD: dict[str, Any] = {"style": 200, "lyrics": 3000, "voice": False}
VARIATIONS = ("subtle", "normal", "high")

SONIC = {
    "sonic-v5": _sonic(A.REPLACE, *ADDS, A.REMASTER, A.UPLOAD, variations=VARIATIONS),
    "sonic-v5-5": _sonic(note=SPRING),
    "sonic-v4-5-plus": _sonic(A.REPLACE, *ADDS, A.REMASTER),
    "sonic-v4-5": _sonic(A.REPLACE),
    "sonic-v4": _sonic(A.REPLACE, A.REMASTER, note=LEGACY, **OLD),
    "sonic-v3-5": _sonic(note=LEGACY, **OLD),
}

SOUND_ALONE: dict[str, Any] = {"needs": frozenset({"style"}), "carried": frozenset({"lyrics"})}
"""The words stay, so they have to be told."""
SWAPPED = {"audio_weight": True, "needs": frozenset({"style", "lyrics"})}


def _producer(*more: A) -> Model:
    usual: dict[str, Any] = {"exclude": 0, "voice": False, "lyrics_weight": True, "seed": True}
    return Model(
        limits=Limits(**usual),
        exceptions={
            A.COVER: Limits(**usual, audio_weight=True),
            A.SWAP_VOCALS: Limits(**usual | SWAPPED),
            A.SWAP_SOUND: Limits(**usual | SWAPPED | SOUND_ALONE),
        },
        abilities=frozenset(
            {A.CREATE, A.EXTEND, A.COVER, A.REPLACE, A.SWAP_VOCALS, A.SWAP_SOUND, A.VARY, *more}
        ),
        family=Family.PRODUCER,
        note=RETIRING,
        takes=1,
    )


PRODUCER = {
    "FUZZ-2.0": _producer(A.UPLOAD),
    "FUZZ-2.0 Pro": _producer(),
    "FUZZ-2.0 Raw": _producer(),
    "FUZZ-1.1 Pro": _producer(),
    "FUZZ-1.1": _producer(),
    "FUZZ-1.0 Pro": _producer(),
    "FUZZ-1.0": _producer(),
    "FUZZ-0.8": _producer(),
}


def _nuro(note: str, **limits: Any) -> Model:
    usual = {"style": 0, "exclude": 0, "weights": False, "voice": False}
    return Model(
        limits=Limits(**usual | limits),
        abilities=frozenset({A.CREATE}),
        family=Family.NURO,
        note=note,
        takes=1,
    )


VOCAL_MODEL = "Nuro vocal"
BAND_MODEL = "Nuro instrumental v1"
FORM_MODEL = "Nuro instrumental v2"
PLAYED = {"lyrics": 0, "needs": frozenset({"description"})}

NURO = {
    VOCAL_MODEL: _nuro(
        CHINESE,
        lyrics=2000,
        description=0,
        voice=True,
        instrumental=False,
        shortest=30.0,
        longest=240.0,
        choices=VOCAL,
        needs=frozenset({"lyrics"}),
    ),
    BAND_MODEL: _nuro(CLOSED, **PLAYED, shortest=1.0, longest=60.0, choices=INSTRUMENTAL),
    FORM_MODEL: _nuro(
        CLOSED, **PLAYED | {"description": 199}, shortest=30.0, longest=120.0, sections=SECTIONS
    ),
}

RIFFUSION_PREFIX = "Riffusion "
"""Two families have models of one name; the vendor itself is told the name without this."""


def _riffusion(*more: A) -> Model:
    usual: dict[str, Any] = {"exclude": 0, "voice": False, "weights": False}
    return Model(
        limits=Limits(**usual),
        exceptions={
            A.SWAP_VOCALS: Limits(**usual, needs=frozenset({"style", "lyrics"})),
            A.SWAP_SOUND: Limits(**usual, **SOUND_ALONE),
        },
        abilities=frozenset(
            {A.CREATE, A.COVER, A.EXTEND, A.REPLACE, A.SWAP_SOUND, A.SWAP_VOCALS, *more}
        ),
        family=Family.RIFFUSION,
        note=DEPRECATED,
        is_deprecated=True,
    )


RIFFUSION = {
    "Riffusion FUZZ-1.1 Pro": _riffusion(A.UPLOAD),
    "Riffusion FUZZ-1.1": _riffusion(),
    "Riffusion FUZZ-1.0 Pro": _riffusion(),
    "Riffusion FUZZ-1.0": _riffusion(),
}

MODELS: Mapping[str, Model] = SONIC | PRODUCER | NURO | RIFFUSION

PLAIN: Mapping[A, Limits] = {
    A.CONCAT: Limits(),
    A.STEMS: Limits(),
    A.VOX: Limits(**FRESH, longest_window=30.0),
    A.WAV: Limits(),
    A.DOWNLOAD: Limits(formats=("mp3", "m4a", "wav")),
    A.MIDI: Limits(),
    A.BPM: Limits(**FRESH),
    A.TIMELINE: Limits(),
    # Of two documented limits, 120 and 200, the one that is surely taken.
    A.LYRICS: Limits(description=120),
    A.TAGS: Limits(),
    A.PERSONA: Limits(**FRESH, description=200, longest_window=30.0),
    A.VOICE: Limits(),
}
"""What is had without a model."""

ABILITIES = frozenset(PLAIN).union(*(model.abilities for model in MODELS.values()))


def model_for(request: Request) -> str:
    """Return the model that makes `request`; empty where none is needed.

    `chirp-` is an older prefix of the same names; a model that we do not know is not sent.
    """
    fitting = [name for name, model in MODELS.items() if request.ability in model.abilities]
    asked = request.model or ""
    known = f"sonic-{asked.removeprefix('chirp-')}" if asked.startswith("chirp-") else asked
    return known if known in fitting else _first(fitting)


def family_for(request: Request) -> Family:
    """Return which family makes `request`."""
    name = model_for(request)
    return Family(MODELS[name].family) if name else Family.SONIC


def limits_for(request: Request) -> Limits:
    """Return what may be sent for `request`."""
    name = model_for(request)
    return MODELS[name].limits_for(request.ability) if name else PLAIN[request.ability]


def upload_model(family: Family) -> str:
    """Return the model under whose name one uploads to `family`."""
    here = (name for name, model in MODELS.items() if model.family == family)
    return _first(name for name in here if A.UPLOAD in MODELS[name].abilities)


def _first(names: Iterable[str]) -> str:
    return next(iter(names), "")
