"""The vocabulary of the studio: requests, takes, songs and abilities, in no vendor's words."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Seconds = Annotated[float, Field(ge=0)]
Weight = Annotated[float, Field(ge=0, le=1)]

SHORTEST_SECONDS = 15.0
LONGEST_SECONDS = 240.0


class Value(BaseModel):
    """A thing that is what it holds: frozen, and strict about what it may hold."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Ability(StrEnum):
    """One thing a provider can do."""

    CREATE = "create"


class Voice(StrEnum):
    """Who sings."""

    FEMALE = "female"
    MALE = "male"


class CreateSong(Value):
    """A new song from a description, or from a style and words.

    With `description` alone the provider decides the rest. With `style` and no `lyrics` the
    provider writes the words, unless the song is instrumental.
    """

    ability: Literal[Ability.CREATE] = Ability.CREATE
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
    model: str | None = None
    """Which of the provider's models; `None` is its default."""
    length: Seconds | None = None
    """Wished length in seconds; `None` lets the provider choose."""
    exclude: str = ""
    """What should not be heard."""
    style_weight: Weight | None = None
    """How closely to follow the style."""
    weirdness: Weight | None = None
    """How far from the usual to go."""
    seed: int | None = Field(default=None, ge=0, lt=2**32)
    """Same request and same seed, same song, where the provider can."""

    @model_validator(mode="after")
    def _says_something(self) -> "CreateSong":
        if not (self.description.strip() or self.style.strip() or self.lyrics.strip()):
            raise ValueError("Say what the song should sound like, or write some words for it.")
        return self


SongRequest = CreateSong
"""Any request. A union, discriminated by `ability`, as abilities are added."""


class Take(Value):
    """One result of a job, as the provider tells of it."""

    number: int = Field(ge=1)
    """1 for the first."""
    title: str = ""
    style: str = ""
    lyrics: str = ""
    length: Seconds | None = None
    seed: int | None = None
    finished: bool = False
    """Whether `sound` is the whole take."""
    failed: str | None = None
    """Why this take will never come, in a sentence."""
    sound: str | None = None
    """Link to the whole sound, as MP3."""
    wav: str | None = None
    """Link to the same without loss, where there is one."""
    early: str | None = None
    """Link to the first seconds (or a stream), while the rest is made."""
    cover: str | None = None
    """Link to a picture."""
    ends_at: datetime | None = None
    """When the links stop working, where it is known."""
    remote: str | None = None
    """The provider's own id of this take."""


class Song(Value):
    """A take that is kept: sound, words, cover, and where it came from."""

    id: str
    title: str
    style: str = ""
    lyrics: str = ""
    length: Seconds | None = None
    made_at: datetime
    connection: str
    """Name of the connection that made it."""
    kind: str
    """Which provider that was."""
    job: str
    """Id of the job it is a take of."""
    take: int = 1
    remote: str | None = None
    seed: int | None = None
    request: SongRequest
    """What was asked for."""
    sound: str | None = None
    """File name of the MP3 in the songs folder; `None` while it is still at the vendor."""
    wav: str | None = None
    """File name of the same without loss, where there is one."""
    cover: str | None = None
    """File name of the picture."""
    link: str | None = None
    """Where the vendor keeps the sound, while it is not home."""
    link_ends_at: datetime | None = None
    kept: bool = False
    """Marked as a keeper by a person."""
    deleted_at: datetime | None = None

    @property
    def is_home(self) -> bool:
        """Whether its sound lies on our disk."""
        return self.sound is not None
