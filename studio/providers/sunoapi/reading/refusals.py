"""Refusals: what this vendor means when it says no, and what to do then.

Its pages print two families of codes. In its own, 429 is "no credits" and 430 "too fast"; in that
of its twin, which some of its pages were copied from, 402 is the first and 429 the second. So 429
is read by its words, and where those leave it open, as what nobody is charged for twice.
"""

import json
import re
from collections.abc import Mapping
from typing import Any, Never

from studio.errors import Doubtful, NotTaken, RemoteUnknown, VendorRefused
from studio.providers.base import Refused
from studio.providers.lenient import as_text
from studio.providers.sunoapi.reading.answers import WHO, as_whole, code_of
from studio.providers.wire import Answer

LONGEST_TEXT = 300
BUSY_SECONDS = 10.0
"""Twenty calls in ten seconds are taken: after that the count begins anew."""
MAINTENANCE_SECONDS = 300.0
CROWDED = 429
BROKEN = 500
REFUNDED = 531

FASTER = re.compile(r"frequen|too fast|too many|rate.?limit|slow down|频率|稍后", re.IGNORECASE)
"""Words of a 429 that means the pace, not the money."""
NOWHERE = re.compile(r"does not exist|not found|不存在", re.IGNORECASE)

MEANS: Mapping[int, str] = {
    401: "It does not accept the key. Change it under Settings.",
    402: "There are too few credits. Buy some there, or choose another connection.",
    403: "It does not accept the key. Change it under Settings.",
    409: "It has made this before and makes it once only: it is kept with what was made then.",
    413: "Something in it is too long, or the sound matches a work that is known. Shorten it, or "
    "choose another sound.",
    429: "There are too few credits. Buy some there, or choose another connection.",
    433: "This key has reached the limit that was set for it. Raise it there.",
    451: "It could not fetch the sound. Upload it again.",
    505: "It has switched this off. Choose another connection.",
}
"""What a code says by itself, before the vendor's own words."""

FAILED: Mapping[int, str] = {
    400: "The words may break its rules or belong to somebody. Write others.",
    408: "Its maker of music took too long. Send it again.",
    413: "The sound matches a work that is known. Choose one of your own.",
    451: "It could not fetch the sound. Send it again: the sound is uploaded anew.",
    500: "It broke down. Send it again later.",
    501: "Its maker of music failed. Send it again.",
    REFUNDED: "The credits came back. Often too little was said of what is wanted: say more.",
}
"""What the code of a task that failed says."""

STATES: Mapping[str, str] = {
    "SENSITIVE_WORD_ERROR": "It found words that it does not take. Write others.",
}

NEXT: Mapping[str, str] = {
    "artist name": "Say how it sounds instead of whom it sounds like.",
    "moderation": "Say it in other words, then send it again.",
    "callbackurl": "Send it again; if it stays so, the vendor has changed its rules.",
    "cannot exceed": "Shorten it, then send it again.",
    "access permissions": "Change the key under Settings.",
}
"""What to do about the vendor's words, where it does not say so itself."""


def words_of(told: Mapping[str, Any]) -> str:
    """Return the vendor's own words as a sentence."""
    inner = told.get("data")
    more = inner if isinstance(inner, dict) else {}
    for place in (told, more):
        for name in ("msg", "message", "error_message", "error_msg", "error", "detail"):
            if reason := place.get(name):
                text = reason if isinstance(reason, str) else json.dumps(reason)
                return sentence(text)
    return ""


def sentence(text: str) -> str:
    """Return a text as a sentence of a length that can be read."""
    text = text.strip()[:LONGEST_TEXT].rstrip()
    return text if not text or text.endswith((".", "!", "?", "…", "。")) else f"{text}."


def refuse_order(answer: Answer, told: Mapping[str, Any], *, is_harmless: bool = False) -> Never:
    """Say what it means that an order was not taken, or that nobody can tell.

    Raises
    ------
    NotTaken, VendorRefused, Doubtful
        As the money rules want it.
    """
    code, text = code_of(answer, told), _advised(words_of(told))
    if told.get("code") is None and code == CROWDED:
        # So says who stands before the vendor, and means what the world means by it.
        raise _too_often(code, answer)
    _check_pace(code, text, answer)
    if code in MEANS:
        raise VendorRefused(_said(f"{WHO} refused ({code}).", MEANS[code], text))
    if _is_no(code, text):
        raise VendorRefused(_said(f"{WHO} refused ({code}).", text))
    if is_harmless:
        raise NotTaken(_said(f"{WHO} could not do this now ({code}).", text))
    raise Doubtful(_said(f"{WHO} answered {code}.", text))


def refuse_look(answer: Answer, told: Mapping[str, Any]) -> Never:
    """Say what it means that a task cannot be looked at; nothing is charged for a look.

    Raises
    ------
    RemoteUnknown
        If the vendor does not know the task.
    NotTaken, VendorRefused, Doubtful
        Otherwise.
    """
    code, text = code_of(answer, told), words_of(told)
    if code == 404 or NOWHERE.search(text):  # noqa: PLR2004 - not found
        raise RemoteUnknown(_said(f"{WHO} does not know this task ({code}).", text))
    _check_pace(code, text, answer)
    if code in {401, 403}:
        raise VendorRefused(_said(f"{WHO} refused ({code}).", MEANS[code], text))
    raise Doubtful(_said(f"{WHO} answered {code} to a look.", text))


def unknown_task() -> Never:
    """Say that a look found nothing.

    It may be that a task is not written down yet, so the worker looks again until its patience
    ends; nobody is asked for money meanwhile.
    """
    raise RemoteUnknown(f"{WHO} does not know this task, or not yet.")


def failed(code: object, message: object, state: str = "") -> Refused:
    """Say that a task will not be done, and why."""
    number, text = as_whole(code), _advised(sentence(as_text(message)))
    meaning = STATES.get(state) or FAILED.get(number or 0, "")
    back = number == REFUNDED or "refunded" in text.lower()
    reason = _said(f"{WHO} could not make it.", text, meaning or ("" if text else "Send it again."))
    return Refused(reason=reason, refunded=True if back else None)


def _check_pace(code: int, text: str, answer: Answer) -> None:
    wait = answer.retry_after
    if code in {405, 430} or (code == CROWDED and FASTER.search(text)):
        raise _too_often(code, answer)
    if code == 455:  # noqa: PLR2004 - maintenance
        sentence = f"{WHO} is being maintained ({code})."
        raise NotTaken(sentence, retry_after=wait or MAINTENANCE_SECONDS)
    if code == 503:  # noqa: PLR2004 - closed
        raise NotTaken(f"{WHO} is not open now ({code}).", retry_after=wait)


def _too_often(code: int, answer: Answer) -> NotTaken:
    wait = answer.retry_after or BUSY_SECONDS
    return NotTaken(f"{WHO} was asked too often ({code}).", retry_after=wait)


def _is_no(code: int, text: str) -> bool:
    """Whether an order was surely refused: by the way it was put, or for want of its source."""
    return code in range(400, 500) and code != 408 or bool(NOWHERE.search(text)) or code == REFUNDED  # noqa: PLR2004, RUF021 - the errors of who asks


def _advised(text: str) -> str:
    lower = text.lower()
    return f"{text} {next((what for word, what in NEXT.items() if word in lower), '')}".strip()


def _said(*parts: str) -> str:
    return " ".join(part for part in parts if part)
