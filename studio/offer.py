"""Offers: what can be had at a connection, and for how much."""

from collections.abc import Iterable, Mapping

from studio.connections import Connection
from studio.providers import PROVIDERS, Vendor
from studio.providers.limits import Balance, Limits, Model, Price
from studio.songs import Ability, CreateSong, SongRequest, Value


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
    price: str
    """What two takes cost, in words."""

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
        return 1 if model is None else model.takes


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


def offer_of(connection: Connection, who: type[Vendor]) -> Offer:
    """Return what `who` offers at `connection`."""
    usual = CreateSong(style="pop")
    return Offer(
        name=connection.name,
        kind=connection.kind,
        title=who.title,
        abilities=who.abilities,
        models=who.models,
        plain=who.plain,
        repeatable=who.repeatable,
        is_local=connection.is_local,
        takes_links=who.takes_links,
        price=in_words(who.price(usual)),
    )


def offers_of(connections: Iterable[Connection]) -> tuple[Offer, ...]:
    """Return what can be had at connections; those of a kind that nobody knows are left out."""
    return tuple(offer_of(one, PROVIDERS[one.kind]) for one in connections if one.kind in PROVIDERS)


def in_words(price: Price) -> str:
    """Say a price, for example `free` or `about 14 credits`."""
    if price.is_free:
        return "free"
    unit = price.unit.removesuffix("s") if price.amount == 1 else price.unit
    return f"{'about ' if price.approximate else ''}{price.amount:g} {unit}"


def summed(prices: tuple[Price, ...]) -> Price:
    """Add up prices of one connection."""
    unit = next((price.unit for price in prices if not price.is_free), prices[0].unit)
    return Price(
        amount=sum(price.amount for price in prices),
        unit=unit,
        approximate=any(price.approximate for price in prices),
    )
