"""Modes: how a wish becomes words for the vendor, which has two ways to be told of a song.

Its custom mode takes a style, a title and words to sing, to the letter. Its other mode takes one
description, writes the words itself and must be told nothing else; so what else was wished is said
in that description, as far as it can be said. What we add is cut to what is taken, and so is a
description that stands in for a style; what else a person wrote is not.
"""

from collections.abc import Mapping
from typing import Any

from studio.errors import RequestUnfit
from studio.providers.materials import Materials
from studio.providers.sunoapi.offering.editions import Edition
from studio.providers.sunoapi.offering.models import ROWS
from studio.providers.sunoapi.places import VOICE_MARK
from studio.providers.sunoapi.saying.posts import cut, filled, hundredths
from studio.songs import Ability, CoverSong, CreateSong, ExtendSong, MashUp, Voice, Wish

GENDERS = {Voice.FEMALE: "f", Voice.MALE: "m"}
SINGERS = {Voice.FEMALE: "Sung by a woman.", Voice.MALE: "Sung by a man."}
NO_WORDS = "[Instrumental]"
NO_TITLE = "Untitled"
FITTING_STYLE = "a style that suits the words"
ANY = "A song in the spirit of this one."
ANYHOW: Mapping[Ability, str] = {
    Ability.EXTEND: "It goes on in the same spirit.",
    Ability.MASHUP: "A mashup of these two songs.",
}
"""What is said where nothing was."""
USUAL_SECONDS = 180
"""Asked for where a length is left open and the vendor would make 20 s of it."""


def custom(
    wish: Wish, materials: Materials, edition: Edition, *, words: str, title: str
) -> dict[str, Any]:
    """Say a song by its style, its title and its words; before autumn none may be missing."""
    limits = edition.limits_for(wish)
    style = sound_of(wish, edition) or cut(wish.description, limits.style)
    if not edition.is_autumn:
        style, title = style or FITTING_STYLE, title.strip() or _name_of(wish, limits.title)
    asked = filled(style=style, title=title, instrumental=wish.instrumental)
    if not wish.instrumental and words.strip():
        asked["lyrics" if edition.is_autumn else "prompt"] = words
    return asked | controls(wish, materials, edition)


def described(wish: Wish, materials: Materials, edition: Edition) -> dict[str, Any]:
    """Say a song by a description alone."""
    check_singer(materials)
    return {"prompt": told(wish, edition), "instrumental": wish.instrumental}


def is_described(wish: Wish, materials: Materials, edition: Edition) -> bool:
    """Whether the vendor is given a description, and writes the words itself."""
    match wish:
        case ExtendSong():
            return not (wish.lyrics.strip() or wish.instrumental)
        case CoverSong():
            return not (edition.is_autumn or is_custom(wish, edition, sung(wish, materials)))
        case MashUp():
            return not (edition.is_autumn or is_custom(wish, edition))
        case CreateSong():
            return not is_custom(wish, edition)
        case _:
            return False


def sung(wish: CoverSong, materials: Materials) -> str:
    """Return the words of a cover: those that were written, or the song's own."""
    return wish.lyrics.strip() or next((one.song.lyrics for one in materials.songs), "")


def told(wish: Wish, edition: Edition) -> str:
    """Return everything that was wished as one description.

    Raises
    ------
    RequestUnfit
        If what was written is longer than the vendor takes.
    """
    most = edition.limits_for(wish).description
    written = "\n".join(text.strip() for text in (wish.description, wish.style) if text.strip())
    if len(written) > most:
        raise RequestUnfit(
            f"sunoapi.org takes at most {most} characters of description and style together where "
            f"it writes the words itself, these are {len(written)}. Leave out "
            f"{len(written) - most}, or write the words."
        )
    added = [] if written else [wish.title.strip() or ANYHOW.get(wish.ability, ANY)]
    if wish.voice and not wish.instrumental:
        added.append(SINGERS[wish.voice])
    if wish.exclude.strip():
        added.append(f"Without {wish.exclude.strip()}.")
    for text in added:
        longer = f"{written}\n{text}".strip()
        written = longer if len(longer) <= most else written
    return written


def sound_of(wish: Wish, edition: Edition) -> str:
    """Return the style, and the description behind it where both fit."""
    most = edition.limits_for(wish).style
    both = "; ".join(text.strip() for text in (wish.style, wish.description) if text.strip())
    return both if len(both) <= most else wish.style.strip()


def controls(wish: Wish, materials: Materials, edition: Edition) -> dict[str, Any]:
    """Say what the custom mode takes besides, as far as this endpoint knows it."""
    limits = edition.limits_for(wish)
    gender = GENDERS[wish.voice] if wish.voice and not wish.instrumental else None
    known = filled(
        negativeTags=wish.exclude if limits.exclude != 0 else None,
        vocalGender=gender,
        styleWeight=hundredths(wish.style_weight),
        weirdnessConstraint=hundredths(wish.weirdness),
        audioWeight=hundredths(getattr(wish, "audio_weight", None)),
        variety=None if limits.variety is None else wish.variety,
        duration=seconds_of(wish, edition),
    )
    return known | (persona_of(wish, materials, edition) if materials.persona else {})


def seconds_of(wish: Wish, edition: Edition) -> int | None:
    """Return the wished length where one can be asked for; the vendor's own would be 20 s."""
    if edition.limits_for(wish).longest is None:
        return None
    return USUAL_SECONDS if wish.length is None else round(wish.length)


def persona_of(wish: Wish, materials: Materials, edition: Edition) -> dict[str, Any]:
    """Say who sings.

    Raises
    ------
    RequestUnfit
        If this model cannot have that voice sing.
    """
    remote, model = materials.persona or "", edition.model_for(wish)
    if not edition.limits_for(wish).persona:
        raise RequestUnfit("sunoapi.org cannot let a persona sing this. Leave it out.")
    if not remote.startswith(VOICE_MARK):
        return {"personaId": remote}
    if not ROWS[model].voices:
        able = ", ".join(name for name in edition.models if ROWS[name].voices)
        raise RequestUnfit(
            f"At sunoapi.org a voice made from a recording does not sing with {model}. These "
            f"models can have it sing: {able}."
        )
    return {"personaId": remote.removeprefix(VOICE_MARK), "personaModel": "voice_persona"}


def is_custom(wish: Wish, edition: Edition, words: str = "") -> bool:
    """Whether a wish is told in the custom mode: its words are written, or none are sung."""
    wished = (wish.persona, wish.voice, wish.length, wish.variety, wish.exclude or None)
    weights = (wish.style_weight, wish.weirdness)
    if edition.is_autumn and any(one is not None for one in (*wished, *weights)):
        # Since then that mode can do without words, and only there such wishes are heard.
        return True
    return bool(wish.style.strip() if wish.instrumental else (words or wish.lyrics).strip())


def check_singer(materials: Materials) -> None:
    """Refuse a persona where the words are not written."""
    if materials.persona:
        raise RequestUnfit(
            "At sunoapi.org a persona sings only words that are written. Write some, or leave the "
            "persona out."
        )


def _name_of(wish: Wish, most: int) -> str:
    """Return what to call a song that nobody named: by its first line, or by what it is about."""
    lines = [line.strip() for line in wish.lyrics.splitlines()]
    first = [line for line in lines if line and not line.startswith("[")]
    named = [*([] if wish.instrumental else first[:1]), wish.description, wish.style, NO_TITLE]
    return cut(" ".join(next(filter(str.strip, named)).split()), most)
