"""Requests for music: each ends in takes."""

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import Field, model_validator

from studio.songs.ability import Ability
from studio.songs.value import Seconds, Value, Weight
from studio.songs.wish import OnSong, Request, Window, Wish


class Section(Value):
    """A part of the form of a song, in order."""

    name: str
    """For example `verse`."""
    seconds: Seconds


class CreateSong(Wish):
    """A new song from a description, or from a style and words."""

    ability: Literal[Ability.CREATE] = Ability.CREATE
    sections: tuple[Section, ...] = ()
    """The form, where a model takes one."""
    choices: Mapping[str, tuple[str, ...]] = {}
    """What was chosen from the lists that a model offers, for example `{"mood": ("calm",)}`."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.description.strip() or self.style.strip() or self.lyrics.strip()):
            raise ValueError("Say what the song should sound like, or write some words for it.")
        return self


class ExtendSong(OnSong):
    """A song that goes on from a point of another."""

    ability: Literal[Ability.EXTEND] = Ability.EXTEND
    at: Seconds | None = None
    """Where the tail starts; `None` is the end."""
    joined: bool = True
    """Whether the whole is wanted too, not only the tail."""
    audio_weight: Weight | None = None
    """How much of what was there is heard in what comes."""


class CoverSong(OnSong):
    """The same song in another style."""

    ability: Literal[Ability.COVER] = Ability.COVER
    audio_weight: Weight | None = None
    """How much of the original is kept: below 0.4 free, above 0.6 close."""


class ReplaceSection(OnSong):
    """A song with a section made anew; `lyrics` are the words of that section alone."""

    ability: Literal[Ability.REPLACE] = Ability.REPLACE
    window: Window
    joined: bool = True
    """Whether the whole song is wanted too, not only the section."""


class AddVocals(OnSong):
    """An instrumental with a voice added."""

    ability: Literal[Ability.ADD_VOCALS] = Ability.ADD_VOCALS
    window: Window | None = None
    """Where to add it; `None` is everywhere."""
    audio_weight: Weight | None = None


class AddInstrumental(OnSong):
    """A voice with a band added."""

    ability: Literal[Ability.ADD_INSTRUMENTAL] = Ability.ADD_INSTRUMENTAL
    window: Window | None = None
    """Where to add it; `None` is everywhere."""
    audio_weight: Weight | None = None


class SampleSong(OnSong):
    """A new song on a piece cut out of another."""

    ability: Literal[Ability.SAMPLE] = Ability.SAMPLE
    window: Window
    audio_weight: Weight | None = None


class MashUp(Wish):
    """One song made of two."""

    ability: Literal[Ability.MASHUP] = Ability.MASHUP
    songs: tuple[str, str]
    """Ids of the two; the voice is rather that of the first."""
    audio_weight: Weight | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the songs that it works on."""
        return self.songs

    @model_validator(mode="after")
    def _is_of_two(self) -> Self:
        if self.songs[0] == self.songs[1]:
            raise ValueError("A mashup takes two different songs. Choose another second one.")
        return self


class Remaster(Request):
    """The same song, mastered anew."""

    ability: Literal[Ability.REMASTER] = Ability.REMASTER
    source: str
    variation: Literal["subtle", "normal", "high"] | None = None
    """How different it may become; `None` leaves it to the model."""


class Concat(Request):
    """The whole of a song that was extended: what came before its tail, and the tail."""

    ability: Literal[Ability.CONCAT] = Ability.CONCAT
    source: str
    """Id of the tail."""


class SwapVocals(OnSong):
    """The same song with another voice and other words."""

    ability: Literal[Ability.SWAP_VOCALS] = Ability.SWAP_VOCALS
    audio_weight: Weight | None = None


class SwapSound(OnSong):
    """The same voice and words over another sound."""

    ability: Literal[Ability.SWAP_SOUND] = Ability.SWAP_SOUND
    audio_weight: Weight | None = None


class VarySong(OnSong):
    """Another version of a song, much like it."""

    ability: Literal[Ability.VARY] = Ability.VARY


class MakeSound(Request):
    """A short sound rather than a song: a loop, or a noise for a scene."""

    ability: Literal[Ability.SOUNDS] = Ability.SOUNDS
    description: str = Field(min_length=1)
    """What is to be heard."""
    title: str = ""
    loop: bool = False
    """Whether its end passes into its beginning."""
    tempo_bpm: int | None = Field(default=None, ge=1, le=300)
    key: str = ""
    """For example `C minor`; empty leaves it to the provider."""
    with_words: bool = False
    """Whether words that are heard in it are to be written down."""
