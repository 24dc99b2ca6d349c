"""A job: one request at one connection, and where it stands."""

from datetime import datetime
from enum import StrEnum

from studio.providers.limits import Balance, Price
from studio.songs import Finding, SongRequest, Take, Text, Value


class State(StrEnum):
    """Where a job stands."""

    QUEUED = "QUEUED"
    """On disk, not sent; also waiting to be sent again after a refusal that surely cost nothing."""
    SENDING = "SENDING"
    """`start` was called; found after a restart, nobody knows whether it was taken."""
    WORKING = "WORKING"
    """The vendor has it."""
    FETCHING = "FETCHING"
    """All takes are made; some are not home yet."""
    UNSURE = "UNSURE"
    """It may have been taken. A person decides."""
    DONE = "DONE"
    """Every take that was made is in the gallery."""
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen by itself or by a decision."""
        return self in {State.DONE, State.FAILED, State.CANCELLED}

    @property
    def is_under_way(self) -> bool:
        """Whether the worker has something to do for it."""
        return self in {State.QUEUED, State.SENDING, State.WORKING, State.FETCHING}


class Job(Value):
    """One request at one connection: a row on disk before anything is sent."""

    id: str
    key: str
    """Submit key: the same key twice is the same job."""
    connection: str
    kind: str
    request: SongRequest
    state: State = State.QUEUED
    remote: str | None = None
    """The vendor's id, once it is known."""
    reason: str | None = None
    """Why it waits, failed or is unsure, in a sentence for the person at the screen."""
    doing: str = ""
    progress: float | None = None
    left: float | None = None
    """Seconds still to go, where the vendor tells."""
    takes: tuple[Take, ...] = ()
    songs: tuple[str, ...] = ()
    """Ids of the gallery rows of its takes, in their order."""
    findings: tuple[Finding, ...] = ()
    """Files and facts that were told of, in the order of their attachments."""
    attached: tuple[str, ...] = ()
    """Ids of the attachments that it brought."""
    texts: tuple[Text, ...] = ()
    """What was written for it, to choose from."""
    persona: str | None = None
    """Id of the persona that it made."""
    persona_remote: str | None = None
    """The vendor's own id of that persona."""
    needs: tuple[str, ...] = ()
    """Ids of the jobs that must be done before this one is sent: uploads, mostly."""
    part_of: str | None = None
    """Id of the job for whose sake this one is done."""
    news: str | None = None
    """What the vendor has told by itself and nobody has read yet; the oldest, if it is more."""
    tries: int = 0
    """How often the present step has been tried again."""
    due_at: datetime
    """When the worker should look next."""
    created_at: datetime
    sent_at: datetime | None = None
    looked_at: datetime | None = None
    """When the vendor was asked last how far it is; the pause counts from here."""
    seen_at: datetime | None = None
    """Last sign of progress; the deadline counts from here."""
    over_at: datetime | None = None
    estimate: Price | None = None
    """Of this job alone; what must be done first are jobs with estimates of their own."""
    cost: Price | None = None
    balance_before: Balance | None = None
    balance_after: Balance | None = None
