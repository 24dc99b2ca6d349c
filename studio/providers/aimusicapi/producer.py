"""Producer: its requests in the vendor's words. One take for each."""

from collections.abc import Callable, Mapping
from typing import Any

from studio.providers.aimusicapi.families import Family, clip_id
from studio.providers.aimusicapi.models import model_for
from studio.providers.aimusicapi.outcomes import submitted_to
from studio.providers.aimusicapi.posts import (
    Post,
    callback,
    filled,
    source_style,
    source_title,
    source_words,
)
from studio.providers.materials import Materials
from studio.providers.points import going_on_at
from studio.songs import (
    Ability,
    CoverSong,
    CreateSong,
    ExtendSong,
    ReplaceSection,
    SwapSound,
    SwapVocals,
    VarySong,
    Wish,
)

LEAST_SOUND_STRENGTH = 0.2
"""Below this the vendor does not weigh a style."""


def create(wish: CreateSong, materials: Materials) -> Post:
    """Say a new song."""
    return _post(wish, materials, {"task_type": "create_music"})


def extend(wish: ExtendSong, materials: Materials) -> Post:
    """Say a song that goes on."""
    at = going_on_at(wish.at, materials.songs[0].song.length)
    return _on_clip(wish, materials, task_type="extend_music", starts_at=at)


def cover(wish: CoverSong, materials: Materials) -> Post:
    """Say the same song in another style; its own words are sung where none are written."""
    more = {"lyrics": "" if wish.instrumental else source_words(wish, materials)}
    strength = wish.audio_weight
    return _on_clip(wish, materials, task_type="cover_music", cover_strength=strength, **more)


def replace(wish: ReplaceSection, materials: Materials) -> Post:
    """Say a section made anew."""
    return _on_clip(
        wish,
        materials,
        task_type="replace_music",
        starts_at=wish.window.start,
        ends_at=wish.window.end,
    )


def swap_vocals(wish: SwapVocals, materials: Materials) -> Post:
    """Say another voice and other words."""
    strength = wish.audio_weight
    return _on_clip(wish, materials, task_type="swap_music_vocals", cover_strength=strength)


def swap_sound(wish: SwapSound, materials: Materials) -> Post:
    """Say another sound; the words stay what they are where none are written."""
    return _on_clip(
        wish,
        materials,
        task_type="swap_music_sound",
        cover_strength=wish.audio_weight,
        lyrics=source_words(wish, materials),
    )


def vary(wish: VarySong, materials: Materials) -> Post:
    """Say another version."""
    return _on_clip(wish, materials, task_type="music_variation")


PRODUCER_MAKING: Mapping[Ability, Callable[[Any, Materials], Post]] = {
    Ability.CREATE: create,
    Ability.EXTEND: extend,
    Ability.COVER: cover,
    Ability.REPLACE: replace,
    Ability.SWAP_VOCALS: swap_vocals,
    Ability.SWAP_SOUND: swap_sound,
    Ability.VARY: vary,
}


def sound_of(wish: Wish) -> str:
    """Return style and description as one text: Producer has only one place for them."""
    return ", ".join(text.strip() for text in (wish.style, wish.description) if text.strip())


def _on_clip(wish: Any, materials: Materials, **more: Any) -> Post:
    usual = {
        "clip_id": clip_id(materials, Family.PRODUCER),
        "sound": sound_of(wish) or source_style(wish, materials),
        "title": source_title(wish, materials),
    }
    return _post(wish, materials, usual | more)


def _post(wish: Wish, materials: Materials, more: dict[str, Any]) -> Post:
    usual = {
        "mv": model_for(wish),
        "sound": sound_of(wish),
        "lyrics": "" if wish.instrumental else wish.lyrics,
        "title": wish.title,
        "make_instrumental": wish.instrumental,
        "seed": None if wish.seed is None else str(wish.seed),
        "lyrics_strength": wish.lyrics_weight,
        "sound_strength": _strength(wish.style_weight),
        "weirdness": wish.weirdness,
    }
    body = filled(**usual | more) | callback(materials)
    return Post("producer/create", body, submitted_to(Family.PRODUCER))


def _strength(weight: float | None) -> float | None:
    return None if weight is None else max(weight, LEAST_SOUND_STRENGTH)
