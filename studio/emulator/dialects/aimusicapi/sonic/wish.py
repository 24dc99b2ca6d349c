"""A wish: how new music is to sound, as most bodies of sonic say it, with the limits of its model.

"Less than N" is read as at most N: that is how callers who measured it found it.
"""

from collections.abc import Mapping
from typing import Literal

from studio.emulator.dialects.aimusicapi.body import Body
from studio.emulator.dialects.aimusicapi.errors import unfit
from studio.emulator.dialects.aimusicapi.profile import DURATION_TASKS, Profile
from studio.songs import Value

TITLE = 80
DESCRIPTION = 400
"""As measured; the documented text still names 200."""
SHORTEST, LONGEST = 10, 360
"""Seconds that may be wished for, since September."""
WRONG_MODEL = (
    "The 'mv' field is invalid. The model should be 'chirp-v3-5','chirp-v4' or 'chirp-v4-5'."
)

Mode = Literal["custom", "description", "auto_lyrics"]


class Limits(Value):
    """What one model accepts, in characters."""

    prompt: int
    tags: int
    description: int = DESCRIPTION


OLD = Limits(prompt=3000, tags=200)
NEW = Limits(prompt=5000, tags=1000)
SMALL = Limits(prompt=3000, tags=200, description=200)
"""Of sample and mashup, on every model: as callers report."""
LIMITS: Mapping[str, Limits] = {"v3-5": OLD, "v4": OLD}
"""Where a model is not as the newer ones are."""


class Wish(Value):
    """How new music is to sound."""

    mode: Mode
    model: str
    """Without its brand."""
    prompt: str = ""
    """Lyrics, or in the mode `auto_lyrics` what they should be about."""
    description: str = ""
    title: str = ""
    tags: str = ""
    negative_tags: str | None = None
    is_instrumental: bool = False
    vocal_gender: Literal["f", "m"] | None = None
    style_weight: float | None = None
    weirdness_constraint: float | None = None
    audio_weight: float | None = None
    duration: int | None = None

    @property
    def lyrics(self) -> str:
        """The words to be sung as they are."""
        return self.prompt if self.mode == "custom" and not self.is_instrumental else ""

    @property
    def about(self) -> str:
        """What the song is about, where the words are left to the band."""
        return {"custom": "", "description": self.description, "auto_lyrics": self.prompt}[
            self.mode
        ]


def read_wish(
    body: Body, profile: Profile, operation: str, *, limits: Limits | None = None
) -> Wish:
    """Read how new music is to sound.

    Parameters
    ----------
    operation
        As the profile names it; it decides about models and the length.
    limits
        Those of the operation, where it has its own.

    Raises
    ------
    TurnedAway
        If the vendor would refuse it; nothing is charged then.
    """
    is_custom = body.needed_flag("custom_mode")
    is_instrumental = body.flag("make_instrumental")
    writes_lyrics = body.flag("auto_lyrics")
    model = read_model(body, profile, operation)
    mode: Mode = "auto_lyrics" if writes_lyrics else "custom"
    wish = Wish(
        mode=mode if is_custom else "description",
        model=model,
        prompt=body.text("prompt"),
        description=body.text("gpt_description_prompt"),
        title=body.text("title"),
        tags=body.text("tags"),
        negative_tags=body.text("negative_tags") or None,
        is_instrumental=is_instrumental,
        vocal_gender=body.gender(),
        style_weight=body.weight("style_weight"),
        weirdness_constraint=body.weight("weirdness_constraint"),
        audio_weight=body.weight("audio_weight"),
        duration=read_duration(body, profile, operation),
    )
    check_presence(wish)
    check_lengths(wish, limits or LIMITS.get(model, NEW))
    return wish


def read_model(body: Body, profile: Profile, operation: str) -> str:
    """Return the model, if there is one of this name for this operation."""
    model = body.model()
    if not profile.accepts(model, operation):
        raise unfit(WRONG_MODEL)
    return model


def read_duration(body: Body, profile: Profile, operation: str) -> int | None:
    """Return the wished length in seconds.

    In January nobody had heard of it; to let it count all the same takes nothing away.
    """
    if not body.has("duration"):
        return None
    if profile.duration_tasks and not profile.knows_duration(operation):
        raise unfit(f"The 'duration' field is not supported by '{operation}'.")  # guessed
    if operation not in DURATION_TASKS:
        return None
    seconds = body.sent["duration"]
    if isinstance(seconds, bool) or not isinstance(seconds, int) or not _in_reach(seconds):
        # Guessed.
        raise unfit(f"The 'duration' field should be an integer between {SHORTEST} and {LONGEST}.")
    return seconds


def check_presence(wish: Wish) -> None:
    """Refuse a wish without the words that its mode needs."""
    if wish.mode == "description" and not wish.description.strip():
        raise unfit("The 'gpt_description_prompt' field is required when custom_mode = false.")
    has_words = wish.mode != "description" and not wish.is_instrumental
    if has_words and not wish.prompt.strip():
        raise unfit("The 'prompt' field is required when custom_mode = true.")


def check_lengths(wish: Wish, limits: Limits) -> None:
    """Refuse a wish that says too much."""
    if len(wish.prompt) > limits.prompt:
        raise unfit(f"The prompt character length should be less than {limits.prompt}.")
    if len(wish.description) > limits.description:
        raise unfit("The 'gpt_description_prompt' character length should be less than 200.")
    if len(wish.tags) > limits.tags:
        raise unfit(f"The tags character length should be less than {limits.tags}.")
    if len(wish.title) > TITLE:
        raise unfit(f"The title character length should be less than {TITLE}.")


def _in_reach(seconds: int) -> bool:
    return SHORTEST <= seconds <= LONGEST
