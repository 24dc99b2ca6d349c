"""Hands: who is busy with what, and how many each connection may have.

None gets more than half of those that others leave, so that one which answers slowly, or not at
all, always leaves some. What may not be asked now is not taken at all: it waits in the table.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from studio.jobs.model import Job
from studio.jobs.traffic.lanes import Lane, Share, lane_of
from studio.jobs.traffic.lines import Lines

Due = Mapping[str, Mapping[Lane, datetime]]
"""When the first job of each lane of each connection can be taken."""


class Hands:
    """The hands of a worker, who must not use them from two threads at once.

    Parameters
    ----------
    count
        How many there are.
    lines
        Tell whether a connection may be asked.
    """

    def __init__(self, count: int, lines: Lines) -> None:
        self._count = count
        self._lines = lines
        self._held: dict[str, tuple[str, Lane]] = {}
        self._crowded: frozenset[str] = frozenset()

    @property
    def held(self) -> Collection[str]:
        """Ids of the jobs that are in hand."""
        return self._held.keys()

    @property
    def are_short(self) -> bool:
        """Whether more was due the last time than there were hands for."""
        return bool(self._crowded)

    def hold(self, jobs: Iterable[Job], shares: Mapping[str, Share]) -> None:
        """Take up jobs that were claimed within `shares`."""
        taken = {job.id: (job.connection, lane_of(job)) for job in jobs}
        self._held |= taken
        counts = Counter(connection for connection, _ in taken.values())
        self._crowded = frozenset(
            name for name, share in shares.items() if counts[name] >= share.hands
        )

    def put_down(self, job_id: str) -> None:
        """Have a hand free again."""
        self._held.pop(job_id, None)

    def shares(self, due: Due, now: datetime) -> dict[str, Share]:
        """Return how many jobs of each connection may be taken now."""
        shares: dict[str, Share] = {}
        given = 0
        for name, lanes in due.items():
            ready = [lane for lane, at in lanes.items() if at <= now]
            if ready:
                line, hands = self._lines.to(name), self._for(name, given)
                share = shares[name] = line.share(ready, hands, self._asking(name))
                asked = min(share.hands, share.starts + share.looks)
                given += share.hands if Lane.HOME in ready else asked
        return shares

    def moments(self, due: Due) -> Iterator[datetime]:
        """Tell when the next job of each lane can be taken, where there is a hand for it."""
        for name, lanes in due.items():
            if self._for(name):
                line, asking = self._lines.to(name), self._asking(name)
                yield from (max(at, line.ready_at(lane, asking)) for lane, at in lanes.items())

    def _for(self, connection: str, given: int = 0) -> int:
        """Return how many hands a connection may have beside those that it has."""
        own = sum(name == connection for name, _ in self._held.values())
        others = len(self._held) - own + given
        return max(0, (self._count - others + 1) // 2 - own)

    def _asking(self, connection: str) -> int:
        """Return how many jobs of a connection are being sent or asked about."""
        held = self._held.values()
        return sum(name == connection and lane is not Lane.HOME for name, lane in held)
