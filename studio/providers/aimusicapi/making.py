"""Sonic: requests that end in takes, in the vendor's words.

Which task type fits follows from where the source is: made there, uploaded there, or only at a
link. A person never chooses it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from studio.providers.aimusicapi.families import Family, clip_id, find_clip
from studio.providers.aimusicapi.models import limits_for, model_for
from studio.providers.aimusicapi.modes import auto_lyrics, mode_of, usual
from studio.providers.aimusicapi.outcomes import submitted
from studio.providers.aimusicapi.posts import (
    Post,
    between,
    callback,
    cut,
    filled,
    length_of,
    source_style,
    source_title,
    source_words,
)
from studio.providers.materials import Materials
from studio.providers.points import going_on_at
from studio.songs import (
    Ability,
    AddInstrumental,
    AddVocals,
    Concat,
    CoverSong,
    CreateSong,
    ExtendSong,
    MashUp,
    OnSong,
    Remaster,
    ReplaceSection,
    SampleSong,
    Wish,
)

CREATE = "sonic/create"
NO_WORDS = "[Instrumental]"


def create(wish: CreateSong, materials: Materials) -> Post:
    """Say a new song, in one of the vendor's four modes, or sung by a persona."""
    kind: dict[str, Any] = {"task_type": "create_music"}
    if materials.persona:
        kind = {"task_type": "persona_music", "persona_id": materials.persona}
    words = wish.lyrics.strip() and not wish.instrumental
    writes = not words and not wish.instrumental and wish.style.strip() and not materials.persona
    mode = auto_lyrics(wish) if writes else mode_of(wish, words=wish.lyrics, style=wish.style)
    return _create(wish, materials, kind | mode | {"duration": length_of(wish)})


def extend(wish: ExtendSong, materials: Materials) -> Post:
    """Say a song that goes on: made there, uploaded there, or fetched from a link on the way."""
    style = source_style(wish, materials)
    mode = mode_of(wish, words=wish.lyrics, style=style) | {"title": source_title(wish, materials)}
    source = materials.songs[0]
    clip = find_clip(source, Family.SONIC)
    made = clip is not None and not clip.is_upload
    mode["continue_at"] = going_on_at(wish.at, source.song.length)
    if clip is None:
        mode |= {"duration": length_of(wish), "auto_concat": wish.joined}
        return _one_stop("sonic/upload-extend", wish, materials, mode)
    if made:
        mode |= {"task_type": "extend_music", "duration": length_of(wish)}
    else:
        mode |= {"task_type": "extend_upload_music"}
    return _create(wish, materials, mode | {"continue_clip_id": clip.id})


def cover(wish: CoverSong, materials: Materials) -> Post:
    """Say the same song in another style; its own words are sung where none are written."""
    style = wish.style or cut(wish.description, limits_for(wish).style)
    mode = mode_of(wish, words=source_words(wish, materials), style=style)
    mode |= {"audio_weight": wish.audio_weight, "title": source_title(wish, materials)}
    clip = find_clip(materials.songs[0], Family.SONIC)
    if clip is None:
        mode |= {"duration": length_of(wish)}
        return _one_stop("sonic/upload-cover", wish, materials, mode)
    if clip.is_upload:
        mode |= {"task_type": "cover_upload_music"}
    else:
        mode |= {"task_type": "cover_music", "duration": length_of(wish)}
    return _create(wish, materials, mode | {"continue_clip_id": clip.id})


def add_vocals(wish: AddVocals, materials: Materials) -> Post:
    """Say a voice for an instrumental that was uploaded."""
    return _add(wish, materials, {"task_type": "add_vocals", "prompt": wish.lyrics})


def add_instrumental(wish: AddInstrumental, materials: Materials) -> Post:
    """Say a band for a voice that was uploaded."""
    return _add(wish, materials, {"task_type": "add_instrumental"})


def sample(wish: SampleSong, materials: Materials) -> Post:
    """Say a song on a piece of another, which is there or is fetched from a link."""
    clip = find_clip(materials.songs[0], Family.SONIC)
    source = {"url": materials.songs[0].publish()} if clip is None else {"sample_clip_id": clip.id}
    window = between(wish.window, materials, "chop_sample_start_s", "chop_sample_end_s")
    mode = mode_of(wish, words=wish.lyrics, style=wish.style)
    more = source | window | mode | {"audio_weight": wish.audio_weight}
    return _post("sonic/sample", wish, materials, more)


def mash_up(wish: MashUp, materials: Materials) -> Post:
    """Say one song made of two that are there."""
    clips = [clip_id(materials, Family.SONIC, number=number) for number in (0, 1)]
    mode = mode_of(wish, words=wish.lyrics, style=wish.style)
    more = {"mashup_clip_ids": clips, "audio_weight": wish.audio_weight}
    return _post("sonic/mashup", wish, materials, more | mode)


def replace(wish: ReplaceSection, materials: Materials) -> Post:
    """Say a section made anew; the words of the whole song go along as its surroundings."""
    own = cut(materials.songs[0].song.lyrics, limits_for(wish).lyrics)
    words = NO_WORDS if wish.instrumental else wish.lyrics
    body = {
        "clip_id": clip_id(materials, Family.SONIC),
        "prompt": own or words or NO_WORDS,
        "infill_lyrics": words,
        "title": source_title(wish, materials),
        "tags": source_style(wish, materials),
        "auto_concat": wish.joined,
        "make_instrumental": None,
    }
    body |= between(wish.window, materials, "infill_start_s", "infill_end_s")
    return _post("sonic/replace-section", wish, materials, body)


def remaster(request: Remaster, materials: Materials) -> Post:
    """Say a song mastered anew."""
    body = filled(
        task_type="remaster",
        continue_clip_id=clip_id(materials, Family.SONIC),
        mv=model_for(request),
        variation_category=request.variation if limits_for(request).variations else None,
        use_suno_cdn=False,
    )
    return Post(CREATE, body | callback(materials), submitted)


def concat(request: Concat, materials: Materials) -> Post:  # noqa: ARG001 - one shape for all
    """Say the whole of a song, by the id of its tail."""
    tail = clip_id(materials, Family.SONIC)
    body = {"task_type": "concat_music", "continue_clip_id": tail, "use_suno_cdn": False}
    return Post(CREATE, body | callback(materials), submitted)


MAKING: Mapping[Ability, Callable[[Any, Materials], Post]] = {
    Ability.CREATE: create,
    Ability.EXTEND: extend,
    Ability.COVER: cover,
    Ability.ADD_VOCALS: add_vocals,
    Ability.ADD_INSTRUMENTAL: add_instrumental,
    Ability.SAMPLE: sample,
    Ability.MASHUP: mash_up,
    Ability.REPLACE: replace,
    Ability.REMASTER: remaster,
    Ability.CONCAT: concat,
}


def _create(wish: Wish, materials: Materials, more: dict[str, Any]) -> Post:
    # Required by the newest version of the vendor, ignored by the older ones.
    return _post(CREATE, wish, materials, {"use_suno_cdn": False} | more)


def _add(wish: AddVocals | AddInstrumental, materials: Materials, kind: dict[str, Any]) -> Post:
    more = {
        "continue_clip_id": clip_id(materials, Family.SONIC, uploaded=True),
        "custom_mode": True,
        "title": source_title(wish, materials),
        "tags": wish.style,
        "audio_weight": wish.audio_weight,
        "make_instrumental": None,
    }
    window = between(wish.window, materials, "overpainting_start_s", "overpainting_end_s")
    return _create(wish, materials, more | window | kind)


def _one_stop(path: str, wish: OnSong, materials: Materials, more: dict[str, Any]) -> Post:
    """Let the vendor fetch the source and work on it in one go."""
    return _post(path, wish, materials, {"url": materials.songs[0].publish()} | more)


def _post(path: str, wish: Wish, materials: Materials, more: dict[str, Any]) -> Post:
    body = filled(**{"mv": model_for(wish)} | usual(wish) | more)
    return Post(path, body | callback(materials), submitted)
