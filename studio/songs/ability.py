"""Abilities: everything that a provider may be able to do."""

from enum import StrEnum


class Ability(StrEnum):
    """One thing a provider can do. The value is how it is stored, `title` how it is said."""

    CREATE = "create"
    EXTEND = "extend"
    COVER = "cover"
    REPLACE = "replace"
    ADD_VOCALS = "add vocals"
    ADD_INSTRUMENTAL = "add instrumental"
    SAMPLE = "sample"
    MASHUP = "mashup"
    REMASTER = "remaster"
    CONCAT = "concat"
    SWAP_VOCALS = "swap vocals"
    SWAP_SOUND = "swap sound"
    VARY = "vary"
    SOUNDS = "sounds"
    STEMS = "stems"
    VOX = "vox"
    WAV = "wav"
    DOWNLOAD = "download"
    MIDI = "midi"
    BPM = "bpm"
    TIMELINE = "timeline"
    LYRICS = "lyrics"
    TAGS = "tags"
    PERSONA = "persona"
    VOICE = "voice"
    PHRASE = "phrase"
    VIDEO = "video"
    COVER_IMAGE = "cover image"
    RECOVER = "recover"
    UPLOAD = "upload"


class Voice(StrEnum):
    """Who sings."""

    FEMALE = "female"
    MALE = "male"
