"""Sonic: requests that end in files, facts, words or voices, in the vendor's words."""

from collections.abc import Callable, Mapping
from typing import Any

from studio.errors import RequestUnfit
from studio.providers.aimusicapi import outcomes
from studio.providers.aimusicapi.families import Family, clip_id, find_clip
from studio.providers.aimusicapi.models import family_for
from studio.providers.aimusicapi.posts import Post, Reading, callback, filled
from studio.providers.materials import Material, Materials
from studio.songs import (
    Ability,
    Attached,
    Attachment,
    Download,
    EnrichTags,
    MakeMidi,
    MakePersona,
    MakeVoice,
    MakeWav,
    MeasureBpm,
    SongRequest,
    SplitStems,
    TakeOutVoice,
    TimeLyrics,
    UploadSound,
    Window,
    WriteLyrics,
)

UPLOAD_SECONDS = 180.0
"""An upload is answered after about 20 s, more for a long song on a slow line."""
WORK_SECONDS = 120.0
"""What is made while one waits for the answer."""
SHORTEST_VOICE_SECONDS = 10.0
NO_MORE: Mapping[str, Any] = {}


def stems(request: SplitStems, materials: Materials) -> Post:
    """Say the instruments each for itself."""
    body = {"clip_id": clip_id(materials, Family.SONIC)} | callback(materials)
    return Post(f"sonic/stems/{request.detail}", body, outcomes.submitted)


def vox(clip: str, request: TakeOutVoice) -> Post:
    """Say the voice alone."""
    return _tool("vox", clip, outcomes.vox, vocal(request.window))


def wav(clip: str, request: MakeWav) -> Post:  # noqa: ARG001 - one shape for all
    """Say a song without loss."""
    return _tool("wav", clip, outcomes.wav, is_safe=False)


def download(clip: str, request: Download) -> Post:
    """Say the files of a song."""
    return _tool("download", clip, outcomes.files, {"formats": [*request.formats]}, is_safe=False)


def midi(clip: str, request: MakeMidi) -> Post:  # noqa: ARG001 - one shape for all
    """Say the notes of a song."""
    return _tool("midi", clip, outcomes.midi)


def timeline(clip: str, request: TimeLyrics) -> Post:  # noqa: ARG001 - one shape for all
    """Say when each word is sung."""
    return _tool("aligned-lyrics", clip, outcomes.timeline)


def bpm(clip: str, request: MeasureBpm) -> Post:  # noqa: ARG001 - one shape for all
    """Say the tempo of a song."""
    return _tool("bpm", clip, outcomes.bpm)


TOOLS: Mapping[Ability, Callable[[str, Any], Post]] = {
    Ability.VOX: vox,
    Ability.WAV: wav,
    Ability.DOWNLOAD: download,
    Ability.MIDI: midi,
    Ability.TIMELINE: timeline,
    Ability.BPM: bpm,
}
"""What the vendor answers at once, but perhaps not yet: asked again, by the clip, until it does."""


def on_clip(request: SongRequest, materials: Materials) -> Post:
    """Say what is asked about a song that Sonic has; Producer gives files in its own way."""
    clip = find_clip(materials.songs[0], Family.SONIC)
    there = find_clip(materials.songs[0], Family.PRODUCER)
    if clip is None and there and isinstance(request, MakeWav | Download):
        return _download_there(there.id, getattr(request, "formats", ("wav",)))
    return TOOLS[request.ability](clip_id(materials, Family.SONIC), request)


def lyrics(request: WriteLyrics, materials: Materials) -> Post:  # noqa: ARG001 - one shape for all
    """Say words about something."""
    body = {"description": request.description}
    return Post("sonic/lyrics", body, outcomes.texts, WORK_SECONDS, at_once=True)


def tags(request: EnrichTags, materials: Materials) -> Post:  # noqa: ARG001 - one shape for all
    """Say a few words about a sound, to be made more of."""
    return Post(
        "sonic/upsample-tags", {"tags": request.style}, outcomes.tags, WORK_SECONDS, at_once=True
    )


def persona(request: MakePersona, materials: Materials) -> Post:
    """Say a voice that is to be kept, and where it is heard best."""
    voice = find_vox(materials.songs[0], request.window)
    window = request.window or (window_of(voice) if voice else None)
    body = filled(
        name=request.name,
        describe=request.description,
        styles=request.style,
        vox_audio_id=voice.remote if voice else None,
    )
    body |= {"clip_id": clip_id(materials, Family.SONIC)} | vocal(window)
    return Post("sonic/persona", body, outcomes.persona, WORK_SECONDS, at_once=True)


def voice(request: MakeVoice, materials: Materials) -> Post:  # noqa: ARG001 - one shape for all
    """Say a recording of one voice, to be fetched from a link."""
    source = materials.songs[0]
    length = source.song.length
    if length is not None and length <= SHORTEST_VOICE_SECONDS:
        raise RequestUnfit(
            f"AI Music API needs more than {SHORTEST_VOICE_SECONDS:.0f} s of a voice, "
            f"this is {length:.1f} s. Bring a longer recording."
        )
    body = {"audio_url": source.publish()} | callback(materials)
    return Post("sonic/create-voice", body, outcomes.submitted)


def upload(request: UploadSound, materials: Materials) -> Post:
    """Say a sound that is to be fetched from a link; each family has its own way."""
    link = materials.songs[0].publish()
    match family_for(request):
        case Family.PRODUCER:
            reads = outcomes.submitted_to(Family.PRODUCER)
            return Post("producer/upload", {"audio_url": link}, reads)
        case Family.RIFFUSION:
            reads = outcomes.uploaded_to_riffusion
            return Post("riffusion/upload", {"url": link}, reads, UPLOAD_SECONDS, at_once=True)
        case _:
            return Post(
                "sonic/upload", {"url": link}, outcomes.uploaded, UPLOAD_SECONDS, at_once=True
            )


ASKING: Mapping[Ability, Callable[[Any, Materials], Post]] = {
    **dict.fromkeys(TOOLS, on_clip),
    Ability.STEMS: stems,
    Ability.LYRICS: lyrics,
    Ability.TAGS: tags,
    Ability.PERSONA: persona,
    Ability.VOICE: voice,
    Ability.UPLOAD: upload,
}


def vocal(window: Window | None) -> dict[str, Any]:
    """Say where a voice is heard."""
    return {} if window is None else {"vocal_start_s": window.start, "vocal_end_s": window.end}


def find_vox(source: Material, window: Window | None) -> Attachment | None:
    """Return the voice that was taken out of this song, in this window if one is chosen."""
    return next(
        (
            one
            for one in source.attachments
            if one.kind is Attached.VOX
            and one.remote
            and (window is None or window_of(one) == window)
        ),
        None,
    )


def window_of(attachment: Attachment) -> Window | None:
    """Return the window in which a voice was taken out, where that is known."""
    start, end = attachment.facts.get("start"), attachment.facts.get("end")
    if not isinstance(start, int | float) or not isinstance(end, int | float):
        return None
    return Window(start=start, end=end) if 0 <= start < end else None


def _tool(
    path: str, clip: str, reads: Reading, more: Mapping[str, Any] = NO_MORE, *, is_safe: bool = True
) -> Post:
    return Post(
        f"sonic/{path}",
        {"clip_id": clip, **more},
        reads,
        WORK_SECONDS,
        again=f"{path}:{clip}",
        at_once=True,
        repeatable=is_safe,
    )


def _download_there(clip: str, formats: tuple[str, ...]) -> Post:
    if len(formats) != 1 or formats[0] not in {"mp3", "wav"}:
        raise RequestUnfit("Producer gives one file at a time: choose either mp3 or wav.")
    body = {"clip_id": clip, "format": formats[0]}
    return Post("producer/download", body, outcomes.submitted_to(Family.PRODUCER))
