"""Sonic: requests that end in files, facts, words or voices, in the vendor's words."""

from collections.abc import Callable, Mapping
from typing import Any

from studio.errors import RequestUnfit
from studio.providers.aimusicapi import outcomes
from studio.providers.aimusicapi.families import Family, clip_id, find_clip
from studio.providers.aimusicapi.models import family_for
from studio.providers.aimusicapi.posts import Post, between, callback, filled
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
VOCAL = ("vocal_start_s", "vocal_end_s")


def stems(request: SplitStems, materials: Materials) -> Post:
    """Say the instruments each for itself."""
    body = _on_clip(materials) | callback(materials)
    return Post(f"sonic/stems/{request.detail}", body, outcomes.submitted)


def vox(request: TakeOutVoice, materials: Materials) -> Post:
    """Say the voice alone."""
    body = _on_clip(materials) | between(request.window, *VOCAL)
    return Post("sonic/vox", body, outcomes.vox, WORK_SECONDS, repeatable=True)


def wav(request: MakeWav, materials: Materials) -> Post:  # noqa: ARG001 - one shape for all
    """Say a song without loss; Producer has its own way to one."""
    if find_clip(materials.songs[0], Family.SONIC) is None and _at_producer(materials):
        return _download_there(materials, "wav")
    return Post("sonic/wav", _on_clip(materials), outcomes.wav, WORK_SECONDS)


def download(request: Download, materials: Materials) -> Post:
    """Say the files of a song; Producer gives one at a time."""
    if find_clip(materials.songs[0], Family.SONIC) is None and _at_producer(materials):
        return _download_there(materials, *request.formats)
    return download_of(clip_id(materials, Family.SONIC), request)


def download_of(clip: str, request: Download) -> Post:
    """Say the files of a clip, once more while they are being prepared."""
    body = {"clip_id": clip, "formats": list(request.formats)}
    return Post("sonic/download", body, outcomes.files, again=f"download:{clip}")


def midi(request: MakeMidi, materials: Materials) -> Post:
    """Say the notes of a song."""
    return midi_of(clip_id(materials, Family.SONIC), request)


def midi_of(clip: str, request: MakeMidi) -> Post:  # noqa: ARG001 - one shape for all that is asked again
    """Say the notes of a clip, once more while they are written."""
    body = {"clip_id": clip}
    return Post(
        "sonic/midi", body, outcomes.midi, WORK_SECONDS, again=f"midi:{clip}", repeatable=True
    )


def timeline(request: TimeLyrics, materials: Materials) -> Post:
    """Say when each word is sung."""
    return timeline_of(clip_id(materials, Family.SONIC), request)


def timeline_of(clip: str, request: TimeLyrics) -> Post:  # noqa: ARG001 - one shape for all that is asked again
    """Say when each word of a clip is sung, once more while it is being found out."""
    return Post(
        "sonic/aligned-lyrics",
        {"clip_id": clip},
        outcomes.timeline,
        WORK_SECONDS,
        again=f"timeline:{clip}",
        repeatable=True,
    )


def bpm(request: MeasureBpm, materials: Materials) -> Post:  # noqa: ARG001 - one shape for all
    """Say the tempo of a song."""
    return Post("sonic/bpm", _on_clip(materials), outcomes.bpm, WORK_SECONDS, repeatable=True)


def lyrics(request: WriteLyrics, materials: Materials) -> Post:  # noqa: ARG001 - one shape for all
    """Say words about something."""
    body = {"description": request.description}
    return Post("sonic/lyrics", body, outcomes.texts, WORK_SECONDS)


def tags(request: EnrichTags, materials: Materials) -> Post:  # noqa: ARG001 - one shape for all
    """Say a few words about a sound, to be made more of."""
    return Post("sonic/upsample-tags", {"tags": request.style}, outcomes.tags, WORK_SECONDS)


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
    body |= _on_clip(materials) | between(window, *VOCAL)
    return Post("sonic/persona", body, outcomes.persona, WORK_SECONDS)


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
            return Post("riffusion/upload", {"url": link}, reads, UPLOAD_SECONDS)
        case _:
            return Post("sonic/upload", {"url": link}, outcomes.uploaded, UPLOAD_SECONDS)


ASKING: Mapping[Ability, Callable[[Any, Materials], Post]] = {
    Ability.STEMS: stems,
    Ability.VOX: vox,
    Ability.WAV: wav,
    Ability.DOWNLOAD: download,
    Ability.MIDI: midi,
    Ability.BPM: bpm,
    Ability.TIMELINE: timeline,
    Ability.LYRICS: lyrics,
    Ability.TAGS: tags,
    Ability.PERSONA: persona,
    Ability.VOICE: voice,
    Ability.UPLOAD: upload,
}

ASKED_AGAIN: Mapping[Ability, Callable[[str, Any], Post]] = {
    Ability.DOWNLOAD: download_of,
    Ability.MIDI: midi_of,
    Ability.TIMELINE: timeline_of,
}
"""What the vendor answers at once but not always in full: asked again, by the clip, until it is."""


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


def _on_clip(materials: Materials) -> dict[str, Any]:
    return {"clip_id": clip_id(materials, Family.SONIC)}


def _at_producer(materials: Materials) -> bool:
    return find_clip(materials.songs[0], Family.PRODUCER) is not None


def _download_there(materials: Materials, *formats: str) -> Post:
    if len(formats) != 1 or formats[0] not in {"mp3", "wav"}:
        raise RequestUnfit("Producer gives one file at a time: choose either mp3 or wav.")
    body = {"clip_id": clip_id(materials, Family.PRODUCER), "format": formats[0]}
    return Post("producer/download", body, outcomes.submitted_to(Family.PRODUCER))
