"""Orders: what the band was asked for, and how far each take is."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from pydantic import model_validator

from studio.emulator.books import Record
from studio.emulator.works import Use, Work, needs_of
from studio.songs import Part, Value

SONG_FILES: Mapping[str, str] = {
    "early": "early.mp3",
    "sound": "song.mp3",
    "wav": "song.wav",
    "cover": "cover.png",
}
"""Files of a song that was played, by what they are."""


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


class Made(Value):
    """What came of a take."""

    files: Mapping[str, str] = {}
    """File names by what they are: `early`, `sound` (MP3), `wav` and `cover` of a song; else each
    stem by its name, or the one file by its ending, such as `mid`."""
    title: str = ""
    style: str = ""
    lyrics: str = ""
    length_seconds: float | None = None
    tempo_bpm: float | None = None
    key: str | None = None
    """For example `C minor`."""
    facts: Mapping[str, Any] = {}
    """What the tool tells besides."""


class BandTake(Made):
    """One take of an order, as the band knows it."""

    number: int
    """1 for the first."""
    seed: int
    work: Work
    state: TakeState = TakeState.WAITING
    doing: str = ""
    progress: float = 0.0
    """0 to 1."""
    left_seconds: float | None = None
    reason: str | None = None
    """Why it failed, in a sentence."""
    began_at: float | None = None
    """Seconds since 1970, as all times here."""
    over_at: float | None = None

    @property
    def has_early(self) -> bool:
        """Whether its first seconds can be heard."""
        return "early" in self.files

    @property
    def part(self) -> Part:
        """Which part of what was wished it is."""
        return self.work.part if isinstance(self.work, Use) else Part.SONG

    @property
    def weight(self) -> float:
        """How much of the order it is: what is made of another take is soon made."""
        return _SOON if needs_of(self.work) else 1.0

    def afresh(self) -> "BandTake":
        """Return it at its beginning, unless it is over: same seed, same sound."""
        if self.state.is_over:
            return self
        return BandTake(number=self.number, seed=self.seed, work=self.work)


class Order(Record):
    """What the band was asked for, and how far it is."""

    takes: tuple[BandTake, ...]
    made_at: float
    is_cancelled: bool = False

    @model_validator(mode="before")
    @classmethod
    def _of_before(cls, told: Any) -> Any:
        """Read an order from when the band only played: one brief for all takes."""
        if not isinstance(told, dict) or "brief" not in told:
            return told
        work = {"kind": "play", "brief": told["brief"]}
        takes = [_take_of_before(take) | {"work": work} for take in told["takes"]]
        return {name: told[name] for name in told if name != "brief"} | {"takes": takes}

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
        """Return the order with every unfinished take at its beginning."""
        return self.model_copy(update={"takes": tuple(take.afresh() for take in self.takes)})

    def is_ready(self, number: int) -> bool:
        """Whether the takes that this one waits for are over, or nobody wants it any more."""
        take = self.take(number)
        if take is None or self.is_cancelled:
            return True
        needed = [self.take(other) for other in needs_of(take.work)]
        return all(other is None or other.state.is_over for other in needed)

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
        """Share that is done, 0 to 1: the mean of its takes, by their weight."""
        done = sum(t.weight * (1.0 if t.state.is_over else t.progress) for t in self.takes)
        return done / sum(take.weight for take in self.takes)

    def left_seconds(self, now: float) -> float | None:
        """Return the seconds still to go, or `None` while nobody can know.

        A take that waits is expected to need as long as the one that is played.
        """
        playing = [t for t in self.takes if t.state is TakeState.PLAYING]
        if not playing or any(t.left_seconds is None or t.began_at is None for t in playing):
            return 0.0 if self.state.is_over else None
        left = max(t.left_seconds or 0.0 for t in playing)
        whole = max((t.left_seconds or 0.0) + now - (t.began_at or now) for t in playing)
        waiting = sum(t.weight for t in self.takes if t.state is TakeState.WAITING)
        return left + waiting * whole


def new_take(number: int, work: Work, seed: int, reason: str | None) -> BandTake:
    """Return a take that waits, or one that has failed for a `reason`.

    Raises
    ------
    ValueError
        If it waits for a take that does not come before it.
    """
    if any(not 0 < other < number for other in needs_of(work)):
        raise ValueError(f"Take {number} waits for one that does not come before it.")
    own = work.options.get("seed") if isinstance(work, Use) else None
    state = TakeState.WAITING if reason is None else TakeState.FAILED
    return BandTake(
        number=number, seed=seed if own is None else own, work=work, state=state, reason=reason
    )


_SOON = 0.05


def _take_of_before(take: dict[str, Any]) -> dict[str, Any]:
    told = {name: take[name] for name in take if name != "has_early"}
    return told | {"files": SONG_FILES if take.get("state") == "finished" else {}}
