"""Aurora: a made-up vendor who can do everything and tells what it was given."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from studio.errors import CallRefused
from studio.providers.base import Provider, Started, Working
from studio.providers.limits import Choice, Limits, Model, Price
from studio.providers.materials import NOTHING, Call, Materials, News
from studio.songs import (
    Ability,
    Concat,
    ExtendSong,
    Part,
    Song,
    SongRequest,
    UploadSound,
)

MAKING = frozenset(Ability) - {Ability.UPLOAD, Ability.CONCAT, Ability.LYRICS}
PRICES: Mapping[Ability, float] = {Ability.UPLOAD: 2, Ability.CONCAT: 1, Ability.LYRICS: 0.5}


class Aurora(Provider):
    """Takes links, uploads first, joins tails, calls back."""

    kind: ClassVar[str] = "aurora"
    title: ClassVar[str] = "Aurora"
    abilities: ClassVar[frozenset[Ability]] = frozenset(Ability)
    models: ClassVar[Mapping[str, Model]] = {
        "new": Model(
            abilities=MAKING,
            limits=Limits(
                persona=True,
                audio_weight=True,
                longest=300,
                shortest=10,
                shortest_window=2,
                longest_window=20,
                longest_source=60,
                variations=("subtle", "high"),
                formats=("wav", "mp3"),
                variety=2,
                sections=("verse", "chorus"),
                choices={"mood": Choice(options=("calm", "wild"), most=1)},
            ),
            exceptions={
                Ability.SWAP_VOCALS: Limits(needs=frozenset({"lyrics", "style"})),
                Ability.SWAP_SOUND: Limits(carried=frozenset({"lyrics"})),
                Ability.VARY: Limits(description=0),
                Ability.STEMS: Limits(details=("basic", "one"), instruments=("drums", "bass")),
                Ability.SOUNDS: Limits(loops=False, tempos=(60, 180), keys=("C", "Am"), takes=1),
                Ability.PHRASE: Limits(languages=("en", "de")),
                Ability.VOICE: Limits(needs=frozenset({"phrase"})),
                Ability.VIDEO: Limits(author=5),
                Ability.MIDI: Limits(origin="made"),
            },
        ),
        "old": Model(
            abilities=frozenset({Ability.CREATE, Ability.REPLACE}),
            limits=Limits(style=20, weights=False, voice=False, instrumental=False),
        ),
    }
    plain: ClassVar[Mapping[Ability, Limits]] = {Ability.LYRICS: Limits(description=30)}
    poll_seconds: ClassVar[float] = 5.0
    takes_links: ClassVar[bool] = True
    calls_back: ClassVar[bool] = True
    home_url: ClassVar[str | None] = "https://aurora.example"

    def __init__(self, wire: object) -> None:
        self.wire = wire

    @classmethod
    def price(cls, request: SongRequest, materials: Materials = NOTHING) -> Price:
        """Ten, for most things."""
        return Price(amount=PRICES.get(request.ability, 10))

    @classmethod
    def before(cls, request: SongRequest, materials: Materials) -> tuple[SongRequest, ...]:
        """Everything is uploaded first."""
        if request.ability is Ability.UPLOAD:
            return ()
        return tuple(
            UploadSound(source=one.song.id) for one in materials.songs if one.remote is None
        )

    @classmethod
    def after(cls, request: SongRequest, songs: Sequence[Song]) -> tuple[SongRequest, ...]:
        """Tails are joined."""
        wanted = isinstance(request, ExtendSong) and request.joined
        return tuple(Concat(source=one.id) for one in songs if wanted and one.part is Part.TAIL)

    @classmethod
    def advice(cls, request: SongRequest, materials: Materials, now: datetime) -> str:
        """Say something about covers."""
        return "Covers take long." if request.ability is Ability.COVER else ""

    def start(self, request: SongRequest, materials: Materials) -> Started:
        """Take anything."""
        return Started(remote="task-1")

    def check(self, remote: str, request: SongRequest) -> Working:
        """Never end."""
        return Working()

    def hear(self, call: Call) -> News | None:
        """Believe what carries our secret."""
        if call.headers.get("x-aurora") != call.secret:
            raise CallRefused("It is not signed.")
        return News(id=call.body.decode(), remote="task-1", told="done")
