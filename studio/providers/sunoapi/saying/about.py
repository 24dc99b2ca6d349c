"""About: requests that end in files, facts, words or voices, in the vendor's words."""

from collections.abc import Callable, Mapping
from typing import Any

from studio.errors import RequestUnfit
from studio.providers.materials import Materials
from studio.providers.sunoapi.offering.editions import Edition
from studio.providers.sunoapi.places import find_kept, made, split_task, upload
from studio.providers.sunoapi.reading import orders
from studio.providers.sunoapi.saying.posts import Post, callback, callback_if_any, filled
from studio.songs import (
    Ability,
    AskPhrase,
    EnrichTags,
    MakeMidi,
    MakePersona,
    MakeVideo,
    MakeVoice,
    MakeWav,
    PaintCovers,
    RecoverSong,
    SplitStems,
    TimeLyrics,
    WriteLyrics,
)

KINDS = {"basic": "separate_vocal", "full": "split_stem", "one": "split_stem_advanced"}


def timeline(request: TimeLyrics, materials: Materials, edition: Edition) -> Post:  # noqa: ARG001 - one shape for all
    """Say when each word is sung."""
    return Post("generate/get-timestamped-lyrics", _ids(materials), orders.timeline)


def tags(request: EnrichTags, materials: Materials, edition: Edition) -> Post:  # noqa: ARG001 - one shape for all
    """Say a few words about a sound, to be made more of."""
    return Post("style/generate", {"content": request.style}, orders.tags)


def persona(request: MakePersona, materials: Materials, edition: Edition) -> Post:  # noqa: ARG001 - one shape for all
    """Say a voice that is to be kept, and where it is heard best."""
    window = request.window
    more = {} if window is None else {"vocalStart": window.start, "vocalEnd": window.end}
    told = filled(name=request.name, description=request.description, style=request.style)
    body = _ids(materials) | told | more
    return Post("generate/generate-persona", body, orders.persona)


def covers(request: PaintCovers, materials: Materials, edition: Edition) -> Post:  # noqa: ARG001 - one shape for all
    """Say pictures for a task; asked twice, the vendor tells of those it has."""
    body = {"taskId": made(materials).task}
    return Post(
        "suno/cover/generate", body | callback(materials), orders.submitted, is_harmless=True
    )


def lyrics(request: WriteLyrics, materials: Materials, edition: Edition) -> Post:  # noqa: ARG001 - one shape for all
    """Say what words are to be about."""
    body = {"prompt": request.description}
    return Post("lyrics", body | callback(materials), orders.submitted)


def wav(request: MakeWav, materials: Materials, edition: Edition) -> Post:  # noqa: ARG001 - one shape for all
    """Say a song without loss."""
    return Post("wav/generate", _ids(materials) | callback(materials), orders.submitted)


def stems(request: SplitStems, materials: Materials, edition: Edition) -> Post:
    """Say the instruments of a song, each for itself or one of them; by ids or by an upload."""
    if edition.is_autumn and find_kept(materials.songs[0], materials.gathered_at) is None:
        source = {"audioUrl": upload(materials)}
    else:
        source = _ids(materials)
    body = source | {"type": KINDS[request.detail]}
    if request.detail == "one":
        if not request.instrument.strip():
            raise RequestUnfit("Choose which instrument sunoapi.org is to take out.")
        body["stemName"] = request.instrument
    return Post("vocal-removal/generate", body | callback(materials), orders.submitted)


def midi(request: MakeMidi, materials: Materials, edition: Edition) -> Post:  # noqa: ARG001 - one shape for all
    """Say the notes of a song that was split before."""
    task = split_task(materials.songs[0], materials.gathered_at)
    if task is None:
        raise RequestUnfit(
            "sunoapi.org writes notes down from stems, and there are none any more. Send this "
            "again: the song is split first."
        )
    body = {"taskId": task}
    return Post("midi/generate", body | callback(materials), orders.submitted, is_harmless=True)


def video(request: MakeVideo, materials: Materials, edition: Edition) -> Post:  # noqa: ARG001 - one shape for all
    """Say a film of a song."""
    shown = filled(author=request.author, domainName=request.site)
    body = _ids(materials) | shown
    return Post("mp4/generate", body | callback(materials), orders.submitted)


def recover(request: RecoverSong, materials: Materials, edition: Edition) -> Post:  # noqa: ARG001 - one shape for all
    """Say a song whose link has ended. Of its task both songs come; the id keeps which is meant.

    It is done within seconds and looked at every two, so nobody is asked to call.
    """
    there = made(materials)
    body = {"sunoTaskId": there.task}
    return Post("suno/recovery", body, orders.submitted_for(there.sound))


def phrase(request: AskPhrase, materials: Materials, edition: Edition) -> Post:  # noqa: ARG001 - one shape for all
    """Say a voice for which a phrase is to be made, and where it is heard best."""
    start, end = int(request.window.start), int(request.window.end)
    body = {
        "voiceUrl": upload(materials),
        "vocalStartS": start,
        "vocalEndS": max(end, start + 1),
        "language": request.language,
    }
    return Post("voice/validate", body | callback_if_any(materials), orders.submitted)


def voice(request: MakeVoice, materials: Materials, edition: Edition) -> Post:  # noqa: ARG001 - one shape for all
    """Say a recording of somebody who sings the phrase, to be made a voice."""
    if not materials.phrase:
        raise RequestUnfit(
            "sunoapi.org makes a voice only of somebody who sings a phrase of its choosing. Ask "
            "for the phrase first."
        )
    body = filled(
        taskId=materials.phrase,
        verifyUrl=upload(materials),
        voiceName=request.name,
        description=request.description,
        style=request.style,
        singerSkillLevel=request.skill,
    )
    return Post("voice/generate", body | callback_if_any(materials), orders.submitted)


ABOUT: Mapping[Ability, Callable[[Any, Materials, Edition], Post]] = {
    Ability.TIMELINE: timeline,
    Ability.TAGS: tags,
    Ability.PERSONA: persona,
    Ability.COVER_IMAGE: covers,
    Ability.LYRICS: lyrics,
    Ability.WAV: wav,
    Ability.STEMS: stems,
    Ability.MIDI: midi,
    Ability.VIDEO: video,
    Ability.RECOVER: recover,
    Ability.PHRASE: phrase,
    Ability.VOICE: voice,
}


def _ids(materials: Materials) -> dict[str, Any]:
    there = made(materials)
    return {"taskId": there.task, "audioId": there.sound}
