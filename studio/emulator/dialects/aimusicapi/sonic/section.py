"""A section: the stretch of a clip that is to be made anew, and what comes there instead."""

from typing import Any, Literal

from studio.emulator.dialects.aimusicapi.body import Body
from studio.emulator.dialects.aimusicapi.errors import unfit
from studio.emulator.dialects.aimusicapi.profile import Profile
from studio.emulator.dialects.aimusicapi.sonic.wish import (
    LIMITS,
    NEW,
    TITLE,
    WRONG_MODEL,
    read_model,
)
from studio.songs import Value

OPERATION = "sonic/replace-section"
TOO_OLD = "v3-5"
"""The one model that cannot do it."""


class Section(Value):
    """A `replace-section` that can be taken, but for the clip that it names."""

    clip: str
    model: str
    start: float
    """Seconds."""
    end: float
    context: str
    """The words of the whole song."""
    lyrics: str
    """The words of the section; empty if none are given."""
    title: str = ""
    tags: str = ""
    negative_tags: str | None = None
    gender: Literal["f", "m"] | None = None
    style_weight: float | None = None
    weirdness_constraint: float | None = None
    is_joined: bool = False

    @property
    def echo(self) -> dict[str, Any]:
        """What is told back as it was sent."""
        return {
            "mv": f"chirp-{self.model}",
            "negative_tags": self.negative_tags,
            "style_weight": self.style_weight,
            "weirdness_constraint": self.weirdness_constraint,
        }


def read_section(body: Body, profile: Profile) -> Section:
    """Read the body of `replace-section`.

    Raises
    ------
    TurnedAway
        If the vendor would refuse it; nothing is charged then.
    """
    clip = body.needed("clip_id")
    model = read_model(body, profile, OPERATION)
    if model == TOO_OLD:
        raise unfit(WRONG_MODEL)
    start, end = body.window("infill_start_s", "infill_end_s")
    if start is None or end is None:
        # Guessed.
        raise unfit("The 'infill_start_s' and 'infill_end_s' fields are required.")
    section = Section(
        clip=clip,
        model=model,
        start=start,
        end=end,
        context=body.needed("prompt"),
        lyrics=body.text("infill_lyrics"),
        title=body.text("title"),
        tags=body.text("tags"),
        negative_tags=body.text("negative_tags") or None,
        gender=body.gender(),
        style_weight=body.weight("style_weight"),
        weirdness_constraint=body.weight("weirdness_constraint"),
        is_joined=body.flag("auto_concat"),
    )
    _check_lengths(section)
    return section


def _check_lengths(section: Section) -> None:
    limits = LIMITS.get(section.model, NEW)
    if max(len(section.context), len(section.lyrics)) > limits.prompt:
        raise unfit(f"The prompt character length should be less than {limits.prompt}.")
    if len(section.tags) > limits.tags:
        raise unfit(f"The tags character length should be less than {limits.tags}.")
    if len(section.title) > TITLE:
        raise unfit(f"The title character length should be less than {TITLE}.")
