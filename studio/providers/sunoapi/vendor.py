"""The vendor: the studio's verbs, said to sunoapi.org and read from it."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import ClassVar, Self, cast
from urllib.parse import quote

from studio.errors import (
    AnswerUnreadable,
    Doubtful,
    NotTaken,
    RemoteUnknown,
    RequestUnfit,
)
from studio.providers.base import Finished, Progress, Provider, Started
from studio.providers.claims import Claim, Verdict
from studio.providers.lenient import as_number
from studio.providers.limits import Balance, Limits, Model, Price, Rate
from studio.providers.materials import NOTHING, Call, Materials, News
from studio.providers.sunoapi.claims import PROBES
from studio.providers.sunoapi.offering.editions import (
    EDITION_3,
    EDITION_4,
    EDITION_5,
    TITLES,
    Edition,
)
from studio.providers.sunoapi.offering.prices import price_of
from studio.providers.sunoapi.places import sound_in, task_in
from studio.providers.sunoapi.plans import advice_for, steps_before
from studio.providers.sunoapi.reading import calls, notes, orders
from studio.providers.sunoapi.reading.answers import OK, TAKEN, WHO, code_of, told_by
from studio.providers.sunoapi.reading.looks import LOOKS, RECOVERY, RECOVERY_SECONDS
from studio.providers.sunoapi.reading.recovery import recovered
from studio.providers.sunoapi.reading.refusals import (
    BROKEN,
    NOWHERE,
    failed,
    refuse_look,
    refuse_order,
    unknown_task,
    words_of,
)
from studio.providers.sunoapi.saying.about import ABOUT
from studio.providers.sunoapi.saying.making import MAKING
from studio.providers.sunoapi.saying.modes import is_custom, sound_of
from studio.providers.sunoapi.saying.posts import Post
from studio.providers.sunoapi.uploads import bring
from studio.providers.wire import Wire
from studio.songs import Ability, CreateSong, SongRequest

KNOWN_TWICE = frozenset({400, 409})
"""Codes of an order that was given before, where the id of that task comes along."""


class SunoAPI(Provider):
    """sunoapi.org at its own address, or a practice one, as its usual documents describe it."""

    kind: ClassVar[str] = "sunoapi"
    title: ClassVar[str] = WHO
    book: ClassVar[Edition] = EDITION_3
    """The generation of its documents that is spoken."""
    abilities: ClassVar[frozenset[Ability]] = EDITION_3.abilities
    models: ClassVar[Mapping[str, Model]] = EDITION_3.models
    plain: ClassVar[Mapping[Ability, Limits]] = EDITION_3.plain
    poll_seconds: ClassVar[float] = 30.0
    home_url: ClassVar[str | None] = "https://api.sunoapi.org"
    calls_back: ClassVar[bool] = True
    practises: ClassVar[bool] = True
    editions: ClassVar[Mapping[str, str]] = TITLES
    branches: ClassVar[Mapping[str, str]] = {"upload": "https://sunoapiorg.redpandaai.co"}
    rate: ClassVar[Rate | None] = Rate(calls=20, seconds=10)
    claims: ClassVar[tuple[Claim, ...]] = tuple(claim for claim, _ in PROBES.values())

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    @classmethod
    def edition(cls, name: str | None) -> type[Self]:
        """Return who speaks as generation 3, 4 or 5; one that nobody knows is the usual."""
        # Which class it is, only the name tells.
        return cast("type[Self]", SPEAKERS.get(name or "", SunoAPI))

    def examine(self, claim: Claim) -> Verdict:
        """Hold the vendor to one of its claims."""
        known = PROBES.get(claim.name)
        if known is None:
            return Verdict(holds=None, found=f"{WHO} makes no such claim.")
        return known[1](self._wire)

    def start(self, request: SongRequest, materials: Materials) -> Started | Finished:
        """Send `request` to the endpoint that fits it and its materials."""
        if request.ability is Ability.UPLOAD:
            return bring(self._wire, materials)
        post = to_post(request, materials, self.book)
        try:
            answer = self._wire.ask("POST", f"api/v1/{post.path}", post.body)
        except Doubtful as trouble:
            if post.is_harmless:
                raise NotTaken(str(trouble)) from trouble
            raise
        told = told_by(answer)
        code = code_of(answer, told)
        made_before = code in KNOWN_TWICE and orders.task_of(told)
        if code not in TAKEN and not made_before:
            refuse_order(answer, told, is_harmless=post.is_harmless)
        return post.reads(answer)

    def check(self, remote: str, request: SongRequest) -> Progress:
        """Look how far the task is; where to look follows from what was asked for."""
        if made := _given(remote, request):
            return made
        if request.ability is Ability.RECOVER:
            return self._recovered(remote)
        look = LOOKS.get(request.ability)
        if look is None:
            raise RemoteUnknown(
                f"{WHO} answers this at once and keeps nothing of it: send it again."
            )
        answer = self._wire.ask("GET", f"api/v1/{look.path}{quote(task_in(remote), safe='')}")
        told = told_by(answer)
        if code_of(answer, told) not in TAKEN:
            refuse_look(answer, told)
        record = told.get("data")
        if record is None and "data" in told:
            unknown_task()
        if not isinstance(record, dict):
            raise AnswerUnreadable(f"{WHO} answered a look with something unreadable.")
        return look.reads(record | {"task_id": task_in(remote)}, request)

    def fetch(self, link: str, into: Path, *, at_most: int | None = None) -> None:
        """Stream a file to disk; notes are in their link."""
        if link.startswith(notes.LINK):
            notes.write(link, into)
        else:
            self._wire.download(link, into, at_most=at_most)

    def balance(self) -> Balance | None:
        """Count the credits, which come in fractions."""
        answer = self._wire.ask("GET", "api/v1/generate/credit")
        told = told_by(answer)
        if code_of(answer, told) != OK:
            refuse_look(answer, told)
        left = as_number(told.get("data"))
        if left is None:
            raise AnswerUnreadable(f"{WHO} did not say how many credits are left.")
        return Balance(amount=left)

    @classmethod
    def price(cls, request: SongRequest, materials: Materials = NOTHING) -> Price:  # noqa: ARG003 - it is the same wherever a song is
        """Tell what resellers of the same service print, and the vendor for stems and styles."""
        return price_of(request)

    @classmethod
    def pause(cls, request: SongRequest) -> float:
        """Tell how often this kind of task may be looked at."""
        if request.ability is Ability.RECOVER:
            return RECOVERY_SECONDS
        look = LOOKS.get(request.ability)
        return cls.poll_seconds if look is None else look.seconds

    @classmethod
    def before(cls, request: SongRequest, materials: Materials) -> tuple[SongRequest, ...]:
        """Name the uploads, or the stems, without which it cannot be sent."""
        return steps_before(request, materials, cls.book)

    @classmethod
    def advice(cls, request: SongRequest, materials: Materials, now: datetime) -> str:
        """Point out what ends, what is not passed on, and what nobody prints a price for."""
        return advice_for(request, materials, now, cls.book)

    def hear(self, call: Call) -> News | None:
        """Take a call as it is: the secret of its address is all that the vendor offers."""
        return calls.heard(call)

    def read(self, told: str, request: SongRequest) -> Progress:
        """Read what a call told, never as more than a look would tell."""
        return calls.read(told, request)

    def understand(self, request: SongRequest) -> str:
        """Say which of the vendor's two ways is taken, and what it leaves out."""
        if not isinstance(request, CreateSong):
            return ""
        if not is_custom(request, self.book):
            return "writes the words itself, from your description and style"
        way = "plays your style" if request.instrumental else "sings your words in your style"
        both = request.style.strip() and request.description.strip()
        is_left_out = both and sound_of(request, self.book) == request.style
        return f"{way}; the description is not sent" if is_left_out else way

    def _recovered(self, remote: str) -> Progress:
        answer = self._wire.ask("GET", f"api/v1/{RECOVERY}{quote(task_in(remote), safe='')}")
        told = told_by(answer)
        code = code_of(answer, told)
        if code not in TAKEN and not told.get("data"):
            if code == BROKEN and told.get("task_id") and not NOWHERE.search(words_of(told)):
                return failed(None, words_of(told))
            refuse_look(answer, told)
        return recovered(told, code, sound_in(remote))


class SunoAPIOfSpring(SunoAPI):
    """The same, as its documents of spring 2026 describe it."""

    book: ClassVar[Edition] = EDITION_4
    abilities: ClassVar[frozenset[Ability]] = EDITION_4.abilities
    models: ClassVar[Mapping[str, Model]] = EDITION_4.models
    plain: ClassVar[Mapping[Ability, Limits]] = EDITION_4.plain


class SunoAPIOfAutumn(SunoAPI):
    """The same, as its documents of autumn 2026 describe it."""

    book: ClassVar[Edition] = EDITION_5
    abilities: ClassVar[frozenset[Ability]] = EDITION_5.abilities
    models: ClassVar[Mapping[str, Model]] = EDITION_5.models
    plain: ClassVar[Mapping[Ability, Limits]] = EDITION_5.plain


SPEAKERS: Mapping[str, type[SunoAPI]] = {
    "3": SunoAPI,
    "4": SunoAPIOfSpring,
    "5": SunoAPIOfAutumn,
}


def to_post(request: SongRequest, materials: Materials, edition: Edition) -> Post:
    """Say `request` in the vendor's words.

    Raises
    ------
    RequestUnfit
        If it cannot be said there.
    """
    say = {**MAKING, **ABOUT}.get(request.ability)
    if say is None:
        raise RequestUnfit(f"{WHO} cannot {request.ability}. Choose another connection.")
    return say(request, materials, edition)


def _given(remote: str, request: SongRequest) -> Finished | None:
    """Take an id that a person gives for something that the vendor makes without a task."""
    if request.ability is Ability.PERSONA:
        return Finished(persona=remote.strip())
    if request.ability is Ability.UPLOAD:
        return orders.has_upload(remote.strip())
    return None
