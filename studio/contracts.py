"""Contracts: what a vendor's documents say, held against what it does today.

A vendor changes without telling. Each of its claims can be tried: most for nothing, some for what
they say and only with a person's yes. What came back last is kept in a small file, with its date,
and so is what it cost.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from studio.connections import Connection, place_of
from studio.disk import locked, read_json, write_json
from studio.errors import RequestUnfit, VendorTrouble
from studio.providers.base import Provider
from studio.providers.claims import Claim, Verdict
from studio.providers.limits import Price
from studio.songs import Value
from studio.switchboard import vendor

KEEP_PAID = timedelta(days=60)
"""For how long it is remembered what was paid; the ledger looks back over 30 days."""


class Result(Value):
    """One claim, and what came of it."""

    claim: Claim
    verdict: Verdict | None = None
    """`None` while it was never tried."""
    at: datetime | None = None
    """When it was tried last."""


class Paid(Value):
    """What trying a claim has cost, or may have."""

    at: datetime
    price: Price


class Kept(Value):
    """All that is kept of one connection."""

    place: str = ""
    """Where it was; at another place it is another vendor."""
    results: tuple[Result, ...] = ()
    paid: tuple[Paid, ...] = ()


class Contracts:
    """The claims of every vendor, and what came of them at each connection.

    Parameters
    ----------
    path
        The file in which results are kept; other processes use it too.
    provider
        Gives who can be spoken with at a connection.
    now
        Tells the time.
    """

    def __init__(
        self,
        path: Path,
        provider: Callable[[Connection], Provider],
        now: Callable[[], datetime],
    ) -> None:
        self._path = path
        self._provider = provider
        self._now = now

    def of(self, connection: Connection) -> tuple[Result, ...]:
        """Return the claims of a connection's vendor, with what came of them last."""
        kept = _kept(read_json(self._path, {}), connection.name)
        is_same = kept.place == place_of(connection)
        known = {one.claim.name: one for one in kept.results if is_same}
        return tuple(
            Result(claim=claim)
            if claim.name not in known
            else known[claim.name].model_copy(update={"claim": claim})
            for claim in vendor(connection).claims
        )

    def chosen(
        self, connection: Connection, names: Collection[str] | None, *, spend: bool
    ) -> tuple[Claim, ...]:
        """Return the claims of these names, or all; without `spend`, those that cost nothing.

        Raises
        ------
        RequestUnfit
            If the vendor makes no such claim.
        """
        who = vendor(connection)
        known = {claim.name: claim for claim in who.claims}
        for name in names or ():
            if name not in known:
                raise RequestUnfit(
                    f"{who.title} makes no claim {name!r}. It makes: {', '.join(known) or 'none'}."
                )
        wanted = [claim for name, claim in known.items() if names is None or name in names]
        return tuple(claim for claim in wanted if spend or claim.price.is_free)

    def examine(
        self,
        connection: Connection,
        claims: Collection[Claim],
        on_result: Callable[[Result], None] = lambda _: None,
    ) -> tuple[Result, ...]:
        """Try claims one after the other, keep what came back, and return all that is known.

        What a claim costs is spent. Each result is kept at once, and told to `on_result`.

        Raises
        ------
        ConnectionUnknown, NotTaken
            If nobody can be spoken with at the connection.
        """
        provider = self._provider(connection)
        for claim in claims:
            if not claim.price.is_free:
                # Before it is spent: a power cut must not hide it.
                self._note(connection, paid=(Paid(at=self._now(), price=claim.price),))
            try:
                verdict = provider.examine(claim)
            except VendorTrouble as problem:
                verdict = Verdict(holds=None, found=str(problem))
            result = Result(claim=claim, verdict=verdict, at=self._now())
            self._note(connection, results=(result,))
            on_result(result)
        return self.of(connection)

    def paid(self, since: datetime) -> Mapping[str, tuple[Paid, ...]]:
        """Return by connection what trying claims has cost since a moment."""
        book = read_json(self._path, {})
        told = {name: [one for one in _kept(book, name).paid if one.at >= since] for name in book}
        return {name: tuple(paid) for name, paid in told.items() if paid}

    def forget(self, name: str) -> None:
        """Forget what came of a connection's claims; what was paid stays paid."""
        with locked(self._path.with_suffix(".lock")):
            book = read_json(self._path, {})
            if name in book:
                self._write(book, name, _kept(book, name).model_copy(update={"results": ()}))

    def _note(
        self,
        connection: Connection,
        *,
        results: tuple[Result, ...] = (),
        paid: tuple[Paid, ...] = (),
    ) -> None:
        """Keep results in place of older ones of the same claims, and what was paid besides."""
        place, ended = place_of(connection), self._now() - KEEP_PAID
        names = {one.claim.name for one in results}
        with locked(self._path.with_suffix(".lock")):
            book = read_json(self._path, {})
            before = _kept(book, connection.name)
            old = before.results if before.place == place else ()
            now = Kept(
                place=place,
                results=(*(one for one in old if one.claim.name not in names), *results),
                paid=(*(one for one in before.paid if one.at >= ended), *paid),
            )
            self._write(book, connection.name, now)

    def _write(self, book: dict[str, Any], name: str, kept: Kept) -> None:
        write_json(self._path, book | {name: kept.model_dump(mode="json")})


def _kept(book: Mapping[str, Any], name: str) -> Kept:
    try:
        return Kept.model_validate(book.get(name, {}))
    except ValidationError:
        # Of another version; it is found out anew.
        return Kept()
