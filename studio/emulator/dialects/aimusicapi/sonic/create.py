"""What `create` may be asked: ten task types, each with the fields that it needs.

It is that of January 2026, with what came later and does no harm to older callers.
"""

from collections.abc import Mapping
from typing import Literal

from studio.emulator.dialects.aimusicapi.body import Body
from studio.emulator.dialects.aimusicapi.clips import Clip, Origin
from studio.emulator.dialects.aimusicapi.errors import unfit
from studio.emulator.dialects.aimusicapi.profile import Profile
from studio.emulator.dialects.aimusicapi.sonic.wish import Wish, read_model, read_wish
from studio.songs import Value

OURS: tuple[Origin, ...] = ("generated", "stem")
BROUGHT: tuple[Origin, ...] = ("uploaded",)
ANY: tuple[Origin, ...] = (*OURS, *BROUGHT)
REMASTERING = frozenset({"v4", "v4-5-plus", "v5", "v5-5"})
"""Models that remaster, as callers list them; the last came in spring."""
OVERPAINTING = frozenset({"v4-5-plus", "v5", "v5-5"})
"""Models that add a voice or a band."""
VARYING = frozenset({"v5", "v5-5"})
"""Models that can be told how far to go."""

_WRONG_ORIGIN = (
    "The task_type '{task_type}' does not support this clip. Use '{other}' for {kind} clips."
)
_OTHERS = {
    "extend_music": "extend_upload_music",
    "cover_music": "cover_upload_music",
    "extend_upload_music": "extend_music",
    "cover_upload_music": "cover_music",
}


class Rule(Value):
    """What one task type asks of its body, besides the model."""

    origins: tuple[Origin, ...] = ()
    """Which clips it works on; none if it needs no clip."""
    has_wish: bool = True
    """Whether it has the fields of new music."""
    needs_mode: bool = True
    """Whether `custom_mode` has to be said."""
    needs_at: bool = False
    models: frozenset[str] | None = None
    """Where not all models of the profile will do."""


RULES: Mapping[str, Rule] = {
    "create_music": Rule(),
    "extend_music": Rule(origins=OURS, needs_at=True),
    "cover_music": Rule(origins=OURS),
    "concat_music": Rule(origins=OURS, has_wish=False),
    "persona_music": Rule(),
    "extend_upload_music": Rule(origins=BROUGHT, needs_at=True),
    "cover_upload_music": Rule(origins=BROUGHT),
    "remaster": Rule(origins=ANY, has_wish=False, models=REMASTERING),
    "add_vocals": Rule(origins=BROUGHT, models=OVERPAINTING),
    "add_instrumental": Rule(origins=BROUGHT, needs_mode=False, models=OVERPAINTING),
}


class Creation(Value):
    """A `create` that can be taken, but for the clip that it names."""

    task_type: str
    model: str = ""
    """Without its brand; none for a concat."""
    wish: Wish | None = None
    clip: str = ""
    """Id of the clip that it works on."""
    at: float | None = None
    """Seconds, where it goes on."""
    persona: str = ""
    variation: Literal["subtle", "normal", "high"] | None = None
    start: float | None = None
    end: float | None = None
    """Where to add something, in seconds."""

    @property
    def rule(self) -> Rule:
        """What its task type asks."""
        return RULES[self.task_type]


def read_creation(body: Body, profile: Profile) -> Creation:
    """Read the body of `create`.

    Raises
    ------
    TurnedAway
        If the vendor would refuse it; nothing is charged then.
    """
    task_type = _read_task_type(body)
    rule = RULES[task_type]
    persona = _read_persona(body, task_type)
    _check_cdn(body, profile)
    wish = _read_wish(body, profile, task_type) if rule.has_wish else None
    model = wish.model if wish else ""
    if task_type == "remaster":
        model = read_model(body, profile, task_type)
    if rule.models is not None and model not in rule.models:
        named = ", ".join(f"'chirp-{name}'" for name in sorted(rule.models))
        raise unfit(f"The 'mv' field is invalid. The model should be {named}.")  # guessed
    start, end = body.window("overpainting_start_s", "overpainting_end_s")
    return Creation(
        task_type=task_type,
        model=model,
        wish=wish,
        clip=body.needed("continue_clip_id") if rule.origins else "",
        at=_read_at(body) if rule.needs_at else None,
        persona=persona,
        variation=_read_variation(body, model) if task_type == "remaster" else None,
        start=start,
        end=end,
    )


def check_origin(creation: Creation, clip: Clip) -> None:
    """Refuse a clip that the task type does not work on; the texts are guessed.

    Raises
    ------
    TurnedAway
        If it was brought where it should be made here, or the other way round.
    """
    if clip.origin in creation.rule.origins:
        return
    other = _OTHERS.get(creation.task_type)
    if other is None:
        kind = "uploaded" if clip.origin == "uploaded" else "generated"
        raise unfit(f"The task_type '{creation.task_type}' does not support {kind} clips.")
    kind = "uploaded" if other.endswith("upload_music") else "generated"
    raise unfit(_WRONG_ORIGIN.format(task_type=creation.task_type, other=other, kind=kind))


def _read_task_type(body: Body) -> str:
    task_type = body.sent.get("task_type") or "create_music"
    if not isinstance(task_type, str) or task_type not in RULES:
        raise unfit("The 'task_type' field is invalid.")  # guessed
    return task_type


def _read_persona(body: Body, task_type: str) -> str:
    if task_type != "persona_music":
        return ""
    persona = body.text("persona_id")
    if not persona:
        raise unfit("The 'persona_id' field is required when task_type = persona_music.")
    return persona


def _check_cdn(body: Body, profile: Profile) -> None:
    if profile.needs_suno_cdn and not body.has("use_suno_cdn"):
        raise unfit("The 'use_suno_cdn' field is required.")  # guessed
    body.flag("use_suno_cdn")


def _read_wish(body: Body, profile: Profile, task_type: str) -> Wish:
    """Read the wish of a task type, some of which need less to be said."""
    sent = dict(body.sent)
    if not RULES[task_type].needs_mode and sent.get("custom_mode") is None:
        sent["custom_mode"] = True
    if task_type == "add_instrumental":
        # It has no words: what would be sung is there.
        sent["make_instrumental"] = True
    wish = read_wish(Body(sent), profile, task_type)
    if task_type == "add_instrumental":
        wish = wish.model_copy(update={"is_instrumental": False})
    if task_type == "add_vocals" and not wish.prompt.strip():
        raise unfit("The 'prompt' field is required when task_type = add_vocals.")  # guessed
    return wish


def _read_at(body: Body) -> float:
    at = body.seconds("continue_at")
    if at is None:
        raise unfit("The 'continue_at' field is required.")  # guessed
    if at == 0:
        raise unfit("The 'continue_at' field should be greater than 0.")  # guessed
    return at


def _read_variation(body: Body, model: str) -> Literal["subtle", "normal", "high"] | None:
    match body.choice("variation_category", "subtle", "normal", "high"):
        case None:
            return None
        case _ if model not in VARYING:
            raise unfit("The 'variation_category' field is only supported by chirp-v5.")  # guessed
        case "subtle":
            return "subtle"
        case "high":
            return "high"
        case _:
            return "normal"
