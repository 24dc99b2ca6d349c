"""What requests have in common: the songs that they work on, and how new music is to sound."""

from typing import Self

from pydantic import Field, model_validator

from studio.songs.ability import Ability, Voice
from studio.songs.value import Seconds, Value, Weight


class Request(Value):
    """What all requests have in common."""

    ability: Ability
    model: str | None = None
    """Which of the provider's models; `None` is its default for this ability."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the songs that it works on."""
        source = getattr(self, "source", None)
        return () if source is None else (source,)

    @property
    def called(self) -> str:
        """What a person would call it: its title or name, or the first words that were written."""
        names = ("title", "name", "description", "style", "lyrics")
        return next((text for name in names if (text := self.text(name).strip())), "")

    def text(self, name: str) -> str:
        """Return what is written under `name`, for example `style`; empty where nothing can be."""
        written = getattr(self, name, "")
        return written if isinstance(written, str) else ""


class Wish(Request):
    """How new music is to sound: shared by all requests that end in takes with a style and words.

    With `description` alone the provider decides the rest. With `style` and no `lyrics` it writes
    the words, unless the song is instrumental.
    """

    description: str = ""
    """What the song is about and how it sounds, in a sentence or two."""
    style: str = ""
    """Genre, mood and instruments, in free text."""
    lyrics: str = ""
    """The words to sing, with marks like `[Verse]`; empty lets the provider write them."""
    title: str = ""
    """A name for the song; empty lets the provider choose."""
    instrumental: bool = False
    """No singing."""
    voice: Voice | None = None
    """Who sings; `None` lets the provider choose."""
    persona: str | None = None
    """Id of the persona that sings; it goes before `voice`."""
    length: Seconds | None = None
    """Wished length in seconds; `None` lets the provider choose."""
    exclude: str = ""
    """What should not be heard."""
    style_weight: Weight | None = None
    """How closely to follow the style."""
    lyrics_weight: Weight | None = None
    """How closely to follow the words."""
    weirdness: Weight | None = None
    """How far from the usual to go."""
    variety: int | None = Field(default=None, ge=0, le=4)
    """How much the takes differ from each other."""
    seed: int | None = Field(default=None, ge=0, lt=2**32)
    """Same request and same seed, same song, where the provider can."""


class OnSong(Wish):
    """New music made from a song that is there."""

    source: str
    """Id of that song."""


class Window(Value):
    """A stretch of a song."""

    start: Seconds
    end: Seconds

    @model_validator(mode="after")
    def _has_a_length(self) -> Self:
        if self.end <= self.start:
            raise ValueError("The window ends before it begins. Move its end to the right.")
        return self
