"""Wording: how a wish is to sound, which words are sung in which language, and which seeds."""

import re
from typing import Any

from studio.providers.acestep.languages import language_of
from studio.providers.acestep.models import LANGUAGES, LONGEST_CAPTION, TAKES, USUAL
from studio.songs import CreateSong, Song, Voice, Wish

NO_WORDS = "[Instrumental]"
VOICES = {Voice.FEMALE: "female vocals", Voice.MALE: "male vocals"}
TEMPO = re.compile(r"\b(\d{2,3})\s*bpm\b", re.IGNORECASE)
SLOWEST, FASTEST = 30, 300
SEEDS = 2**32
LIKE_IT = "in the spirit of this song"


def is_written_there(wish: CreateSong) -> bool:
    """Whether somebody there has to write the words."""
    return not (wish.lyrics.strip() or wish.instrumental)


def language_for(wish: Wish) -> str | None:
    """Return the code of the language in which `wish` is sung, as chosen or as guessed."""
    if wish.instrumental or not wish.lyrics.strip():
        return None
    return LANGUAGES.get(chosen(wish, "language")) or language_of(wish.lyrics)


def tempo_of(text: str) -> int | None:
    """Return the tempo that stands in a text, in beats per minute."""
    told = [int(number) for number in TEMPO.findall(text)]
    return next((tempo for tempo in told if SLOWEST <= tempo <= FASTEST), None)


def caption(wish: Wish, song: Song | None = None) -> str:
    """Say how it is to sound in one text, as long as it is read."""
    told = [wish.style.strip(), wish.description.strip()]
    if not any(told):
        told = [song.style.strip() if song else "", ""]
    if not any(told):
        told = [song.title.strip() if song else wish.title.strip(), LIKE_IT if song else ""]
    if wish.voice is not None and not wish.instrumental:
        room = LONGEST_CAPTION - len(VOICES[wish.voice]) - 2
        return f"{', '.join(filter(None, told))[:room]}, {VOICES[wish.voice]}"
    return ", ".join(filter(None, told))[:LONGEST_CAPTION]


def words(wish: Wish, *, otherwise: str = "") -> dict[str, Any]:
    """Say which words are sung and in which language: those written, or those of the song."""
    if wish.instrumental:
        return {"lyrics": NO_WORDS}
    sung = wish.lyrics if wish.lyrics.strip() else otherwise[: USUAL["lyrics"]]
    language = LANGUAGES.get(chosen(wish, "language")) or (language_of(sung) if sung else None)
    return {"lyrics": sung, "vocal_language": language}


def seeds(wish: Wish) -> dict[str, Any]:
    """Give each take a seed of its own, so that the same wish gives the same takes."""
    if wish.seed is None:
        return {}
    numbers = [(wish.seed + number) % SEEDS for number in range(TAKES)]
    return {"use_random_seed": False, "seed": ",".join(map(str, numbers))}


def chosen(wish: Wish, name: str) -> str:
    """Return what was chosen from one of the lists that are offered; empty if nothing was."""
    options = getattr(wish, "choices", {}).get(name, ())
    return next(iter(options), "")
