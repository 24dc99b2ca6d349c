"""Claims: what is said of this vendor, as far as it can be looked up without paying."""

from collections.abc import Callable, Mapping

from studio.errors import VendorRefused
from studio.providers.claims import Claim, Verdict
from studio.providers.gateway import refusals
from studio.providers.gateway.answers import OK, left_in, unwrapped
from studio.providers.lenient import Anything, as_text
from studio.providers.wire import Answer, Wire

NOBODY = "00000000-0000-4000-8000-000000000000"
"""The id of a song that nobody has."""
SAYS = {
    "balance": "An envelope with code 0 and the number of songs that are left.",
    "unknown song": "A bare empty list, with HTTP 200.",
    "unknown song in the feed": "A refusal, or nothing (this is a guess).",
}


def _balance(wire: Wire) -> Verdict:
    answer = wire.ask("GET", "gateway/limit")
    refusals.check(answer)
    left = left_in(answer)
    holds = left is not None and answer.members().get("code") == 0
    return Verdict(holds=holds, found=f"{left:g} songs." if holds else _shown(answer))


def _unknown_song(wire: Wire) -> Verdict:
    answer = wire.ask("GET", f"gateway/query?ids={NOBODY}")
    is_empty = answer.status == OK and answer.read(Anything).root == []
    return Verdict(holds=is_empty, found="An empty list." if is_empty else _shown(answer))


def _unknown_in_feed(wire: Wire) -> Verdict:
    answer = wire.ask("GET", f"gateway/feed/{NOBODY}")
    try:
        refusals.check(answer)
        is_nothing = not unwrapped(answer)
    except VendorRefused:
        is_nothing = True
    return Verdict(holds=is_nothing, found=_shown(answer))


LOOKS: Mapping[str, Callable[[Wire], Verdict]] = {
    "balance": _balance,
    "unknown song": _unknown_song,
    "unknown song in the feed": _unknown_in_feed,
}
CLAIMS = tuple(Claim(name=name, says=says) for name, says in SAYS.items())


def _shown(answer: Answer) -> str:
    """Say in short what came back, without anything secret."""
    told = answer.members()
    code = f", code {told['code']!r}" if isinstance(told.get("code"), int | str) else ""
    text = as_text(told.get("msg")) or as_text(told.get("detail")) or as_text(told.get("message"))
    return f"HTTP {answer.status}{code}{': ' + text[:100].rstrip('.') if text else ''}."
