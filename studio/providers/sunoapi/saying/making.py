"""Making: requests that end in takes, in the vendor's words."""

from collections.abc import Callable, Mapping
from typing import Any

from studio.errors import RequestUnfit
from studio.providers.materials import Materials
from studio.providers.sunoapi.offering.editions import Edition
from studio.providers.sunoapi.offering.lists import KEYS
from studio.providers.sunoapi.places import find_made, is_old, made, upload
from studio.providers.sunoapi.reading.orders import submitted
from studio.providers.sunoapi.saying.extending import extend
from studio.providers.sunoapi.saying.modes import (
    ANYHOW,
    NO_WORDS,
    check_singer,
    controls,
    custom,
    described,
    is_custom,
    sound_of,
)
from studio.providers.sunoapi.saying.posts import (
    Post,
    callback_if_any,
    cut,
    filled,
    post_of,
    title_of,
)
from studio.songs import (
    Ability,
    AddInstrumental,
    AddVocals,
    CoverSong,
    CreateSong,
    MakeSound,
    MashUp,
    ReplaceSection,
    Song,
    Wish,
)


def create(wish: CreateSong, materials: Materials, edition: Edition) -> Post:
    """Say a new song."""
    mode: dict[str, Any] = {"customMode": is_custom(wish, edition)}
    if mode["customMode"]:
        style = sound_of(wish, edition)
        mode |= custom(wish, materials, edition, words=wish.lyrics, style=style, title=wish.title)
    else:
        check_singer(materials)
        mode |= described(wish, edition, wish.style)
        if edition.is_autumn:
            # A prompt alone is not said to be enough since then, and a style is.
            mode["style"] = wish.style or cut(wish.description, edition.limits_for(wish).style)
    return post_of("generate", wish, materials, edition, mode)


def cover(wish: CoverSong, materials: Materials, edition: Edition) -> Post:
    """Say the same song in another style; its own words are sung where none are written."""
    limits, song = edition.limits_for(wish), materials.songs[0].song
    words = wish.lyrics or cut(song.lyrics, limits.lyrics)
    style = sound_of(wish, edition)
    title = title_of(wish, materials, limits.title)
    more: dict[str, Any] = {"uploadUrl": upload(materials)}
    if edition.is_autumn or is_custom(wish, edition, words):
        more |= custom(wish, materials, edition, words=words, style=style, title=title)
    else:
        check_singer(materials)
        more |= described(wish, edition, wish.style)
    return post_of(
        "generate/upload-cover", wish, materials, edition, more | _mode(wish, edition, words)
    )


def add_vocals(wish: AddVocals, materials: Materials, edition: Edition) -> Post:
    """Say a voice for an instrumental."""
    words = {"lyrics" if edition.is_autumn else "prompt": wish.lyrics}
    return _add("add-vocals", wish, materials, edition, {"style": wish.style} | words)


def add_instrumental(wish: AddInstrumental, materials: Materials, edition: Edition) -> Post:
    """Say a band for a voice."""
    words = {"lyrics": wish.lyrics} if edition.is_autumn else {}
    return _add("add-instrumental", wish, materials, edition, {"tags": wish.style} | words)


def mash_up(wish: MashUp, materials: Materials, edition: Edition) -> Post:
    """Say one song made of two."""
    limits = edition.limits_for(wish)
    titles = " + ".join(one.song.title for one in materials.songs)
    title = wish.title or cut(titles, limits.title)
    more: dict[str, Any] = {"uploadUrlList": [upload(materials, 0), upload(materials, 1)]}
    if edition.is_autumn or is_custom(wish, edition):
        style = sound_of(wish, edition)
        more |= custom(wish, materials, edition, words=wish.lyrics, style=style, title=title)
    else:
        more |= described(wish, edition, wish.style, "A mashup of these two songs.")
    return post_of("generate/mashup", wish, materials, edition, more | _mode(wish, edition, ""))


def replace(wish: ReplaceSection, materials: Materials, edition: Edition) -> Post:
    """Say a section made anew; the words of the whole song go along as its surroundings."""
    song, limits = materials.songs[0].song, edition.limits_for(wish)
    check_section(wish, song)
    words = NO_WORDS if wish.instrumental else wish.lyrics
    end = wish.window.end if song.length is None else min(wish.window.end, song.length)
    body = filled(
        prompt=words,
        tags=sound_of(wish, edition) or cut(song.style, limits.style) or ANYHOW,
        title=title_of(wish, materials, limits.title),
        negativeTags=wish.exclude,
        infillStartS=round(wish.window.start, 2),
        infillEndS=round(end, 2),
        fullLyrics=cut(song.lyrics, limits.lyrics) or words,
    )
    there = find_made(materials.songs[0])
    if edition.is_autumn and (there is None or is_old(there, materials.gathered_at)):
        body |= {"uploadUrl": upload(materials), "model": edition.model_for(wish)}
    else:
        known = made(materials)
        body |= {"taskId": known.task, "audioId": known.sound}
    return Post("generate/replace-section", body | callback_if_any(materials), submitted)


def check_section(wish: ReplaceSection, song: Song) -> None:
    """Refuse a section that is more than half of its song."""
    length = wish.window.end - wish.window.start
    if song.length is not None and length > song.length / 2:
        raise RequestUnfit(
            f"sunoapi.org makes at most half of a song anew: {song.length / 2:.0f} s of “"
            f"{song.title}”, this is {length:.0f} s. Narrow the window."
        )


def sound(request: MakeSound, materials: Materials, edition: Edition) -> Post:
    """Say a short sound."""
    body = filled(
        prompt=request.description,
        model=edition.model_for(request),
        soundLoop=request.loop,
        soundTempo=request.tempo_bpm,
        soundKey=KEYS.get(request.key, "Any"),
        grabLyrics=request.with_words,
    )
    return Post("generate/sounds", body | callback_if_any(materials), submitted)


MAKING: Mapping[Ability, Callable[[Any, Materials, Edition], Post]] = {
    Ability.CREATE: create,
    Ability.EXTEND: extend,
    Ability.COVER: cover,
    Ability.ADD_VOCALS: add_vocals,
    Ability.ADD_INSTRUMENTAL: add_instrumental,
    Ability.MASHUP: mash_up,
    Ability.REPLACE: replace,
    Ability.SOUNDS: sound,
}


def _mode(wish: Wish, edition: Edition, words: str) -> dict[str, Any]:
    """Say which mode it is, where that is still asked."""
    return {} if edition.is_autumn else {"customMode": is_custom(wish, edition, words)}


def _add(
    path: str,
    wish: AddVocals | AddInstrumental,
    materials: Materials,
    edition: Edition,
    more: dict[str, Any],
) -> Post:
    if wish.window is not None:
        raise RequestUnfit(
            "sunoapi.org adds to a whole song, not to a window of it. Leave the window out."
        )
    title = title_of(wish, materials, edition.limits_for(wish).title)
    own = {"uploadUrl": upload(materials), "title": title}
    mode = own | controls(wish, materials, edition) | more
    return post_of(f"generate/{path}", wish, materials, edition, mode)
