"""Claims: what a vendor's documents say, as far as it can be held against a live vendor."""

from studio.providers.limits import Price
from studio.songs import Value


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
