"""Refusals: what this vendor means when it says no, and what to do then."""

import json
from collections.abc import Mapping
from typing import Any, Never

from studio.errors import Doubtful, NotTaken, RemoteUnknown, VendorRefused
from studio.providers.aimusicapi.answers import WHO
from studio.providers.base import Refused
from studio.providers.wire import Answer

LONGEST_TEXT = 300
BUSY_SECONDS = 3.0
"""At most one order in three seconds, says the vendor."""
ELSEWHERE = "Choose another connection."
TAKEN = {200, 201, 202}
OK = 200
BUSY = 429

NEXT = {
    "credits are not enough": "Buy credits there, or choose another connection.",
    "active subscription": "Renew it there, or choose another connection.",
    "lyrics format": "Put marks like [Verse] on lines of their own.",
    "copyrighted": "Write other words where it points, then send it again.",
    "inappropriate": "Change the words it names, then send it again.",
    "moderation review": "Describe the song in other words, then send it again.",
    "artist names": "Say how it sounds instead of whom it sounds like.",
    "producer tags": "Leave that name out, then send it again.",
    "existing recording": "It may only be given sound of your own. Choose another.",
    "not accessible": "The link must lead straight to a sound, without a login.",
    "invalid audio": "Convert the file to MP3 or WAV, then try again.",
    "between 0 and 1": "Move the weight between 0 and 1.",
    "clip not found": "It is gone there. Upload the song, then ask again.",
    "persona not found": "It is gone there. Make it anew.",
    "character length": "Shorten it, then send it again.",
    "field is invalid": "Choose another model.",
}
"""What to do about the vendor's words, where it does not say so itself."""
CROWDED = ("qps limit", "queue full", "queue is full")
"""What some families say with 403 when there is too much to do for them."""


def status_of(answer: Answer, told: Mapping[str, Any]) -> int:
    """Return the status, also where an error travels inside an answer that calls itself fine."""
    code = told.get("code")
    inner = code if isinstance(code, int) and not isinstance(code, bool) else answer.status
    return inner if answer.status == OK and 400 <= inner < 600 else answer.status  # noqa: PLR2004 - errors


def said(told: Mapping[str, Any], status: int) -> str:
    """Return the vendor's reason as a sentence, and what to do about it where that is known."""
    for name in ("detail", "error", "message"):
        if reason := told.get(name):
            text = reason if isinstance(reason, str) else json.dumps(reason, ensure_ascii=False)
            return _with_advice(_sentence(text[:LONGEST_TEXT]))
    return f"no reason given ({status})."


def ending(answer: Answer, told: Mapping[str, Any]) -> Refused | None:
    """Return the end of a task that failed as a whole, whichever status carries the news."""
    # Who gives the money back has given up; who says that he does not may mean this look only.
    refunded = told.get("refund_processed")
    is_late = told.get("type") == "timeout" and refunded is not False
    ended = told.get("type") == "failed" or told.get("event") == "song.failed"
    if ended or is_late or refunded is True:
        return given_up(told, answer.status)
    return None


def given_up(told: Mapping[str, Any], status: int) -> Refused:
    """Say that a task will not be done, why, and whether the money came back."""
    text = said(told, status)
    refunded = told.get("refund_processed")
    if not isinstance(refunded, bool):
        refunded = True if "refunded" in text else None
    return Refused(reason=f"{WHO} gave up on it: {text}", refunded=refunded)


def is_waiting(status: int, told: Mapping[str, Any]) -> bool:
    """Whether the answer only means: not yet."""
    return status in {102, 202} or told.get("type") == "not_ready"


def refuse_order(
    answer: Answer,
    told: Mapping[str, Any],
    *,
    instead: str = ELSEWHERE,
    at_once: bool = False,
    repeatable: bool = False,
) -> Never:
    """Say what it means that an order was not taken, or that nobody can tell.

    Of what is closed it says what to do `instead`. A failure behind the vendor is the end of what
    it answers `at_once`, and costs nothing; of a task nobody knows whether it lives on, unless it
    says that the money was given back.

    Raises
    ------
    NotTaken, VendorRefused, Doubtful
        As the money rules want it.
    """
    status = status_of(answer, told)
    if repeatable and status >= 500:  # noqa: PLR2004 - faults of a server
        raise NotTaken(f"{WHO} could not do this now: {said(told, status)}")
    is_over = told.get("type") == "timeout" and "refunded" in said(told, status)
    if is_over or (at_once and told.get("type") == "upstream_error"):
        raise VendorRefused(f"{WHO} could not do this: {said(told, status)}")
    _explain(answer, told, status, instead)


def refuse_look(answer: Answer, told: Mapping[str, Any]) -> Never:
    """Say what it means that a task cannot be looked at.

    Raises
    ------
    RemoteUnknown
        If the vendor does not know the task, by either of its two numbers.
    NotTaken, VendorRefused, Doubtful
        Otherwise.
    """
    status = status_of(answer, told)
    text = said(told, status)
    unknown = "task not found" in text.lower() or told.get("type") == "not_found"
    if status in {400, 404} and unknown:
        raise RemoteUnknown(f"{WHO} does not know this task: {text}")
    _explain(answer, told, status, ELSEWHERE)


def _explain(answer: Answer, told: Mapping[str, Any], status: int, instead: str) -> Never:
    text = said(told, status)
    match status:
        case 401:
            raise VendorRefused(f"{WHO} does not accept the key: {text} Change it under Settings.")
        case 402:
            raise VendorRefused(f"{WHO} has too few credits for this: {text}")
        case 410:
            raise VendorRefused(f"{WHO} has closed this: {text} {instead}")
        case 403 | 429 if status == BUSY or any(word in text.lower() for word in CROWDED):
            wait = answer.retry_after or BUSY_SECONDS
            raise NotTaken(f"{WHO} is busy ({status}).", retry_after=wait)
        case 503:
            raise NotTaken(f"{WHO} is not open now (503).", retry_after=answer.retry_after)
        case 400 | 403 | 404 | 405 | 413 | 415 | 422:
            raise VendorRefused(f"{WHO} refused: {text}")
        case _:
            raise Doubtful(f"{WHO} answered {status}: {text}")


def _with_advice(text: str) -> str:
    lower = text.lower()
    advice = next((what for word, what in NEXT.items() if word in lower), "")
    return f"{text} {advice}".strip()


def _sentence(text: str) -> str:
    return text if text.rstrip().endswith((".", "!", "?", "…")) else f"{text.rstrip()}."
