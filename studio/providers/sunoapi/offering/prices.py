"""Prices in credits, for a whole job: two songs cost as much as is said here, not twice.

Those of stems and of a style are the vendor's own; the rest are what two resellers of the same
service print alike, and marked as approximate. Voices and recovery are printed nowhere.
"""

from collections.abc import Mapping

from studio.providers.limits import Price
from studio.songs import Ability as A  # noqa: N817 - this file is a table
from studio.songs import SongRequest, SplitStems

SONG = Price(amount=12, approximate=True)
UNPRINTED = Price(amount=12, approximate=True)
"""As much as a song, so that a budget holds; the balance then tells what it was."""
STEMS: Mapping[str, Price] = {
    "basic": Price(amount=10),
    "full": Price(amount=50),
    "one": Price(amount=20),
}
PRICES: Mapping[A, Price] = {
    A.REPLACE: Price(amount=5, approximate=True),
    A.SOUNDS: Price(amount=2.5, approximate=True),
    A.TIMELINE: Price(amount=0.5, approximate=True),
    A.TAGS: Price(amount=0.4),
    A.PERSONA: Price(amount=0),
    A.COVER_IMAGE: Price(amount=0),
    A.LYRICS: Price(amount=0.4, approximate=True),
    A.WAV: Price(amount=0.4, approximate=True),
    A.MIDI: Price(amount=0),
    A.VIDEO: Price(amount=2, approximate=True),
    A.RECOVER: UNPRINTED,
    A.PHRASE: UNPRINTED,
    A.VOICE: UNPRINTED,
    A.UPLOAD: Price(amount=0),
}
"""Whatever is not here costs as much as a song."""
WITHOUT_PRICE = frozenset({A.RECOVER, A.PHRASE, A.VOICE})


def price_of(request: SongRequest) -> Price:
    """Tell what `request` alone costs."""
    if isinstance(request, SplitStems):
        return STEMS[request.detail]
    return PRICES.get(request.ability, SONG)
