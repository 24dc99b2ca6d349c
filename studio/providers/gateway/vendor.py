"""The vendor: the studio's verbs, said to the Gateway API and read from it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

from studio.errors import AnswerUnreadable, Doubtful, RemoteUnknown, VendorRefused, VendorTrouble
from studio.providers.base import Finished, Progress, Provider, Refused, Started
from studio.providers.claims import Claim, Verdict, looked_up
from studio.providers.gateway import refusals
from studio.providers.gateway.answers import (
    OK,
    WHO,
    Clip,
    ids_in,
    left_in,
    names_songs,
)
from studio.providers.gateway.claims import CLAIMS, LOOKS
from studio.providers.gateway.models import ABILITIES, MODELS, PLAIN, price_of
from studio.providers.gateway.plans import advice_for, is_upload, steps_after
from studio.providers.gateway.posts import BY_HAND, POSTS, Post, is_described, timeline_of
from studio.providers.gateway.results import found_in, to_lyrics, to_progress, to_timeline
from studio.providers.limits import Balance, Limits, Model, Price
from studio.providers.materials import NOTHING, Materials
from studio.providers.wire import Answer, Wire
from studio.songs import Ability, CreateSong, Song, SongRequest

ASKED_AT_ONCE = 2
"""Ids in one query, both of one order: others must not be mixed, says the page."""


class GatewayAPI(Provider):
    """The Gateway API at its own address, or a practice one."""

    kind: ClassVar[str] = "gateway"
    title: ClassVar[str] = WHO
    abilities: ClassVar[frozenset[Ability]] = ABILITIES
    models: ClassVar[Mapping[str, Model]] = MODELS
    plain: ClassVar[Mapping[Ability, Limits]] = PLAIN
    poll_seconds: ClassVar[float] = 5.0
    home_url: ClassVar[str | None] = "https://api.sunoaiapi.com/api/v1"
    key_header: ClassVar[tuple[str, str]] = ("api-key", "{}")
    by_hand: ClassVar[str] = BY_HAND
    practises: ClassVar[bool] = True
    claims: ClassVar[tuple[Claim, ...]] = CLAIMS

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def start(self, request: SongRequest, materials: Materials) -> Started | Finished:
        """Send `request` and keep the ids of the songs that it makes, joined by a comma."""
        answer = self._send(POSTS[request.ability](request, materials))
        if request.ability is Ability.TIMELINE:
            return to_timeline(answer)
        return Started(remote=_joined(answer))

    def check(self, remote: str, request: SongRequest) -> Progress:
        """Look at the songs of one order together, or at words that are being written."""
        match request.ability:
            case Ability.LYRICS:
                return self._lyrics(remote.strip())
            case Ability.TIMELINE:
                return self._timeline(remote.strip())
        ids = tuple(one.strip() for one in remote.split(",") if one.strip())
        clips: dict[str, Clip] = {}
        for first in range(0, len(ids), ASKED_AT_ONCE):
            some = ids[first : first + ASKED_AT_ONCE]
            asked = quote(",".join(some), safe=",")
            clips |= found_in(self._get(f"query?ids={asked}"), some)
        for missing in [one for one in ids if one not in clips]:
            clips |= self._fed(missing)
        if not clips:
            raise RemoteUnknown(f"{WHO} does not know {remote}.")
        return to_progress(ids, clips, request)

    def fetch(self, link: str, into: Path, *, at_most: int | None = None) -> None:
        """Stream a file to disk."""
        self._wire.download(link, into, at_most=at_most)

    def balance(self) -> Balance | None:
        """Count the songs that are left."""
        left = left_in(self._get("limit"))
        if left is None:
            raise AnswerUnreadable(f"{WHO} did not say how many songs are left.")
        return Balance(amount=left, unit="songs")

    def examine(self, claim: Claim) -> Verdict:
        """Look up one of `claims`; none of them costs."""
        return looked_up(claim, LOOKS, self._wire)

    @classmethod
    def price(cls, request: SongRequest, materials: Materials = NOTHING) -> Price:
        """Tell what the page says a generation costs; it makes two songs."""
        return price_of(request, uploaded=is_upload(materials))

    @classmethod
    def after(
        cls,
        request: SongRequest,
        songs: Sequence[Song],
        materials: Materials = NOTHING,  # noqa: ARG003 - the songs tell enough
    ) -> tuple[SongRequest, ...]:
        """Name the joins that make whole songs of tails."""
        return steps_after(request, songs)

    @classmethod
    def advice(cls, request: SongRequest, materials: Materials, now: datetime) -> str:  # noqa: ARG003 - nothing grows old
        """Say what has no known price, and what is not passed on."""
        return advice_for(request, materials)

    def understand(self, request: SongRequest) -> str:
        """Say which of the vendor's two ways is taken."""
        if not isinstance(request, CreateSong):
            return ""
        if is_described(request):
            return "writes style and words from your sentence"
        if request.description and (request.lyrics or request.instrumental):
            return "sings your words" if request.lyrics else "plays your style"
        return ""

    def _send(self, post: Post) -> Answer:
        answer = self._wire.ask("POST", f"gateway/{post.path}", post.body)
        # Who names songs has taken the order, whatever else is said.
        if not names_songs(answer):
            refusals.check(answer)
        return answer

    def _get(self, path: str) -> Answer:
        answer = self._wire.ask("GET", f"gateway/{path}")
        refusals.check(answer)
        return answer

    def _fed(self, one: str) -> dict[str, Clip]:
        """Ask the feed for a song that the query does not tell of; not knowing it is no fault."""
        try:
            return found_in(self._get(f"feed/{quote(one, safe='')}"), (one,))
        except VendorTrouble:
            return {}

    def _lyrics(self, one: str) -> Progress:
        """Look at words that are being written; where they are refused, they will not come."""
        answer = self._wire.ask("GET", f"gateway/lyrics/{quote(one, safe='')}")
        if answer.status == OK and (reason := refusals.inside(answer)):
            return Refused(reason=reason)
        refusals.check(answer)
        return to_lyrics(answer)

    def _timeline(self, clip: str) -> Progress:
        """Ask for what a person says was made: by the id of its song."""
        try:
            return to_timeline(self._send(timeline_of(clip)))
        except VendorRefused as refusal:
            return Refused(reason=str(refusal))


def _joined(answer: Answer) -> str:
    ids = ids_in(answer)
    if not ids:
        raise Doubtful(f"{WHO} answered without the id of a song.")
    return ",".join(ids)
