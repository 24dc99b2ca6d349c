"""A made-up vendor who can do everything: what pages draw of it, they draw of the next one too."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from studio.errors import NotTaken
from studio.providers.base import Finished, Progress, Provider, Started, Working
from studio.providers.limits import Choice, Limits, Model, Price
from studio.providers.materials import NOTHING, Materials
from studio.songs import Ability, Concat, ExtendSong, SongRequest, UploadSound

RICH = Limits(
    longest=240,
    seed=True,
    persona=True,
    lyrics_weight=True,
    audio_weight=True,
    shortest_window=1,
    longest_window=8,
    variations=("subtle", "high"),
    choices={"mood": Choice(options=("calm", "bright", "dark"), most=2)},
    sections=("verse", "chorus"),
)
POOR = Limits(style=20, lyrics=200, exclude=0, voice=False, weights=False, instrumental=False)
MUSIC = frozenset(Ability) - {Ability.LYRICS, Ability.TAGS, Ability.CONCAT, Ability.UPLOAD}


class Anybody(Provider):
    """Takes nothing on: what is submitted stays where it is."""

    kind: ClassVar[str] = "anybody"
    title: ClassVar[str] = "Anybody"
    abilities: ClassVar[frozenset[Ability]] = frozenset(Ability)
    models: ClassVar[Mapping[str, Model]] = {
        "rich": Model(limits=RICH, abilities=MUSIC, family="Alpha", takes=2),
        "poor": Model(
            limits=POOR,
            abilities=MUSIC,
            family="Beta",
            note="Deprecated: it may be gone tomorrow.",
            is_deprecated=True,
            takes=1,
        ),
    }
    plain: ClassVar[Mapping[Ability, Limits]] = {Ability.LYRICS: Limits(description=40)}
    poll_seconds: ClassVar[float] = 60

    def __init__(self, wire: object) -> None:
        """Take a wire, and never use it."""

    def start(self, request: SongRequest, materials: Materials) -> Started | Finished:
        """Be out."""
        raise NotTaken("Anybody is out.")

    def check(self, remote: str, request: SongRequest) -> Progress:
        """Still be out."""
        return Working()

    def fetch(self, link: str, into: Path, *, at_most: int | None = None) -> None:
        """Give nothing."""
        raise NotTaken("Anybody is out.")

    @classmethod
    def price(cls, request: SongRequest, materials: Materials = NOTHING) -> Price:
        """Take ten credits for music, and two for the rest."""
        return Price(amount=10 if request.ability in MUSIC else 2)

    @classmethod
    def before(cls, request: SongRequest, materials: Materials) -> tuple[SongRequest, ...]:
        """Want a sound before working on it."""
        missing = [each for each in materials.songs if each.remote is None]
        if request.ability is Ability.UPLOAD:
            return ()
        return tuple(UploadSound(source=each.song.id) for each in missing)

    @classmethod
    def after(cls, request: SongRequest, songs: object) -> tuple[SongRequest, ...]:
        """Join tails, if that is wanted."""
        if isinstance(request, ExtendSong) and request.joined:
            return tuple(Concat(source=song.id) for song in songs)
        return ()

    @classmethod
    def advice(cls, request: SongRequest, materials: Materials, now: datetime) -> str:
        """Know something about long words."""
        return "Long words take longer." if len(request.text("lyrics")) > 100 else ""
