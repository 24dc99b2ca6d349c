"""Answers as they travel: read leniently, since one field has many types here.

Unknown members are ignored; a text that is no text is empty and a number that is none is unknown.
"""

from typing import Any

from pydantic import BaseModel, ConfigDict

from studio.errors import AnswerUnreadable
from studio.providers.lenient import Link, Number, Text, as_text

WHO = "AI Music API"


class Submitted(BaseModel):
    """The answer to an order."""

    task_id: Text = ""
    data: Any = None
    """Some have seen the id in here."""

    @property
    def task(self) -> str:
        """The id, wherever it stands."""
        nested = self.data.get("task_id") if isinstance(self.data, dict) else None
        return (self.task_id or as_text(nested)).strip()


class Reply(BaseModel):
    """An answer given at once: its members stand at the top or under `data`, as it happens."""

    model_config = ConfigDict(extra="allow")

    data: Any = None

    def find(self, name: str) -> object:
        """Return a member from wherever it stands, or `None`."""
        top = (self.model_extra or {}).get(name)
        inner = self.data.get(name) if isinstance(self.data, dict) else None
        return inner if top is None else top

    def items(self, name: str) -> list[dict[str, Any]]:
        """Return the objects in a list, from wherever it stands."""
        value = self.find(name)
        listed = value if isinstance(value, list) else []
        return [item for item in listed if isinstance(item, dict)]


class Clip(BaseModel):
    """One sound that a task made, of any family."""

    clip_id: Text = ""
    state: Text = ""
    title: Text = ""
    tags: Text = ""
    sound: Text = ""
    """What Producer calls the style."""
    lyrics: Text = ""
    image_url: Link = None
    audio_url: Link = None
    wav_url: Link = None
    duration: Number = None
    mv: Text = ""
    seed: Any = None
    stem_type: Text = ""
    error_message: Text = ""


class Task(BaseModel):
    """The answer to a look at a task."""

    status: Text = ""
    """Only Producer has one for the whole, and only since autumn 2026."""
    message: Text = ""
    data: Any = None

    def items(self) -> list[dict[str, Any]]:
        """Return what the task made, one by one.

        Raises
        ------
        AnswerUnreadable
            If it is neither objects nor one object nor nothing.
        """
        found = [self.data] if isinstance(self.data, dict) else self.data or []
        if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
            raise AnswerUnreadable(f"{WHO} tells of results that the studio cannot read.")
        return found


class NuroTask(BaseModel):
    """A task of Nuro, which is its own result."""

    task_id: Text = ""
    status: Text = ""
    progress: Number = None
    audio_url: Link = None
    lyrics: Text = ""
    duration: Number = None
    genre: Any = None
    mood: Any = None
    message: Text = ""


class Credits(BaseModel):
    """What is left: of the month, and of what was bought besides."""

    credits: Number = None
    extra_credits: Number = None
