"""The band on this machine, as a provider.

It speaks the studio's own words, so what is here is short. It is free, and the same seed is the
same song: after any doubt it is simply asked again. One order does everything, so that nothing has
to be uploaded before, nor joined after.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote

from studio.providers.base import Finished, Progress, Provider, Started
from studio.providers.house_band.answers import Order, Reading, explain, to_progress
from studio.providers.house_band.lineup import MODELS, PLAIN
from studio.providers.limits import Limits, Model, Price
from studio.providers.materials import NOTHING, Material, Materials
from studio.providers.wire import Wire
from studio.songs import Ability, Concat, SongRequest, Wish


class HouseBand(Provider):
    """The band on this machine."""

    kind: ClassVar[str] = "house_band"
    title: ClassVar[str] = "House band"
    models: ClassVar[Mapping[str, Model]] = MODELS
    plain: ClassVar[Mapping[Ability, Limits]] = PLAIN
    abilities: ClassVar[frozenset[Ability]] = frozenset(PLAIN).union(
        *(model.abilities for model in MODELS.values())
    )
    repeatable: ClassVar[bool] = True
    poll_seconds: ClassVar[float] = 0.25

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def start(self, request: SongRequest, materials: Materials) -> Started | Finished:
        """Order what is wished; its sounds are laid where the band can fetch them."""
        answer = self._wire.ask("POST", "v1/orders", to_letter(request, materials))
        if answer.status != 201:  # noqa: PLR2004 - created
            explain(answer)
        return Started(remote=answer.read(Order).order)

    def check(self, remote: str, request: SongRequest) -> Progress:  # noqa: ARG002 - the same for all
        """Look into the rehearsal room."""
        answer = self._wire.ask("GET", f"v1/orders/{quote(remote, safe='')}")
        if answer.status != 200:  # noqa: PLR2004 - OK
            explain(answer)
        return to_progress(answer.read(Order))

    def fetch(self, link: str, into: Path, *, at_most: int | None = None) -> None:
        """Stream a file of the band to disk."""
        self._wire.download(link, into, at_most=at_most)

    def cancel(self, remote: str) -> bool:
        """Tell the band to stop."""
        answer = self._wire.ask("DELETE", f"v1/orders/{quote(remote, safe='')}")
        return answer.status in {200, 202, 204}

    @classmethod
    def price(cls, request: SongRequest, materials: Materials = NOTHING) -> Price:  # noqa: ARG003 - the same for all
        """Nothing, whatever is asked."""
        return Price(amount=0, unit="free")

    def voice(self) -> str:
        """Ask which voice sings on this machine."""
        answer = self._wire.ask("GET", "v1")
        told = answer.members().get("voice")
        return told if isinstance(told, str) else ""

    def understand(self, request: SongRequest) -> str:
        """Ask how the band reads the style of a request; nothing else needs to be understood."""
        if not isinstance(request, Wish):
            return ""
        answer = self._wire.ask("POST", "v1/read", to_letter(request, NOTHING))
        if answer.status != 200:  # noqa: PLR2004 - OK
            explain(answer)
        return answer.read(Reading).understood


def to_letter(request: SongRequest, materials: Materials) -> dict[str, Any]:
    """Say a request as the band reads it: with links to its sounds, and its own id of a persona."""
    letter = request.model_dump(mode="json")
    if "persona" in letter:
        letter["persona"] = materials.persona
    if materials.songs:
        is_known = isinstance(request, Concat)
        letter["materials"] = [_told(material, is_known=is_known) for material in materials.songs]
    return letter


def _told(material: Material, *, is_known: bool) -> dict[str, str]:
    """Tell of a sound; what the band must remember anyway is not sent."""
    song = material.song
    return {
        "link": "" if is_known else material.publish(),
        "remote": material.remote or "",
        "title": song.title,
        "style": song.style,
        "lyrics": song.lyrics,
    }
