"""Nuro playing: what the band does for a wish of nuro, and the words that fit what it played."""

from collections.abc import Mapping

from studio.emulator.dialects.aimusicapi.nuro import words
from studio.emulator.dialects.aimusicapi.nuro.wish import NuroWish
from studio.emulator.works import Play, Use, Work
from studio.engine.brief import Brief
from studio.songs import SHORTEST_SECONDS

FADE_SECONDS = 0.4
"""Of what is cut short."""
GENRE_OF = {
    "ambient": "Electronic",
    "ballad": "Pop",
    "country": "Folk",
    "hip-hop": "Hip Hop/Rap",
    "house": "Electronic",
    "lo-fi": "Hip Hop/Rap",
    "metal": "Rock",
    "soul": "R&B/Soul",
    "synthwave": "Electronic",
    "waltz": "Folk",
}
"""The genre of nuro for each style of the band that has no such name itself."""


def works_of(wish: NuroWish) -> tuple[Work, ...]:
    """Return what the band does; the last is what is heard."""
    brief = _sung(wish) if wish.type == "vocal" else _unsung(wish)
    if wish.seconds is None or wish.seconds >= SHORTEST_SECONDS:
        return (Play(brief),)
    cut = Use("trim", ("#1",), {"end_seconds": float(wish.seconds)})
    return (Play(brief), cut, Use("fade", ("#2",), {"fade_out_seconds": FADE_SECONDS}))


def guessed_words(wish: NuroWish, style: str) -> Mapping[str, str]:
    """Return genre, mood, gender and timbre as they are told: what was left out is filled in.

    Parameters
    ----------
    style
        How the band describes what it played.
    """
    played = [word.strip() for word in style.split(",")]
    genre = wish.genre or (_genre(played[0]) if wish.type == "vocal" else "")
    gender = wish.gender
    if wish.type == "vocal" and not gender:
        gender = next((name for name in words.GENDERS if f"{name} voice".lower() in played), "")
    return {"genre": genre, "mood": wish.mood, "gender": gender, "timbre": wish.timbre}


def _sung(wish: NuroWish) -> Brief:
    return Brief(
        style=_said(wish.genre, wish.mood, wish.timbre),
        lyrics=wish.lyrics,
        voice="female" if wish.gender == "Female" else "male" if wish.gender == "Male" else None,
        length_seconds=wish.seconds,
    )


def _unsung(wish: NuroWish) -> Brief:
    return Brief(
        style=_said(wish.genre, wish.mood, wish.instrument),
        description=_said(wish.prompt, wish.theme),
        instrumental=True,
        length_seconds=max(wish.seconds or 0.0, SHORTEST_SECONDS),
        sections=wish.segments,
    )


def _said(*words: str) -> str:
    """Return words of nuro as the band reads them."""
    text = ", ".join(filter(None, words))
    return text.replace("_AUDIO_TIMBRE", " voice").replace("/", ", ")


def _genre(style: str) -> str:
    """Return the genre of nuro for a style of the band."""
    known = {genre.casefold(): genre for genre in words.GENRES}
    return known.get(style.casefold()) or GENRE_OF.get(style.casefold(), "")
