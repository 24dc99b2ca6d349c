"""Recall: an earlier request, as what was said in its form; `wishes` goes the other way."""

from collections.abc import Mapping
from typing import Any

from studio.songs import (
    Ability,
    AskPhrase,
    CreateSong,
    MakeSound,
    MakeVoice,
    ReplaceSection,
    SongRequest,
    Wish,
)
from studio.ui.form.blanks import (
    DESCRIBE,
    KEPT_WORDS,
    NEW_WORDS,
    OPEN,
    OWN_WORDS,
    SOUND,
    WRITE,
    WRITTEN_WORDS,
)
from studio.ui.form.said import PERSONA


def fields_of(request: SongRequest) -> dict[str, Any]:
    """Say `request` in the fields of its form; what is not among them stands as usual."""
    asked = request.model_dump(mode="json", exclude_none=True)
    fields = {**asked, "way": request.ability.value, **_singer_field(asked)}
    if window := asked.get("window"):
        fields |= {**window, "everywhere": False}
    if songs := asked.get("songs"):
        fields |= {"source": songs[0], "second": songs[1]}
    if isinstance(request, Wish) and request.sources:
        fields |= {"words": NEW_WORDS if request.lyrics else KEPT_WORDS}
    if isinstance(request, ReplaceSection):
        fields |= {"section_lyrics": request.lyrics, "lyrics": ""}
    if isinstance(request, MakeSound):
        fields |= {"way": SOUND, "heard": request.description, "called": request.title}
        fields |= {"key": request.key or OPEN, "description": "", "title": ""}
    if isinstance(request, AskPhrase):
        fields |= {"way": Ability.VOICE.value}
    if isinstance(request, MakeVoice) and request.phrase is not None:
        fields |= {"source": None, "recording": request.source}
    return fields | _way_of_create(request) if isinstance(request, CreateSong) else fields


def _singer_field(asked: Mapping[str, Any]) -> dict[str, str]:
    if "persona" in asked:
        return {"singer": PERSONA + asked["persona"]}
    return {"singer": asked["voice"]} if "voice" in asked else {}


def _way_of_create(request: CreateSong) -> dict[str, Any]:
    """Say whether a song was described or written, and where its description stands then."""
    fields: dict[str, Any] = {
        "sections": [[section.name, section.seconds] for section in request.sections]
    }
    if request.lyrics or not request.description:
        return fields | {"way": WRITE, "words": OWN_WORDS, "description": ""}
    if request.style:
        about = {"words": WRITTEN_WORDS, "about": request.description}
        return fields | {"way": WRITE, "description": "", **about}
    return fields | {"way": DESCRIBE}
