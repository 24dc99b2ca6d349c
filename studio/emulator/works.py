"""Works: what one take of an order is to be, a song to be played or a tool to be used."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field

from studio.engine.brief import Brief
from studio.engine.persona import Persona
from studio.songs import Part


@dataclass(frozen=True, slots=True)
class Play:
    """A song to be composed and played."""

    brief: Brief
    kind: Literal["play"] = "play"


@dataclass(frozen=True, slots=True)
class Use:
    """A tool to be used on sounds."""

    tool: str
    """Its name in `studio.engine.workshop`."""
    sounds: tuple[str, ...] = ()
    """Ids of sounds that the house holds; `#1` for what take 1 of the same order makes, of stems
    with the name of the file, `#1.vocals.wav`; or links, which are fetched when it begins."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """Those of the tool. Where it knows a `seed` and none is given, it gets that of the take."""
    told: Mapping[str, str] = field(default_factory=dict)
    """More options, each from a fact of an earlier take: `{"start_seconds": "#1.seam_seconds"}`,
    or `#1.window_seconds.0` where the fact is a list."""
    ending: str = ""
    """Such as `flac` or `lrc`: writes that one file; empty is what the tool usually makes."""
    title: str = ""
    style: str = ""
    """What to say of the result where no score tells."""
    lyrics: str = ""
    part: Part = Part.SONG
    persona: Persona | None = None
    """Who sings, where the tool lets somebody sing."""
    kind: Literal["use"] = "use"

    @property
    def needs(self) -> frozenset[int]:
        """Numbers of the takes of the same order that it waits for."""
        named = [name for name in (*self.sounds, *self.told.values()) if name.startswith("#")]
        return frozenset(int(name[1:].partition(".")[0]) for name in named)

    def with_options(self, more: Mapping[str, Any]) -> "Use":
        """Return it with more options, and nothing left to be told."""
        return replace(self, options={**self.options, **more}, told={})


Work: TypeAlias = Annotated[Play | Use, Field(discriminator="kind")]
"""What one take is to be."""


def needs_of(work: Work) -> frozenset[int]:
    """Return the numbers of the takes that a work waits for."""
    return work.needs if isinstance(work, Use) else frozenset()
