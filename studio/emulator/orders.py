"""Orders: what the band was asked to play, and how far each take is."""

from enum import StrEnum
from typing import Any

from studio.emulator.books import Record
from studio.engine.brief import Brief
from studio.songs import Value


class TakeState(StrEnum):
    """Where a take stands."""

    WAITING = "waiting"
    PLAYING = "playing"
    FINISHED = "finished"
    FAILED = "failed"

    @property
    def is_over(self) -> bool:
        """Whether it will not change any more."""
        return self in {TakeState.FINISHED, TakeState.FAILED}


class OrderState(StrEnum):
    """Where an order stands."""

    WAITING = "waiting"
    PLAYING = "playing"
    FINISHED = "finished"
    REFUSED = "refused"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        """Whether it will not change any more."""
        return self in {OrderState.FINISHED, OrderState.REFUSED, OrderState.CANCELLED}


class BandTake(Value):
    """One take of an order, as the band knows it."""

    number: int
    """1 for the first."""
    seed: int
    state: TakeState = TakeState.WAITING
    doing: str = ""
    progress: float = 0.0
    """0 to 1."""
    left_seconds: float | None = None
    has_early: bool = False
    """Whether its first seconds can be heard."""
    title: str = ""
    style: str = ""
    lyrics: str = ""
    length_seconds: float | None = None
    tempo_bpm: float | None = None
    key: str | None = None
    """For example `C minor`."""
    reason: str | None = None
    """Why it failed, in a sentence."""
    began_at: float | None = None
    """Seconds since 1970, as all times here."""
    over_at: float | None = None


class Order(Record):
    """What the band was asked to play, and how far it is."""

    brief: Brief
    takes: tuple[BandTake, ...]
    made_at: float
    is_cancelled: bool = False

    @property
    def state(self) -> OrderState:
        """Where the order stands, told from its takes."""
        states = {take.state for take in self.takes}
        if all(state.is_over for state in states):
            is_good = TakeState.FINISHED in states
            return OrderState.FINISHED if is_good else OrderState.REFUSED
        if self.is_cancelled:
            return OrderState.CANCELLED
        return OrderState.WAITING if states == {TakeState.WAITING} else OrderState.PLAYING

    def take(self, number: int) -> BandTake | None:
        """Return the take of this number, or `None`."""
        return next((take for take in self.takes if take.number == number), None)

    def with_take(self, number: int, **changes: Any) -> "Order":
        """Return the order with `changes` made to one take."""
        takes = tuple(
            take.model_copy(update=changes) if take.number == number else take
            for take in self.takes
        )
        return self.model_copy(update={"takes": takes})

    def afresh(self) -> "Order":
        """Return the order with every unfinished take at its beginning: same seed, same sound."""
        takes = tuple(
            take if take.state.is_over else BandTake(number=take.number, seed=take.seed)
            for take in self.takes
        )
        return self.model_copy(update={"takes": takes})

    @property
    def reason(self) -> str | None:
        """Why nothing came of it, when every take failed."""
        reasons = [take.reason for take in self.takes if take.reason]
        return reasons[0] if reasons and self.state is OrderState.REFUSED else None

    @property
    def doing(self) -> str:
        """What the band does for it now."""
        if self.state is OrderState.WAITING:
            return "waiting for its turn"
        playing = [t for t in self.takes if t.state is TakeState.PLAYING and t.doing]
        return f"take {playing[0].number}: {playing[0].doing}" if playing else ""

    @property
    def progress(self) -> float:
        """Share that is done, 0 to 1: the mean of its takes."""
        shares = [1.0 if take.state.is_over else take.progress for take in self.takes]
        return sum(shares) / len(shares)

    def left_seconds(self, now: float) -> float | None:
        """Return the seconds still to go, or `None` while nobody can know.

        A take that waits is expected to need as long as the one that is played.
        """
        playing = [t for t in self.takes if t.state is TakeState.PLAYING]
        if not playing or any(t.left_seconds is None or t.began_at is None for t in playing):
            return 0.0 if self.state.is_over else None
        left = max(t.left_seconds or 0.0 for t in playing)
        whole = max((t.left_seconds or 0.0) + now - (t.began_at or now) for t in playing)
        waiting = sum(t.state is TakeState.WAITING for t in self.takes)
        return left + waiting * whole
