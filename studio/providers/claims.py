"""Claims: what a vendor's documents say, as far as it can be held against a live vendor."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from studio.errors import AnswerUnreadable
from studio.providers.limits import Price
from studio.songs import Value

Line = TypeVar("Line")
"""Over what a vendor is asked: its wire."""


class Claim(Value):
    """One thing that a vendor's documents say."""

    name: str
    """What is asked, in a few words: `balance`, `unknown task`."""
    says: str
    """What the documents say comes back."""
    price: Price = Price(amount=0)
    """What it costs to find out."""


class Verdict(Value):
    """What came back."""

    holds: bool | None
    """Whether it is as documented; `None` if nobody could tell."""
    found: str
    """What was found, in a short sentence without anything secret."""


def looked_up(claim: Claim, looks: Mapping[str, Callable[[Line], Verdict]], at: Line) -> Verdict:
    """Look one claim up, by its name, `at` a vendor; what cannot be read does not hold.

    Raises
    ------
    VendorTrouble
        If nobody could be asked.
    """
    look = looks.get(claim.name)
    if look is None:
        return Verdict(holds=None, found="Nobody claims that.")
    try:
        return look(at)
    except AnswerUnreadable as problem:
        return Verdict(holds=False, found=str(problem))
