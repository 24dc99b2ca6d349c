"""Fakes of what is around a job: a clock that is told the time, a vendor with books."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from studio.errors import SoundUnreadable
from studio.providers.base import Finished, Progress, Provider, Started, Working
from studio.providers.limits import Balance, Price
from studio.providers.materials import NOTHING, Materials
from studio.songs import CreateSong, Take

MORNING = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SOUND = b"sound of "
PNG = b"\x89PNG\r\n\x1a\n"


class Clock:
    def __init__(self) -> None:
        self.time = MORNING

    def __call__(self) -> datetime:
        return self.time

    def tick(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


def take(number: int, *, finished: bool = True, **told) -> Take:
    sound = f"https://vendor.example/{number}.mp3" if finished else None
    return Take(number=number, finished=finished, sound=sound, **told)


@dataclass
class FakeVendor(Provider):
    """Takes orders, finishes the first take one look before the second, counts what it did."""

    repeatable: bool = False
    cancels: bool = False
    starts: list[CreateSong] = field(default_factory=list)
    looks: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    start_answers: list[object] = field(default_factory=list)
    """What `start` does first, before it works as it should: errors are raised."""
    look_answers: list[object] = field(default_factory=list)
    broken_links: dict[str, object] = field(default_factory=dict)
    credits: float = 100
    kind = "fake"
    title = "Fake vendor"
    poll_seconds = 10.0

    def start(self, request: CreateSong, materials: Materials) -> Started:
        self.starts.append(request)
        if self.start_answers:
            return _answer(self.start_answers.pop(0))
        self.credits -= 10
        return Started(remote=f"order-{len(self.starts)}")

    def check(self, remote: str, request: CreateSong) -> Progress:
        self.looks.append(remote)
        if self.look_answers:
            return _answer(self.look_answers.pop(0))
        if self.looks.count(remote) < 2:
            return Working(progress=0.5, takes=(take(1, title="One"), take(2, finished=False)))
        return Finished(takes=(take(1, title="One"), take(2, title="Two")))

    def fetch(self, link: str, into: Path, *, at_most: int | None = None) -> None:
        self.fetched.append(link)
        content = self.broken_links.get(link, SOUND + link.encode())
        into.write_bytes(_answer(content))

    def cancel(self, remote: str) -> bool:
        self.cancelled.append(remote)
        return self.cancels

    def balance(self) -> Balance:
        return Balance(amount=self.credits)

    def price(self, request: CreateSong, materials: Materials = NOTHING) -> Price:
        return Price(amount=0 if self.repeatable else 10)


def _answer(told):
    if isinstance(told, BaseException):
        raise told
    return told


def probe(path: Path) -> float:
    if not path.read_bytes().startswith(SOUND):
        raise SoundUnreadable(f"{path.name} is not sound.")
    return 61.5
