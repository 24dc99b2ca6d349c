"""Fitting: whether a request can be taken by a connection, said before it is sent.

Who asks several makers for the same at once leaves out what one of them cannot grant, and is told
what that is: one does not know seeds, another no weights. What the song is stays as it was written.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from studio.errors import RequestUnfit
from studio.misfits import RULES, Asked
from studio.offer import Offer
from studio.songs import Ability, Persona, Song, SongRequest

DOING = {
    Ability.CREATE: "make new songs",
    Ability.EXTEND: "extend songs",
    Ability.COVER: "cover songs",
    Ability.REPLACE: "make a section anew",
    Ability.ADD_VOCALS: "add vocals",
    Ability.ADD_INSTRUMENTAL: "add instruments",
    Ability.SAMPLE: "make songs on a sample",
    Ability.MASHUP: "mash songs up",
    Ability.REMASTER: "remaster songs",
    Ability.CONCAT: "join a tail to its song",
    Ability.SWAP_VOCALS: "swap the voice of a song",
    Ability.SWAP_SOUND: "swap the sound of a song",
    Ability.VARY: "vary songs",
    Ability.STEMS: "split songs into stems",
    Ability.VOX: "take the voice out of a song",
    Ability.WAV: "give songs without loss",
    Ability.DOWNLOAD: "give songs in other formats",
    Ability.MIDI: "write the notes of a song down",
    Ability.BPM: "measure a tempo",
    Ability.TIMELINE: "tell when words are sung",
    Ability.LYRICS: "write lyrics",
    Ability.TAGS: "enrich tags",
    Ability.PERSONA: "make personas",
    Ability.VOICE: "make a voice from a recording",
    Ability.SOUNDS: "make single sounds",
    Ability.PHRASE: "ask for a phrase to make a voice from",
    Ability.VIDEO: "make music videos",
    Ability.COVER_IMAGE: "paint covers",
    Ability.RECOVER: "give a song once more after its link has ended",
    Ability.UPLOAD: "take in sounds of one's own",
}
"""What an ability is called where somebody can, or cannot, do it."""

WISHES: Mapping[str, str] = {
    "persona": "the persona",
    "voice": "who sings",
    "title": "the title",
    "length": "the length",
    "exclude": "what should not be heard",
    "style_weight": "how closely to follow the style",
    "lyrics_weight": "how closely to follow the words",
    "weirdness": "how far from the usual to go",
    "audio_weight": "how much of the original is kept",
    "variety": "how much takes differ",
    "seed": "the seed",
    "sections": "the form",
    "choices": "what was chosen from lists",
    "variation": "the variation",
    "loop": "that it loops",
    "tempo_bpm": "the tempo",
    "key": "the key",
}
"""What may be left out of a request, and how it is called; never what the song itself is."""


def check_fit(
    request: SongRequest,
    offer: Offer,
    *,
    songs: Sequence[Song] = (),
    persona: Persona | None = None,
    others: Sequence[str] = (),
    takers: Sequence[str] = (),
) -> None:
    """Make sure that `request` can be sent there.

    Parameters
    ----------
    request
        What is asked for.
    offer
        What can be had there.
    songs
        Those that it works on, in the order of its `sources`.
    persona
        Who is to sing.
    others
        Names of the connections that have the ability.
    takers
        Names of those that have it for songs from wherever these are from.

    Raises
    ------
    RequestUnfit
        If it cannot, with what does not fit and what would.
    """
    _check_ability(request, offer, others)
    model = request.model or next(iter(offer.models_for(request.ability)), None)
    asked = Asked(
        request=request,
        limits=offer.limits(request.ability, model),
        who=f"{offer.title} ({model})" if model else offer.title,
        connection=offer.name,
        songs=tuple(songs),
        persona=persona,
        others=tuple(name for name in takers if name != offer.name),
    )
    for rule in RULES:
        if sentence := rule(asked):
            raise RequestUnfit(sentence)


def _check_ability(request: SongRequest, offer: Offer, others: Sequence[str]) -> None:
    ability, doing = request.ability, DOING[request.ability]
    if not offer.is_reached:
        raise RequestUnfit(offer.note)
    if ability not in offer.abilities:
        able = [name for name in others if name != offer.name]
        way = f"These can: {', '.join(able)}." if able else "No connection that you have can."
        raise RequestUnfit(f"{offer.title} cannot {doing}. {way}")
    if request.model is None:
        return
    if request.model not in offer.models:
        known = ", ".join(offer.models) or "none to choose from"
        raise RequestUnfit(f"{offer.title} has no model {request.model!r}. It has: {known}.")
    able = list(offer.models_for(ability))
    if able and request.model not in able:
        raise RequestUnfit(
            f"{offer.title} ({request.model}) cannot {doing}. These models can: {', '.join(able)}."
        )


def lessen(
    request: SongRequest, offer: Offer, persona: Persona | None = None
) -> tuple[SongRequest, tuple[str, ...]]:
    """Return `request` without the wishes that cannot be granted there, and what those are.

    The words, style and description, and the songs that are worked on, are never touched: where
    they do not fit, the request still does not.

    Parameters
    ----------
    request
        What is asked for.
    offer
        What can be had there.
    persona
        Who is to sing; without it, only whether any persona can is looked at.
    """
    left_out = []
    if request.model is not None and request.model not in offer.models_for(request.ability):
        request, left_out = request.model_copy(update={"model": None}), ["the model"]
    usual = {name: _usual(request, name) for name in WISHES if name in type(request).model_fields}
    bare = request.model_copy(update=usual)
    before = _complaints(bare, offer, persona)
    # Each wish for itself: a rule about several tells only of the first that is wrong.
    strange = {
        name: value
        for name, value in usual.items()
        if getattr(request, name) != value
        and _complaints(bare.model_copy(update={name: getattr(request, name)}), offer, persona)
        - before
    }
    return request.model_copy(update=strange), (*left_out, *(WISHES[name] for name in strange))


def _usual(request: SongRequest, name: str) -> Any:
    return type(request).model_fields[name].get_default(call_default_factory=True)


def _complaints(request: SongRequest, offer: Offer, persona: Persona | None) -> set[str]:
    asked = Asked(
        request=request,
        limits=offer.limits(request.ability, request.model),
        who=offer.title,
        connection=offer.name,
        songs=(),
        persona=persona,
    )
    return {rule(asked) for rule in RULES}
