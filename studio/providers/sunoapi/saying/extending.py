"""Extending: a song that goes on, in the vendor's words.

One that was made there goes on by its id, as long as it is kept and by the model that made it; any
other as an upload. Both give the whole song, not its tail.
"""

from typing import Any

from studio.errors import RequestUnfit
from studio.providers.limits import Model
from studio.providers.materials import Materials
from studio.providers.points import going_on_at
from studio.providers.sunoapi.offering.editions import Edition
from studio.providers.sunoapi.places import Made, find_kept, upload
from studio.providers.sunoapi.saying.modes import (
    ANYHOW,
    NO_WORDS,
    check_singer,
    controls,
    is_described,
    sound_of,
    told,
)
from studio.providers.sunoapi.saying.posts import Post, cut, post_of, title_of
from studio.songs import Ability, ExtendSong, Song


def extend(wish: ExtendSong, materials: Materials, edition: Edition) -> Post:
    """Say a song that goes on: by its id where it was made there, else by an upload of it."""
    song = materials.songs[0].song
    there = extends_by_id(wish, materials, edition)
    model = model_to_extend(wish, song, edition)
    at = going_on_at(wish.at, song.length)
    # From here on the limits are those of the model that does it.
    wish = wish.model_copy(update={"model": model})
    if there is None:
        _check_upload_length(song, edition, model)
        own: dict[str, Any] = {"uploadUrl": upload(materials), "instrumental": wish.instrumental}
        path = "generate/upload-extend"
    else:
        own, path = {"audioId": there.sound}, "generate/extend"
    mode = _going_on(wish, materials, edition, is_upload=there is None)
    return post_of(path, wish, materials, edition, own | mode | {"continueAt": at})


def _going_on(
    wish: ExtendSong, materials: Materials, edition: Edition, *, is_upload: bool
) -> dict[str, Any]:
    """Say how a song goes on: by words or without any, else by what the song itself has."""
    if is_described(wish, materials, edition):
        check_singer(materials)
        return {"defaultParamFlag": False, "prompt": told(wish, edition)}
    song, limits = materials.songs[0].song, edition.limits_for(wish)
    mode: dict[str, Any] = {
        "defaultParamFlag": True,
        "style": sound_of(wish, edition) or cut(song.style, limits.style) or ANYHOW[wish.ability],
        "title": title_of(wish, materials, limits.title),
    }
    if not (wish.instrumental and is_upload):
        # Only uploads can be said to go on without singing; elsewhere this mark says it.
        mode["prompt"] = NO_WORDS if wish.instrumental else wish.lyrics
    return mode | controls(wish, materials, edition)


def extends_by_id(wish: ExtendSong, materials: Materials, edition: Edition) -> Made | None:
    """Return the ids of a song that the vendor can extend where it lies.

    It does so only by the model that made it, and only while the song is kept there.
    """
    source = materials.songs[0]
    there = find_kept(source, materials.gathered_at)
    if there is None:
        return None
    by = maker_of(source.song, edition)
    return there if by is not None and model_to_extend(wish, source.song, edition) == by else None


def model_to_extend(wish: ExtendSong, song: Song, edition: Edition) -> str:
    """Return the model that was chosen, or the one that made the song if it takes the texts."""
    by = maker_of(song, edition)
    if wish.model is None and by is not None and _takes(wish, edition.models[by]):
        return by
    return edition.model_for(wish)


def maker_of(song: Song, edition: Edition) -> str | None:
    """Return which model of this edition made a song, where the studio knows."""
    if song.request is None:
        return None
    name = song.request.model or edition.model_for(song.request)
    return name if name in edition.fitting(Ability.EXTEND) else None


def _takes(wish: ExtendSong, model: Model) -> bool:
    limits = model.limits_for(Ability.EXTEND)
    return all(
        len(wish.text(name)) <= getattr(limits, name)
        for name in ("description", "style", "lyrics", "title")
    )


def _check_upload_length(song: Song, edition: Edition, model: str) -> None:
    """Refuse a sound of one's own that is too long to be extended by this model."""
    most = edition.models[model].limits_for(Ability.COVER).longest_source
    if song.length is not None and song.length > most:
        raise RequestUnfit(
            f"sunoapi.org ({model}) takes at most {most:.0f} s of a sound that is uploaded, "
            f"“{song.title}” lasts {song.length:.0f} s. Choose another model, or trim it."
        )
