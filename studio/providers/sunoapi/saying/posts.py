"""Posts: what is sent to the vendor for a request, and what may be said in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from studio.providers.base import Finished, Started
from studio.providers.materials import Materials
from studio.providers.sunoapi.offering.editions import Edition
from studio.providers.sunoapi.reading.orders import submitted
from studio.providers.wire import Answer
from studio.songs import OnSong, Wish

NOWHERE = "https://callback.invalid/"
"""An address is demanded of everybody and looked at by nobody. This name is reserved: it can never
be somebody's, so what the vendor tells does not end up with a stranger."""

Reading = Callable[[Answer], Started | Finished]


@dataclass(frozen=True, slots=True)
class Post:
    """One thing to be sent."""

    path: str
    """Behind `/api/v1/`."""
    body: Mapping[str, Any]
    reads: Reading
    is_harmless: bool = False
    """Whether the same twice costs nothing, and brings the same or as good."""


def filled(**members: Any) -> dict[str, Any]:
    """Return the members that say something; `0` and `False` do, blanks do not."""
    return {
        name: value
        for name, value in members.items()
        if value is not None and not (isinstance(value, str) and not value.strip())
    }


def callback(materials: Materials) -> dict[str, Any]:
    """Say where to call, to endpoints that insist on it."""
    call = materials.callback
    return {"callBackUrl": NOWHERE if call is None else call.url}


def callback_if_any(materials: Materials, name: str = "callBackUrl") -> dict[str, Any]:
    """Say where to call, to endpoints that do without."""
    return {} if materials.callback is None else {name: materials.callback.url}


def cut(text: str, most: int) -> str:
    """Shorten what we add by ourselves to `most` characters, between two words if possible."""
    text = text.strip()
    if len(text) <= most:
        return text
    whole, _, _ = text[: most + 1].rpartition(" ")
    return (whole or text[:most]).rstrip(" ,;")[:most]


def hundredths(weight: float | None) -> float | None:
    """Return a weight as finely as the vendor takes it."""
    return None if weight is None else round(weight, 2)


def title_of(wish: OnSong, materials: Materials, most: int) -> str:
    """Return the title that was asked for, or the song's own."""
    return wish.title.strip() or cut(materials.songs[0].song.title, most)


def post_of(
    path: str, wish: Wish, materials: Materials, edition: Edition, more: dict[str, Any]
) -> Post:
    """Return what is sent for music, with its model and where to call."""
    body = filled(**{"model": edition.model_for(wish)} | more)
    return Post(path, body | callback(materials), submitted)
