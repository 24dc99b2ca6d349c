"""The library: what the client does with songs, and with all that is kept beside them."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any

from studio.errors import NotFound
from studio.gallery.table import Shelf
from studio.jobs.home.findings import attached_again
from studio.jobs.home.takes import fetched_again
from studio.room import Room
from studio.songs import Attached, Attachment, Persona, Song


class Library:
    """Songs, sounds of one's own, attachments and personas. A part of `studio.client.Studio`."""

    def __init__(self, room: Room, now: Callable[[], datetime]) -> None:
        self._room = room
        self._now = now

    def songs(
        self,
        search: str = "",
        *,
        kept: bool | None = None,
        made_from: str | None = None,
        after: int | None = None,
        skip: int = 0,
        limit: int = 20,
    ) -> Shelf:
        """Return one page of the songs that match every word of `search`, newest first.

        Go on with `after=shelf.next`, or jump with `skip`. With `made_from`, only those that were
        made from the song of this id.
        """
        return self._room.gallery.shelf(
            search, kept=kept, made_from=made_from, after=after, skip=skip, limit=limit
        )

    def song(self, song_id: str) -> Song:
        """Return one song, also a deleted one."""
        return self._room.gallery.get(song_id)

    def parents(self, song_id: str) -> tuple[Song, ...]:
        """Return the songs that a song was made from; its `request` says how."""
        return tuple(self._room.gallery.parents(song_id))

    def children(self, song_id: str) -> tuple[Song, ...]:
        """Return the newest songs that were made from a song; the `request` of each says how."""
        return tuple(self._room.gallery.children(song_id))

    def rename(self, song_id: str, title: str) -> Song:
        """Give a song another title."""
        return self._room.gallery.rename(song_id, title)

    def keep(self, song_id: str, kept: bool) -> Song:
        """Mark a song as a keeper, or no longer."""
        return self._room.gallery.keep(song_id, kept)

    def delete(self, song_id: str) -> Song:
        """Take a song off the shelf; it can be restored for 30 days."""
        return self._room.gallery.delete(song_id, now=self._now())

    def restore(self, song_id: str) -> Song:
        """Put a deleted song back on the shelf."""
        return self._room.gallery.restore(song_id)

    def fetch_again(self, song_id: str) -> Song:
        """Bring the sound of a song home that is still at the vendor."""
        if self.song(song_id).is_own:
            return self.song(song_id)
        job = self._room.jobs.get(self.song(song_id).job)
        return fetched_again(self.song(song_id), job, self._room.desk(job))

    def fetch_attachment_again(self, attachment_id: str) -> Attachment:
        """Bring the file of an attachment home that is still at the vendor."""
        attachment = self._room.attachments.get(attachment_id)
        job = self._room.jobs.get(attachment.job)
        return attached_again(attachment, job, self._room.desk(job))

    def sound_path(self, song: Song) -> Path | None:
        """Return where the MP3 of a song lies, if it is home."""
        return self._room.files.path(song.sound)

    def wav_path(self, song: Song) -> Path | None:
        """Return where the WAV of a song lies, if there is one."""
        return self._room.files.path(song.wav)

    def cover_path(self, song: Song) -> Path | None:
        """Return where the picture of a song lies, if there is one."""
        return self._room.files.path(song.cover)

    def peaks(self, song: Song) -> list[float]:
        """Return the outline of a song, 0 to 1; empty while it is not home."""
        sound = self.sound_path(song)
        return [] if sound is None else self._room.files.peaks(song.id, sound)

    def early_path(self, job_id: str, take_number: int) -> Path | None:
        """Return where the first seconds of a take lie, while the whole is not home."""
        return self._room.files.early(job_id, take_number)

    def bring(self, path: Path, *, title: str = "", origin: str = "file") -> Song:
        """Keep a sound of one's own as a song; the file itself stays where it is.

        Parameters
        ----------
        path
            MP3, WAV, FLAC, OGG, AIFF, and with the extra `media` M4A or a video with sound: 1 s to
            8 minutes.
        title
            What to call it; empty takes the title that it carries, or the name of the file.
        origin
            Where it came from: `file` or `microphone`.

        Raises
        ------
        SoundUnreadable, ExtraMissing
            If it cannot be used, with what to do.
        """
        return self._room.own.bring(path, title=title, origin=origin, source=path.name)

    def bring_link(self, url: str, *, title: str = "") -> Song:
        """Keep the sound behind a link as a song.

        Raises
        ------
        StudioProblem
            If the link cannot be followed, or what is there cannot be used; with what to do.
        """
        return self._room.bring_link(url, title)

    def incoming(self, name: str) -> AbstractContextManager[Path]:
        """Give a path for a file that is on its way in; it is gone at the end of the `with`."""
        return self._room.incoming.place(name)

    def attachments(self, song_id: str, kind: Attached | None = None) -> tuple[Attachment, ...]:
        """Return what is attached to a song, newest first; of one kind, if it is given."""
        return tuple(self._room.attachments.of_song(song_id, kind=kind))

    def attachment(self, attachment_id: str) -> Attachment:
        """Return one attachment."""
        return self._room.attachments.get(attachment_id)

    def attachment_path(self, attachment: Attachment) -> Path | None:
        """Return where the file of an attachment lies, if it has one that is home."""
        return self._room.files.path(attachment.file)

    def attachment_peaks(self, attachment: Attachment) -> list[float]:
        """Return the outline of an attached sound, 0 to 1; empty while it is not home.

        Raises
        ------
        SoundUnreadable
            If what is attached is no sound.
        """
        sound = self.attachment_path(attachment)
        return [] if sound is None else self._room.files.peaks(sound.stem, sound)

    def tell_upload(self, song_id: str, to: str, remote: str) -> Attachment:
        """Keep under which id the vendor at a connection has a sound that a person brought there.

        Undone with `detach`.

        Raises
        ------
        RequestUnfit
            If the song is not there, the vendor takes sounds from the studio, or it is no id.
        """
        return self._room.storeroom.told(song_id, self._room.connections.get(to), remote)

    def add_facts(self, attachment_id: str, facts: Mapping[str, Any]) -> Attachment:
        """Add what a person knows to what was found out."""
        known = self.attachment(attachment_id)
        more = known.model_copy(update={"facts": {**known.facts, **facts}})
        self._room.attachments.put(more)
        return more

    def use_cover(self, attachment_id: str) -> Song:
        """Make an attached picture the cover of its song; the picture it came with is attached too.

        Raises
        ------
        NotFound
            If there is no such picture, or it is not home.
        """
        picture = self.attachment(attachment_id)
        song = self.song(picture.song)
        if picture.kind is not Attached.COVER or self.attachment_path(picture) is None:
            raise NotFound("This picture is not here. Bring it home first.")
        if song.cover is not None and Path(song.cover).stem == song.id:
            self._keep_first_cover(song, song.cover)
        assert picture.file is not None
        name = f"{song.id}.{picture.id}{Path(picture.file).suffix}"
        self._room.files.copy(picture.file, name)
        return self._room.gallery.use_cover(song.id, name)

    def _keep_first_cover(self, song: Song, cover: str) -> None:
        """Put the picture that a song came with beside those that were made for it since."""
        first = f"{song.id}-first"
        self._room.files.copy(cover, f"{first}{Path(cover).suffix}")
        self._room.attachments.put(
            Attachment(
                id=first,
                song=song.id,
                kind=Attached.COVER,
                name="the first",
                file=f"{first}{Path(cover).suffix}",
                connection=song.connection,
                job=song.job,
                made_at=song.made_at,
            )
        )

    def detach(self, attachment_id: str) -> Attachment:
        """Remove an attachment from its song, with its file, and return what it was."""
        attachment = self._room.attachments.detach(attachment_id)
        self._room.files.remove_file(attachment.file)
        return attachment

    def personas(self, to: str | None = None) -> tuple[Persona, ...]:
        """Return the personas that can be chosen, newest first; at one connection, if named."""
        return tuple(self._room.personas.all(to))

    def persona(self, persona_id: str) -> Persona:
        """Return one persona, also a forgotten one."""
        return self._room.personas.get(persona_id)

    def rename_persona(self, persona_id: str, name: str) -> Persona:
        """Give a persona another name; at the vendor it keeps its own."""
        return self._room.personas.rename(persona_id, name)

    def forget_persona(self, persona_id: str) -> Persona:
        """Offer a persona no longer; the songs that it has sung stay."""
        return self._room.personas.forget(persona_id, now=self._now())

    def restore_persona(self, persona_id: str) -> Persona:
        """Offer a forgotten persona again."""
        return self._room.personas.restore(persona_id)
