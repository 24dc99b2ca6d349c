"""Takes and songs, and what is kept beside them: attachments, personas, texts."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import Field

from studio.songs.requests import SongRequest
from studio.songs.value import Seconds, Value


class Part(StrEnum):
    """Which part of what was wished a take is."""

    SONG = "song"
    TAIL = "tail"
    """Only what was added at the end."""
    SECTION = "section"
    """Only what was replaced."""
    WHOLE = "whole"
    """The song with its tail, or with its new section."""


class Take(Value):
    """One result of a job, as the provider tells of it."""

    number: int = Field(ge=1)
    """1 for the first."""
    part: Part = Part.SONG
    title: str = ""
    style: str = ""
    lyrics: str = ""
    length: Seconds | None = None
    seed: int | None = None
    finished: bool = False
    """Whether `sound` is the whole take."""
    failed: str | None = None
    """Why this take will never come, in a sentence."""
    sound: str | None = None
    """Link to the whole sound, in whichever format."""
    wav: str | None = None
    """Link to the same without loss, where there is one."""
    early: str | None = None
    """Link to the first seconds (or a stream), while the rest is made."""
    cover: str | None = None
    """Link to a picture."""
    ends_at: datetime | None = None
    """When the links stop working, where it is known."""
    remote: str | None = None
    """The provider's own id of this take."""
    facts: Mapping[str, Any] = {}
    """What else is known of it, for example `tempo_bpm`, `key`, `seam_seconds`, `note`."""


class Song(Value):
    """A take that is kept, or a sound that somebody brought: sound, words, cover, and its story."""

    id: str
    title: str
    part: Part = Part.SONG
    style: str = ""
    lyrics: str = ""
    length: Seconds | None = None
    made_at: datetime
    connection: str
    """Name of the connection that made it; empty for a sound that was brought."""
    kind: str
    """Which provider that was, or `OWN`."""
    job: str
    """Id of the job it is a take of; for a sound that was brought, its own."""
    take: int = 1
    remote: str | None = None
    seed: int | None = None
    request: SongRequest | None = None
    """What was asked for; `None` for a sound that was brought."""
    parents: tuple[str, ...] = ()
    """Ids of the songs it was made from."""
    facts: Mapping[str, Any] = {}
    """What is known of it, as `Take.facts`; of a sound that was brought, where it came from."""
    sound: str | None = None
    """File name in the songs folder of what is played; `None` while it is still at the vendor."""
    wav: str | None = None
    """File name of the same without loss, where there is one."""
    cover: str | None = None
    """File name of the picture."""
    link: str | None = None
    """Where the vendor keeps the sound, while it is not home."""
    link_ends_at: datetime | None = None
    kept: bool = False
    """Marked as a keeper by a person."""
    deleted_at: datetime | None = None

    @property
    def is_home(self) -> bool:
        """Whether its sound lies on our disk."""
        return self.sound is not None

    @property
    def is_own(self) -> bool:
        """Whether somebody brought it, rather than had it made."""
        return self.kind == OWN


OWN = "own"
"""The kind of a sound that somebody brought."""


class Attached(StrEnum):
    """What can be attached to a song."""

    STEM = "stem"
    VOX = "vox"
    WAV = "wav"
    FILE = "file"
    """The song in another format."""
    MIDI = "midi"
    BPM = "bpm"
    TIMELINE = "timeline"
    VIDEO = "video"
    COVER = "cover"
    """A picture that may be its cover."""
    UPLOAD = "upload"
    """Nothing to look at: a vendor has the song, under the id `remote`."""


class Finding(Value):
    """A file or some facts about a song, as the provider tells of them."""

    kind: Attached
    name: str = ""
    """What it is called beside others of its kind, for example `Vocals`."""
    link: str | None = None
    """Link to the file, if there is one."""
    remote: str | None = None
    """The provider's own id of it."""
    facts: Mapping[str, Any] = {}
    """Numbers with their unit in the name, `note` for a sentence about how sure they are.

    BPM: `tempo_bpm`, `lowest_bpm`, `highest_bpm`. TIMELINE: `words`, a list of `{"word", "start",
    "end"}` in seconds. STEM: `is_silent`. MIDI: `instruments`, a list of names.
    """


class Attachment(Value):
    """A file or some facts about a song, kept beside it."""

    id: str
    song: str
    """Id of the song."""
    kind: Attached
    name: str = ""
    file: str | None = None
    """File name in the songs folder; `None` if there is none, or it is not home."""
    link: str | None = None
    """Where the vendor keeps it, while it is not home."""
    remote: str | None = None
    facts: Mapping[str, Any] = {}
    connection: str
    job: str
    made_at: datetime


class Persona(Value):
    """A voice that a connection knows and that can be asked to sing."""

    id: str
    name: str
    connection: str
    """Only there it can sing."""
    remote: str
    """The vendor's own id of it."""
    source: str
    """Id of the song it was taken from."""
    description: str = ""
    style: str = ""
    job: str
    made_at: datetime


class Text(Value):
    """One version of something that was written."""

    title: str = ""
    text: str
