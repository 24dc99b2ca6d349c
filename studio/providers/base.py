"""What every provider is: three verbs, and what it can do declared as data."""

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar, Protocol

from pydantic import Field

from studio.songs import Ability, Seconds, SongRequest, Take, Value


class Limits(Value):
    """What one model accepts, counted in characters as that vendor counts."""

    description: int = 400
    style: int = 1000
    lyrics: int = 5000
    title: int = 80
    exclude: int | None = None
    shortest: Seconds = 0
    """Shortest song in seconds, where the length can be asked for."""
    longest: Seconds | None = None
    """Longest song in seconds; `None` when the length cannot be asked for."""
    voice: bool = True
    """Whether the voice can be chosen."""
    weights: bool = True
    """Whether style weight and weirdness are understood."""
    seed: bool = False
    """Whether the same seed gives the same song."""


class Price(Value):
    """What something costs, in the vendor's own unit."""

    amount: float = Field(ge=0)
    unit: str = "credits"
    """Plural name of the unit, or `free`."""
    approximate: bool = False
    """Whether the vendor's own pages disagree about it."""

    @property
    def is_free(self) -> bool:
        """Whether it costs nothing."""
        return self.amount == 0


class Balance(Value):
    """What is left at a connection."""

    amount: float
    unit: str = "credits"


class Started(Value):
    """The vendor took the request; `remote` is its id there."""

    remote: str


class Working(Value):
    """It is being made."""

    doing: str = ""
    """What is being done now, in the musician's words; empty when the vendor does not say."""
    progress: float | None = Field(default=None, ge=0, le=1)
    """Share that is done, where it is really known."""
    left: Seconds | None = None
    """Seconds still to go, where they are known."""
    takes: tuple[Take, ...] = ()
    """What is known of the takes already; a finished one can be fetched now."""
    unknown: str | None = None
    """A word from the vendor that we do not know, to be shown and looked at again."""


class Finished(Value):
    """All takes have reached their end; some may have failed."""

    takes: tuple[Take, ...]


class Refused(Value):
    """It will not be made."""

    reason: str
    """A sentence for the person at the screen."""
    refunded: bool | None = None


Progress = Working | Finished | Refused


class Provider(Protocol):
    """A vendor, spoken to in our words.

    `start` raises `NotTaken`, `Doubtful` or `VendorRefused`; the other verbs cost nothing, so
    their troubles (any `VendorTrouble`) only mean: look again later.
    """

    kind: ClassVar[str]
    """Key in `PROVIDERS`, for example `aimusicapi`."""
    title: ClassVar[str]
    """Name as people know it, for example `AI Music API`."""
    abilities: ClassVar[frozenset[Ability]]
    models: ClassVar[Mapping[str, Limits]]
    """Models by name, the default first."""
    repeatable: ClassVar[bool]
    """Free and repeatable: simply asked again after any doubt (rule 7)."""
    poll_seconds: ClassVar[float]
    """How often it may be asked, as the vendor advises."""
    home_url: ClassVar[str | None]
    """Where the vendor lives; `None` when it is always somewhere of one's own."""

    def start(self, request: SongRequest) -> Started | Finished:
        """Send `request`. The only step that costs."""

    def check(self, remote: str) -> Progress:
        """Look how far it is."""

    def fetch(self, link: str, into: Path, *, at_most: int | None = None) -> None:
        """Stream what lies behind `link` to the file `into`, or its first `at_most` bytes."""

    def cancel(self, remote: str) -> bool:
        """Ask for work to stop; `False` when the vendor has no way."""

    def balance(self) -> Balance | None:
        """Tell what is left, or `None` where there is nothing to count."""

    @classmethod
    def price(cls, request: SongRequest) -> Price:
        """Tell what `request` will cost. Known beforehand: nobody is asked."""

    def understand(self, request: SongRequest) -> str:
        """Say in a short line how `request` is read; empty where the vendor does not tell."""

    def voice(self) -> str:
        """Say who sings there, in a sentence; empty where the vendor does not tell."""
