"""AI Music API: songs from a hosted service, two takes for each request.

Documentation: https://docs.aimusicapi.ai, as collected on 2026-11-21. The vendor changes what
stands under one version number and wavers in its types, so answers are read leniently.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, ClassVar, Never
from urllib.parse import quote

from pydantic import BaseModel, BeforeValidator

from studio.errors import (
    AnswerUnreadable,
    Doubtful,
    NotTaken,
    RemoteUnknown,
    RequestUnfit,
    VendorRefused,
)
from studio.providers.base import Finished, Progress, Provider, Refused, Started, Working
from studio.providers.limits import Balance, Limits, Model, Price
from studio.providers.materials import NOTHING, Materials
from studio.providers.wire import Answer, Wire
from studio.songs import Ability, CreateSong, SongRequest, Take

WHO = "AI Music API"
LONGEST_TEXT = 300

NEW = Limits(longest=360, shortest=10)
OLD = Limits(style=200, lyrics=3000, longest=360, shortest=10, voice=False)
MODELS: Mapping[str, Model] = {
    name: Model(limits=limits, abilities=frozenset({Ability.CREATE}), family="Sonic")
    for name, limits in {
        "sonic-v5": NEW,
        "sonic-v5-5": NEW,
        "sonic-v4-5-plus": NEW,
        "sonic-v4-5": NEW,
        "sonic-v4": OLD,
        "sonic-v3-5": OLD,
    }.items()
}
CREDITS = 10
CREDITS_SINCE_SEPTEMBER_2026 = 14
"""On the newer models and in description mode; pages of both prices are online."""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object) -> float | None:
    """Read `179`, `104.88`, `"104.88"`, and everything else as unknown."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if 0 <= number < float("inf") else None


Text = Annotated[str, BeforeValidator(_text)]
Number = Annotated[float | None, BeforeValidator(_number)]


class Submitted(BaseModel):
    """The answer to an order."""

    task_id: Text = ""
    data: Any = None
    """Some have seen the id in here."""

    @property
    def task(self) -> str:
        """The id, wherever it stands."""
        nested = self.data.get("task_id") if isinstance(self.data, dict) else None
        return self.task_id or _text(nested)


class Clip(BaseModel):
    """One of the two results."""

    clip_id: Text = ""
    state: Text = ""
    title: Text = ""
    tags: Text = ""
    lyrics: Text = ""
    image_url: Text = ""
    audio_url: Text = ""
    duration: Number = None
    error_message: Text = ""


class Task(BaseModel):
    """The answer to a look at a task."""

    data: list[Clip] | None = None


class Credits(BaseModel):
    """What is left: of the month, and of what was bought besides."""

    credits: Number = None
    extra_credits: Number = None


class AIMusicAPI(Provider):
    """AI Music API at its own address, or a practice one."""

    kind: ClassVar[str] = "aimusicapi"
    title: ClassVar[str] = WHO
    abilities: ClassVar[frozenset[Ability]] = frozenset({Ability.CREATE})
    models: ClassVar[Mapping[str, Model]] = MODELS
    poll_seconds: ClassVar[float] = 15.0
    home_url: ClassVar[str | None] = "https://api.aimusicapi.ai"

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def start(self, request: SongRequest, materials: Materials) -> Started | Finished:  # noqa: ARG002 - for others
        """Order two takes."""
        if not isinstance(request, CreateSong):
            raise RequestUnfit(f"{WHO} cannot {request.ability}.")
        answer = self._wire.ask("POST", "api/v1/sonic/create", to_body(request))
        told = answer.members()
        status = _status(answer, told)
        if status not in {200, 201, 202}:
            _explain(answer, told, status)
        task = answer.read(Submitted).task
        if not task:
            raise AnswerUnreadable(f"{WHO} answered without the id of a task.")
        return Started(remote=task)

    def check(self, remote: str, request: SongRequest) -> Progress:  # noqa: ARG002 - the same for all
        """Look at the task."""
        answer = self._wire.ask("GET", f"api/v1/sonic/task/{quote(remote, safe='')}")
        told = answer.members()
        if ending := _ending(answer, told):
            return ending
        status = _status(answer, told)
        if status in {102, 202} or told.get("type") == "not_ready":
            return Working()
        if status != 200:  # noqa: PLR2004 - OK
            _explain(answer, told, status)
        return to_progress(answer.read(Task))

    def fetch(self, link: str, into: Path, *, at_most: int | None = None) -> None:
        """Stream a file to disk."""
        self._wire.download(link, into, at_most=at_most)

    def balance(self) -> Balance | None:
        """Count the credits of the month and those that were bought."""
        answer = self._wire.ask("GET", "api/v1/get-credits")
        told = answer.members()
        status = _status(answer, told)
        if status != 200:  # noqa: PLR2004 - OK
            _explain(answer, told, status)
        credits_ = answer.read(Credits)
        if credits_.credits is None and credits_.extra_credits is None:
            raise AnswerUnreadable(f"{WHO} did not say how many credits are left.")
        return Balance(amount=(credits_.credits or 0) + (credits_.extra_credits or 0))

    @classmethod
    def price(cls, request: SongRequest, materials: Materials = NOTHING) -> Price:  # noqa: ARG003 - for others
        """Tell the newest documented price; older pages have a lower one."""
        old = MODELS[model_name(request.model)].limits is OLD
        cheap = old and (bool(request.text("lyrics")) or bool(request.text("style")))
        amount = CREDITS if cheap else CREDITS_SINCE_SEPTEMBER_2026
        return Price(amount=amount, approximate=True)

    def understand(self, request: SongRequest) -> str:
        """Say which of the vendor's four ways is taken, and what it leaves out."""
        if not isinstance(request, CreateSong):
            return ""
        if request.description and request.lyrics:
            return "sings your words in your style; the description is not sent"
        if request.description and request.instrumental and request.style:
            return "plays your style; the description is not sent"
        return ""


def model_name(model: str | None) -> str:
    """Return the model under the name we know it by; `chirp-` is an older prefix of the same."""
    if model is None:
        return next(iter(MODELS))
    name = "sonic-" + model.removeprefix("chirp-") if model.startswith("chirp-") else model
    return name if name in MODELS else next(iter(MODELS))


def to_body(request: CreateSong) -> dict[str, Any]:
    """Say `request` in the vendor's words."""
    model = model_name(request.model)
    optional = {
        "title": request.title,
        "negative_tags": request.exclude,
        "style_weight": request.style_weight,
        "weirdness_constraint": request.weirdness,
        "vocal_gender": request.voice.value[0] if request.voice else None,
        "duration": None if request.length is None else round(request.length),
        **_mode(request),
    }
    return {
        "task_type": "create_music",
        "mv": model,
        "make_instrumental": request.instrumental,
        # Required by the newest version of the vendor, ignored by the older ones.
        "use_suno_cdn": False,
    } | {name: value for name, value in optional.items() if value not in {None, ""}}


def _mode(request: CreateSong) -> dict[str, Any]:
    """Choose among the vendor's four modes: own words, own style, written words, description."""
    if request.lyrics.strip() and not request.instrumental:
        return {"custom_mode": True, "prompt": request.lyrics, "tags": request.style}
    if not request.style.strip():
        description = request.description or request.title or request.lyrics
        return {"custom_mode": False, "gpt_description_prompt": description}
    if request.instrumental:
        return {"custom_mode": True, "tags": request.style}
    brief = request.description or request.title or request.style
    return {"custom_mode": True, "auto_lyrics": True, "prompt": brief, "tags": request.style}


def to_progress(task: Task) -> Progress:
    """Say the vendor's task, which has no state of its own, in the studio's words."""
    takes = tuple(_take(number, clip) for number, clip in enumerate(task.data or [], start=1))
    if takes and all(take.finished or take.failed for take in takes):
        return Finished(takes=takes)
    known = {"", "pending", "running", "succeeded", "failed"}
    unknown = next((clip.state for clip in task.data or [] if clip.state not in known), None)
    return Working(takes=takes, unknown=unknown)


def _take(number: int, clip: Clip) -> Take:
    # A clip that has succeeded without a sound is not there yet.
    finished = clip.state == "succeeded" and bool(clip.audio_url)
    failed = (
        (clip.error_message or f"{WHO} could not make this take.")
        if clip.state == "failed"
        else None
    )
    return Take(
        number=number,
        title=clip.title,
        style=clip.tags,
        lyrics=clip.lyrics,
        length=clip.duration,
        finished=finished,
        failed=failed,
        sound=clip.audio_url if finished else None,
        early=clip.audio_url or None if clip.state == "running" else None,
        cover=clip.image_url or None,
        remote=clip.clip_id or None,
    )


def _ending(answer: Answer, told: Mapping[str, Any]) -> Refused | None:
    """Return the end of a task that failed as a whole, whichever status carries the news."""
    if told.get("type") not in ("failed", "timeout"):
        return None
    text = _said(answer, told)
    refunded = told.get("refund_processed")
    if not isinstance(refunded, bool):
        refunded = True if "refunded" in text else None
    return Refused(reason=f"{WHO} gave up on it: {text}", refunded=refunded)


def _status(answer: Answer, told: Mapping[str, Any]) -> int:
    """Return the status, also where an error travels inside an answer that calls itself fine."""
    code = told.get("code")
    inner = code if isinstance(code, int) and not isinstance(code, bool) else answer.status
    return inner if answer.status == 200 and 400 <= inner < 600 else answer.status  # noqa: PLR2004


def _said(answer: Answer, told: Mapping[str, Any]) -> str:
    for name in ("detail", "error", "message"):
        if said := told.get(name):
            text = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
            return _sentence(text[:LONGEST_TEXT])
    return f"no reason given ({answer.status})."


def _sentence(text: str) -> str:
    return text if text.rstrip().endswith((".", "!", "?", "…")) else f"{text.rstrip()}."


def _explain(answer: Answer, told: Mapping[str, Any], status: int) -> Never:
    """Say what a refusal means at this vendor."""
    text = _said(answer, told)
    match status:
        case 401:
            raise VendorRefused(f"{WHO} does not accept the key: {text} Change it under Settings.")
        case 400 | 404 if "task not found" in text.lower() or told.get("type") == "not_found":
            raise RemoteUnknown(f"{WHO} does not know this task: {text}")
        case 402:
            raise VendorRefused(f"{WHO} has too few credits for this: {text}")
        case 429:
            raise NotTaken(f"{WHO} is busy (429).", retry_after=answer.retry_after or 3.0)
        case 503:
            raise NotTaken(f"{WHO} is not open now (503).", retry_after=answer.retry_after)
        case 400 | 403 | 404 | 405 | 410 | 413 | 415 | 422:
            raise VendorRefused(f"{WHO} refused: {text}")
        case _:
            raise Doubtful(f"{WHO} answered {status}: {text}")
