"""Comparing: one request to several makers, their takes side by side, a vote that is kept."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from studio.errors import NotFound, RequestUnfit, SoundUnreadable
from studio.fitting import lessen
from studio.jobs.books.comparisons import Comparison
from studio.jobs.model import Job
from studio.offer import DOLLARS, FREE, Estimate, in_words, summed
from studio.room import Room
from studio.songs import Song, SongRequest, Value

FEWEST = 2


class Entry(Value):
    """What one maker would be asked for."""

    connection: str
    request: SongRequest
    """What it takes of the request."""
    left_out: tuple[str, ...] = ()
    """The wishes that it does not take, in words."""
    estimate: Estimate


class Comparing:
    """Comparisons. A part of `studio.client.Studio`."""

    def __init__(self, room: Room, now: Callable[[], datetime]) -> None:
        self._room = room
        self._now = now
        self._loudness: dict[str, float | None] = {}

    def entries(self, request: SongRequest, to: Iterable[str]) -> tuple[Entry, ...]:
        """Tell what each of some connections would be asked for and what that costs; asks nobody.

        Who cannot take it has a `problem` in its estimate.
        """
        return tuple(self._entry(request, name) for name in dict.fromkeys(to))

    def comparison(self, comparison_id: str) -> Comparison:
        """Return one comparison; raises `NotFound` if there is none of this id."""
        return self._room.comparisons.get(comparison_id)

    def compared(self, key: str) -> Comparison | None:
        """Return the comparison that was made under a key, if there is one."""
        try:
            return self.comparison(_id_of(key))
        except NotFound:
            return None

    def comparisons(self, *, limit: int = 10) -> tuple[Comparison, ...]:
        """Return the newest comparisons, newest first."""
        return self._room.comparisons.newest(limit)

    def choose(self, comparison_id: str, song_id: str | None) -> Comparison:
        """Keep which of its songs was liked best; `None` takes that back.

        Raises
        ------
        NotFound
            If it is none of its songs.
        """
        known = self.comparison(comparison_id)
        if song_id is not None and song_id not in {song.id for song in self.takes_of(known)}:
            raise NotFound("This song is not of that comparison. Choose one of those beside it.")
        return self._room.comparisons.choose(comparison_id, song_id, self._now())

    def takes_of(self, comparison: Comparison) -> tuple[Song, ...]:
        """Return the songs that have come of it so far.

        Blind, they are in an order that says nothing of who made them, and always the same.
        """
        songs = [song for job in comparison.jobs for song in self._room.gallery.of_job(job)]
        if comparison.is_blind:
            songs.sort(key=lambda song: _shuffled(comparison.id, song))
        return tuple(songs)

    def level_gains(self, songs: Sequence[Song]) -> Mapping[str, float]:
        """Return by how many dB each song is to be turned down to sound as loud as the softest.

        Never up, so that nothing clips. What is not home yet, or silent, is left out. The first
        time it reads the songs, about a third of a second for each.
        """
        loud = {song.id: told for song in songs if (told := self._loud(song)) is not None}
        softest = min(loud.values(), default=0.0)
        return {song_id: round(softest - told, 2) for song_id, told in loud.items()}

    def check_entries(self, entries: Sequence[Entry]) -> None:
        """Make sure that all can be sent and paid for, before any is.

        Raises
        ------
        RequestUnfit
            If one cannot take it, or there are fewer than two.
        ConnectionUnknown
            If there is no key to one.
        BudgetReached
            If one would cost more than is allowed there.
        """
        if len(entries) < FEWEST:
            raise RequestUnfit("A comparison takes two makers or more. Choose another one.")
        for entry in entries:
            if entry.estimate.problem:
                raise RequestUnfit(f"{entry.connection}: {entry.estimate.problem}")
            connection = self._room.connections.get(entry.connection)
            if not connection.is_local:
                self._room.provider(connection)
            self._room.ordering.check_budget(connection, entry.estimate.price)

    def keep_comparison(
        self,
        request: SongRequest,
        entries: Sequence[Entry],
        jobs: Sequence[Job],
        *,
        key: str,
        is_blind: bool,
    ) -> Comparison:
        """Write down that these jobs are one comparison; the same key twice is the same."""
        left_out = {
            job.id: entry.left_out
            for job, entry in zip(jobs, entries, strict=True)
            if entry.left_out
        }
        return self._room.comparisons.add(
            Comparison(
                id=_id_of(key),
                request=request,
                jobs=tuple(job.id for job in jobs),
                left_out=left_out,
                is_blind=is_blind,
                made_at=self._now(),
            )
        )

    def _entry(self, request: SongRequest, name: str) -> Entry:
        connection = self._room.connections.get(name)
        offer = self._room.ordering.offer(connection)
        lessened, left_out = lessen(request, offer, self._room.storeroom.persona(request))
        estimate = self._room.ordering.estimate(lessened, connection)
        return Entry(connection=name, request=lessened, left_out=left_out, estimate=estimate)

    def _loud(self, song: Song) -> float | None:
        if not song.is_home:
            return None
        if song.id not in self._loudness:
            self._loudness[song.id] = self._measured(song)
        return self._loudness[song.id]

    def _measured(self, song: Song) -> float | None:
        from studio.audio.files import read  # noqa: PLC0415 - only who compares pays for them
        from studio.audio.levels import SILENCE_DB, loudness  # noqa: PLC0415 - the same

        path = self._room.files.path(song.sound)
        try:
            told = SILENCE_DB if path is None else loudness(*read(path))
        except SoundUnreadable:
            return None
        return None if told <= SILENCE_DB else told


def costs_in_words(entries: Sequence[Entry]) -> str:
    """Say what all of it costs: `12 credits at one and $0.095`.

    A dollar is a dollar; but one maker's credits are not another's, and are not added.
    """
    prices = [entry.estimate.price for entry in entries]
    told = [
        f"{in_words(price)} at {entry.connection}"
        for entry, price in zip(entries, prices, strict=True)
        if price.unit != DOLLARS and (price.is_unknown or not price.is_free)
    ]
    dollars = tuple(price for price in prices if price.unit == DOLLARS)
    if dollars:
        told.append(in_words(summed(dollars)))
    return " and ".join(told) if told else FREE


def _id_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def _shuffled(comparison: str, song: Song) -> str:
    return hashlib.sha256(f"{comparison} {song.id}".encode()).hexdigest()
