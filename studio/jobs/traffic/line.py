"""The line to one connection: whether anybody answers there, and how many may ask at once.

When nobody answers it falls quiet: nobody asks for a while that grows, then one job tries, and the
first answer opens it for all. So a vendor that is down costs neither hands nor orders that nobody
can be sure of, and only its own jobs wait.
"""

import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Protocol

from studio.errors import AnswerUnreadable, Doubtful, NotTaken, NoTurn, Unreachable, VendorTrouble
from studio.jobs.traffic.lanes import Lane, Share
from studio.jobs.traffic.said import Said, busy, queued, quiet
from studio.jobs.traffic.turns import Turns, left, wait_seconds

TROUBLES = 3
"""How many in a row make a line fall quiet."""
SHORTEST_QUIET_SECONDS = 5.0
LONGEST_QUIET_SECONDS = {Lane.START: 60.0, Lane.LOOK: 300.0}
"""A person waits for what is to be sent."""
LONGEST_BUSY_SECONDS = 300.0
"""What is granted to a vendor that is busy, whatever it wishes."""
PROBE_SECONDS = 0.5
"""How soon to see whether the one that tries is back."""


class Book(Protocol):
    """Keeps what all should know of a line."""

    def say(self, connection: str, said: Said) -> None:
        """Write down what is said of jobs there, beside their own reasons."""
        ...

    def back_again(self, connection: str, now: datetime) -> None:
        """Send what was put off: somebody answers again."""
        ...


class Line:
    """What is known of one connection. May be used from several threads.

    Parameters
    ----------
    connection
        Its name.
    now
        Tells the time.
    book
        Keeps what others should know.
    """

    def __init__(self, connection: str, now: Callable[[], datetime], book: Book) -> None:
        self.turns: Turns | None = None
        """Who counts the calls, where the vendor takes only so many."""
        self.answers_since = now()
        """Since when this process is answered, when it asks. What was not told before, nobody can
        know, and no job is to blame for it."""
        self._connection = connection
        self._now = now
        self._book = book
        self._lock = threading.RLock()
        self._troubles = 0
        self._silent_since: datetime | None = None
        self._problem = ""
        self._quiet_from: datetime | None = None
        self._quiet_seconds = 0.0
        self._busy: dict[Lane, tuple[float, datetime, str]] = {}
        self._queues = False
        self._starts_next = True
        self._said: Said | None = None

    @property
    def is_quiet(self) -> bool:
        """Whether nobody has answered the last few times."""
        return self._quiet_from is not None

    @property
    def troubles(self) -> int:
        """How often in a row nobody has answered."""
        return self._troubles

    @property
    def can_spare_a_call(self) -> bool:
        """Whether what is only worth knowing may be asked."""
        if self.is_quiet:
            return False
        return self.turns is None or 2 * self.turns.free() >= self.turns.rate.calls

    @contextmanager
    def asking(self, lane: Lane, *, counts: bool = True) -> Iterator[None]:
        """Ask the vendor something inside, and learn from how that goes.

        Not `counts` is what may end well without an answer: say `answered` if there was one.
        """
        try:
            yield
        except NoTurn:
            # Nobody was asked.
            raise
        except (Unreachable, Doubtful, AnswerUnreadable) as trouble:
            self._troubled(str(trouble))
            raise
        except NotTaken as trouble:
            self._told_to_wait(lane, trouble)
            raise
        except VendorTrouble:
            # A no is an answer.
            self.answered(lane)
            raise
        if counts:
            self.answered(lane)

    def answered(self, lane: Lane) -> None:
        """Somebody is there."""
        with self._lock:
            was_quiet = self._open()
            self._busy.pop(lane, None)
            self._tell()
        if was_quiet:
            self._book.back_again(self._connection, self._now())

    def opens_at(self, lane: Lane) -> datetime:
        """Tell when the vendor may be asked again, for all that is known of it; now or later."""
        with self._lock:
            return self._closed_until(lane, self._now())

    def ready_at(self, lane: Lane, asking: int) -> datetime:
        """Tell when a job of a lane may be taken, while so many are being asked about."""
        opens_at = self.opens_at(lane)
        if lane is Lane.HOME:
            return opens_at
        if self.is_quiet and asking:
            return max(opens_at, self._now() + timedelta(seconds=PROBE_SECONDS))
        wait = wait_seconds(self.turns, looks_only=lane is Lane.LOOK)
        return max(opens_at, self._now() + timedelta(seconds=wait))

    def share(self, lanes: Collection[Lane], hands: int, asking: int) -> Share:
        """Tell how many jobs may be taken now.

        Parameters
        ----------
        lanes
            Those in which something is due.
        hands
            How many are free for this connection.
        asking
            How many of its jobs are being asked about.
        """
        with self._lock:
            now = self._now()
            due = [lane for lane in (Lane.START, Lane.LOOK) if lane in lanes]
            going = [lane for lane in due if self._closed_until(lane, now) <= now]
            calls = left(self.turns, looks_only=Lane.START not in going)
            most = min(hands, calls, *([max(0, 1 - asking)] if self.is_quiet else []))
            # Said until all are sent: it would come and go with every turn.
            self._queues = Lane.START in due and (self._queues or (bool(going) and calls == 0))
            self._tell()
            return Share(hands, *self._divided(going, most))

    def _closed_until(self, lane: Lane, now: datetime) -> datetime:
        """Return until when nobody may be asked, or now."""
        if lane is Lane.HOME:
            return now
        # Who is too busy to be asked takes no orders either.
        moments = [now, *(self._busy[told][1] for told in {lane, Lane.LOOK} & self._busy.keys())]
        if self._quiet_from is not None:
            seconds = min(self._quiet_seconds, LONGEST_QUIET_SECONDS[lane])
            moments.append(self._quiet_from + timedelta(seconds=seconds))
        return max(moments)

    def _divided(self, going: Collection[Lane], most: int) -> tuple[int, int]:
        """Divide among starts and looks; where one is left over, they go by turns."""
        told = dict.fromkeys(going, most)
        if len(told) > 1:
            self._starts_next = not self._starts_next
            first, other = (Lane.START, Lane.LOOK)[:: 1 if self._starts_next else -1]
            told = {first: most - most // 2, other: most // 2}
        for lane in self._busy.keys() & told.keys():
            # One tries.
            told[lane] = min(told[lane], 1)
        return told.get(Lane.START, 0), told.get(Lane.LOOK, 0)

    def _open(self) -> bool:
        """Let everybody ask again; return whether the line was quiet."""
        was_quiet = self.is_quiet
        self._troubles, self._silent_since, self._quiet_from = 0, None, None
        self._quiet_seconds = 0.0
        if was_quiet:
            self.answers_since = self._now()
        return was_quiet

    def _troubled(self, problem: str) -> None:
        with self._lock:
            now = self._now()
            self._troubles += 1
            self._silent_since = self._silent_since or now
            self._problem = problem
            # What was asked before it fell quiet, and comes back later, tells nothing new.
            if self._troubles >= TROUBLES and self._closed_until(Lane.START, now) <= now:
                longer = 2 * self._quiet_seconds or SHORTEST_QUIET_SECONDS
                self._quiet_seconds = min(longer, LONGEST_QUIET_SECONDS[Lane.LOOK])
                self._quiet_from = now
            self._tell()

    def _told_to_wait(self, lane: Lane, trouble: NotTaken) -> None:
        with self._lock:
            now = self._now()
            seconds, until, _ = self._busy.get(lane, (0.5, now, ""))
            if until <= now:
                wish = max(trouble.retry_after or 0.0, 1.0)
                seconds = min(max(2 * seconds, wish), LONGEST_BUSY_SECONDS)
                self._busy[lane] = (seconds, now + timedelta(seconds=seconds), str(trouble))
            # Who has too much to do is there.
            self._open()
            self._tell()

    def _tell(self) -> None:
        """Write down what is to be said, when it is something else than before."""
        said = self._to_say()
        if said != self._said:
            self._said = said
            self._book.say(self._connection, said)

    def _to_say(self) -> Said:
        if self._quiet_from is not None and self._silent_since is not None:
            return quiet(self._problem, self._silent_since)
        if told := self._busy.get(Lane.LOOK) or self._busy.get(Lane.START):
            return busy(told[2])
        if self._queues and self.turns is not None:
            return queued(self.turns.who, self.turns.rate)
        return Said()
