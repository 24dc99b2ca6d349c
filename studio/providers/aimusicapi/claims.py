"""Claims: what this vendor's documents say, as far as it can be looked up without paying."""

from collections.abc import Callable, Mapping
from typing import Any

from studio.providers.aimusicapi.refusals import OK, status_of
from studio.providers.claims import Claim, Verdict
from studio.providers.lenient import as_number
from studio.providers.wire import Wire

NOBODY = "00000000-0000-4000-8000-000000000000"
"""The id of a task that nobody has."""
NOT_FOUND = frozenset({400, 404})
"""The older and the newer way to say it; both are documented."""
LONGEST_TEXT = 100


def _balance(wire: Wire) -> Verdict:
    answer = wire.ask("GET", "api/v1/get-credits")
    told = answer.members()
    status = status_of(answer, told)
    counted = [as_number(told.get(name)) for name in ("credits", "extra_credits")]
    known = [one for one in counted if one is not None]
    holds = status == OK and bool(known)
    return Verdict(holds=holds, found=f"{sum(known):g} credits." if holds else _found(status, told))


def _unknown(family: str) -> Callable[[Wire], Verdict]:
    def look(wire: Wire) -> Verdict:
        answer = wire.ask("GET", f"api/v1/{family}/task/{NOBODY}")
        told = answer.members()
        status = status_of(answer, told)
        return Verdict(holds=status in NOT_FOUND, found=_found(status, told))

    return look


def _found(status: int, told: Mapping[str, Any]) -> str:
    words = next((told[name] for name in ("detail", "error", "message") if told.get(name)), "")
    text = words[:LONGEST_TEXT].rstrip(".") if isinstance(words, str) else ""
    return f"Status {status}{': ' + text if text else ''}."


UNKNOWN = "A refusal with status 400 or 404."
ASKED: Mapping[str, tuple[str, Callable[[Wire], Verdict]]] = {
    "balance": ("Status 200 and a number of credits.", _balance),
    "unknown task at Sonic": (UNKNOWN, _unknown("sonic")),
    "unknown task at Producer": (UNKNOWN, _unknown("producer")),
    "unknown task at Nuro": (UNKNOWN, _unknown("nuro")),
    "unknown task at Riffusion": (UNKNOWN, _unknown("riffusion")),
}
CLAIMS = tuple(Claim(name=name, says=says) for name, (says, _) in ASKED.items())
LOOKS = {name: look for name, (_, look) in ASKED.items()}
