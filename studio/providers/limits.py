"""What a model accepts and what things cost, as data that pages read."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from studio.songs import Ability, Seconds, Value


class Choice(Value):
    """A list of a vendor's own words, from which a person may choose."""

    options: tuple[str, ...]
    most: int = 1
    """How many may be chosen."""


class Limits(Value):
    """What one model accepts, counted in characters as that vendor counts."""

    description: int = 400
    style: int = 1000
    lyrics: int = 5000
    title: int = 80
    exclude: int | None = None
    name: int = 80
    """Of a persona."""
    shortest: Seconds = 0
    """Shortest song in seconds, where the length can be asked for."""
    longest: Seconds | None = None
    """Longest song in seconds; `None` when the length cannot be asked for."""
    voice: bool = True
    """Whether the voice can be chosen."""
    weights: bool = True
    """Whether style weight and weirdness are understood."""
    lyrics_weight: bool = False
    audio_weight: bool = False
    seed: bool = False
    """Whether the same seed gives the same song."""
    instrumental: bool = True
    """Whether singing can be left out."""
    persona: bool = False
    """Whether a persona can sing."""
    sections: tuple[str, ...] = ()
    """Names of parts of which the form can be made; empty when it cannot be chosen."""
    choices: Mapping[str, Choice] = {}
    """Lists by name, for example `mood`."""
    variations: tuple[str, ...] = ()
    """Of a remaster."""
    formats: tuple[str, ...] = ()
    """Of a download."""
    needs: frozenset[str] = frozenset()
    """Fields of the request that must not be empty."""
    carried: frozenset[str] = frozenset()
    """The same, but a song that is worked on may bring them along, such as its words."""
    shortest_window: Seconds = 0
    longest_window: Seconds | None = None
    longest_source: Seconds = 480
    fresh_hours: float | None = None
    """How old a sound may be at the vendor before it advises against it."""
    origin: Literal["any", "uploaded", "made"] = "any"
    """Whether a song that is worked on must have been uploaded there, or made there."""
    variety: int | None = None
    """Most that takes can be asked to differ; `None` when it cannot be asked for."""
    details: tuple[str, ...] = ("basic", "full")
    """How finely a song can be split: some of `SplitStems.detail`."""
    instruments: tuple[str, ...] = ()
    """Which of them can be had alone, by the provider's names."""
    loops: bool = True
    """Whether a sound can be asked to loop."""
    tempos: tuple[int, int] | None = None
    """Slowest and fastest tempo of a sound in beats per minute, where it can be asked for."""
    keys: tuple[str, ...] = ()
    """Of a sound, for example `C minor`; empty when it cannot be asked for."""
    languages: tuple[str, ...] = ()
    """Of a phrase, as codes of two letters."""
    skills: bool = False
    """Whether it wants to know how well somebody sings."""
    author: int | None = None
    site: int | None = None
    """Characters of what is shown in a film; `None` when it cannot be."""
    takes: int | None = None
    """How many takes come of it, where that is not as many as of all the model makes."""


class Model(Value):
    """One of a provider's models."""

    limits: Limits = Limits()
    exceptions: Mapping[Ability, Limits] = {}
    """Where an ability of this model has limits of its own."""
    abilities: frozenset[Ability] = frozenset()
    """What it is needed for; abilities that no model names are had without one."""
    family: str = ""
    """Models of one family share their songs; a page shows it beside the name."""
    note: str = ""
    """What should be known before it is chosen, in a sentence."""
    is_deprecated: bool = False
    """Whether its vendor advises against it by now."""
    takes: int = 2

    def limits_for(self, ability: Ability) -> Limits:
        """Return what it accepts for one ability."""
        return self.exceptions.get(ability, self.limits)


class Price(Value):
    """What something costs, in the vendor's own unit."""

    amount: float = Field(ge=0)
    unit: str = "credits"
    """Plural name of the vendor's unit: `credits`, `dollars`."""
    approximate: bool = False
    """Whether the vendor's own pages disagree about it."""

    @property
    def is_free(self) -> bool:
        """Whether it costs nothing, as far as anybody can tell."""
        return self.amount == 0

    @property
    def is_unknown(self) -> bool:
        """Whether nobody has told what it costs."""
        return self.amount == 0 and self.approximate


class Rate(Value):
    """How many calls a vendor takes in any stretch of time, from one account."""

    calls: int = Field(ge=1)
    seconds: Seconds


class Balance(Value):
    """What is left at a connection."""

    amount: float
    unit: str = "credits"
