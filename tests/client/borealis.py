"""Borealis: a made-up model that people run themselves; its servers differ, and some are off."""

from collections.abc import Mapping
from typing import ClassVar, Self

from studio.errors import NotTaken
from studio.providers.base import Probed, Provider, Started, Working
from studio.providers.claims import Claim, Verdict
from studio.providers.limits import Limits, Model, Price
from studio.providers.materials import NOTHING, Materials
from studio.songs import Ability, SongRequest

FREE = Claim(name="greeting", says="It says hello.")
SILENT = Claim(name="silence", says="It says nothing to strangers.")
DEAR = Claim(name="song", says="A song comes of it.", price=Price(amount=0.04, unit="dollars"))
SMALL = Probed(
    abilities=frozenset({Ability.CREATE}),
    models={
        "small": Model(
            abilities=frozenset({Ability.CREATE}),
            limits=Limits(style=100, takes=3),
            exceptions={Ability.CREATE: Limits(style=50, takes=3, tempos=(60, 180))},
        )
    },
    plain={Ability.UPLOAD: Limits(name=7)},
    note="The large model is not loaded there.",
)
LARGE = SMALL.model_copy(update={"abilities": frozenset({Ability.CREATE, Ability.COVER})})


class Borealis(Provider):
    """Tells what it can do when it is on."""

    kind: ClassVar[str] = "borealis"
    title: ClassVar[str] = "Borealis"
    abilities: ClassVar[frozenset[Ability]] = frozenset(Ability)
    models: ClassVar[Mapping[str, Model]] = {}
    poll_seconds: ClassVar[float] = 2.0
    needs_key: ClassVar[bool] = False
    differs: ClassVar[bool] = True
    editions: ClassVar[Mapping[str, str]] = {"2": "Second", "1": "First, of last year"}
    by_hand: ClassVar[str] = "Bring it to the console of Borealis first."
    claims: ClassVar[tuple[Claim, ...]] = (FREE, SILENT, DEAR)
    there: ClassVar[list[Probed]] = []
    """What a server tells; nothing while it is off."""
    asked: ClassVar[list[str]] = []
    """What it was asked, and in which edition."""
    spoken: ClassVar[str] = "2"

    def __init__(self, wire: object) -> None:
        self.wire = wire

    @classmethod
    def edition(cls, name: str | None) -> type[Self]:
        """Speak as of last year, if wished."""
        return First if name == "1" else cls  # type: ignore[return-value]

    @classmethod
    def price(cls, request: SongRequest, materials: Materials = NOTHING) -> Price:
        """A few cents."""
        return Price(amount=0.04, unit="dollars", approximate=True)

    def probe(self) -> Probed:
        """Tell, if it is on."""
        self.asked.append(f"probe {self.spoken}")
        if not self.there:
            raise NotTaken("Borealis cannot be reached.")
        return self.there[-1]

    def examine(self, claim: Claim) -> Verdict:
        """Be friendly, but not to strangers."""
        self.asked.append(claim.name)
        if claim == SILENT:
            return Verdict(holds=False, found="It talks.")
        return Verdict(holds=True, found="So it is.")

    def start(self, request: SongRequest, materials: Materials) -> Started:
        """Take anything."""
        return Started(remote="task-1")

    def check(self, remote: str, request: SongRequest) -> Working:
        """Never end."""
        return Working()


class First(Borealis):
    """As it spoke last year."""

    title: ClassVar[str] = "Borealis I"
    spoken: ClassVar[str] = "1"
