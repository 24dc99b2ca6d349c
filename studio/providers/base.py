"""What every provider is: three verbs, and what it can do declared as data."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import ClassVar, Protocol, Self

from pydantic import Field

from studio.errors import AnswerUnreadable
from studio.providers.claims import Claim, Verdict
from studio.providers.limits import Balance, Limits, Model, Price, Rate
from studio.providers.materials import NOTHING, Call, Materials, News
from studio.songs import Ability, Finding, Seconds, Song, SongRequest, Take, Text, Value


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
    """Everything has reached its end; some takes may have failed."""

    takes: tuple[Take, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Files and facts about the song that was asked about."""
    texts: tuple[Text, ...] = ()
    """Versions of what was written."""
    persona: str | None = None
    """The vendor's own id of the persona that was made."""


class Refused(Value):
    """It will not be made."""

    reason: str
    """A sentence for the person at the screen."""
    refunded: bool | None = None


Progress = Working | Finished | Refused


class Probed(Value):
    """What one server of a vendor was found to be able to do."""

    abilities: frozenset[Ability]
    models: Mapping[str, Model] = {}
    """By name, the default first."""
    plain: Mapping[Ability, Limits] = {}
    note: str = ""
    """What should be known of it, in a sentence."""


class Provider(Protocol):
    """A vendor, spoken to in our words.

    `start` raises `NotTaken`, `Doubtful` or `VendorRefused`; the other verbs cost nothing, so
    their troubles (any `VendorTrouble`) only mean: look again later. What has a body here need
    only be written by vendors who differ.
    """

    kind: ClassVar[str]
    """Key in `PROVIDERS`, for example `aimusicapi`."""
    title: ClassVar[str]
    """Name as people know it, for example `AI Music API`."""
    abilities: ClassVar[frozenset[Ability]]
    models: ClassVar[Mapping[str, Model]]
    """Models by name, the default first."""
    plain: ClassVar[Mapping[Ability, Limits]] = {}
    """Limits of abilities that are had without a model."""
    repeatable: ClassVar[bool] = False
    """Free and repeatable: simply asked again after any doubt (rule 7)."""
    poll_seconds: ClassVar[float]
    """How often it may be asked, as the vendor advises; see `pause`."""
    home_url: ClassVar[str | None] = None
    """Where the vendor lives; `None` when it is always somewhere of one's own."""
    takes_links: ClassVar[bool] = False
    """Whether it fetches sound from a public link; else it is sent there."""
    calls_back: ClassVar[bool] = False
    """Whether it can tell us when something has happened."""
    editions: ClassVar[Mapping[str, str]] = {}
    """Generations of its documents, each with what it is called; the usual one first."""
    key_header: ClassVar[tuple[str, str]] = ("Authorization", "Bearer {}")
    """Where the key is sent: name of the header, and what stands in it."""
    needs_key: ClassVar[bool] = True
    """Whether nobody is let in without a key."""
    branches: ClassVar[Mapping[str, str]] = {}
    """Further addresses of a vendor at `home_url`, by name; elsewhere they are the same as its
    own."""
    rate: ClassVar[Rate | None] = None
    """How many calls it takes, where it says so."""
    differs: ClassVar[bool] = False
    """Whether servers of it differ in what they can do; see `probe`."""
    practises: ClassVar[bool] = False
    """Whether the emulator on this machine plays it, so that one can practise with it."""
    by_hand: ClassVar[str] = ""
    """How a sound of one's own gets there when only a person can bring it, in a sentence."""
    claims: ClassVar[tuple[Claim, ...]] = ()
    """What its documents say and a live vendor can be held to; see `examine`."""

    @classmethod
    def edition(cls, name: str | None) -> type[Self]:  # noqa: ARG003 - others have some
        """Return who speaks as one of `editions`; `None` is the usual one."""
        return cls

    def probe(self) -> Probed | None:
        """Find out what this very server can do; `None` where all are alike."""
        return None

    def examine(self, claim: Claim) -> Verdict:  # noqa: ARG002 - others have some
        """Hold the vendor to one of its `claims`; costs what that says and no more.

        Raises
        ------
        VendorTrouble
            If nobody could be asked.
        """
        return Verdict(holds=None, found=f"{self.title} makes no such claim.")

    def start(self, request: SongRequest, materials: Materials) -> Started | Finished:
        """Send `request`. The only step that costs."""
        ...

    def check(self, remote: str, request: SongRequest) -> Progress:
        """Look how far it is."""
        ...

    def fetch(self, link: str, into: Path, *, at_most: int | None = None) -> None:
        """Stream what lies behind `link` to the file `into`, or its first `at_most` bytes."""
        ...

    @classmethod
    def price(cls, request: SongRequest, materials: Materials = NOTHING) -> Price:
        """Tell what `request` alone will cost. Known beforehand: nobody is asked."""
        ...

    @classmethod
    def pause(cls, request: SongRequest) -> float:  # noqa: ARG003 - others differ by request
        """Tell how many seconds to leave between two looks at `request`, as the vendor advises."""
        return cls.poll_seconds

    @classmethod
    def before(cls, request: SongRequest, materials: Materials) -> tuple[SongRequest, ...]:  # noqa: ARG003 - others need it
        """Name what must be done first, as jobs of their own: uploads, mostly."""
        return ()

    @classmethod
    def after(
        cls,
        request: SongRequest,  # noqa: ARG003 - others need it
        songs: Sequence[Song],  # noqa: ARG003 - others need it
        materials: Materials = NOTHING,  # noqa: ARG003 - others need it
    ) -> tuple[SongRequest, ...]:
        """Name what completes `request` once its `songs` are home: joining tails, mostly.

        With `materials`, before it is sent, what it will then take.
        """
        return ()

    @classmethod
    def advice(cls, request: SongRequest, materials: Materials, now: datetime) -> str:  # noqa: ARG003 - others need it
        """Say in a sentence what should be known before it costs; empty when all is well."""
        return ""

    def hear(self, call: Call) -> News | None:  # noqa: ARG002 - others need it
        """Make sure that a call is genuine; `None` when it tells nothing of interest.

        Raises
        ------
        CallRefused
            If it is not signed with our secret, or too old.
        """
        return None

    def read(self, told: str, request: SongRequest) -> Progress:  # noqa: ARG002 - others need it
        """Read what a call told, as `check` reads an answer."""
        raise AnswerUnreadable(f"{self.title} does not call back.")

    def cancel(self, remote: str) -> bool:  # noqa: ARG002 - others need it
        """Ask for work to stop; `False` when the vendor has no way."""
        return False

    def balance(self) -> Balance | None:
        """Tell what is left, or `None` where there is nothing to count."""
        return None

    def understand(self, request: SongRequest) -> str:  # noqa: ARG002 - others need it
        """Say in a short line how `request` is read; empty where the vendor does not tell."""
        return ""

    def voice(self) -> str:
        """Say who sings there, in a sentence; empty where the vendor does not tell."""
        return ""
