"""Fitting: whether a request can be taken by a connection, said before it is sent."""

from collections.abc import Sequence

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


def check_fit(
    request: SongRequest,
    offer: Offer,
    *,
    songs: Sequence[Song] = (),
    persona: Persona | None = None,
    others: Sequence[str] = (),
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
    )
    for rule in RULES:
        if sentence := rule(asked):
            raise RequestUnfit(sentence)


def _check_ability(request: SongRequest, offer: Offer, others: Sequence[str]) -> None:
    ability, doing = request.ability, DOING[request.ability]
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
