"""What a rule is asked about: a request, and what it meets."""

from dataclasses import dataclass
from typing import Any

from studio.providers.limits import Limits
from studio.songs import Persona, Song, SongRequest


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, and what it meets."""

    request: SongRequest
    limits: Limits
    who: str
    """Who would take it, for sentences."""
    connection: str
    songs: tuple[Song, ...]
    persona: Persona | None = None
    others: tuple[str, ...] = ()
    """Names of connections that would take these songs for the same."""

    def wish(self, name: str) -> Any:
        """Return what is asked for under `name`; `None` where nothing can be."""
        return getattr(self.request, name, None)
