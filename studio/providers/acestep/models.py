"""What a server can do with what is loaded there, and within which limits, as data."""

from collections.abc import Iterable, Mapping
from typing import Any

from studio.providers.limits import Choice, Limits, Model
from studio.songs import Ability as A  # noqa: N817 - this file is a table

SHORTEST, LONGEST = 10.0, 600.0
LONGEST_CAPTION = 512
"""Characters that it reads of a style and a description together, by its own documents."""
LONGEST_TAIL, USUAL_TAIL = 120.0, 30.0
TAKES = 2

TRACKS = (
    "vocals",
    "backing_vocals",
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
"""What it can pull out of a song, or add to one."""

NOTES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
KEYS = tuple(f"{note} {mode}" for mode in ("major", "minor") for note in NOTES)
METERS = {"2/4": "2", "3/4": "3", "4/4": "4", "6/8": "6"}
LANGUAGES = {
    "Arabic": "ar",
    "Bengali": "bn",
    "Cantonese": "yue",
    "Chinese": "zh",
    "Czech": "cs",
    "Danish": "da",
    "Dutch": "nl",
    "English": "en",
    "Finnish": "fi",
    "French": "fr",
    "German": "de",
    "Greek": "el",
    "Hebrew": "he",
    "Hindi": "hi",
    "Hungarian": "hu",
    "Indonesian": "id",
    "Italian": "it",
    "Japanese": "ja",
    "Korean": "ko",
    "Norwegian": "no",
    "Persian": "fa",
    "Polish": "pl",
    "Portuguese": "pt",
    "Romanian": "ro",
    "Russian": "ru",
    "Spanish": "es",
    "Swedish": "sv",
    "Tamil": "ta",
    "Thai": "th",
    "Turkish": "tr",
    "Ukrainian": "uk",
    "Vietnamese": "vi",
}
"""Most of those in which it sings, with its codes for them."""
CHOICES = {
    "language": Choice(options=tuple(LANGUAGES)),
    "key": Choice(options=KEYS),
    "meter": Choice(options=tuple(METERS)),
}

USUAL: dict[str, Any] = {
    "description": 190,
    "style": 300,
    "lyrics": 4096,
    "exclude": 0,
    "weights": False,
    "seed": True,
    "longest_source": LONGEST,
}
"""A style, a description and who sings are sent as one caption, and fit into it together."""

EXCEPTIONS: Mapping[A, Limits] = {
    A.COVER: Limits(**USUAL, audio_weight=True),
    A.REPLACE: Limits(**USUAL, shortest_window=1.0),
    A.EXTEND: Limits(
        **USUAL | {"longest_source": LONGEST - LONGEST_TAIL},
        shortest=SHORTEST,
        longest=LONGEST_TAIL,
    ),
    A.STEMS: Limits(details=("full", "one"), instruments=TRACKS, longest_source=LONGEST),
    A.ADD_VOCALS: Limits(**USUAL, instrumental=False, needs=frozenset({"lyrics"})),
    A.ADD_INSTRUMENTAL: Limits(
        **USUAL | {"lyrics": 0}, voice=False, instrumental=False, longest_window=0.0
    ),
}


def limits_for(ability: A, *, writes: bool) -> Limits:
    """Return the limits of an ability; who has nobody who writes needs words to sing."""
    if ability is not A.CREATE:
        return EXCEPTIONS[ability]
    needs = frozenset() if writes else frozenset({"lyrics"})
    return Limits(**USUAL, shortest=SHORTEST, longest=LONGEST, choices=CHOICES, needs=needs)


TASKS: Mapping[A, str] = {
    A.CREATE: "text2music",
    A.COVER: "cover",
    A.REPLACE: "repaint",
    A.EXTEND: "repaint",
    A.STEMS: "extract",
    A.ADD_VOCALS: "lego",
    A.ADD_INSTRUMENTAL: "complete",
}
"""Its word for each ability."""
ABILITIES = frozenset(TASKS)
PLAIN = {
    ability: limits_for(ability, writes=True).model_copy(update={"takes": TAKES})
    for ability in TASKS
}
"""The most that a server can do; which of them can is found out from each."""

ALL_TASKS = frozenset(TASKS.values())
TURBO_TASKS = frozenset({"text2music", "cover", "repaint"})


def abilities_with(tasks: Iterable[str]) -> frozenset[A]:
    """Return what can be had where these tasks are done."""
    known = frozenset(tasks)
    return frozenset(ability for ability, task in TASKS.items() if task in known)


def to_model(tasks: Iterable[str], *, writes: bool, note: str) -> Model:
    """Return one of a server's models as pages read it."""
    abilities = abilities_with(tasks)
    return Model(
        limits=limits_for(A.CREATE, writes=writes),
        exceptions={ability: EXCEPTIONS[ability] for ability in abilities if ability in EXCEPTIONS},
        abilities=abilities,
        note=note,
        takes=TAKES,
    )
