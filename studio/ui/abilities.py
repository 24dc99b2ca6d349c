"""Abilities in words: what each is called, what a job of it is, and how a song came by it.

One table, so that a card, the list of jobs, the story of a song and Settings speak alike.
"""

from collections.abc import Mapping
from typing import NamedTuple

from studio.songs import Ability


class Said(NamedTuple):
    """One ability, as a musician would say it."""

    title: str
    """What it is called in a list."""
    job: str
    """What a job of it is: `{}` is the song that it works on, `{name}` what it was called."""
    came: str = ""
    """How its takes came from that song, after *made from X*."""
    mark: str = ""
    """The same in a word, for a card: *cover · from X*."""


ABILITIES: Mapping[Ability, Said] = {
    Ability.CREATE: Said("Create a song", "{name}"),
    Ability.EXTEND: Said("Extend", "{} goes on", "by extending it", "extended"),
    Ability.COVER: Said("Cover", "Cover of {}", "by covering it", "cover"),
    Ability.REPLACE: Said(
        "Replace a section",
        "New section in {}",
        "by replacing a section",
        "new section",
    ),
    Ability.ADD_VOCALS: Said("Add a voice", "Voice for {}", "by adding a voice", "with a voice"),
    Ability.ADD_INSTRUMENTAL: Said("Add a band", "Band for {}", "by adding a band", "with a band"),
    Ability.SAMPLE: Said("Sample", "Song on a piece of {}", "by sampling it", "sample"),
    Ability.MASHUP: Said("Mash up", "Mashup of {}", "by mashing them up", "mashup"),
    Ability.REMASTER: Said("Remaster", "Remaster of {}", "by mastering it anew", "remaster"),
    Ability.CONCAT: Said("Join", "The whole of {}", "by joining its parts", "joined"),
    Ability.SWAP_VOCALS: Said(
        "Swap the voice",
        "Another voice on {}",
        "by swapping the voice",
        "another voice",
    ),
    Ability.SWAP_SOUND: Said(
        "Swap the sound",
        "Another sound under {}",
        "by swapping the sound",
        "another sound",
    ),
    Ability.VARY: Said("Vary", "Variation of {}", "by varying it", "variation"),
    Ability.SOUNDS: Said("Make a sound", "{name}"),
    Ability.STEMS: Said("Stems", "Stems of {}"),
    Ability.VOX: Said("Voice alone", "Voice of {}, alone"),
    Ability.WAV: Said("WAV", "WAV of {}"),
    Ability.DOWNLOAD: Said("Other formats", "Files of {}"),
    Ability.MIDI: Said("Notes as MIDI", "Notes of {}"),
    Ability.BPM: Said("Tempo", "Tempo of {}"),
    Ability.TIMELINE: Said("Words in time", "Words of {}, in time"),
    Ability.LYRICS: Said("Write words", "Words: {name}"),
    Ability.TAGS: Said("Enrich a style", "Richer style: {name}"),
    Ability.PERSONA: Said("Make a persona", "Persona {name} from {}"),
    Ability.VOICE: Said("Make a voice", "Voice {name} from {}"),
    Ability.PHRASE: Said("Ask for a phrase", "Phrase for the voice in {}"),
    Ability.VIDEO: Said("Music video", "Video of {}"),
    Ability.COVER_IMAGE: Said("Cover pictures", "Pictures for {}"),
    Ability.RECOVER: Said("Recover", "{}, once more"),
    Ability.UPLOAD: Said("Bring a sound", "{} on its way to the vendor"),
}

MUSIC = frozenset(
    {
        Ability.CREATE,
        Ability.EXTEND,
        Ability.COVER,
        Ability.REPLACE,
        Ability.ADD_VOCALS,
        Ability.ADD_INSTRUMENTAL,
        Ability.SAMPLE,
        Ability.MASHUP,
        Ability.REMASTER,
        Ability.CONCAT,
        Ability.SWAP_VOCALS,
        Ability.SWAP_SOUND,
        Ability.VARY,
        Ability.SOUNDS,
    }
)
"""Abilities that end in takes; all others end in files, facts, texts or voices."""
FINDERS = frozenset(
    {
        Ability.STEMS,
        Ability.VOX,
        Ability.WAV,
        Ability.DOWNLOAD,
        Ability.MIDI,
        Ability.BPM,
        Ability.TIMELINE,
        Ability.VIDEO,
        Ability.COVER_IMAGE,
        Ability.RECOVER,
    }
)
"""Abilities that end in something that is kept beside a song."""
