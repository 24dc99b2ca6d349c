"""Outcomes of what the vendor answers at once: ids, facts, files and texts, in our words.

Whatever a reading here is asked to read has a good status already.
"""

import re
from collections.abc import Mapping
from typing import Any

from studio.errors import AnswerUnreadable, VendorRefused
from studio.providers.aimusicapi.answers import WHO, Reply, Submitted
from studio.providers.aimusicapi.families import Family, marked
from studio.providers.base import Finished, Started, Working
from studio.providers.lenient import as_link, as_number, as_text
from studio.providers.wire import Answer
from studio.songs import Attached, Finding, Text

MARK = re.compile(r"\[[^\]]*\]")
"""A mark like `[Verse]`, which stands among the timed words but is not sung."""


def submitted(answer: Answer, family: Family = Family.SONIC) -> Started:
    """Read the id of a task."""
    task = answer.read(Submitted).task
    if not task:
        raise AnswerUnreadable(f"{WHO} answered without the id of a task.")
    return Started(remote=marked(family, task))


def submitted_to(family: Family) -> Any:
    """Return how the id of a task of `family` is read."""
    return lambda answer: submitted(answer, family)


def uploaded(answer: Answer) -> Finished:
    """Read under which id an upload is known."""
    return has_upload(_named(answer, "clip_id"))


def uploaded_to_riffusion(answer: Answer) -> Finished | Started:
    """Read the id of a clip, or of the task that makes it one: its page shows no answer."""
    if as_text(answer.read(Reply).find("clip_id")):
        return has_upload(marked(Family.RIFFUSION, _named(answer, "clip_id")))
    return submitted(answer, Family.RIFFUSION)


def has_upload(remote: str) -> Finished:
    """Say that the vendor has a song."""
    return Finished(findings=(Finding(kind=Attached.UPLOAD, remote=remote),))


def persona(answer: Answer) -> Finished:
    """Read the id of a persona."""
    return Finished(persona=_named(answer, "persona_id"))


def bpm(answer: Answer) -> Finished:
    """Read the tempo."""
    reply = answer.read(Reply)
    names = {"tempo_bpm": "avg_bpm", "lowest_bpm": "min_bpm", "highest_bpm": "max_bpm"}
    found = {ours: as_number(reply.find(theirs)) for ours, theirs in names.items()}
    facts = {name: value for name, value in found.items() if value is not None}
    if "tempo_bpm" not in facts:
        raise AnswerUnreadable(f"{WHO} answered without a tempo.")
    return Finished(findings=(Finding(kind=Attached.BPM, facts=facts),))


def vox(answer: Answer) -> Finished:
    """Read under which id the voice alone is known; there is no sound of it to fetch."""
    reply = answer.read(Reply)
    if "fail" in as_text(reply.find("status")).lower():
        raise VendorRefused(f"{WHO} found no voice there. Choose a window in which one sings.")
    window = {
        "start": as_number(reply.find("vocal_start_s")),
        "end": as_number(reply.find("vocal_end_s")),
    }
    facts: dict[str, Any] = {name: value for name, value in window.items() if value is not None}
    facts["note"] = "Kept at the vendor for making a persona; it gives no sound of it."
    remote = _named(answer, "vox_audio_id")
    return Finished(findings=(Finding(kind=Attached.VOX, remote=remote, facts=facts),))


def wav(answer: Answer) -> Finished:
    """Read where the WAV lies."""
    link = as_link(answer.read(Reply).find("wav_url"))
    if link is None:
        raise AnswerUnreadable(f"{WHO} answered without a link to the WAV.")
    return Finished(findings=(Finding(kind=Attached.WAV, link=link),))


def files(answer: Answer) -> Finished | Working:
    """Read where the files lie, or that they are not ready."""
    found = tuple(
        Finding(kind=Attached.FILE, name=as_text(item.get("format")), link=link)
        for item in answer.read(Reply).items("files")
        if (link := as_link(item.get("url")))
    )
    return Finished(findings=found) if found else Working(doing="preparing the files")


def midi(answer: Answer) -> Finished | Working:
    """Read where the notes lie; a text in place of the link says how far they are."""
    reply = answer.read(Reply)
    told = as_text(reply.find("midi_url")).strip()
    if link := as_link(told):
        names = [as_text(one.get("name")) for one in reply.items("instruments")]
        facts = {"instruments": [name for name in names if name]}
        return Finished(findings=(Finding(kind=Attached.MIDI, link=link, facts=facts),))
    if told.lower().startswith("fail"):
        raise VendorRefused(f"{WHO} could not write the notes down: {told}. Try again later.")
    return Working(doing=told)


def timeline(answer: Answer) -> Finished | Working:
    """Read when each word is sung."""
    told = [_timed(item) for item in answer.read(Reply).items("alignment")]
    words = [word for word in told if word["word"]]
    if not words:
        return Working(doing="listening for the words")
    return Finished(findings=(Finding(kind=Attached.TIMELINE, facts={"words": words}),))


def texts(answer: Answer) -> Finished:
    """Read the versions of a lyric."""
    found = tuple(
        Text(title=as_text(item.get("title")), text=text)
        for item in answer.read(Reply).items("results")
        if (text := as_text(item.get("lyrics")))
    )
    if not found:
        raise AnswerUnreadable(f"{WHO} answered without any words.")
    return Finished(texts=found)


def tags(answer: Answer) -> Finished:
    """Read the richer tags."""
    return Finished(texts=(Text(text=_named(answer, "upsampled_tags")),))


def _named(answer: Answer, name: str) -> str:
    value = as_text(answer.read(Reply).find(name)).strip()
    if not value:
        raise AnswerUnreadable(f"{WHO} answered without {name!r}, which should be there.")
    return value


def _timed(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return one word with its times; without its word if they are missing."""
    start, end = as_number(item.get("start_s")), as_number(item.get("end_s"))
    known = start is not None and end is not None and start <= end
    word = MARK.sub("", as_text(item.get("word"))).strip() if known else ""
    return {"word": word, "start": start, "end": end}
