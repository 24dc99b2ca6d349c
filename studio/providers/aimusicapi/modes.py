"""Modes: how a wish becomes words for Sonic, which takes either lyrics or a description.

Own words and a style, a style alone, a style with words written by the vendor (new songs only), or
a description. What we add by ourselves is cut to what the model takes; what a person wrote is not.
"""

from typing import Any

from studio.providers.aimusicapi.models import limits_for
from studio.providers.aimusicapi.posts import cut, voice_of
from studio.songs import Voice, Wish

GENDERS = {Voice.FEMALE: "f", Voice.MALE: "m"}
ANYHOW = "A song in the spirit of this one."


def mode_of(wish: Wish, *, words: str, style: str) -> dict[str, Any]:
    """Choose between lyrics and a description; a style goes along with either."""
    if wish.instrumental and style.strip():
        return {"custom_mode": True, "tags": style}
    if words.strip() and not wish.instrumental:
        return {"custom_mode": True, "prompt": words, "tags": style}
    description = _described(wish, style)
    return {"custom_mode": False, "gpt_description_prompt": description, "tags": style}


def auto_lyrics(wish: Wish) -> dict[str, Any]:
    """Let the vendor write words about the description, in the style."""
    brief = wish.description or wish.title or wish.style
    return {"custom_mode": True, "auto_lyrics": True, "prompt": brief, "tags": wish.style}


def usual(wish: Wish) -> dict[str, Any]:
    """Say what every wish may hold besides."""
    weighs = limits_for(wish).weights
    return {
        "title": wish.title,
        "negative_tags": wish.exclude,
        "make_instrumental": wish.instrumental,
        "style_weight": wish.style_weight if weighs else None,
        "weirdness_constraint": wish.weirdness if weighs else None,
        "vocal_gender": None if wish.persona else voice_of(wish, GENDERS),
    }


def _described(wish: Wish, style: str) -> str:
    told = (wish.description, style, wish.title, wish.lyrics, ANYHOW)
    first = next(text for text in told if text.strip())
    return cut(first, limits_for(wish).description)
