"""Calls: what the vendor tells by itself.

It documents no signature. What keeps strangers out is the secret part of the address at which it
calls, so there is nothing more to make sure of here; and what is told is believed only as far as a
look would be: a first song never ends a task.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from studio.errors import AnswerUnreadable
from studio.providers.base import Progress
from studio.providers.lenient import as_text
from studio.providers.materials import Call, News
from studio.providers.sunoapi.reading.answers import OK, WHO, as_object, as_whole, named
from studio.providers.sunoapi.reading.looks import LOOKS, MUSIC
from studio.providers.sunoapi.reading.orders import task_of
from studio.providers.sunoapi.reading.recovery import recovered
from studio.songs import Ability, SongRequest

STAGES: Mapping[str, str] = {
    "text": "TEXT_SUCCESS",
    "first": "FIRST_SUCCESS",
    "complete": "SUCCESS",
    "error": "GENERATE_AUDIO_FAILED",
    "": "FIRST_SUCCESS",
}
"""What a look would have said. Without a stage it is not the end: the next look tells."""


def heard(call: Call) -> News | None:
    """Return what a call tells; `None` if it is of no task."""
    told = _read(call.body)
    task = task_of(told)
    if not task:
        return None
    return News(
        id=hashlib.sha256(call.body).hexdigest(),
        remote=task,
        told=call.body.decode(errors="replace"),
    )


def read(told: str, request: SongRequest) -> Progress:
    """Read a call as a look is read.

    Raises
    ------
    AnswerUnreadable
        If it is not about something that can be looked at.
    """
    look, members = LOOKS.get(request.ability), _read(told)
    code = as_whole(members.get("code"))
    if members and request.ability is Ability.RECOVER:
        return recovered(members, code or OK, "")
    if look is None or not members:
        raise AnswerUnreadable(f"{WHO} told something that the studio cannot read.")
    data = as_object(members.get("data"))
    record = RECORDS.get(request.ability, _flat)(data) if look is not MUSIC else _music(data, code)
    if code not in {None, OK}:
        record = record | _failure(members, data, code)
    return look.reads({"task_id": task_of(members)} | record, request)


def _music(data: dict[str, Any], code: int | None) -> dict[str, Any]:
    stage = as_text(data.get("callback_type"))
    status = STAGES.get(stage, stage)
    is_failure = code not in {None, OK}
    return {
        "status": STAGES["error"] if is_failure else status,
        "error_message": data.get("error"),
        "response": {"suno_data": data.get("data")},
    }


def _failure(told: Mapping[str, Any], data: Mapping[str, Any], code: int | None) -> dict[str, Any]:
    failure: dict[str, Any] = {
        "error_code": code,
        "error_message": data.get("error_message") or data.get("error") or told.get("msg"),
    }
    return failure | ({} if as_text(data.get("status")) else {"success_flag": "CALL_FAILED"})


def _flat(data: dict[str, Any]) -> dict[str, Any]:
    """Read a result whose members lie where a look has the record's own."""
    return data


def _done(data: dict[str, Any]) -> dict[str, Any]:
    return {"success_flag": "SUCCESS", "response": data}


def _lyrics(data: dict[str, Any]) -> dict[str, Any]:
    is_over = as_text(data.get("callback_type")) != "error"
    return {"success_flag": "SUCCESS" if is_over else "CALL_FAILED", "response": data}


def _stems(data: dict[str, Any]) -> dict[str, Any]:
    info = data.get("vocal_removal_info") or data.get("vocal_separation_info")
    return _done(as_object(info))


def _midi(data: dict[str, Any]) -> dict[str, Any]:
    return {"success_flag": "SUCCESS", "midi_data": data}


RECORDS: Mapping[Ability, Callable[[dict[str, Any]], dict[str, Any]]] = {
    Ability.COVER_IMAGE: _done,
    Ability.WAV: _done,
    Ability.VIDEO: _done,
    Ability.LYRICS: _lyrics,
    Ability.STEMS: _stems,
    Ability.MIDI: _midi,
}


def _read(body: bytes | str) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return as_object(named(told))
