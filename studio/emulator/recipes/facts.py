"""Facts: what a take of the band told, found by where it is said to stand."""

from typing import Any

from studio.emulator.orders import BandTake, Order
from studio.emulator.works import Use

LYRICS = "lyrics"


def fact_at(order: Order, place: str) -> Any:
    """Return a fact of an earlier take, for example at `#1.versions.0.lyrics`; `None` if none."""
    number, *steps = place.removeprefix("#").split(".")
    take = order.take(int(number))
    value: Any = take.facts if take else {}
    for step in steps:
        try:
            value = value[int(step)] if isinstance(value, list | tuple) else value[step]
        except (LookupError, TypeError):
            return None
    return value


def words_of(order: Order, take: BandTake) -> str:
    """Return the words of a take: as the band tells them, or as they were written for it."""
    if take.lyrics or not isinstance(take.work, Use) or LYRICS not in take.work.told:
        return take.lyrics
    return str(fact_at(order, take.work.told[LYRICS]) or "")
