"""Refusals: what a server of ACE-Step means when it says no, and what to do then."""

import json
from typing import Any, Never

from studio.errors import Doubtful, NotTaken, VendorRefused
from studio.providers.acestep.answers import WHO, code_of
from studio.providers.lenient import Anything
from studio.providers.wire import Answer

LONGEST_TEXT = 300
OK = 200
FAULT = 400
BUSY_SECONDS = 15.0
"""A queue of 200 songs does not empty at once."""
NEXT = {
    "absolute": "Choose a song whose sound is here.",
    "base model": "Load a base model there, or choose another connection.",
    "llm": "Start it with --init-llm, or write the words yourself.",
    "out of memory": "Ask for a shorter song, or load a smaller model there.",
}
"""What to do about its words, where it does not say so itself; the first that fits."""


def opened(answer: Answer) -> Any:
    """Return what lies in the envelope of an answer.

    Some routes call themselves fine (HTTP 200) around a code that is not: both are looked at.

    Raises
    ------
    NotTaken, VendorRefused, Doubtful
        If it is a refusal.
    AnswerUnreadable
        If it is no JSON.
    """
    if answer.status != OK:
        _refuse(answer.status, answer)
    body = answer.read(Anything).root
    told = answer.members()
    code = code_of(told)
    if code is not None and code >= FAULT:
        _refuse_inside(int(min(code, 999)), answer)
    return body.get("data") if isinstance(body, dict) and "data" in body else body


def in_a_sentence(text: str) -> str:
    """Return a reason as one sentence, and what to do about it where that is known.

    Of a traceback only its last line says anything to a musician.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    said = lines[-1][:LONGEST_TEXT] if lines else "no reason given"
    said = said if said.endswith((".", "!", "?", "…")) else f"{said}."
    advice = next((what for word, what in NEXT.items() if word in text.lower()), "")
    return f"{said} {advice}".strip()


def _refuse_inside(code: int, answer: Answer) -> Never:
    """Say what a refusal means that travels in an answer which calls itself fine.

    Who still writes such an envelope has not broken down: it says that nothing was done.
    """
    if code in {401, 404, 429, 503}:
        _refuse(code, answer)
    raise VendorRefused(f"{WHO} refused ({code}): {_said(answer)}")


def _refuse(status: int, answer: Answer) -> Never:
    text = _said(answer)
    match status:
        case 401:
            raise VendorRefused(f"{WHO} does not accept the key: {text} Change it under Settings.")
        case 404 | 405:
            raise VendorRefused(
                f"{WHO} does not know this ({status}): {text} Look whether the address leads to "
                "its API (uv run acestep-api), and whether it is of this year."
            )
        case 429:
            wish = answer.retry_after or BUSY_SECONDS
            raise NotTaken(f"The queue of {WHO} is full (429).", retry_after=wish)
        case 503:
            raise NotTaken(f"{WHO} is not ready (503).", retry_after=answer.retry_after)
        case 400 | 402 | 403 | 413 | 415 | 422:
            raise VendorRefused(f"{WHO} refused ({status}): {text}")
        case _:
            raise Doubtful(f"{WHO} answered {status}: {text}")


def _said(answer: Answer) -> str:
    told = answer.members()
    for name in ("error", "detail", "message"):
        if reason := told.get(name):
            text = reason if isinstance(reason, str) else json.dumps(reason, ensure_ascii=False)
            return in_a_sentence(text)
    return "no reason given."
