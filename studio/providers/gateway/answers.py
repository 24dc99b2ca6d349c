"""Answers as they travel: everything but a query comes in an envelope, and songs have two names.

The same song is `song_id` where it is ordered and `id` where it is asked about.
"""

from collections.abc import Sequence
from typing import Any

from pydantic import AliasChoices, AliasPath, BaseModel, Field

from studio.providers.answer import Answer
from studio.providers.lenient import Anything, Link, Number, Objects, Text, as_number, as_objects

WHO = "Gateway API"
OK = 200
NO_SOUND = "/none.mp3"
"""How the link to a song ends that was never made."""


class Meta(BaseModel):
    """What is told of a song beside its files."""

    tags: Text = ""
    prompt: Text = ""
    duration: Number = None
    refund_credits: Any = None
    error_type: Text = ""
    error_message: Text = ""


class Clip(BaseModel):
    """One song."""

    id: Text = Field(default="", validation_alias=AliasChoices("id", "song_id", "clip_id"))
    status: Text = ""
    title: Text = ""
    audio_url: Link = None
    image_url: Link = None
    image_large_url: Link = None
    meta: Any = Field(default=None, validation_alias=AliasChoices("meta_data", "metadata"))

    @property
    def told(self) -> Meta:
        """Return what is told beside the files; empty where that is nothing."""
        return Meta.model_validate(self.meta if isinstance(self.meta, dict) else {})

    @property
    def sound(self) -> str | None:
        """Return the link to its sound, if there is any behind it."""
        link = self.audio_url
        return None if link is None or link.lower().endswith(NO_SOUND) else link


class Word(BaseModel):
    """One word and when it is sung; Suno's own names for that, and shorter ones."""

    word: Text = ""
    start: Number = Field(
        default=None, validation_alias=AliasChoices("start_s", "start", "startS", "start_time")
    )
    end: Number = Field(
        default=None, validation_alias=AliasChoices("end_s", "end", "endS", "end_time")
    )


class Words(BaseModel):
    """The words of a song in time, wherever they stand."""

    words: Objects = Field(
        default=[],
        validation_alias=AliasChoices("aligned_words", "alignedWords", "alignment", "words"),
    )


class Lyrics(BaseModel):
    """Words that were written."""

    text: Text = Field(default="", validation_alias=AliasChoices("text", "lyrics"))
    title: Text = ""
    status: Text = ""
    error: Text = Field(
        default="", validation_alias=AliasChoices("error_message", AliasPath("error"))
    )


def unwrapped(answer: Answer) -> Any:
    """Return what is in the envelope, or the body itself where there is none."""
    body = answer.read(Anything).root
    return body["data"] if isinstance(body, dict) and "data" in body else body


def clips_in(told: Any) -> Sequence[Clip]:
    """Return the songs in a list, or the one that stands alone, in their order."""
    clips = [Clip.model_validate(item) for item in as_objects(told)]
    return [clip for clip in clips if clip.id or clip.status]


def ids_in(answer: Answer) -> tuple[str, ...]:
    """Return the ids of the songs, or of the words, that an order made, each once."""
    told = clips_in(unwrapped(answer))
    return tuple(dict.fromkeys(clip.id for clip in told if clip.id))


def names_songs(answer: Answer) -> bool:
    """Whether an order was surely taken: ids lie in its envelope, whatever code that has."""
    return answer.status == OK and "data" in answer.members() and bool(ids_in(answer))


def left_in(answer: Answer) -> float | None:
    """Return how many songs are left; `None` where that is not told."""
    told = unwrapped(answer)
    return as_number(told.get("songs_left")) if isinstance(told, dict) else None


def refusal_code(answer: Answer) -> float | None:
    """Return the code in the envelope of a refusal; `None` where it is no refusal."""
    code = as_number(answer.members().get("code"))
    return None if code in {None, 0, OK} else code
