"""Fakes of what is around a job: a clock that is told the time, a vendor with books."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from studio.errors import AnswerUnreadable, SoundUnreadable
from studio.gallery.attachments import Attachments
from studio.gallery.table import Gallery
from studio.providers.base import Finished, Progress, Provider, Started, Working
from studio.providers.limits import Balance, Price
from studio.providers.materials import NOTHING, Material, Materials
from studio.songs import (
    OWN,
    Attached,
    Attachment,
    Concat,
    CreateSong,
    ExtendSong,
    Finding,
    Part,
    Song,
    SongRequest,
    Take,
    UploadSound,
)

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
    told: dict[str, object] = field(default_factory=dict)
    """What can be read in what it tells by itself."""
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

    def read(self, told: str, request: SongRequest) -> Progress:
        return _answer(self.told.get(told, AnswerUnreadable("This says nothing.")))

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


@dataclass
class TailVendor(FakeVendor):
    """Wants to be given the sound first, makes one tail of it, and joins that when asked."""

    orders: list[SongRequest] = field(default_factory=list)
    """What it has taken; the id of an order is its place here, from 1."""

    def start(self, request: SongRequest, materials: Materials) -> Started:
        super().start(request, materials)
        if isinstance(request, ExtendSong):
            assert materials.songs[0].remote == "clip of own"
        self.orders.append(request)
        return Started(remote=f"order-{len(self.orders)}")

    def check(self, remote: str, request: SongRequest) -> Progress:
        self.looks.append(remote)
        if self.look_answers:
            return _answer(self.look_answers.pop(0))
        if isinstance(request, UploadSound):
            found = Finding(kind=Attached.UPLOAD, remote=f"clip of {request.source}")
            return Finished(findings=(found,))
        part = Part.WHOLE if isinstance(request, Concat) else Part.TAIL
        return Finished(takes=(take(1, part=part, remote=f"clip of {remote}"),))

    def before(self, request: SongRequest, materials: Materials) -> tuple[SongRequest, ...]:
        missing = [material.song.id for material in materials.songs if material.remote is None]
        is_upload = isinstance(request, UploadSound)
        return () if is_upload else tuple(UploadSound(source=song) for song in missing)

    def after(self, request: SongRequest, songs) -> tuple[SongRequest, ...]:
        is_joined = isinstance(request, ExtendSong) and request.joined
        return tuple(Concat(source=song.id) for song in songs) if is_joined else ()


def own(song_id: str = "own", title: str = "Kitchen") -> Song:
    """A sound that somebody brought."""
    return Song(
        id=song_id,
        title=title,
        made_at=MORNING,
        connection="",
        kind=OWN,
        job=song_id,
        sound=f"{song_id}.mp3",
    )


def attachment(finding: Finding, **told) -> Attachment:
    """What a finding became that another job made."""
    usual = {"id": "there", "song": "own", "connection": "vendor", "job": "there"}
    return Attachment(**{**usual, **dict(finding), **told})


def storeroom(gallery: Gallery, attachments: Attachments):
    """Find what a request works with, as far as these jobs need it."""

    def remote(song: Song) -> str | None:
        uploads = attachments.of_song(song.id, kind=Attached.UPLOAD)
        return song.remote or (uploads[0].remote if uploads else None)

    def materials(request: SongRequest) -> Materials:
        songs = [gallery.get(song_id) for song_id in request.sources]
        return Materials(songs=tuple(Material(song=song, remote=remote(song)) for song in songs))

    return materials


def _answer(told):
    if isinstance(told, BaseException):
        raise told
    return told


def probe(path: Path) -> float:
    if not path.read_bytes().startswith(SOUND):
        raise SoundUnreadable(f"{path.name} is not sound.")
    return 61.5
