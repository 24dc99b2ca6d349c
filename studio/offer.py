"""Offers: what can be had at a connection, and whether a request fits it."""

from collections.abc import Mapping

from studio.connections import Connection
from studio.errors import RequestUnfit
from studio.providers import Vendor
from studio.providers.limits import Balance, Limits, Model, Price
from studio.songs import Ability, CreateSong, SongRequest, Value, Wish

TEXTS = ("description", "style", "lyrics", "title", "exclude")


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
    repeatable: bool
    """Free, and the same seed is the same song."""
    is_local: bool
    """Whether it is the emulator on this machine."""
    price: str
    """What it costs, in words."""


class Health(Value):
    """How a connection answers now."""

    ok: bool
    sentence: str
    latency_ms: float | None = None
    balance: Balance | None = None


def offer_of(connection: Connection, who: type[Vendor]) -> Offer:
    """Return what `who` offers at `connection`."""
    usual = CreateSong(style="pop")
    return Offer(
        name=connection.name,
        kind=connection.kind,
        title=who.title,
        abilities=who.abilities,
        models=who.models,
        repeatable=who.repeatable,
        is_local=connection.is_local,
        price=in_words(who.price(usual)),
    )


def in_words(price: Price) -> str:
    """Say a price, for example `free` or `about 14 credits`."""
    if price.is_free:
        return "free"
    return f"{'about ' if price.approximate else ''}{price.amount:g} {price.unit}"


def check_fit(request: SongRequest, offer: Offer) -> None:
    """Make sure that `request` can be sent there.

    Raises
    ------
    RequestUnfit
        If it cannot, with what does not fit and what would.
    """
    if request.ability not in offer.abilities:
        raise RequestUnfit(f"{offer.title} cannot {request.ability}. Choose another connection.")
    model = request.model or next(iter(offer.models))
    if model not in offer.models:
        known = ", ".join(offer.models)
        raise RequestUnfit(f"{offer.title} has no model {model!r}. It has: {known}.")
    limits = offer.models[model].limits_for(request.ability)
    _check_texts(request, limits, f"{offer.title} ({model})")
    if not isinstance(request, Wish):
        return
    _check_length(request, limits, f"{offer.title} ({model})")
    if request.voice and not limits.voice and not request.instrumental:
        raise RequestUnfit(f"{offer.title} ({model}) does not let one choose who sings.")
    weights = (request.style_weight, request.weirdness)
    if weights != (None, None) and not limits.weights:
        raise RequestUnfit(f"{offer.title} ({model}) knows no weights. Leave them as they are.")
    if request.seed is not None and not limits.seed:
        raise RequestUnfit(f"{offer.title} ({model}) cannot repeat a seed. Leave it empty.")


def _check_texts(request: SongRequest, limits: Limits, who: str) -> None:
    for name in TEXTS:
        length, most = len(request.text(name)), getattr(limits, name)
        if most is not None and length > most:
            raise RequestUnfit(
                f"{who} takes at most {most} characters of {name}, this has {length}. "
                f"Leave out {length - most}."
            )


def _check_length(request: Wish, limits: Limits, who: str) -> None:
    if request.length is None:
        return
    if limits.longest is None:
        raise RequestUnfit(f"{who} does not let one choose the length. Leave it open.")
    if not limits.shortest <= request.length <= limits.longest:
        raise RequestUnfit(
            f"{who} makes songs of {limits.shortest:g} to {limits.longest:g} seconds, "
            f"not {request.length:g}."
        )
