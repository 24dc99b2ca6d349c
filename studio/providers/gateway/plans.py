"""Plans: what completes a request, and what should be known before it costs."""

from collections.abc import Mapping, Sequence

from studio.providers.gateway.answers import WHO
from studio.providers.gateway.models import UPLOADED
from studio.providers.gateway.posts import is_described
from studio.providers.materials import Materials
from studio.songs import Ability, Concat, CreateSong, ExtendSong, Part, Song, SongRequest

UNPRICED: Mapping[Ability, str] = {
    Ability.CONCAT: "joining",
    Ability.TIMELINE: "words in time",
    Ability.LYRICS: "lyrics",
}


def steps_after(request: SongRequest, songs: Sequence[Song]) -> tuple[SongRequest, ...]:
    """Name the joins that make whole songs of tails."""
    if not isinstance(request, ExtendSong) or not request.joined:
        return ()
    return tuple(Concat(source=song.id) for song in songs if song.part is Part.TAIL and song.remote)


def advice_for(request: SongRequest, materials: Materials) -> str:
    """Say what should be known before it costs."""
    said = (_on_price(request), _on_exclude(request), _on_model(request, materials))
    return " ".join(sentence for sentence in said if sentence)


def is_upload(materials: Materials) -> bool:
    """Whether a request works on a sound that was uploaded there."""
    return any(source.is_upload for source in materials.songs)


def _on_price(request: SongRequest) -> str:
    joins = isinstance(request, ExtendSong) and request.joined
    what = UNPRICED[Ability.CONCAT] if joins else UNPRICED.get(request.ability)
    return f"What {what} costs at {WHO} is documented nowhere." if what else ""


def _on_exclude(request: SongRequest) -> str:
    left_out = isinstance(request, CreateSong) and request.exclude and is_described(request)
    if not left_out:
        return ""
    return f"From a description alone {WHO} leaves nothing out: write a style, too, if it should."


def _on_model(request: SongRequest, materials: Materials) -> str:
    if not isinstance(request, ExtendSong) or not is_upload(materials):
        return ""
    return f"What was uploaded is extended by {UPLOADED}, whichever model is chosen."
