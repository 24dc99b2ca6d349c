"""Making: requests that end in takes, in the vendor's words."""

from collections.abc import Callable, Mapping
from typing import Any

from studio.errors import RequestUnfit
from studio.providers.materials import Materials
from studio.providers.sunoapi.offering.editions import Edition
from studio.providers.sunoapi.offering.lists import KEYS
from studio.providers.sunoapi.places import find_kept, made, upload
from studio.providers.sunoapi.reading.orders import submitted
from studio.providers.sunoapi.saying.extending import extend
from studio.providers.sunoapi.saying.modes import (
    ANY,
    NO_WORDS,
    controls,
    custom,
    described,
    is_described,
    sound_of,
    sung,
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
    if not is_described(wish, materials, edition):
        mode = custom(wish, materials, edition, words=wish.lyrics, title=wish.title)
        return post_of("generate", wish, materials, edition, {"customMode": True} | mode)
    mode = described(wish, materials, edition)
    if edition.is_autumn:
        # A prompt alone is not said to be enough since then, and a style is.
        mode["style"] = wish.style.strip() or cut(wish.description, edition.limits_for(wish).style)
    return post_of("generate", wish, materials, edition, {"customMode": False} | mode)


def cover(wish: CoverSong, materials: Materials, edition: Edition) -> Post:
    """Say the same song in another style; its own words are sung where none are written."""
    limits = edition.limits_for(wish)
    words = cut(sung(wish, materials), limits.lyrics)
    title = title_of(wish, materials, limits.title)
    own = {"uploadUrl": upload(materials)}
    mode = _mode(wish, materials, edition, words=words, title=title)
    return post_of("generate/upload-cover", wish, materials, edition, own | mode)


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
    titles = " + ".join(one.song.title for one in materials.songs)
    title = wish.title.strip() or cut(titles, edition.limits_for(wish).title)
    own = {"uploadUrlList": [upload(materials, 0), upload(materials, 1)]}
    mode = _mode(wish, materials, edition, words=wish.lyrics, title=title)
    return post_of("generate/mashup", wish, materials, edition, own | mode)


def replace(wish: ReplaceSection, materials: Materials, edition: Edition) -> Post:
    """Say a section made anew; the words of the whole song go along as its surroundings."""
    song, limits = materials.songs[0].song, edition.limits_for(wish)
    check_section(wish, song)
    words = NO_WORDS if wish.instrumental else wish.lyrics
    end = wish.window.end if song.length is None else min(wish.window.end, song.length)
    body = filled(
        prompt=words,
        tags=sound_of(wish, edition) or cut(song.style, limits.style) or ANY,
        title=title_of(wish, materials, limits.title),
        negativeTags=wish.exclude,
        infillStartS=round(wish.window.start, 2),
        infillEndS=round(end, 2),
        fullLyrics=cut(song.lyrics, limits.lyrics) or words,
    )
    if edition.is_autumn and find_kept(materials.songs[0], materials.gathered_at) is None:
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


def _mode(
    wish: Wish, materials: Materials, edition: Edition, *, words: str, title: str
) -> dict[str, Any]:
    """Say how a cover or a mashup is to sound; in which mode, is no longer told since autumn."""
    if is_described(wish, materials, edition):
        return {"customMode": False} | described(wish, materials, edition)
    mode = {} if edition.is_autumn else {"customMode": True}
    return mode | custom(wish, materials, edition, words=words, title=title)


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
