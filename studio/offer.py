"""Offers: what can be had at a connection, and for how much."""

from collections.abc import Mapping

from studio.connections import Connection
from studio.probes import Found, last_known
from studio.providers import Vendor
from studio.providers.base import Probed
from studio.providers.limits import Balance, Limits, Model, Price
from studio.songs import Ability, CreateSong, SongRequest, Value

NOTHING_YET = Probed(abilities=frozenset())
DOLLARS = "dollars"
FREE = "free"
UNKNOWN = "price not known"


class Offer(Value):
    """What can be had at a connection."""

    name: str
    """Of the connection."""
    kind: str
    title: str
    """Of the provider."""
    abilities: frozenset[Ability]
    models: Mapping[str, Model]
    """By name, the default first."""
    plain: Mapping[Ability, Limits] = {}
    """Limits of abilities that are had without a model."""
    repeatable: bool
    """Free, and the same seed is the same song."""
    is_local: bool
    """Whether it is the emulator on this machine."""
    takes_links: bool = False
    """Whether it fetches sound from a public link."""
    calls_back: bool = False
    """Whether it can tell by itself when something has happened."""
    by_hand: str = ""
    """How a sound of one's own gets there when only a person can bring it, in a sentence."""
    is_reached: bool = True
    """Whether it is known what can be had there; `note` says what to do if not."""
    note: str = ""
    """What should be known of it, in a sentence."""
    price: str
    """What two takes cost, in words."""
    unit: str = "credits"
    """In which that is counted."""

    def models_for(self, ability: Ability) -> Mapping[str, Model]:
        """Return the models that have an ability, the default first; none where it needs none."""
        return {name: model for name, model in self.models.items() if ability in model.abilities}

    def limits(self, ability: Ability, model: str | None = None) -> Limits:
        """Return what is accepted for an ability, by one model or by its default one."""
        fitting = self.models_for(ability)
        if model is None or model not in self.models:
            model = next(iter(fitting), None)
        if model is None or not fitting:
            return self.plain.get(ability, Limits())
        return self.models[model].limits_for(ability)

    def takes(self, request: SongRequest) -> int:
        """Return how many takes a request brings."""
        fitting = self.models_for(request.ability)
        model = self.models.get(request.model or next(iter(fitting), ""))
        told = self.limits(request.ability, request.model).takes
        return told or (1 if model is None else model.takes)


class Health(Value):
    """How a connection answers now."""

    ok: bool
    sentence: str
    latency_ms: float | None = None
    balance: Balance | None = None


class Estimate(Value):
    """What a request will take, known before it costs anything."""

    price: Price
    """Of everything: uploads before it and joins after it, too."""
    steps: tuple[SongRequest, ...]
    """The requests that it takes, in order; the last but the joins is the request itself."""
    advice: str = ""
    """What should be known before, in a sentence."""
    problem: str = ""
    """Why it cannot be sent as it is and what to do, in a sentence."""


def offer_of(connection: Connection, who: type[Vendor], found: Found | None = None) -> Offer:
    """Return what `who` offers at `connection`.

    Where servers of it differ, that is what was `found` at this one: nothing, until it was reached.
    """
    usual = who.price(CreateSong(style="pop"))
    declared = Probed(abilities=who.abilities, models=who.models, plain=who.plain)
    known = found.probed if found else None
    here = (known or NOTHING_YET) if who.differs else declared
    return Offer(
        name=connection.name,
        kind=connection.kind,
        title=who.title,
        abilities=here.abilities,
        models=here.models,
        plain=here.plain,
        repeatable=who.repeatable,
        is_local=connection.is_local,
        takes_links=who.takes_links,
        calls_back=who.calls_back,
        by_hand=who.by_hand,
        is_reached=not who.differs or known is not None,
        note=_note(connection, who, found) if who.differs else "",
        price=in_words(usual),
        unit=usual.unit,
    )


def _note(connection: Connection, who: type[Vendor], found: Found | None) -> str:
    """Say what is to be known of a server that differs from others of its kind."""
    trouble = found.trouble if found else ""
    if found is None or found.probed is None:
        why = f" ({trouble.rstrip('.')})" if trouble else ""
        return (
            f"{connection.name} has not been reached yet{why}, so nobody knows what {who.title} "
            "can do there. Start it, then test the connection under Settings."
        )
    if trouble:
        return f"{trouble} {last_known(found)}"
    return found.probed.note


def in_words(price: Price) -> str:
    """Say a price, for example `free`, `about 14 credits` or `$0.055`."""
    if price.is_unknown:
        return UNKNOWN
    if price.is_free:
        return FREE
    return f"{'about ' if price.approximate else ''}{amount_in_words(price.amount, price.unit)}"


def amount_in_words(amount: float, unit: str) -> str:
    """Say so much of a vendor's unit: `1 credit`, `1,000 songs`, `$3.20`."""
    if unit == DOLLARS:
        return f"{'-' if amount < 0 else ''}${_number(abs(amount), least=2)}"
    return f"{_number(amount)} {unit.removesuffix('s') if amount == 1 else unit}"


def left_in_words(balance: Balance) -> str:
    """Say what is left at a connection, in a sentence."""
    is_one = balance.unit == DOLLARS or balance.amount == 1
    verb = "is" if is_one else "are"
    return f"{amount_in_words(balance.amount, balance.unit)} {verb} left."


def _number(amount: float, *, least: int = 0) -> str:
    """Write a number with at least so many decimals, and as many as four where they are needed."""
    whole, _, decimals = f"{amount:,.4f}".partition(".")
    decimals = decimals.rstrip("0").ljust(least, "0")
    return f"{whole}.{decimals}" if decimals else whole


def summed(prices: tuple[Price, ...]) -> Price:
    """Add up prices of one connection; one in another unit is not added, but makes it rough."""
    paid = [price for price in prices if not price.is_free] or list(prices[:1])
    unit = paid[0].unit
    alike = [price for price in paid if price.unit == unit]
    return Price(
        amount=sum(price.amount for price in alike),
        unit=unit,
        approximate=len(alike) < len(paid) or any(price.approximate for price in paid),
    )
