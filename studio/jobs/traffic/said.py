"""Said: what a person reads of a job that waits, not for its own sake, but for its connection's."""

from datetime import datetime
from typing import NamedTuple

from studio.providers.limits import Rate


class Said(NamedTuple):
    """Sentences that go before the reasons of jobs themselves; empty where there are none."""

    starts: str = ""
    """Of what is not sent yet."""
    looks: str = ""
    """Of what the vendor has."""


def quiet(problem: str, since: datetime) -> Said:
    """Say that nobody answers."""
    told = f"{problem} It has been so since {since.astimezone():%H:%M}."
    return Said(
        f"{told} This was not sent and cost nothing. It is sent as soon as somebody answers, which "
        "the studio tries every minute; or cancel it, and choose another connection.",
        f"{told} The studio asks again every few minutes, and brings home what is made as soon as "
        "somebody answers. Nothing need be done.",
    )


def busy(problem: str) -> Said:
    """Say that the vendor takes nothing more just now."""
    return Said(
        f"{problem} This was not sent and cost nothing. It waits for its turn, for a day at most; "
        "or cancel it, and choose another connection."
    )


def queued(who: str, rate: Rate) -> Said:
    """Say that more is to be sent than may be."""
    return Said(
        f"{who} takes {rate.calls} calls in {rate.seconds:g} s, and more than that are waiting. "
        "This was not sent yet; it goes in its turn."
    )
