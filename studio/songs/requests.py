"""Requests: what a person asks for, in no vendor's words. One class for each ability.

A request names songs and personas of this studio by their ids; how a vendor gets at them is found
out when the request is sent (`studio.providers.base.Materials`).
"""

from typing import Annotated

from pydantic import Field

from studio.songs.asking import (
    Download,
    EnrichTags,
    MakeMidi,
    MakePersona,
    MakeVoice,
    MakeWav,
    MeasureBpm,
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
    | MakeVoice
    | UploadSound,
    Field(discriminator="ability"),
]
"""Any request, told apart by its ability."""
