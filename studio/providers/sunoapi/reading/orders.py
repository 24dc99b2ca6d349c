"""Orders: what the vendor answers to one, an id or at once what was asked for, in our words.

Whatever a reading here is asked to read has a good code already.
"""

import re
from collections.abc import Callable
from typing import Any

from studio.errors import AnswerUnreadable, VendorRefused
from studio.providers.base import Finished, Started
from studio.providers.lenient import as_number, as_objects, as_text
from studio.providers.sunoapi.places import joined
from studio.providers.sunoapi.reading.answers import WHO, as_link, as_object, told_by
from studio.providers.sunoapi.reading.refusals import sentence
from studio.providers.wire import Answer
from studio.songs import Attached, Finding, Text

MARK = re.compile(r"\[[^\]]*\]")
"""A mark like `[Verse]`, which stands inside a timed word but is not sung."""


ID = re.compile(r"[0-9a-fA-F-]{16,64}")


def task_of(told: dict[str, Any]) -> str:
    """Return the id of a task, wherever it stands; empty if there is none."""
    data = told.get("data")
    nested = as_object(data).get("task_id")
    bare = as_text(data)
    alone = bare if ID.fullmatch(bare) else ""
    return as_text(nested) or as_text(told.get("task_id")) or alone


def submitted(answer: Answer) -> Started:
    """Read the id of a task."""
    task = task_of(told_by(answer))
    if not task:
        raise AnswerUnreadable(f"{WHO} answered without the id of a task.")
    return Started(remote=task)


def submitted_for(sound: str) -> Callable[[Answer], Started]:
    """Return how the id of a task is read that is kept together with that of a sound."""

    def read(answer: Answer) -> Started:
        task = submitted(answer).remote
        return Started(remote=joined(task, sound) or task)

    return read


def timeline(answer: Answer) -> Finished:
    """Read when each word is sung; a song in which nobody sings has none, and that is an answer."""
    data = as_object(told_by(answer).get("data"))
    if not isinstance(data.get("aligned_words"), list):
        raise AnswerUnreadable(f"{WHO} answered without a list of words.")
    told = [_timed(item) for item in as_objects(data["aligned_words"])]
    words = [word for word in told if word["word"]]
    facts: dict[str, Any] = {"words": words}
    if not words:
        facts["note"] = f"{WHO} heard nobody sing."
    return Finished(findings=(Finding(kind=Attached.TIMELINE, facts=facts),))


def tags(answer: Answer) -> Finished:
    """Read the richer words for a sound; the flag beside them has been seen as 1 and as 成功."""
    data = as_object(told_by(answer).get("data"))
    text = as_text(data.get("result"))
    if text:
        return Finished(texts=(Text(text=text),))
    problem = as_text(data.get("error_message")) or as_text(data.get("error_msg"))
    if problem:
        raise VendorRefused(f"{WHO} could not do this: {sentence(problem)}")
    raise AnswerUnreadable(f"{WHO} answered without any words.")


def persona(answer: Answer) -> Finished:
    """Read the id of a persona."""
    remote = as_text(as_object(told_by(answer).get("data")).get("persona_id"))
    if not remote:
        raise AnswerUnreadable(f"{WHO} answered without the id of a persona.")
    return Finished(persona=remote)


def uploaded(answer: Answer) -> Finished:
    """Read under which link an upload lies."""
    link = as_link(as_object(told_by(answer).get("data")).get("download_url"))
    if link is None:
        raise AnswerUnreadable(f"{WHO} answered without the link to an upload.")
    return has_upload(link)


def has_upload(link: str) -> Finished:
    """Say that the vendor has a song."""
    return Finished(findings=(Finding(kind=Attached.UPLOAD, remote=link),))


def _timed(item: dict[str, Any]) -> dict[str, Any]:
    """Return one word with its times; without its word if they are missing."""
    start, end = as_number(item.get("start_s")), as_number(item.get("end_s"))
    known = start is not None and end is not None and start <= end
    word = MARK.sub("", as_text(item.get("word"))).strip() if known else ""
    return {"word": word, "start": start, "end": end}
