"""Requests about a song, or for words, or for a voice: each ends in files, facts or texts."""

from typing import Literal

from pydantic import Field

from studio.songs.ability import Ability
from studio.songs.wish import Request, Window


class SplitStems(Request):
    """The instruments of a song, each for itself."""

    ability: Literal[Ability.STEMS] = Ability.STEMS
    source: str
    detail: Literal["basic", "full", "one"] = "basic"
    """Voice and music, every instrument, or one instrument and the rest."""
    instrument: str = ""
    """Which one, by the provider's name for it."""


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


class AskPhrase(Request):
    """A phrase that somebody is to sing, so that a voice is made with their consent."""

    ability: Literal[Ability.PHRASE] = Ability.PHRASE
    source: str
    """Id of a sound in which that voice is heard."""
    window: Window
    """Where it is heard best."""
    language: str = "en"
    """Of the phrase, as a code of two letters."""


class MakeVoice(Request):
    """A voice from a recording of somebody who speaks or sings alone."""

    ability: Literal[Ability.VOICE] = Ability.VOICE
    source: str
    name: str = Field(min_length=1)
    description: str = ""
    style: str = ""
    skill: Literal["beginner", "intermediate", "advanced", "professional"] | None = None
    """How well they sing, where a provider wants to know."""
    phrase: str | None = None
    """Id of the job that asked for the phrase which is heard in the recording, where a provider
    insists on one."""


class MakeVideo(Request):
    """A film of a song: its cover, its sound made visible, its words in time."""

    ability: Literal[Ability.VIDEO] = Ability.VIDEO
    source: str
    author: str = ""
    """Whose name is shown."""
    site: str = ""
    """An address that is shown, for example `example.com`."""


class PaintCovers(Request):
    """Pictures for a song, to choose from."""

    ability: Literal[Ability.COVER_IMAGE] = Ability.COVER_IMAGE
    source: str


class RecoverSong(Request):
    """The sound of a song once more, after the link to it has ended."""

    ability: Literal[Ability.RECOVER] = Ability.RECOVER
    source: str


class UploadSound(Request):
    """A sound of this studio, brought to where the provider can work on it."""

    ability: Literal[Ability.UPLOAD] = Ability.UPLOAD
    source: str
