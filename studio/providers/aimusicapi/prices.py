"""Prices, in credits, as two generations of the vendor's pages print them.

Where they disagree the higher is told, marked as approximate.
"""

from collections.abc import Mapping

from studio.providers.aimusicapi.families import Family, find_clip
from studio.providers.aimusicapi.models import family_for, model_for
from studio.providers.limits import Price
from studio.providers.materials import Materials
from studio.songs import Ability, Attached, SongRequest, SplitStems

A = Ability
SONG, SONG_SINCE_AUTUMN = 10, 14
"""The second on the newer models and in description mode."""
UPLOAD = 2
JOIN = 2
RISEN = {A.CREATE, A.COVER, A.SAMPLE, A.MASHUP}
STEMS = {"basic": Price(amount=20, approximate=True), "full": Price(amount=50)}

PRICES: Mapping[Ability, Price] = {
    A.EXTEND: Price(amount=SONG),
    A.REPLACE: Price(amount=SONG),
    A.ADD_VOCALS: Price(amount=SONG),
    A.ADD_INSTRUMENTAL: Price(amount=SONG),
    A.REMASTER: Price(amount=SONG),
    A.CONCAT: Price(amount=JOIN),
    A.VOX: Price(amount=1),
    A.MIDI: Price(amount=1),
    A.BPM: Price(amount=1),
    A.TIMELINE: Price(amount=1),
    A.TAGS: Price(amount=1),
    A.PERSONA: Price(amount=1),
    A.WAV: Price(amount=1),
    A.DOWNLOAD: Price(amount=2),
    A.LYRICS: Price(amount=2),
    A.VOICE: Price(amount=4),
    A.UPLOAD: Price(amount=UPLOAD),
}


def price_of(request: SongRequest, materials: Materials) -> Price:
    """Tell what `request` alone costs, without uploads and joins that are jobs of their own."""
    if request.ability in {A.WAV, A.DOWNLOAD} and _is_at_producer(materials):
        return PRICES[A.DOWNLOAD]
    if request.ability is A.UPLOAD:
        return PRICES[A.UPLOAD]
    if family_for(request) is not Family.SONIC:
        return Price(amount=SONG)
    if isinstance(request, SplitStems):
        return STEMS[request.detail]
    if request.ability is A.TIMELINE and _is_timed(materials):
        return Price(amount=0, approximate=True)
    one_stop = _one_stop(request, materials)
    if request.ability not in RISEN:
        price = PRICES[request.ability]
        return Price(amount=price.amount + one_stop, approximate=True) if one_stop else price
    return Price(amount=_risen(request, materials) + one_stop, approximate=True)


def _risen(request: SongRequest, materials: Materials) -> int:
    """Tell the price that rose on newer models and for descriptions, but not for personas."""
    if request.ability is A.CREATE and (materials.persona or getattr(request, "persona", None)):
        return SONG
    is_old = not model_for(request).startswith(("sonic-v4-5", "sonic-v5"))
    describes = not (request.text("lyrics") or request.text("style"))
    return SONG if is_old and not describes else SONG_SINCE_AUTUMN


def _one_stop(request: SongRequest, materials: Materials) -> int:
    """Tell what fetching a source on the way adds, and joining; a guess from its parts."""
    if request.ability not in {A.EXTEND, A.COVER} or not materials.songs:
        return 0
    if find_clip(materials.songs[0], Family.SONIC) is not None:
        return 0
    return UPLOAD + (JOIN if getattr(request, "joined", False) else 0)


def _is_at_producer(materials: Materials) -> bool:
    if not materials.songs:
        return False
    known = [find_clip(materials.songs[0], one) for one in (Family.SONIC, Family.PRODUCER)]
    return known[0] is None and known[1] is not None


def _is_timed(materials: Materials) -> bool:
    """Whether the words were timed before: the vendor asks for money only once."""
    return any(
        one.kind is Attached.TIMELINE for song in materials.songs for one in song.attachments
    )
