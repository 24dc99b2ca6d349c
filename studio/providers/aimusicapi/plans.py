"""Plans: what must be done before a request, what completes it, and what to know of beforehand."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from studio.providers.aimusicapi.answers import WHO
from studio.providers.aimusicapi.asking import find_vox
from studio.providers.aimusicapi.families import Clip, Family, find_clip
from studio.providers.aimusicapi.models import (
    MODELS,
    family_for,
    limits_for,
    model_for,
    upload_model,
)
from studio.providers.materials import NOTHING, Material, Materials
from studio.songs import (
    Ability,
    Concat,
    ExtendSong,
    MakePersona,
    Part,
    Song,
    SongRequest,
    UploadSound,
)

A = Ability
ONE_STOP = {A.EXTEND, A.COVER, A.SAMPLE}
"""For these Sonic fetches the source by itself."""
FROM_LINKS = {A.VOICE, A.UPLOAD}
DOWNLOADS = {A.WAV, A.DOWNLOAD}
ADVISED_WORDS = 300
USUAL_TAILS = 2


def steps_before(request: SongRequest, materials: Materials) -> tuple[SongRequest, ...]:
    """Name the uploads without which `request` cannot be sent."""
    family = family_for(request)
    if request.ability in FROM_LINKS or (family is Family.SONIC and request.ability in ONE_STOP):
        return ()
    model = upload_model(family)
    return tuple(
        UploadSound(source=source.song.id, model=model)
        for source in materials.songs
        if not _is_there(source, request, materials, family)
    )


def steps_after(
    request: SongRequest, songs: Sequence[Song], materials: Materials = NOTHING
) -> tuple[SongRequest, ...]:
    """Name the joins that make whole songs of tails; each tail is joined once.

    What will be fetched from a link on the way will come with its wholes, and the other families
    give nothing but wholes.
    """
    if not isinstance(request, ExtendSong) or not request.joined:
        return ()
    if family_for(request) is not Family.SONIC:
        return ()
    if any(find_clip(source, Family.SONIC) is None for source in materials.songs):
        return ()
    wholes = {song.take for song in songs if song.part is Part.WHOLE}
    return tuple(
        Concat(source=song.id)
        for song in songs
        if song.part is Part.TAIL and song.remote and song.take + USUAL_TAILS not in wholes
    )


def advice_for(request: SongRequest, materials: Materials, now: datetime) -> str:
    """Say what should be known before it costs."""
    said = (
        _on_age(request, materials, now),
        _on_words(request),
        _on_length(request, materials),
        _on_voice(request, materials),
    )
    return " ".join(sentence for sentence in said if sentence)


def _is_there(source: Material, request: SongRequest, materials: Materials, family: Family) -> bool:
    """Whether the vendor has a song in the way that the request needs it."""
    if request.ability in DOWNLOADS and find_clip(source, Family.PRODUCER):
        return True
    uploaded = limits_for(request).origin == "uploaded"
    clip = find_clip(source, family, uploaded=uploaded)
    # Only where an upload is demanded a fresh one helps: what was made there stays what it is.
    return clip is not None and not (uploaded and _is_old(clip, request, materials.gathered_at))


def _is_old(clip: Clip, request: SongRequest, now: datetime | None) -> bool:
    hours = limits_for(request).fresh_hours
    if hours is None or now is None or clip.since is None:
        return False
    return now - clip.since > timedelta(hours=hours)


def _on_age(request: SongRequest, materials: Materials, now: datetime) -> str:
    limits = limits_for(request)
    if limits.origin == "uploaded":
        return ""  # An old upload is simply done again.
    clips = [find_clip(source, family_for(request)) for source in materials.songs]
    old = [clip for clip in clips if clip and _is_old(clip, request, now)]
    ages = [now - clip.since for clip in old if clip.since]
    if not ages:
        return ""
    way = " Upload it again to be sure." if all(clip.is_upload for clip in old) else ""
    return (
        f"{WHO} has had this song for {max(ages) // timedelta(hours=1)} hours and advises at most "
        f"{limits.fresh_hours:g} for this: it may be refused, or come out worse.{way}"
    )


def _on_words(request: SongRequest) -> str:
    few = 0 < len(request.text("lyrics")) < ADVISED_WORDS
    if family_for(request) is not Family.NURO or not few:
        return ""
    return (
        f"{MODELS[model_for(request)].family} advises {ADVISED_WORDS} characters of words or more."
    )


def _on_length(request: SongRequest, materials: Materials) -> str:
    """Say when a wish cannot be passed on because of where the source is."""
    if request.ability not in {A.EXTEND, A.COVER} or not materials.songs:
        return ""
    clip = find_clip(materials.songs[0], Family.SONIC)
    uploaded = family_for(request) is Family.SONIC and clip is not None and clip.is_upload
    if uploaded and getattr(request, "length", None) is not None:
        return f"{WHO} takes no length for a sound that was uploaded: it is left open."
    return ""


def _on_voice(request: SongRequest, materials: Materials) -> str:
    """Say that a window alone is a weaker hint than the voice taken out of it."""
    if not isinstance(request, MakePersona) or request.window is None or not materials.songs:
        return ""
    if find_vox(materials.songs[0], request.window) is not None:
        return ""
    return "The persona keeps closer to this window if its voice is taken out there first (VOX)."
