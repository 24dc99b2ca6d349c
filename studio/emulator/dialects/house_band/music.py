"""Music: what the band does for each ability that ends in takes.

Two takes of everything that chance has a part in.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from studio.emulator.dialects.house_band.asked import Asked
from studio.emulator.dialects.house_band.continuing import concat, extend, replace_section
from studio.emulator.dialects.house_band.wishes import (
    TAKES,
    new_words,
    other_style,
    to_brief,
    use_on,
    voice_of,
)
from studio.emulator.house import House
from studio.emulator.works import Play, Use, Work
from studio.errors import ToolUnfit
from studio.songs import (
    Ability,
    AddInstrumental,
    AddVocals,
    CoverSong,
    CreateSong,
    MakeSound,
    MashUp,
    Remaster,
    SampleSong,
    SwapSound,
    SwapVocals,
    VarySong,
)

OTHER_VOICE: Mapping[str, str] = {"female": "male", "male": "female"}
LONGEST_TITLE = 80
_LIKE_IT = 0.5
"""Audio weight of another version of a sound that the band did not make."""


def create(wish: CreateSong, asked: Asked, _: House) -> list[Work]:
    """Play a new song."""
    return [Play(to_brief(wish, asked.persona))] * TAKES


def cover(wish: CoverSong, asked: Asked, _: House) -> list[Work]:
    """Let another band play it."""
    options = {
        "style": wish.style or wish.description,
        "lyrics": new_words(wish, asked),
        "voice": "none" if wish.instrumental else voice_of(wish),
        "audio_weight": wish.audio_weight,
    }
    return [use_on("cover", wish, asked, options)] * TAKES


def swap_vocals(wish: SwapVocals, asked: Asked, _: House) -> list[Work]:
    """Let somebody else sing it; one take, for the music is the same and the voice was chosen."""
    words, voice, score = new_words(wish, asked), voice_of(wish), asked.source.score
    if score is None:
        words = wish.lyrics or asked.source.material.lyrics
    if voice is None and not words and asked.persona is None and score and score.vocal:
        voice = OTHER_VOICE[score.vocal.voice]
    return [use_on("cover", wish, asked, {"keep": "music", "lyrics": words, "voice": voice})]


def swap_sound(wish: SwapSound, asked: Asked, _: House) -> list[Work]:
    """Let another band play with the same voice."""
    options = {"keep": "voice", "style": wish.style or wish.description}
    return [use_on("cover", wish, asked, options)] * TAKES


def vary(wish: VarySong, asked: Asked, house: House) -> list[Work]:
    """Let the same band arrange it once more."""
    score, style = asked.source.score, other_style(wish, asked, house)
    options = {
        "style": score.style if score else style or asked.source.material.style,
        "audio_weight": 0.0 if score else _LIKE_IT,
    }
    return [use_on("cover", wish, asked, options)] * TAKES


def add_vocals(wish: AddVocals, asked: Asked, _: House) -> list[Work]:
    """Let somebody sing over it."""
    _refuse_window(wish)
    options = {
        "lyrics": wish.lyrics,
        "description": wish.description,
        "voice": voice_of(wish),
        "style": wish.style,
    }
    return [use_on("add-vocals", wish, asked, options)] * TAKES


def add_instrumental(wish: AddInstrumental, asked: Asked, _: House) -> list[Work]:
    """Play along with it."""
    _refuse_window(wish)
    return [use_on("add-band", wish, asked, {"style": wish.style or wish.description})] * TAKES


def sample(wish: SampleSong, asked: Asked, house: House) -> list[Work]:
    """Make a song on a piece of it."""
    options = {
        "start_seconds": wish.window.start,
        "end_seconds": wish.window.end,
        "style": other_style(wish, asked, house),
        "lyrics": wish.lyrics,
        "description": wish.description,
        "title": wish.title,
        "instrumental": wish.instrumental,
        "voice": voice_of(wish),
        **({} if wish.length is None else {"length_seconds": wish.length}),
    }
    return [use_on("sample", wish, asked, options)] * TAKES


def mash_up(wish: MashUp, asked: Asked, _: House) -> list[Work]:
    """Lay the voice of the first over the music of the second: nothing is left to chance."""
    first, second = (source.material.title for source in asked.sources)
    title = wish.title or " / ".join(name for name in (first, second) if name)
    return [replace(use_on("mashup", wish, asked, {}), title=title)]


def remaster(wish: Remaster, asked: Asked, _: House) -> list[Work]:
    """Master it anew, in two turns of taste."""
    level = {"level": wish.variation} if wish.variation else {}
    material = asked.source.material
    return [
        Use(
            "remaster",
            (asked.source.sound,),
            {**level, "variation": turn},
            title=material.title,
            style=material.style,
            lyrics=material.lyrics,
        )
        for turn in range(TAKES)
    ]


def make_sound(wish: MakeSound, _: Asked, __: House) -> list[Work]:
    """Make a short sound, which needs no other."""
    options = {
        "description": wish.description,
        "loop": wish.loop,
        "tempo_bpm": wish.tempo_bpm,
        "key": wish.key,
    }
    title = wish.title or wish.description[:LONGEST_TITLE].strip()
    return [Use("sound", (), options, title=title)] * TAKES


MUSIC: Mapping[Ability, Callable[[Any, Asked, House], list[Work]]] = {
    Ability.CREATE: create,
    Ability.EXTEND: extend,
    Ability.COVER: cover,
    Ability.REPLACE: replace_section,
    Ability.ADD_VOCALS: add_vocals,
    Ability.ADD_INSTRUMENTAL: add_instrumental,
    Ability.SAMPLE: sample,
    Ability.MASHUP: mash_up,
    Ability.REMASTER: remaster,
    Ability.CONCAT: concat,
    Ability.SWAP_VOCALS: swap_vocals,
    Ability.SWAP_SOUND: swap_sound,
    Ability.VARY: vary,
    Ability.SOUNDS: make_sound,
}


def _refuse_window(wish: AddVocals | AddInstrumental) -> None:
    if wish.window is not None:
        raise ToolUnfit("The band plays along from beginning to end. Leave the window out.")
