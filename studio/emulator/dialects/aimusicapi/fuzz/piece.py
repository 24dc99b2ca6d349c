"""A piece: how producer and riffusion are asked for music, with the rules of each task type."""

from collections.abc import Mapping
from math import isfinite
from typing import Any, Literal

from studio.emulator.dialects.aimusicapi.body import Body
from studio.emulator.dialects.aimusicapi.errors import unfit
from studio.songs import Value

TITLE = 80
STARTS_AT = 30.0
"""Seconds, where nobody says from where to go on."""
MIDDLE = 0.5
QUIETEST_SOUND = 0.2
"""The least `sound_strength`."""
LONGEST_SEED = 20

TaskType = Literal[
    "create_music",
    "extend_music",
    "cover_music",
    "replace_music",
    "swap_music_vocals",
    "swap_music_sound",
    "music_variation",
]


class Rule(Value):
    """What a task type asks of its body."""

    needs_clip: bool = True
    needs_words: bool = False
    """Whether sound and lyrics both have to be there."""
    has_start: bool = False
    has_end: bool = False


RULES: Mapping[TaskType, Rule] = {
    "create_music": Rule(needs_clip=False),
    "extend_music": Rule(has_start=True),
    "cover_music": Rule(),
    "replace_music": Rule(has_start=True, has_end=True),
    "swap_music_vocals": Rule(needs_words=True),
    "swap_music_sound": Rule(needs_words=True),
    "music_variation": Rule(),
}


class Piece(Value):
    """What is asked for, but for the clip that it names."""

    task_type: TaskType = "create_music"
    model: str
    sound: str = ""
    """The style, in free text."""
    lyrics: str = ""
    about: str = ""
    """What the song is about, where the words are left to the band."""
    title: str = ""
    is_instrumental: bool = False
    cover_url: str = ""
    """A picture that the caller has."""
    seed: str = ""
    """Digits; empty if the caller leaves it to the vendor."""
    sound_strength: float = MIDDLE
    lyrics_strength: float = MIDDLE
    """Read and told again; the band sings all words as they are."""
    weirdness: float = MIDDLE
    cover_strength: float | None = None
    clip: str = ""
    """Id of the clip that it works on."""
    starts_at: float = 0.0
    """Seconds."""
    ends_at: float | None = None
    """Seconds; the end of the clip if it is `None`."""


def read_task_type(body: Body, *types: TaskType) -> TaskType:
    """Read which work is asked for, of those there are."""
    asked = body.sent.get("task_type")
    for task_type in types:
        if asked == task_type:
            return task_type
    raise unfit("The 'task_type' field is invalid.")  # guessed


def read_piece(body: Body, task_type: TaskType, model: str) -> Piece:
    """Read the fields of a task type.

    Raises
    ------
    TurnedAway
        If the vendor would refuse one; nothing is charged then. The texts are guessed, after those
        of sonic.
    """
    rule = RULES[task_type]
    starts_at = seconds_or(body, "starts_at", STARTS_AT) if rule.has_start else 0.0
    ends_at = body.seconds("ends_at") if rule.has_end else None
    if ends_at is not None and ends_at <= starts_at:
        raise unfit("The 'ends_at' field should be greater than 'starts_at'.")
    piece = Piece(
        task_type=task_type,
        model=model,
        sound=body.text("sound"),
        lyrics=body.text("lyrics"),
        title=body.text("title"),
        is_instrumental=body.flag("make_instrumental"),
        cover_url=body.link("cover_url") if body.has("cover_url") else "",
        seed=read_seed(body),
        lyrics_strength=strength(body, "lyrics_strength", 0.0),
        sound_strength=strength(body, "sound_strength", QUIETEST_SOUND),
        weirdness=strength(body, "weirdness", 0.0),
        cover_strength=body.weight("cover_strength"),
        clip=body.needed("clip_id") if rule.needs_clip else "",
        starts_at=starts_at,
        ends_at=ends_at,
    )
    check_words(piece, rule)
    return piece


def check_words(piece: Piece, rule: Rule) -> None:
    """Refuse a piece of which nobody knows how it should sound, and too long a title."""
    has_sound, has_lyrics = bool(piece.sound.strip()), bool(piece.lyrics.strip())
    if piece.task_type == "create_music" and not (has_sound or has_lyrics or piece.about):
        raise unfit("The 'sound' field is required when 'lyrics' is empty.")
    for name, is_there in (("sound", has_sound), ("lyrics", has_lyrics)):
        if rule.needs_words and not is_there:
            raise unfit(f"The '{name}' field is required when task_type = {piece.task_type}.")
    if len(piece.title) > TITLE:
        raise unfit(f"The title character length should be less than {TITLE}.")


def read_seed(body: Body) -> str:
    """Return a seed, which is a number written as a text."""
    seed = body.text("seed").strip()
    if seed and not (seed.isascii() and seed.isdecimal() and len(seed) <= LONGEST_SEED):
        raise unfit("The 'seed' field should be a numeric string.")
    return seed


def strength(body: Body, name: str, least: float) -> float:
    """Return a number from `least` to 1, or the middle if there is none."""
    value = number(body.sent[name]) if body.has(name) else MIDDLE
    if value is None or not least <= value <= 1:
        raise unfit(f"The '{name}' field should be a number between {least:g} and 1.")
    return value


def seconds_or(body: Body, name: str, usual: float) -> float:
    """Return a number of seconds, or the usual one if there is none."""
    seconds = body.seconds(name)
    return usual if seconds is None else seconds


def number(value: Any) -> float | None:
    """Return a number as JSON has it, or `None` if it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return None
    return float(value)
