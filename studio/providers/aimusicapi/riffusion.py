"""Riffusion, deprecated: its requests in the vendor's words. Two takes for each.

Only creating is documented field by field; the rest is said as to Producer, its successor.
"""

from collections.abc import Callable, Mapping
from typing import Any

from studio.providers.aimusicapi.families import Family, clip_id
from studio.providers.aimusicapi.models import RIFFUSION_PREFIX, model_for
from studio.providers.aimusicapi.outcomes import submitted_to
from studio.providers.aimusicapi.posts import (
    Post,
    filled,
    source_style,
    source_title,
    source_words,
)
from studio.providers.aimusicapi.producer import sound_of
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
    Wish,
)


def create(wish: CreateSong, materials: Materials) -> Post:  # noqa: ARG001 - one shape for all
    """Say a new song, by its words or by a description."""
    if wish.instrumental and wish.style.strip():
        return _post(wish, {"custom_mode": True, "sound": sound_of(wish)})
    if wish.lyrics.strip() and not wish.instrumental:
        words = {"lyrics": wish.lyrics, "sound": sound_of(wish)}
        return _post(wish, {"custom_mode": True} | words)
    told = sound_of(wish) or wish.title or wish.lyrics
    return _post(wish, {"custom_mode": False, "prompt": told})


def extend(wish: ExtendSong, materials: Materials) -> Post:
    """Say a song that goes on."""
    at = going_on_at(wish.at, materials.songs[0].song.length)
    return _on_clip(wish, materials, task_type="extend_music", starts_at=at)


def cover(wish: CoverSong, materials: Materials) -> Post:
    """Say the same song in another style."""
    words = "" if wish.instrumental else source_words(wish, materials)
    return _on_clip(wish, materials, task_type="cover_music", lyrics=words)


def replace(wish: ReplaceSection, materials: Materials) -> Post:
    """Say a section made anew."""
    window = {"starts_at": wish.window.start, "ends_at": wish.window.end}
    return _on_clip(wish, materials, task_type="replace_music", **window)


def swap_vocals(wish: SwapVocals, materials: Materials) -> Post:
    """Say another voice and other words."""
    return _on_clip(wish, materials, task_type="swap_music_vocals")


def swap_sound(wish: SwapSound, materials: Materials) -> Post:
    """Say another sound; the words stay what they are where none are written."""
    words = source_words(wish, materials)
    return _on_clip(wish, materials, task_type="swap_music_sound", lyrics=words)


RIFFUSION_MAKING: Mapping[Ability, Callable[[Any, Materials], Post]] = {
    Ability.CREATE: create,
    Ability.EXTEND: extend,
    Ability.COVER: cover,
    Ability.REPLACE: replace,
    Ability.SWAP_VOCALS: swap_vocals,
    Ability.SWAP_SOUND: swap_sound,
}


def _on_clip(wish: Any, materials: Materials, **more: Any) -> Post:
    usual = {
        "custom_mode": True,
        "clip_id": clip_id(materials, Family.RIFFUSION),
        "sound": sound_of(wish) or source_style(wish, materials),
        "title": source_title(wish, materials),
        "lyrics": "" if wish.instrumental else wish.lyrics,
    }
    return _post(wish, usual | more)


def _post(wish: Wish, more: dict[str, Any]) -> Post:
    usual = {
        "mv": model_for(wish).removeprefix(RIFFUSION_PREFIX),
        "title": wish.title,
        "make_instrumental": wish.instrumental,
    }
    return Post("riffusion/create", filled(**usual | more), submitted_to(Family.RIFFUSION))
