"""Ordering: from a request to jobs on disk, and what that will take, known before it costs.

What must be done first (uploads, mostly) becomes jobs of its own, put down together with the one
that was asked for, or not at all; the budget is asked about all of them.
"""

import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from studio.connections import Connection, Connections
from studio.contracts import Contracts
from studio.errors import BudgetReached, ConnectionUnknown, RequestUnfit, StudioProblem
from studio.fitting import check_fit
from studio.jobs.books.ledger import Ledger, Spent
from studio.jobs.books.table import JobTable
from studio.jobs.chains import chain
from studio.jobs.model import Job
from studio.misfits.sources import was_made_at
from studio.offer import Estimate, Offer, amount_in_words, in_words, offer_of, summed
from studio.probes import Probes
from studio.providers import Vendor
from studio.providers.limits import Price
from studio.providers.materials import Material, Materials
from studio.songs import Ability, Part, Song, SongRequest
from studio.storeroom import Storeroom
from studio.switchboard import vendor

BUDGET_SPAN = timedelta(hours=24)
PARTS = {Ability.EXTEND: Part.TAIL, Ability.REPLACE: Part.SECTION}
"""What comes first of a request that is joined to its source afterwards."""


@dataclass(frozen=True, slots=True)
class Ordering:
    """Where requests are made jobs."""

    connections: Connections
    jobs: JobTable
    ledger: Ledger
    storeroom: Storeroom
    probes: Probes
    contracts: Contracts
    now: Callable[[], datetime]

    def check(self, request: SongRequest, connection: Connection) -> None:
        """Make sure that `request` can be sent there; raises `RequestUnfit` if not."""
        self._checked(request, connection)

    def _checked(self, request: SongRequest, connection: Connection) -> Materials:
        """Return what `request` works with, once it is sure that it can be sent there."""
        songs = self.storeroom.songs(request)
        offer = self.offer(connection)
        is_able = request.ability in offer.abilities
        is_choosy = offer.limits(request.ability, request.model).origin == "made"
        check_fit(
            request,
            offer,
            songs=songs,
            persona=self.storeroom.persona(request),
            # Who else there is costs time to find out, and is said only to who is refused.
            others=() if is_able else self.who_can(request.ability),
            takers=self._takers(request, songs) if is_choosy else (),
        )
        materials = self.storeroom.materials(request, connection)
        self._check_reach(request, materials, connection)
        return materials

    def who_can(self, ability: Ability) -> tuple[str, ...]:
        """Return the names of the connections that have an ability."""
        return tuple(offer.name for offer in self.offers() if ability in offer.abilities)

    def _takers(self, request: SongRequest, songs: Sequence[Song]) -> tuple[str, ...]:
        """Return the names of those that do this with songs from wherever these are from."""
        return tuple(
            offer.name
            for offer in self.offers()
            if request.ability in offer.abilities
            and (
                offer.limits(request.ability).origin != "made"
                or all(was_made_at(offer.name, song) for song in songs)
            )
        )

    def offer(self, connection: Connection) -> Offer:
        """Return what can be had at a connection."""
        return offer_of(connection, vendor(connection), self.probes.of(connection))

    def offers(self) -> tuple[Offer, ...]:
        """Return what can be had at all connections; those that nobody here knows are left out."""
        known = []
        for connection in self.connections.all():
            with suppress(ConnectionUnknown):
                known.append(self.offer(connection))
        return tuple(known)

    def estimate(self, request: SongRequest, connection: Connection) -> Estimate:
        """Return what `request` will take; what cannot be sent as it is has a `problem`."""
        who = vendor(connection)
        try:
            materials = self._checked(request, connection)
        except StudioProblem as problem:
            price = who.price(request) if request.ability in who.abilities else Price(amount=0)
            return Estimate(price=price, steps=(request,), problem=str(problem))
        before = who.before(request, materials)
        # Whom we give a sound on the way, that joins it by itself; else there are tails to join.
        is_known = all(material.remote for material in materials.songs) or bool(before)
        takes = self.offer(connection).takes(request) if is_known else 0
        after = _joins(who, request, _imagined(request, takes, self.now()))
        prices = [who.price(step, self.storeroom.materials(step, connection)) for step in before]
        prices += [who.price(request, materials), *(who.price(*join) for join in after)]
        return Estimate(
            price=summed(tuple(prices)),
            steps=(*before, request, *(step for step, _ in after)),
            advice=who.advice(request, materials, self.now()),
        )

    def submit(self, request: SongRequest, connection: Connection, key: str) -> Job:
        """Put a request on disk with all that it needs, if it can be sent and paid for."""
        self.check(request, connection)
        jobs = chain(
            request,
            job_id=secrets.token_hex(8),
            key=key,
            connection=connection.name,
            provider=vendor(connection),
            materials=lambda step: self.storeroom.materials(step, connection),
            now=self.now(),
        )
        self.check_budget(connection, self.estimate(request, connection).price)
        return self.jobs.add_all(jobs)

    def _check_reach(
        self, request: SongRequest, materials: Materials, connection: Connection
    ) -> None:
        """Refuse what would need a link that nobody could follow, or a person who brings it."""
        who = vendor(connection)
        absent = next((one.song for one in materials.songs if one.remote is None), None)
        if who.by_hand and absent is not None:
            raise RequestUnfit(
                f"{absent.title!r} is not at {connection.name} yet. {who.by_hand} That id is told "
                "on the page of the song, or with `studio bring --at`."
            )
        if not who.takes_links or self.storeroom.publishing.can_reach(connection):
            return
        abilities = {step.ability for step in (*who.before(request, materials), request)}
        for material in materials.songs:
            if material.remote is None or Ability.UPLOAD in abilities:
                # It says what to do, and publishes nothing where there is no way.
                material.publish()

    def spent(self, since: datetime, connection: str | None = None) -> tuple[Spent, ...]:
        """Return what each connection, or one, has cost since a moment: jobs and contracts."""
        told = {(one.connection, one.unit): one for one in self.ledger.since(since, connection)}
        for name, paid in self.contracts.paid(since).items():
            for one in paid if connection in (None, name) else ():
                place = (name, one.price.unit)
                known = told.get(place) or Spent(
                    connection=name, spent=0, refunded=0, jobs=0, unit=one.price.unit
                )
                spent = known.spent + one.price.amount
                told[place] = known.model_copy(update={"spent": spent})
        return tuple(told.values())

    def check_budget(self, connection: Connection, price: Price) -> None:
        """Make sure that so much may be spent; raises `BudgetReached` if not."""
        if connection.budget is None or price.is_free:
            return
        told = self.spent(self.now() - BUDGET_SPAN, connection.name)
        spent = sum(one.spent for one in told if one.unit == price.unit)
        if spent + price.amount > connection.budget:
            gone = amount_in_words(spent, price.unit).removesuffix(f" {price.unit}")
            raise BudgetReached(
                f"This costs {in_words(price)}; {gone} of the "
                f"{amount_in_words(connection.budget, price.unit)} for 24 hours at "
                f"{connection.name!r} are spent. Raise the budget under Settings, or wait."
            )


def _joins(
    who: type[Vendor], request: SongRequest, imagined: Sequence[Song]
) -> list[tuple[SongRequest, Materials]]:
    """Return what completes `request` once it is done, told from takes as they will be."""
    if not imagined:
        return []
    by_id = {song.id: song for song in imagined}
    return [(step, _of(step, by_id)) for step in who.after(request, imagined)]


def _imagined(request: SongRequest, takes: int, now: datetime) -> list[Song]:
    """Return the takes of a request that is joined to its source, as they will be."""
    part = PARTS.get(request.ability)
    if part is None:
        return []
    names = [f"imagined-{number}" for number in range(1, takes + 1)]
    return [
        Song(
            id=name,
            title=name,
            part=part,
            made_at=now,
            connection="",
            kind="",
            job="",
            take=number,
            remote=name,
            request=request,
            parents=request.sources,
        )
        for number, name in enumerate(names, start=1)
    ]


def _of(step: SongRequest, songs: dict[str, Song]) -> Materials:
    known = [songs[song_id] for song_id in step.sources if song_id in songs]
    return Materials(songs=tuple(Material(song=song, remote=song.remote) for song in known))
