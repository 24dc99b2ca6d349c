"""What `create` may be asked: models, modes, limits, and the vendor's word for each that is broken.

It is that of January 2026, with what came later and does no harm to older callers.
"Less than N" is read as at most N: that is how callers who measured it found it.
"""

from collections.abc import Mapping
from typing import Any, Literal

from starlette.responses import Response

from studio.emulator.dialects.aimusicapi.errors import say, unfit
from studio.emulator.door import TurnedAway
from studio.engine.brief import Brief
from studio.songs import LONGEST_SECONDS, SHORTEST_SECONDS, Value

TASK_TYPES = (
    "create_music",
    "extend_music",
    "cover_music",
    "concat_music",
    "persona_music",
    "extend_upload_music",
    "cover_upload_music",
    "remaster",
    "add_vocals",
    "add_instrumental",
)
TITLE = 80
DESCRIPTION = 400
"""As measured; the documented text still names 200."""


class Limits(Value):
    """What one model accepts, in characters."""

    prompt: int
    tags: int


_OLD = Limits(prompt=3000, tags=200)
_NEW = Limits(prompt=5000, tags=1000)
MODELS: Mapping[str, Limits] = {
    "v3-5": _OLD,
    "v4": _OLD,
    "v4-5": _NEW,
    "v4-5-plus": _NEW,
    "v5": _NEW,
    "v5-5": _NEW,  # since spring
}
"""Each to be had as `sonic-...` and as `chirp-...`."""
SHORTEST, LONGEST = 10, 360
"""Seconds that may be wished for, since September."""

Mode = Literal["custom", "description", "auto_lyrics"]


class Creation(Value):
    """A `create` that can be taken."""

    mode: Mode
    model: str
    prompt: str = ""
    description: str = ""
    title: str = ""
    tags: str = ""
    negative_tags: str | None = None
    is_instrumental: bool = False
    vocal_gender: Literal["f", "m"] | None = None
    style_weight: float | None = None
    weirdness_constraint: float | None = None
    duration: int | None = None


def read_creation(body: Mapping[str, Any]) -> Creation:
    """Read the body of `create`.

    Raises
    ------
    TurnedAway
        If the vendor would refuse it; nothing is charged then.
    """
    _check_task_type(body)
    _check_flags(body)
    model = _read_model(body)
    creation = Creation(
        mode=_read_mode(body),
        model=model,
        prompt=_text(body, "prompt"),
        description=_text(body, "gpt_description_prompt"),
        title=_text(body, "title"),
        tags=_text(body, "tags"),
        negative_tags=_text(body, "negative_tags") or None,
        is_instrumental=bool(body.get("make_instrumental")),
        vocal_gender=_read_gender(body),
        style_weight=_weight(body, "style_weight"),
        weirdness_constraint=_weight(body, "weirdness_constraint"),
        duration=_read_duration(body),
    )
    _check_presence(creation)
    _check_lengths(creation, MODELS[model])
    return creation


def to_brief(creation: Creation) -> Brief:
    """Say a creation as a brief for the band."""
    is_custom = creation.mode == "custom"
    about = {"custom": "", "description": creation.description, "auto_lyrics": creation.prompt}
    voices: Mapping[str | None, Literal["female", "male"]] = {"f": "female", "m": "male"}
    return Brief(
        style=creation.tags,
        lyrics=creation.prompt if is_custom else "",
        description=about[creation.mode],
        title=creation.title,
        instrumental=creation.is_instrumental,
        voice=voices.get(creation.vocal_gender),
        exclude=creation.negative_tags or "",
        style_weight=creation.style_weight,
        weirdness=creation.weirdness_constraint,
        length_seconds=_within_reach(creation.duration),
    )


def not_emulated(what: str) -> Response:
    """Say, in the vendor's shape, that this emulator cannot do it yet."""
    return say(501, "not_emulated", f"This emulator of the vendor does not do {what} yet.")


def _check_task_type(body: Mapping[str, Any]) -> None:
    task_type = body.get("task_type") or "create_music"
    if task_type not in TASK_TYPES:
        raise unfit("The 'task_type' field is invalid.")  # guessed
    if task_type == "persona_music" and not body.get("persona_id"):
        raise unfit("The 'persona_id' field is required when task_type = persona_music.")
    if task_type != "create_music":
        raise TurnedAway(not_emulated(f"task_type '{task_type}'"))


def _check_flags(body: Mapping[str, Any]) -> None:
    if not isinstance(body.get("custom_mode"), bool):
        raise unfit("The 'custom_mode' field should be boolean.")
    for name in ("make_instrumental", "auto_lyrics", "use_suno_cdn"):
        if not isinstance(body.get(name), bool | None):
            raise unfit(f"The '{name}' field should be boolean.")


def _read_model(body: Mapping[str, Any]) -> str:
    named = str(body.get("mv"))
    brand, _, model = named.partition("-")
    if brand not in {"sonic", "chirp"} or model not in MODELS:
        raise unfit(
            "The 'mv' field is invalid. "
            "The model should be 'chirp-v3-5','chirp-v4' or 'chirp-v4-5'."
        )
    return model


def _read_mode(body: Mapping[str, Any]) -> Mode:
    if not body["custom_mode"]:
        return "description"
    return "auto_lyrics" if body.get("auto_lyrics") else "custom"


def _read_gender(body: Mapping[str, Any]) -> Literal["f", "m"] | None:
    match body.get("vocal_gender"):
        case None | "":
            return None
        case "f":
            return "f"
        case "m":
            return "m"
        case _:
            raise unfit("The 'vocal_gender' field should be 'f' or 'm'.")  # guessed


def _read_duration(body: Mapping[str, Any]) -> int | None:
    match body.get("duration"):
        case None:
            return None
        case bool():
            pass
        case int() as seconds if SHORTEST <= seconds <= LONGEST:
            return seconds
    # Guessed.
    raise unfit(f"The 'duration' field should be an integer between {SHORTEST} and {LONGEST}.")


def _within_reach(seconds: int | None) -> float | None:
    # A target, says the vendor, not a cut; the band comes as near as it can.
    return None if seconds is None else min(max(seconds, SHORTEST_SECONDS), LONGEST_SECONDS)


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str | None):
        raise unfit(f"The '{name}' field should be string.")  # guessed
    return value or ""


def _weight(body: Mapping[str, Any], name: str) -> float | None:
    match body.get(name):
        case None:
            return None
        case bool():
            pass
        case int() | float() as weight if 0 <= weight <= 1:
            return weight
    raise unfit(f"The '{name}' field should be a number between 0 and 1.")


def _check_presence(creation: Creation) -> None:
    if creation.mode == "description" and not creation.description.strip():
        raise unfit("The 'gpt_description_prompt' field is required when custom_mode = false.")
    has_words = creation.mode != "description" and not creation.is_instrumental
    if has_words and not creation.prompt.strip():
        raise unfit("The 'prompt' field is required when custom_mode = true.")


def _check_lengths(creation: Creation, limits: Limits) -> None:
    if len(creation.prompt) > limits.prompt:
        raise unfit(f"The prompt character length should be less than {limits.prompt}.")
    if len(creation.description) > DESCRIPTION:
        raise unfit("The 'gpt_description_prompt' character length should be less than 200.")
    if len(creation.tags) > limits.tags:
        raise unfit(f"The tags character length should be less than {limits.tags}.")
    if len(creation.title) > TITLE:
        raise unfit(f"The title character length should be less than {TITLE}.")
