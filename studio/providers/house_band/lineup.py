"""The line-up: what the band can do, and within which limits."""

from collections.abc import Mapping

from studio.providers.limits import Limits, Model
from studio.songs import LONGEST_SECONDS, SHORTEST_SECONDS, Ability

LONGEST_LOOP_SECONDS = 30.0
LONGEST_VOX_SECONDS = 30.0
LONGEST_TAIL_SECONDS = 240.0
SHORTEST_TAIL_SECONDS = 5.0
FORMATS = ("wav", "flac", "mp3", "ogg", "m4a")
VARIATIONS = ("subtle", "normal", "high")
LONGEST_CREDIT = 50
INSTRUMENTS = (
    "vocals",
    "backing vocals",
    "drums",
    "bass",
    "guitar",
    "keyboard",
    "percussion",
    "strings",
    "synth",
    "fx",
    "brass",
    "woodwinds",
)
TEMPOS = (40, 240)
KEYS = tuple(
    f"{tonic} {mode}"
    for tonic in ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
    for mode in ("major", "minor")
)
NOWHERE = 0.0
"""Longest window of what is always done from beginning to end."""

CREATE = Limits(
    description=1000,
    exclude=500,
    shortest=SHORTEST_SECONDS,
    longest=LONGEST_SECONDS,
    seed=True,
    persona=True,
)
ON_SONG = Limits(description=1000, weights=False, seed=True)
"""Of what is made from a song: the song decides what is not asked."""
NO_WORDS = {"lyrics": 0, "voice": False, "instrumental": False}
NO_SOUND = {"description": 0, "style": 0}

EXCEPTIONS: Mapping[Ability, Limits] = {
    Ability.EXTEND: ON_SONG.model_copy(
        update={"shortest": SHORTEST_TAIL_SECONDS, "longest": LONGEST_TAIL_SECONDS}
    ),
    Ability.COVER: ON_SONG.model_copy(update={"audio_weight": True, "persona": True}),
    Ability.REPLACE: ON_SONG,
    Ability.ADD_VOCALS: ON_SONG.model_copy(
        update={"persona": True, "instrumental": False, "longest_window": NOWHERE}
    ),
    Ability.ADD_INSTRUMENTAL: ON_SONG.model_copy(update={**NO_WORDS, "longest_window": NOWHERE}),
    Ability.SAMPLE: ON_SONG.model_copy(
        update={
            "persona": True,
            "longest_window": LONGEST_LOOP_SECONDS,
            "shortest": SHORTEST_SECONDS,
            "longest": LONGEST_SECONDS,
        }
    ),
    Ability.MASHUP: ON_SONG.model_copy(update={**NO_WORDS, **NO_SOUND, "seed": False, "takes": 1}),
    Ability.REMASTER: Limits(variations=VARIATIONS),
    Ability.CONCAT: Limits(takes=1),
    Ability.SWAP_VOCALS: ON_SONG.model_copy(
        update={
            **NO_SOUND,
            "persona": True,
            "seed": False,
            "instrumental": False,
            "takes": 1,
        }
    ),
    Ability.SWAP_SOUND: ON_SONG.model_copy(update=NO_WORDS),
    Ability.VARY: ON_SONG.model_copy(update=NO_WORDS),
    Ability.SOUNDS: Limits(
        description=2000, tempos=TEMPOS, keys=KEYS, needs=frozenset({"description"})
    ),
}

MODELS: Mapping[str, Model] = {
    "first line-up": Model(
        abilities=frozenset({Ability.CREATE, *EXCEPTIONS}), limits=CREATE, exceptions=EXCEPTIONS
    )
}

PLAIN: Mapping[Ability, Limits] = {
    Ability.STEMS: Limits(details=("basic", "full", "one"), instruments=INSTRUMENTS),
    Ability.VOX: Limits(longest_window=LONGEST_VOX_SECONDS),
    Ability.WAV: Limits(),
    Ability.DOWNLOAD: Limits(formats=FORMATS),
    Ability.MIDI: Limits(),
    Ability.BPM: Limits(),
    Ability.TIMELINE: Limits(),
    Ability.LYRICS: Limits(description=2000, needs=frozenset({"description"})),
    Ability.TAGS: Limits(style=1000, needs=frozenset({"style"})),
    Ability.PERSONA: Limits(name=200, needs=frozenset({"name"})),
    Ability.VOICE: Limits(name=200, needs=frozenset({"name"})),
    Ability.VIDEO: Limits(author=LONGEST_CREDIT, site=LONGEST_CREDIT),
    Ability.COVER_IMAGE: Limits(),
}
