"""The vendor: the studio's verbs, said to the AI Music API and read from it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote

from studio.errors import AnswerUnreadable, RequestUnfit, VendorRefused
from studio.providers.aimusicapi.answers import WHO, Credits
from studio.providers.aimusicapi.asking import ASKING, TOOLS
from studio.providers.aimusicapi.calls import family_told, heard
from studio.providers.aimusicapi.claims import CLAIMS, LOOKS
from studio.providers.aimusicapi.families import Family, bare, family_of
from studio.providers.aimusicapi.making import MAKING
from studio.providers.aimusicapi.models import (
    ABILITIES,
    MODELS,
    PLAIN,
    family_for,
    limits_for,
)
from studio.providers.aimusicapi.nuro import NURO_MAKING
from studio.providers.aimusicapi.outcomes import has_upload
from studio.providers.aimusicapi.plans import advice_for, steps_after, steps_before
from studio.providers.aimusicapi.posts import Post
from studio.providers.aimusicapi.prices import price_of
from studio.providers.aimusicapi.producer import PRODUCER_MAKING
from studio.providers.aimusicapi.refusals import (
    ELSEWHERE,
    OK,
    TAKEN,
    ending,
    is_waiting,
    refuse_look,
    refuse_order,
    status_of,
)
from studio.providers.aimusicapi.results import to_progress
from studio.providers.aimusicapi.riffusion import RIFFUSION_MAKING
from studio.providers.base import Finished, Progress, Provider, Refused, Started, Working
from studio.providers.claims import Claim, Verdict, looked_up
from studio.providers.limits import Balance, Limits, Model, Price
from studio.providers.materials import NOTHING, Call, Materials, News
from studio.providers.wire import Answer, Wire
from studio.songs import Ability, CreateSong, Song, SongRequest

POSTS: Mapping[Family, Mapping[Ability, Callable[[Any, Materials], Post]]] = {
    Family.SONIC: {**MAKING, **ASKING},
    Family.PRODUCER: {**PRODUCER_MAKING, Ability.UPLOAD: ASKING[Ability.UPLOAD]},
    Family.NURO: NURO_MAKING,
    Family.RIFFUSION: {**RIFFUSION_MAKING, Ability.UPLOAD: ASKING[Ability.UPLOAD]},
}
PAUSES = {Family.SONIC: 20.0, Family.PRODUCER: 8.0, Family.NURO: 8.0, Family.RIFFUSION: 8.0}
"""Advised are 15 to 25 s for Sonic, 5 to 10 s for the others: the middle, for a spread of ±20 %."""
INSTEAD = {Ability.PERSONA: "Make a voice from a recording instead, or choose another connection."}
SHORT_PAUSES = {Ability.DOWNLOAD: 4.0}


class AIMusicAPI(Provider):
    """AI Music API at its own address, or a practice one."""

    kind: ClassVar[str] = "aimusicapi"
    title: ClassVar[str] = WHO
    abilities: ClassVar[frozenset[Ability]] = ABILITIES
    models: ClassVar[Mapping[str, Model]] = MODELS
    plain: ClassVar[Mapping[Ability, Limits]] = PLAIN
    poll_seconds: ClassVar[float] = PAUSES[Family.SONIC]
    home_url: ClassVar[str | None] = "https://api.aimusicapi.ai"
    takes_links: ClassVar[bool] = True
    practises: ClassVar[bool] = True
    calls_back: ClassVar[bool] = True
    claims: ClassVar[tuple[Claim, ...]] = CLAIMS

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def start(self, request: SongRequest, materials: Materials) -> Started | Finished:
        """Send `request` to the endpoint that fits it and its materials."""
        post = to_post(request, materials)
        answer = self._send(post)
        told = answer.members()
        status = status_of(answer, told)
        if post.again and is_waiting(status, told):
            return Started(remote=post.again)
        if status not in TAKEN:
            refuse_order(
                answer,
                told,
                instead=_instead(request),
                at_once=post.at_once,
                repeatable=post.repeatable,
            )
        outcome = post.reads(answer)
        return Started(remote=post.again) if isinstance(outcome, Working) else outcome

    def check(self, remote: str, request: SongRequest) -> Progress:
        """Look at the task, or ask again for what is answered at once but not in full."""
        family = family_of(remote, unmarked=family_for(request))
        if family is Family.SONIC and request.ability in TOOLS:
            return self._ask_again(TOOLS[request.ability](_clip_in(remote), request))
        if made := _given(remote, request, family):
            return made
        answer = self._wire.ask("GET", f"api/v1/{family.path}/task/{quote(bare(remote), safe='')}")
        return _read(answer, request, family)

    def fetch(self, link: str, into: Path, *, at_most: int | None = None) -> None:
        """Stream a file to disk."""
        self._wire.download(link, into, at_most=at_most)

    def balance(self) -> Balance | None:
        """Count the credits of the month and those that were bought."""
        answer = self._wire.ask("GET", "api/v1/get-credits")
        told = answer.members()
        if status_of(answer, told) != OK:
            refuse_look(answer, told)
        left = answer.read(Credits)
        if left.credits is None and left.extra_credits is None:
            raise AnswerUnreadable(f"{WHO} did not say how many credits are left.")
        return Balance(amount=(left.credits or 0) + (left.extra_credits or 0))

    @classmethod
    def price(cls, request: SongRequest, materials: Materials = NOTHING) -> Price:
        """Tell the newest documented price; older pages have lower ones."""
        return price_of(request, materials)

    @classmethod
    def pause(cls, request: SongRequest) -> float:
        """Tell how often the family that makes it may be asked."""
        return SHORT_PAUSES.get(request.ability, PAUSES[family_for(request)])

    @classmethod
    def before(cls, request: SongRequest, materials: Materials) -> tuple[SongRequest, ...]:
        """Name the uploads without which it cannot be sent."""
        return steps_before(request, materials)

    @classmethod
    def after(
        cls, request: SongRequest, songs: Sequence[Song], materials: Materials = NOTHING
    ) -> tuple[SongRequest, ...]:
        """Name the joins that make whole songs of tails."""
        return steps_after(request, songs, materials)

    @classmethod
    def advice(cls, request: SongRequest, materials: Materials, now: datetime) -> str:
        """Point out what is older than advised, and what is not passed on."""
        return advice_for(request, materials, now)

    def hear(self, call: Call) -> News | None:
        """Make sure that a call is signed with our secret, and of these minutes."""
        return heard(call)

    def read(self, told: str, request: SongRequest) -> Progress:
        """Read what a call told: the same shapes that a look at the task has."""
        family = family_told(told, family_for(request))
        return _read(Answer(WHO, OK, told.encode()), request, family)

    def examine(self, claim: Claim) -> Verdict:
        """Look a claim up; none of it costs."""
        return looked_up(claim, LOOKS, self._wire)

    def understand(self, request: SongRequest) -> str:
        """Say which of the vendor's four ways is taken, and what it leaves out."""
        if not isinstance(request, CreateSong) or family_for(request) is not Family.SONIC:
            return ""
        if request.description and request.lyrics:
            return "sings your words in your style; the description is not sent"
        if request.description and request.instrumental and request.style:
            return "plays your style; the description is not sent"
        return ""

    def _send(self, post: Post) -> Answer:
        return self._wire.ask(
            "POST", f"api/v1/{post.path}", post.body, timeout_seconds=post.timeout_seconds
        )

    def _ask_again(self, post: Post) -> Progress:
        answer = self._send(post)
        told = answer.members()
        status = status_of(answer, told)
        if is_waiting(status, told):
            return Working()
        try:
            if status not in TAKEN:
                refuse_order(answer, told)
            outcome = post.reads(answer)
        except VendorRefused as refusal:
            return Refused(reason=str(refusal))
        return Working() if isinstance(outcome, Started) else outcome


def to_post(request: SongRequest, materials: Materials) -> Post:
    """Say `request` in the vendor's words, at the endpoint that fits its materials.

    Raises
    ------
    RequestUnfit
        If it cannot be said there.
    """
    family = family_for(request)
    say = POSTS[family].get(request.ability)
    if say is None:
        raise RequestUnfit(f"{WHO} ({family}) cannot {request.ability}. Choose another model.")
    if materials.persona and not limits_for(request).persona:
        raise RequestUnfit(f"At {WHO} a persona sings new songs of Sonic only. Leave it out here.")
    return say(request, materials)


def _read(answer: Answer, request: SongRequest, family: Family) -> Progress:
    told = answer.members()
    if ended := ending(answer, told):
        return ended
    status = status_of(answer, told)
    if is_waiting(status, told):
        return Working()
    if status != OK:
        refuse_look(answer, told)
    return to_progress(answer, request, family)


def _instead(request: SongRequest) -> str:
    """Say what to do where the vendor has closed what was asked for."""
    if family_for(request) is not Family.SONIC:
        return f"Choose a Sonic model instead, for example {next(iter(MODELS))}."
    return INSTEAD.get(request.ability, ELSEWHERE)


def _clip_in(remote: str) -> str:
    """Return the clip of an id like `midi:3f2a…`, or of one that a person typed."""
    return bare(remote.rpartition(":")[2])


def _given(remote: str, request: SongRequest, family: Family) -> Finished | None:
    """Take an id that a person gives for something that the vendor makes without a task."""
    match request.ability:
        case Ability.PERSONA:
            return Finished(persona=bare(remote))
        case Ability.UPLOAD if family is Family.SONIC:
            return has_upload(bare(remote))
        case _:
            return None
