"""Posts: requests in the vendor's words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from studio.errors import RequestUnfit
from studio.providers.gateway.answers import WHO
from studio.providers.gateway.models import DESCRIPTION, MODELS, model_for
from studio.providers.materials import Material, Materials
from studio.providers.points import going_on_at
from studio.songs import Ability, Concat, CreateSong, ExtendSong, TimeLyrics, Wish, WriteLyrics

BY_HAND = (
    f"{WHO} has no known way to send it a sound: upload it in the vendor's console "
    "(app.sunoaiapi.com), and tell the studio the id that it has there."
)
NO_WORDS = "[Instrumental]"
ANY_IDEA = "A song in this style."


@dataclass(frozen=True, slots=True)
class Post:
    """One thing to be sent."""

    path: str
    """Behind `gateway/`."""
    body: Mapping[str, Any]


def create(wish: CreateSong, materials: Materials) -> Post:  # noqa: ARG001 - one shape for all
    """Say a new song: by a description alone, or by a style with words or an idea."""
    if is_described(wish):
        body = {
            "gpt_description_prompt": wish.description or wish.style,
            "make_instrumental": wish.instrumental,
            "mv": model_for(wish),
        }
        return Post("generate/gpt_desc", body)
    idea = wish.description or wish.title or ANY_IDEA
    return _music(wish, wish.style, _words(wish) or idea)


def extend(wish: ExtendSong, materials: Materials) -> Post:
    """Say a song that goes on: one that was made there, or uploaded there by hand."""
    source, limits = materials.songs[0], MODELS[model_for(wish)].limits
    style = wish.style or _cut(source.song.style, limits.style)
    body = _music(wish, style, _words(wish) or wish.description).body
    more: dict[str, Any] = {
        "title": wish.title or _cut(source.song.title, limits.title),
        "mv": model_for(wish, uploaded=source.is_upload),
        "continue_clip_id": clip_of(source),
    }
    if wish.at is not None or source.song.length is not None:
        # Left out, it is the end, as the vendor knows it.
        more["continue_at"] = going_on_at(wish.at, source.song.length)
    return Post("generate/music", {**body, **more})


def concat(request: Concat, materials: Materials) -> Post:  # noqa: ARG001 - one shape for all
    """Say the whole of a song, by the id of its tail."""
    return Post("generate/concat", {"clip_id": clip_of(materials.songs[0])})


def timeline(request: TimeLyrics, materials: Materials) -> Post:  # noqa: ARG001 - one shape for all
    """Say that the words of a song are wanted in time."""
    return timeline_of(clip_of(materials.songs[0]))


def timeline_of(clip: str) -> Post:
    """Say the same of a song by its id."""
    return Post("aligned_lyrics", {"clip_id": clip})


def lyrics(request: WriteLyrics, materials: Materials) -> Post:  # noqa: ARG001 - one shape for all
    """Say words about something."""
    return Post("generate/lyrics", {"prompt": request.description})


POSTS: Mapping[Ability, Callable[[Any, Materials], Post]] = {
    Ability.CREATE: create,
    Ability.EXTEND: extend,
    Ability.CONCAT: concat,
    Ability.TIMELINE: timeline,
    Ability.LYRICS: lyrics,
}


def is_described(wish: CreateSong) -> bool:
    """Whether a wish is said by a sentence alone, of which the vendor makes style and words."""
    if wish.lyrics.strip() or (wish.instrumental and wish.style.strip()):
        return False
    if not wish.style.strip():
        return True
    return not wish.description.strip() and len(wish.style) <= DESCRIPTION


def clip_of(source: Material) -> str:
    """Return the id under which the vendor has a song.

    Raises
    ------
    RequestUnfit
        If it has not, with how it gets there.
    """
    if source.remote is None:
        raise RequestUnfit(f"{WHO} does not have “{source.song.title}”. {BY_HAND}")
    return source.remote


def _music(wish: Wish, style: str, words: str) -> Post:
    body = {"title": wish.title, "tags": style, "prompt": words, "mv": model_for(wish)}
    more: dict[str, Any] = {"negative_tags": wish.exclude} if wish.exclude else {}
    # Documented for descriptions only; its users send it with words, too, without complaint.
    more |= {"make_instrumental": True} if wish.instrumental else {}
    return Post("generate/music", body | more)


def _words(wish: Wish) -> str:
    return NO_WORDS if wish.instrumental else wish.lyrics


def _cut(text: str, most: int) -> str:
    """Shorten what we add by ourselves, between two words if possible."""
    if len(text) <= most:
        return text
    whole, _, _ = text[: most + 1].rpartition(" ")
    return (whole or text)[:most].rstrip(" ,;")
