"""Requests about a song, or for words, or for a voice: each ends in files, facts or texts."""

from typing import Literal

from pydantic import Field

from studio.songs.ability import Ability
from studio.songs.wish import Request, Window


class SplitStems(Request):
    """The instruments of a song, each for itself."""

    ability: Literal[Ability.STEMS] = Ability.STEMS
    source: str
    detail: Literal["basic", "full"] = "basic"
    """Voice and music, or every instrument."""


class TakeOutVoice(Request):
    """The voice of a song alone, in a window of at most 30 s."""

    ability: Literal[Ability.VOX] = Ability.VOX
    source: str
    window: Window | None = None
    """`None` leaves it to the provider."""


class MakeWav(Request):
    """A song without loss."""

    ability: Literal[Ability.WAV] = Ability.WAV
    source: str


class Download(Request):
    """The files of a song, once more and in other formats."""

    ability: Literal[Ability.DOWNLOAD] = Ability.DOWNLOAD
    source: str
    formats: tuple[str, ...] = ("wav",)
    """Endings, such as `mp3`, `m4a`, `wav`."""


class MakeMidi(Request):
    """The notes of a song."""

    ability: Literal[Ability.MIDI] = Ability.MIDI
    source: str


class MeasureBpm(Request):
    """The tempo of a song."""

    ability: Literal[Ability.BPM] = Ability.BPM
    source: str


class TimeLyrics(Request):
    """When each word of a song is sung."""

    ability: Literal[Ability.TIMELINE] = Ability.TIMELINE
    source: str


class WriteLyrics(Request):
    """Words about something, in a few versions to choose from."""

    ability: Literal[Ability.LYRICS] = Ability.LYRICS
    description: str = Field(min_length=1)
    """What they are about."""


class EnrichTags(Request):
    """A few words about a sound, made a rich description of it."""

    ability: Literal[Ability.TAGS] = Ability.TAGS
    style: str = Field(min_length=1)


class MakePersona(Request):
    """The voice of a song, kept so that it can sing others."""

    ability: Literal[Ability.PERSONA] = Ability.PERSONA
    source: str
    name: str = Field(min_length=1)
    description: str = ""
    style: str = ""
    """What it is to be used for."""
    window: Window | None = None
    """Where the voice is heard best."""


class MakeVoice(Request):
    """A voice from a recording of somebody who speaks or sings alone."""

    ability: Literal[Ability.VOICE] = Ability.VOICE
    source: str
    name: str = Field(min_length=1)


class UploadSound(Request):
    """A sound of this studio, brought to where the provider can work on it."""

    ability: Literal[Ability.UPLOAD] = Ability.UPLOAD
    source: str
