"""Refusals: what this vendor means when it says no, as far as anybody knows.

No page shows one. Users have seen a `code` that is not 0 with a `msg`, HTTP 401 for a bad key, and
`detail` or `message` as other frameworks write them.
"""

import json
from typing import Never

from studio.errors import Doubtful, NotTaken, VendorRefused
from studio.providers.gateway.answers import OK, WHO, Meta, refusal_code
from studio.providers.wire import Answer

LONGEST_TEXT = 300
BUSY_SECONDS = 5.0
NEXT = {
    "artist name": "Say how it sounds instead of whom it sounds like.",
    "moderation": "Describe it in other words, then send it again.",
    "balance": "Pay in at the vendor, or choose another connection.",
    "insufficient": "Pay in at the vendor, or choose another connection.",
}
"""What to do about the vendor's words, where it does not say so itself; the first that fits."""


def check(answer: Answer) -> None:
    """Make sure that an answer is no refusal.

    Raises
    ------
    NotTaken, VendorRefused, Doubtful
        As the money rules want it.
    """
    if answer.status != OK:
        _refuse(answer.status, answer)
    if reason := inside(answer):
        raise VendorRefused(reason)


def inside(answer: Answer) -> str:
    """Return the refusal that lies in an envelope, as a sentence; empty where there is none."""
    return "" if refusal_code(answer) is None else f"{WHO} refused: {_said(answer)}"


def failure(meta: Meta) -> str:
    """Say why a song failed, and what to do about it."""
    what = meta.error_message or meta.error_type.replace("_", " ")
    if not what:
        return f"{WHO} could not make it, and does not say why."
    reason = _sentence(what[:LONGEST_TEXT])
    return _advised(f"{WHO} could not make it: {reason}", f"{what} {meta.error_type}")


def _refuse(status: int, answer: Answer) -> Never:
    text = _said(answer)
    match status:
        case 401:
            raise VendorRefused(f"{WHO} does not accept the key: {text} Change it under Settings.")
        case 429 | 503:
            # Which of the two it uses, if any, is not documented; neither has taken anything.
            wish = answer.retry_after or BUSY_SECONDS
            raise NotTaken(f"{WHO} is busy ({status}).", retry_after=wish)
        case 400 | 402 | 403 | 404 | 405 | 413 | 415 | 422:
            raise VendorRefused(f"{WHO} refused ({status}): {text}")
        case _:
            raise Doubtful(f"{WHO} answered {status}: {text}")


def _said(answer: Answer) -> str:
    told = answer.members()
    for name in ("msg", "detail", "message", "error"):
        if reason := told.get(name):
            text = reason if isinstance(reason, str) else json.dumps(reason, ensure_ascii=False)
            return _advised(_sentence(text[:LONGEST_TEXT]), text)
    return "no reason given."


def _advised(sentence: str, about: str) -> str:
    advice = next((what for word, what in NEXT.items() if word in about.lower()), "")
    return f"{sentence} {advice}".strip()


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
