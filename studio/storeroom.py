"""The storeroom: what requests work with, found in the gallery when it is needed.

A song goes to a vendor under the vendor's own id where that made it or was given it; else the
vendor can have the sound published. Nothing is published here: a closure is handed over that does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from studio.connections import Connection
from studio.errors import NotFound, RequestUnfit
from studio.gallery.attachments import Attachments
from studio.gallery.files import SongFiles
from studio.gallery.personas import Personas
from studio.gallery.table import Gallery
from studio.providers.materials import Material, Materials
from studio.publishing import Publishing
from studio.songs import Attached, Attachment, Persona, Song, SongRequest
from studio.switchboard import vendor

LONGEST_ID = 200


class Phrase(NamedTuple):
    """A phrase that somebody is to sing, as far as it is known."""

    connection: str
    """Where it was asked for."""
    remote: str | None
    """The vendor's own id of it, once it was told."""


@dataclass(frozen=True, slots=True)
class Storeroom:
    """Where the songs, voices and sounds are that requests name by their ids."""

    gallery: Gallery
    attachments: Attachments
    personas: Personas
    files: SongFiles
    publishing: Publishing
    now: Callable[[], datetime]
    phrase_of: Callable[[str], "Phrase"]
    """Returns the phrase that a job has brought; raises `NotFound` if there is no such job."""

    def songs(self, request: SongRequest) -> tuple[Song, ...]:
        """Return the songs that a request works on.

        Raises
        ------
        RequestUnfit
            If one of them is not there any more.
        """
        return tuple(map(self._song, request.sources))

    def persona(self, request: SongRequest) -> Persona | None:
        """Return the persona that is to sing, if one was chosen.

        Raises
        ------
        RequestUnfit
            If it is not there.
        """
        persona_id = request.text("persona")
        try:
            return self.personas.get(persona_id) if persona_id else None
        except NotFound as problem:
            raise RequestUnfit(str(problem)) from problem

    def materials(self, request: SongRequest, connection: Connection) -> Materials:
        """Return what `request` works with at a connection.

        Raises
        ------
        RequestUnfit
            If a song, the persona or the phrase is not there, or a song has no sound anywhere.
        """
        persona = self.persona(request)
        calls_back = vendor(connection).calls_back
        return Materials(
            songs=tuple(self._material(song, connection) for song in self.songs(request)),
            persona=None if persona is None else persona.remote,
            phrase=self._phrase(request, connection),
            callback=self.publishing.callback(connection) if calls_back else None,
            gathered_at=self.now(),
        )

    def told(self, song_id: str, connection: Connection, remote: str) -> Attachment:
        """Keep under which id a vendor has a sound that a person has brought there.

        Raises
        ------
        RequestUnfit
            If the song is not there, the vendor takes sounds from the studio, or it is no id.
        """
        song, who = self._song(song_id), vendor(connection)
        if not who.by_hand:
            raise RequestUnfit(
                f"{connection.name} is given sounds by the studio itself. Just ask it to work on "
                f"{song.title!r}."
            )
        known_as = remote.strip()
        if not (known_as.isprintable() and 0 < len(known_as) <= LONGEST_ID and " " not in known_as):
            raise RequestUnfit(
                f"{remote!r} is not an id of {who.title}. Copy it from there once more: it is one "
                "word, such as 8f2c4f0e-11aa."
            )
        made_of = f"{connection.name} {known_as}".encode()
        told = Attachment(
            id=f"{song.id}-told-{sha256(made_of).hexdigest()[:8]}",
            song=song.id,
            kind=Attached.UPLOAD,
            remote=known_as,
            connection=connection.name,
            job="",
            made_at=self.now(),
        )
        self.attachments.put(told)
        return told

    def published(self, token: str) -> Path | None:
        """Return the sound that a signed link is for, if it is still home.

        Raises
        ------
        NotFound
            If the link is not one of ours, or its time is over.
        """
        song_id, _, ending = token.partition(".")
        song = self.gallery.get(self.publishing.song_of(song_id))
        return self.files.path(song.wav if ending == "wav" else song.sound)

    def _phrase(self, request: SongRequest, connection: Connection) -> str | None:
        """Return the vendor's own id of the phrase that was sung for a request, if there is one."""
        job_id = request.text("phrase")
        if not job_id:
            return None
        try:
            phrase = self.phrase_of(job_id)
        except NotFound as problem:
            raise RequestUnfit(
                f"The phrase of the job {job_id} is not there any more. Ask for a new one."
            ) from problem
        if phrase.connection != connection.name:
            raise RequestUnfit(
                f"The phrase was asked for at {phrase.connection}, and only there a voice can be "
                f"made with it. Choose {phrase.connection}, or leave the phrase out."
            )
        if phrase.remote is None:
            raise RequestUnfit(
                f"{connection.name} has not told that phrase. Wait for it, or ask for a new one."
            )
        return phrase.remote

    def _song(self, song_id: str) -> Song:
        try:
            song = self.gallery.get(song_id)
        except NotFound as problem:
            raise RequestUnfit(str(problem)) from problem
        if song.deleted_at is not None:
            raise RequestUnfit(f"{song.title!r} was deleted. Restore it first, or choose another.")
        return song

    def _material(self, song: Song, connection: Connection) -> Material:
        attachments = tuple(self.attachments.of_song(song.id, connection=connection.name))
        uploads = [one for one in attachments if one.kind is Attached.UPLOAD and one.remote]
        made_there = song.connection == connection.name and song.remote is not None
        there: Song | Attachment | None = song if made_there else next(iter(uploads), None)
        remote = None if there is None else there.remote
        file = self._file(song, connection)
        if file is None and remote is None:
            raise RequestUnfit(
                f"The sound of {song.title!r} is not here. Fetch it from its page first."
            )
        return Material(
            song=song,
            remote=remote,
            is_upload=isinstance(there, Attachment),
            there_since=None if there is None else there.made_at,
            file=file,
            publish=partial(self._publish, song, file, connection),
            attachments=attachments,
        )

    def _file(self, song: Song, connection: Connection) -> Path | None:
        """Return the sound that is published: whole on this machine, small over the internet."""
        mp3, wav = self.files.path(song.sound), self.files.path(song.wav)
        return (wav or mp3) if connection.is_local else (mp3 or wav)

    def _publish(self, song: Song, file: Path | None, connection: Connection) -> str:
        if file is None:
            raise RequestUnfit(
                f"The sound of {song.title!r} is not here. Fetch it from its page first."
            )
        return self.publishing.link(song.id, file, connection)
