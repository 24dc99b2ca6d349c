"""Posts: what is sent to the vendor for a request, and how its answer is to be read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from studio.providers.aimusicapi.models import limits_for
from studio.providers.base import Finished, Started, Working
from studio.providers.materials import Materials
from studio.providers.wire import Answer
from studio.songs import OnSong, Voice, Window, Wish

LONGEST_CALLBACK = 1024
LOOPBACK = {"127.0.0.1", "::1", "localhost"}

Reading = Callable[[Answer], Started | Finished | Working]
"""How an answer is read; `Working` means that the same is to be asked once more."""


@dataclass(frozen=True, slots=True)
class Post:
    """One thing to be sent."""

    path: str
    """Behind `/api/v1/`."""
    body: Mapping[str, Any]
    reads: Reading
    timeout_seconds: float | None = None
    again: str = ""
    """Under which id the same is asked once more while the answer only means: not yet."""
    at_once: bool = False
    """Whether the answer holds what was asked for: then no task is left behind by a failure."""
    repeatable: bool = False
    """Whether the vendor's pages call it safe to send again after a fault."""


def filled(**members: Any) -> dict[str, Any]:
    """Return the members that say something; `0` and `False` do."""
    return {name: value for name, value in members.items() if value is not None and value != ""}


def callback(materials: Materials) -> dict[str, Any]:
    """Say where the vendor may call back; only over a line that nobody listens in on."""
    call = materials.callback
    if call is None or len(call.url) > LONGEST_CALLBACK:
        return {}
    where = urlsplit(call.url)
    if where.scheme != "https" and where.hostname not in LOOPBACK:
        return {}
    return {"webhook_url": call.url, "webhook_secret": call.secret}


def cut(text: str, most: int) -> str:
    """Shorten what we add by ourselves to `most` characters, between two words if possible."""
    text = text.strip()
    if len(text) <= most:
        return text
    whole, _, _ = text[: most + 1].rpartition(" ")
    return (whole or text[:most]).rstrip(" ,;")[:most]


def between(window: Window | None, materials: Materials, start: str, end: str) -> dict[str, Any]:
    """Say a window under the names that an endpoint has for it, no longer than the song."""
    if window is None:
        return {}
    length = materials.songs[0].song.length
    return {start: window.start, end: window.end if length is None else min(window.end, length)}


def voice_of(wish: Wish, words: Mapping[Voice, str]) -> str | None:
    """Say who sings, where the model lets one choose."""
    chosen = wish.voice is not None and not wish.instrumental and limits_for(wish).voice
    return words[wish.voice] if chosen and wish.voice else None


def length_of(wish: Wish) -> int | None:
    """Return the wished length as whole seconds."""
    return None if wish.length is None else round(wish.length)


def source_style(wish: OnSong, materials: Materials) -> str:
    """Return the style that was asked for, or as much of the song's own as may be sent."""
    return wish.style or cut(materials.songs[0].song.style, limits_for(wish).style)


def source_words(wish: OnSong, materials: Materials) -> str:
    """Return the words that were written, or as many of the song's own as may be sent."""
    return wish.lyrics or cut(materials.songs[0].song.lyrics, limits_for(wish).lyrics)


def source_title(wish: OnSong, materials: Materials) -> str:
    """Return the title that was asked for, or the song's own."""
    return wish.title or cut(materials.songs[0].song.title, limits_for(wish).title)
