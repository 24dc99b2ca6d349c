"""Requests: what a person asks for, in no vendor's words. One class for each ability.

A request names songs and personas of this studio by their ids; how a vendor gets at them is found
out when the request is sent (`studio.providers.base.Materials`).
"""

from typing import Annotated

from pydantic import Field

from studio.songs.asking import (
    AskPhrase,
    Download,
    EnrichTags,
    MakeMidi,
    MakePersona,
    MakeVideo,
    MakeVoice,
    MakeWav,
    MeasureBpm,
    PaintCovers,
    RecoverSong,
    SplitStems,
    TakeOutVoice,
    TimeLyrics,
    UploadSound,
    WriteLyrics,
)
from studio.songs.making import (
    AddInstrumental,
    AddVocals,
    Concat,
    CoverSong,
    CreateSong,
    ExtendSong,
    MakeSound,
    MashUp,
    Remaster,
    ReplaceSection,
    SampleSong,
    SwapSound,
    SwapVocals,
    VarySong,
)

SongRequest = Annotated[
    CreateSong
    | ExtendSong
    | CoverSong
    | ReplaceSection
    | AddVocals
    | AddInstrumental
    | SampleSong
    | MashUp
    | Remaster
    | Concat
    | SwapVocals
    | SwapSound
    | VarySong
    | MakeSound
    | SplitStems
    | TakeOutVoice
    | MakeWav
    | Download
    | MakeMidi
    | MeasureBpm
    | TimeLyrics
    | WriteLyrics
    | EnrichTags
    | MakePersona
    | AskPhrase
    | MakeVoice
    | MakeVideo
    | PaintCovers
    | RecoverSong
    | UploadSound,
    Field(discriminator="ability"),
]
"""Any request, told apart by its ability."""
