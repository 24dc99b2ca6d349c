"""A clip: everything that has an id at the gateway and can be heard, with where it came from."""

from typing import Any, Literal

from studio.emulator.books import Record
from studio.emulator.pace import Seen
from studio.songs import Value

SUBMITTED, QUEUED, STREAMING, OVER = range(4)
"""Steps of a clip, as a pace lets them be seen."""
SCHEDULE = (2.0, 25.0, 130.0)
"""Seconds until the vendor is typically at each step after the first; only the last is recorded."""
AT_ONCE = (0.0, 0.0, 0.0)


class Trouble(Value):
    """Why nothing came of a clip."""

    kind: str
    """As `error_type` says it."""
    message: str


class Clip(Record):
    """A clip, by the id that is `song_id` when it is taken, and `id` when it is queried."""

    generation: str
    """Id of the request that it came of, shared by both clips of it."""
    kind: Literal["gen", "concat", "upload"] = "gen"
    made_at: float
    order: str = ""
    take: int = 0
    """Where the band has it, unless it was brought or is in trouble."""
    sound: str = ""
    """Id of the sound that was brought."""
    whole: int | None = None
    """Of a continuation: the take of the same order that holds all of it."""
    parent: str = ""
    """Id of the clip that it continues."""
    continue_at: float | None = None
    parts: tuple[dict[str, Any], ...] = ()
    """Of what was joined: which clips, and from where on the next followed."""
    title: str = ""
    tags: str = ""
    prompt: str = ""
    description: str | None = None
    """What was asked for where there were no words; `None` in custom mode."""
    schedule: tuple[float, ...] = SCHEDULE
    trouble: Trouble | None = None
    seen: Seen = Seen()

    @property
    def history(self) -> list[dict[str, Any]] | None:
        """What it continues; its form is guessed."""
        return [{"id": self.parent, "continue_at": self.continue_at}] if self.parent else None


class Generation(Record):
    """A request that was taken: what is paid for, and asked about together."""

    clips: tuple[str, ...]
    price: int
    """In songs."""
    is_refunded: bool = False
