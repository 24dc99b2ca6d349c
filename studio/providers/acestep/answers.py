"""Answers as they travel: an envelope whose code may disagree with HTTP, and JSON inside JSON."""

import json
from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, BeforeValidator, Field

from studio.errors import AnswerUnreadable
from studio.providers.lenient import Number, Objects, Text, as_number, as_objects

WHO = "ACE-Step"
NOTHING = {"", "n/a", "none", "unknown"}
"""How it says that it does not know."""


def as_fact(value: object) -> str:
    """Read a text that says something."""
    text = value.strip() if isinstance(value, str) else ""
    return "" if text.lower() in NOTHING else text


def as_object(value: object) -> dict[str, Any]:
    """Read anything but an object as an empty one."""
    return value if isinstance(value, dict) else {}


def as_names(value: object) -> list[str]:
    """Read the texts in a list."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def as_switch(value: object) -> bool | None:
    """Read whether something is so; anything but a yes or no is unknown."""
    return value if isinstance(value, bool) else None


Fact = Annotated[str, BeforeValidator(as_fact)]
Names = Annotated[list[str], BeforeValidator(as_names)]
Switch = Annotated[bool | None, BeforeValidator(as_switch)]


class Queued(BaseModel):
    """The answer to an order."""

    task_id: Text = ""


class Task(BaseModel):
    """One task, as the answer to a look tells of it. What else it says is of the whole server."""

    task_id: Text = ""
    status: Number = None
    result: Any = None


class Metas(BaseModel):
    """What was found out about a sound."""

    bpm: Number = None
    duration: Number = None
    genres: Fact = ""
    keyscale: Fact = Field(default="", validation_alias=AliasChoices("keyscale", "key_scale"))


class Entry(BaseModel):
    """One sound of a task, or how far the task is."""

    file: Text = ""
    prompt: Fact = ""
    lyrics: Fact = ""
    metas: Annotated[Metas, BeforeValidator(as_object)] = Metas()
    seed_value: Text = ""
    dit_model: Fact = ""
    progress: Number = None
    stage: Text = ""
    error: Text = ""


class Jobs(BaseModel):
    """How many jobs the server has, in which state."""

    queued: Number = None
    running: Number = None
    succeeded: Number = None
    failed: Number = None


class Stats(BaseModel):
    """How busy the server is."""

    jobs: Annotated[Jobs, BeforeValidator(as_object)] = Jobs()
    avg_job_seconds: Number = None


class Shelved(BaseModel):
    """One model in the inventory."""

    name: Text = ""
    is_default: Switch = None
    is_loaded: Switch = None
    supported_task_types: Names = []


class Inventory(BaseModel):
    """The models that a server has."""

    models: Objects = []
    default_model: Text = ""
    lm_models: Objects = []
    llm_initialized: Switch = None


def entries_of(task: Task) -> list[Entry]:
    """Read the result of a task, which is JSON written into JSON.

    Raises
    ------
    AnswerUnreadable
        If it is none.
    """
    told = task.result
    if isinstance(told, str) and told.strip():
        try:
            told = json.loads(told)
        except (ValueError, RecursionError):
            raise AnswerUnreadable(
                f"{WHO} tells of a result that the studio cannot read."
            ) from None
    return [Entry.model_validate(item) for item in as_objects(told)]


def task_in(data: Any, task_id: str) -> Task:
    """Return what an answer tells of one task; nothing, if that is nothing."""
    tasks = [Task.model_validate(item) for item in as_objects(data)]
    return next((task for task in tasks if task.task_id == task_id), Task(task_id=task_id))


def code_of(members: dict[str, Any]) -> float | None:
    """Return the code in an envelope."""
    return as_number(members.get("code"))
