"""Speech: the envelope of every answer, the codes of both families, and what is said to say no.

Errors come under HTTP 200 with a `code` inside, as recorded; a switch gives them their real status.
The same number means different things in the two families: 429 is "no credits" at sunoapi.org and
"too fast" at its twin.
"""

from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from studio.emulator.choices import Choices
from studio.emulator.door import TurnedAway, has_key
from studio.emulator.faults import Fault

OK = 200
RATE_CALLS, RATE_SECONDS = 20, 10.0
LIMITED = "/api/v1/"
"""Paths that count towards the rate; the uploads are on a host of their own."""


class Refusal(NamedTuple):
    """What is said to say no: a code for each family, and a text."""

    a: int
    b: int
    text: str

    def saying(self, text: str) -> "Refusal":
        """Return the same codes with another text."""
        return self._replace(text=text)


INVALID = Refusal(400, 422, "Invalid parameters.")
TOO_LONG = Refusal(413, 422, "The prompt is too long.")
CONFLICT = Refusal(409, 409, "The record already exists.")
NO_ACCESS = Refusal(401, 401, "You do not have access permissions")
NOT_FOUND = Refusal(404, 404, "Not Found")
NO_CREDITS = Refusal(429, 402, "The current credits are insufficient. Please top up.")
TOO_FAST = Refusal(430, 429, "Your call frequency is too high. Please try again later.")
BROKEN = Refusal(500, 500, "Server exception, please try again later or contact customer service")
UPSTREAM = Refusal(500, 501, "Generation failed, please try again later.")
UNREACHABLE = Refusal(451, 451, "Failed to fetch the file.")
REASONS = {
    "moderation": INVALID.saying("Lyrics contained copyrighted or sensitive content: {detail}"),
    "length": TOO_LONG.saying("The theme or prompt is too long."),
    "limit": Refusal(405, 429, "The number of calls exceeds the limit."),
    "access": NO_ACCESS,
    "maintenance": Refusal(455, 455, "The website is under maintenance, please try again later."),
    "disabled": Refusal(400, 505, "This feature is currently disabled."),
}
"""Why a call is refused, by the `reason` of the fault `refused`; most texts are guessed."""
_FAULTS = {"busy": TOO_FAST, "insufficient": NO_CREDITS, "500": BROKEN}
_USUAL = "moderation"
_SMALLEST_STATUS = 200


class Speech:
    """How the vendor speaks, by its switches."""

    def __init__(self, choices: Choices, *, key: str, clock: Callable[[], float]) -> None:
        self._choices = choices
        self._key = key
        self._clock = clock
        self._calls: deque[float] = deque(maxlen=RATE_CALLS)

    def say(self, code: int, text: str, data: Any = None) -> Response:
        """Return an answer in the envelope."""
        is_real = self._choices["statuses"] == "real" and code >= _SMALLEST_STATUS
        return JSONResponse(
            {"code": code, "msg": text, "data": data},
            code if is_real else OK,
            media_type="application/json;charset=UTF-8",
        )

    def ok(self, data: Any) -> Response:
        """Answer that it went well."""
        return self.say(OK, "success", data)

    def no(self, refusal: Refusal, data: Any = None) -> Response:
        """Answer with a refusal, by the family that is chosen."""
        return self.say(self.code(refusal), refusal.text, data)

    def code(self, refusal: Refusal) -> int:
        """Return the code of a refusal in the family that is chosen."""
        return refusal.a if self._choices["family"] == "A" else refusal.b

    def refused(self, refusal: Refusal, data: Any = None) -> TurnedAway:
        """Return a refusal to be raised."""
        return TurnedAway(self.no(refusal, data))

    def unfit(self, text: str) -> TurnedAway:
        """Return the refusal of a field, to be raised."""
        return self.refused(INVALID.saying(text))

    def no_credits(self) -> TurnedAway:
        """Return the refusal of work that nobody can pay."""
        return self.refused(NO_CREDITS)

    def admit(self, request: Request) -> Response | None:
        """Look at the key, and at how many calls there were of late."""
        if not has_key(request, self._key):
            return self.no(NO_ACCESS)
        is_limited = self._choices["limit"] == "on" and LIMITED in request.url.path
        if is_limited and self._is_too_fast():
            return self.no(TOO_FAST)
        return None

    def say_fault(self, fault: Fault) -> Response | None:
        """Say a fault as the vendor would."""
        if fault.kind == "refused":
            refusal = REASONS[fault.reason or _USUAL]
            return self.no(refusal.saying(refusal.text.format(detail=fault.detail)))
        known = _FAULTS.get(fault.kind)
        return self.no(known) if known else None

    def stray(self, _: Request, trouble: Exception) -> Response:
        """Answer what leads nowhere, and our own falls."""
        if not isinstance(trouble, HTTPException):
            return self.no(BROKEN)
        is_large = trouble.status_code == TOO_LONG.a
        return self.no(TOO_LONG.saying("The request is too large.") if is_large else NOT_FOUND)

    def _is_too_fast(self) -> bool:
        now = self._clock()
        calls = self._calls
        if len(calls) == RATE_CALLS and now - calls[0] < RATE_SECONDS:
            return True
        calls.append(now)
        return False
